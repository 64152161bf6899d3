# Asks nginx as a proxy does that names the client by the PROXY protocol before the connection.
# proxy-client.py FROM CLIENT PORT DOMAIN PATH [COUNT [HEADER]]: FROM is the proxy's own address; CLIENT is - for no PROXY line.
# Prints the status and body of each answer, one line each; "closed" for none.
import socket
import ssl
import sys

own, client, port, domain, path = sys.argv[1:6]
header = f"{sys.argv[7]}\r\n" if len(sys.argv) > 7 else ""
for _ in range(int(sys.argv[6]) if len(sys.argv) > 6 else 1):
    connection = socket.create_connection(("127.0.0.1", int(port)), timeout=5, source_address=(own, 0))
    try:
        if client != "-":
            connection.sendall(f"PROXY TCP4 {client} 127.0.0.1 4000 {port}\r\n".encode())
        if port == "443":
            context = ssl._create_unverified_context()
            connection = context.wrap_socket(connection, server_hostname=domain)
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {domain}\r\n{header}Connection: close\r\n\r\n".encode())
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
        head, _, body = answer.decode().partition("\r\n\r\n")
        print(" ".join([head.split(" ")[1], *body.split()]))
    except (OSError, IndexError):
        print("closed")
