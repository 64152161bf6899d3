"""On the node: runs each script that comes as a line of JSON through the port, and answers with such a line."""
import json
import subprocess
import time

# Open all the time: what comes while it is not is lost.
port = open("/dev/virtio-ports/shell", "r+b", buffering=0)
line = b""
while True:
    piece = port.read(4096)
    # Nobody has the other end open.
    if not piece:
        time.sleep(0.2)
        continue
    line += piece
    if not line.endswith(b"\n"):
        continue
    done = subprocess.run(["bash", "-c", json.loads(line)], capture_output=True, stdin=subprocess.DEVNULL)
    line = b""
    answer = {"status": done.returncode, "stdout": done.stdout.decode(), "stderr": done.stderr.decode()}
    rest = json.dumps(answer).encode() + b"\n"
    while rest:
        rest = rest[port.write(rest):]
