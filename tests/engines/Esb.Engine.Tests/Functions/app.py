import os
import socket
import sys


def handler(event, context):
    print("out " + str(event.get("say")), flush=True)
    print("err " + str(event.get("say")), file=sys.stderr, flush=True)
    return {"echo": event}


def confinement(event, context):
    status = dict(line.rstrip("\n").split(":\t", 1) for line in open("/proc/self/status") if ":\t" in line)
    return {
        "capabilities": [int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")],
        "noNewPrivileges": status["NoNewPrivs"],
        "rawSocket": refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)),
        "packetSocket": refused(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW)),
        "writeCode": refused(lambda: open("/var/task/new", "w")),
        "writeRoot": refused(lambda: open("/new", "w")),
        "mount": os.system("mount -t tmpfs none /mnt 2>/dev/null"),
        "temporary": os.statvfs("/tmp").f_blocks * os.statvfs("/tmp").f_frsize,
        "writeTemporary": refused(lambda: open("/tmp/new", "w")),
        "files": os.sysconf("SC_OPEN_MAX"),
        "name": os.environ["AWS_LAMBDA_FUNCTION_NAME"],
        "memory": os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
        "folder": os.environ["LAMBDA_TASK_ROOT"],
        "loopback": loopback(),
    }


def memory(event, context):
    hoard = bytearray(event["mebibytes"] * 1024 * 1024)
    for page in range(0, len(hoard), 4096):
        hoard[page] = 1
    return len(hoard)


def temporary(event, context):
    with open("/tmp/large", "wb") as file:
        for _ in range(event["mebibytes"]):
            file.write(bytes(1024 * 1024))
    return os.stat("/tmp/large").st_size >> 20


def refused(attempt):
    try:
        attempt()
        return None
    except OSError as error:
        return error.strerror


def loopback():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with socket.create_connection(server.getsockname()):
            return True
