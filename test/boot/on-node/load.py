"""Calls functions without a pause: load.py DOMAIN SECONDS STARTED STOP

Three callers open a connection for each call, one keeps its connection, and two make one call of SECONDS each. Makes
the file STARTED once all of them are under way, goes on until there is the file STOP and the long calls have ended,
and prints what came of it as one JSON object.
"""

import collections
import http.client
import json
import os
import socket
import ssl
import sys
import threading
import time

domain, seconds, started, stop = sys.argv[1:]
tls = ssl.create_default_context()
tls.check_hostname = False
tls.verify_mode = ssl.CERT_NONE
lock = threading.Lock()
outcomes = collections.Counter()
closed = 0
slowest = 0.0
failed = []
long_calls = []


class Connection(http.client.HTTPSConnection):
    """To this machine, in the domain's name."""

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", 443), 60)
        self.sock = tls.wrap_socket(plain, server_hostname=domain)


def once(connection, path):
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return str(answer.status)


def note(outcome, began):
    global slowest
    with lock:
        outcomes[outcome] += 1
        if not outcome.isdigit():
            failed.append(time.monotonic())
        slowest = max(slowest, time.monotonic() - began)


def attempt(connection, path):
    try:
        return once(connection, path)
    except OSError as error:
        return type(error).__name__
    except http.client.HTTPException as error:
        return type(error).__name__


def fresh():
    while not os.path.exists(stop):
        began = time.monotonic()
        connection = Connection(domain, timeout=60)
        note(attempt(connection, "/function/order-webhook"), began)
        connection.close()
        time.sleep(0.01)


def kept():
    """As clients do: a call on a connection that was closed while idle is made again on another one."""
    global closed
    connection = Connection(domain, timeout=60)
    while not os.path.exists(stop):
        began = time.monotonic()
        reused = connection.sock is not None
        outcome = attempt(connection, "/function/order-webhook")
        if reused and not outcome.isdigit():
            closed += 1
            connection.close()
            outcome = attempt(connection, "/function/order-webhook")
        if not outcome.isdigit():
            connection.close()
        note(outcome, began)
        time.sleep(0.01)


def long_call():
    connection = Connection(domain, timeout=300)
    connection.connect()
    connection.sock.settimeout(300)
    long_calls.append(attempt(connection, "/function/export-ledger?delay=" + seconds))


long_ones = [threading.Thread(target=long_call) for _ in range(2 if float(seconds) > 0 else 0)]
callers = [threading.Thread(target=one) for one in (fresh, fresh, fresh, kept)]
for thread in long_ones + callers:
    thread.start()
while sum(outcomes.values()) < 10:
    time.sleep(0.05)
open(started, "w").close()
for thread in long_ones:
    thread.join()
for thread in callers:
    thread.join()
print(
    json.dumps(
        {
            "outcomes": outcomes,
            "lostFor": round(failed[-1] - failed[0], 2) if failed else 0,
            "closedWhileIdle": closed,
            "slowest": round(slowest, 2),
            "long": long_calls,
        }
    )
)
