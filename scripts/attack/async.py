#!/usr/bin/python3
"""Sends 10,000 asynchronous invocations while the gateway is killed 20 times: no accepted one may be lost, and
duplicates are counted.

usage: scripts/attack.sh async [EVENTS [KILLS]]
"""
import glob
import http.client
import json
import os
import platform
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

EVENTS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 20
SENDERS = 16
BINARIES = os.path.abspath("artifacts/linux-" + {"x86_64": "x64", "aarch64": "arm64"}[platform.machine()])

TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Later:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: later, CodeUri: src/, Handler: app.handler, Runtime: python3.11, Timeout: 30 }
"""
HANDLER = """
def handler(event, context):
    with open(%r, 'a') as seen:
        seen.write(event['n'] + '\\n')
"""


def free_ports(count):
    """Ports below the range for outgoing connections, which may be in use on the address of a worker."""
    ports = []
    for port in random.sample(range(12_000, 30_000), 18_000):
        with socket.socket() as s:
            try:
                s.bind(("", port))
            except OSError:
                continue
        ports.append(port)
        if len(ports) == count:
            return ports
    raise SystemExit("no free ports")


class Box:
    def __init__(self, root):
        ports = free_ports(4)
        names = ["GATEWAY_PORT", "ADMIN_PORT", "RUNTIME_API_PORT", "STORES_PORT"]
        self.port, self.admin = ports[0], ports[1]
        self.state = os.path.join(root, "state")
        self.root = root
        self.environment = dict(
            os.environ, ESB_STATE_DIR=self.state, CONFIG_DIR=os.path.join(root, "config"), NO_COLOR="1",
            PATH="/usr/bin:" + os.environ["PATH"], **{n: str(p) for n, p in zip(names, ports)})

    def esb(self, *arguments):
        result = subprocess.run(
            [os.path.join(BINARIES, "esb"), *arguments],
            env=self.environment, cwd=self.root, capture_output=True, text=True)
        if result.returncode != 0:
            raise SystemExit("esb %s: %s%s" % (" ".join(arguments), result.stdout, result.stderr))

    def gateway(self):
        """The process of this box's gateway, found by the state folder in its environment."""
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/comm" % pid) as comm, open("/proc/%s/environ" % pid, "rb") as environ:
                    if comm.read().strip() == "esb-gateway" and self.state.encode() in environ.read():
                        return int(pid)
            except OSError:
                pass
        return None

    def status(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.admin, timeout=10)
        connection.request("GET", "/status")
        return json.load(connection.getresponse())


def send(box, sender, accepted, stop):
    connection = None
    number = 0
    while not stop.is_set():
        name = "%d-%d" % (sender, number)
        number += 1
        try:
            if connection is None:
                connection = http.client.HTTPConnection("127.0.0.1", box.port, timeout=60)
            connection.request(
                "POST", "/2015-03-31/functions/later/invocations",
                json.dumps({"n": name}), {"X-Amz-Invocation-Type": "Event"})
            response = connection.getresponse()
            response.read()
            if response.status == 202:
                accepted.append(name)
            else:
                time.sleep(0.05)
        except (OSError, http.client.HTTPException):
            # Whether this event was accepted is unknown, so it does not count.
            connection = None
            time.sleep(0.02)


def main():
    root = tempfile.mkdtemp(prefix="esb-attack-async-")
    box = Box(root)
    seen = os.path.join(root, "seen")
    os.makedirs(os.path.join(root, "project", "src"))
    with open(os.path.join(root, "project", "template.yaml"), "w") as f:
        f.write(TEMPLATE)
    with open(os.path.join(root, "project", "src", "app.py"), "w") as f:
        f.write(HANDLER % seen)
    try:
        box.esb("up")
        box.esb("deploy", "-t", os.path.join(root, "project", "template.yaml"), "--env", "attack")
        return attack(box, seen)
    finally:
        box.esb("down")
        shutil.rmtree(root)


def attack(box, seen):
    accepted, stop = [], threading.Event()
    senders = [threading.Thread(target=send, args=(box, s, accepted, stop)) for s in range(SENDERS)]
    started = time.monotonic()
    for sender in senders:
        sender.start()
    killed = 0
    try:
        while len(accepted) < EVENTS or killed < KILLS:
            if killed < KILLS and len(accepted) >= EVENTS * (killed + 1) // (KILLS + 1):
                os.kill(box.gateway(), signal.SIGKILL)
                killed += 1
                box.esb("up")
            time.sleep(0.01)
    finally:
        stop.set()
        for sender in senders:
            sender.join()
    took = time.monotonic() - started
    deadline = time.monotonic() + 600
    lost = set(accepted)
    while lost and time.monotonic() < deadline:
        time.sleep(0.5)
        with open(seen) as f:
            ran = f.read().split("\n")[:-1]
        lost = set(accepted) - set(ran)
    journal = glob.glob(os.path.join(box.state, "*", "asynchronous"))[0]
    held = sum(os.path.getsize(os.path.join(journal, f)) for f in os.listdir(journal))
    print("%d accepted in %.1f s, gateway killed %d times; %d runs of %d events, %d duplicates; %d lost; "
          "journal %d KiB at the end"
          % (len(accepted), took, killed, len(ran), len(set(ran)), len(ran) - len(set(ran)), len(lost), held // 1024))
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
