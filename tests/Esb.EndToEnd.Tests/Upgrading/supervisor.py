"""Acts as systemd for a service with sockets: opens them, starts the program with them, and restarts it."""
import fcntl
import os
import socket
import sys

port, admin, pids, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]


def listening(number):
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.bind(("127.0.0.1", number))
    opened.listen(512)
    return opened


sockets = [listening(port), listening(admin)]
while True:
    child = os.fork()
    if child == 0:
        # Moves the sockets away from 3 and 4 first, since a socket may have one of these numbers already.
        far = [fcntl.fcntl(opened.fileno(), fcntl.F_DUPFD, 100) for opened in sockets]
        for i, descriptor in enumerate(far):
            os.dup2(descriptor, 3 + i)
        os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="2", LISTEN_FDNAMES="public:esb-gateway.socket")
        os.execv(program, [program])
    with open(pids, "a", encoding="ascii") as file:
        file.write(f"{child}\n")
    _, status = os.waitpid(child, 0)
    if status != 0:
        sys.exit(f"the gateway ended with {status}")
