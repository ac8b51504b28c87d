#!/usr/bin/env python3
"""Stands in for a binary of ESB, according to its own name. A real process with real sockets and signals."""
import base64
import http.server
import json
import os
import signal
import socket
import sys
import threading
import time
import urllib.parse

name = os.path.basename(sys.argv[0])
if sys.argv[1:] == ["version"]:
    print("0.0.0+part")
    sys.exit(0)
fault = os.environ.get("PART_FAULT", "")
if fault == name + ":exit":
    print(f"{name}: cannot read the stars", flush=True)
    sys.exit(3)
served = []  # The servers of the public ports.


def end(*_):
    """A lingering part closes its ports at the first signal, and ends at the second one."""
    if fault != name + ":lingering" or not served:
        os._exit(0)
    while served:
        served.pop().socket.close()


signal.signal(signal.SIGTERM, signal.SIG_IGN if fault == name + ":deaf" else end)

FUNCTIONS = [
    {"name": "orders-get", "revision": "9b1f22aa", "runtime": "python3.12", "workers": 2, "busy": 1, "queue": 0, "calls": 120, "errors": 0,
     "cold_starts": 2, "calls_per_minute": 1204, "p50_ms": 1.1, "p99_ms": 4.0, "last_error": None, "last_error_at": None, "routes": ["GET /orders/{id}"]},
    {"name": "orders-report", "revision": "0c77d1e3", "runtime": "python3.12", "workers": 0, "busy": 0, "queue": 0, "calls": 3, "errors": 3,
     "cold_starts": 1, "calls_per_minute": 0, "p50_ms": None, "p99_ms": None, "last_error": "Task timed out after 3.00 seconds",
     "last_error_at": "2026-01-01T00:00:00Z", "routes": []},
]
ROUTES = [{"method": "GET", "path": "/orders/{id}", "function": "orders-get", "payload": "1.0"}]
STATUS = {
    "version": "0.1.0", "started_at": "2026-01-01T00:00:00Z", "pid": os.getpid(), "functions": FUNCTIONS, "routes": ROUTES,
    "configuration": {"hash": "3f9c21d0", "loaded_at": "2026-01-01T00:00:00Z", "functions": 2, "routes": 1, "error": None},
    "workers": [{"id": "a", "function": "orders-get", "revision": "9b1f22aa", "state": "busy", "address": "", "started_at": "2026-01-01T00:00:00Z", "description": ""}],
}
LOG = [
    {"time": "2026-01-01T00:00:00.120Z", "function": "orders-get", "revision": "9b1f22aa", "request_id": "6c9e0000-1111-2222-3333-444444444444",
     "worker": "a", "stream": "stdout", "text": "first"},
    {"time": "2026-01-01T00:00:01.500Z", "function": "orders-report", "revision": "0c77d1e3", "request_id": "", "worker": "b", "stream": "platform", "text": "second"},
]

# What a function may write: it clears the screen, sets the title, reverses text, and forges a line.
HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b31m\x7f\u202egnp\u2066\rerror: all is lost\nerror: forged"
if fault == name + ":hostile":
    FUNCTIONS[1]["last_error"] = HOSTILE
    ROUTES[0]["path"] = "/" + HOSTILE
    LOG[0]["text"] = HOSTILE


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        health = {"configuration": {"hash": "", "error": {"message": "functions.yml:1:12: no YAML"}}} if fault == name + ":misconfigured" else {}
        documents = {"/health": health, "/-/health": {}, "/environment": dict(os.environ), "/status": STATUS, "/functions": FUNCTIONS, "/routes": ROUTES, "/metrics": {}}
        if url.path == "/logs":
            self.logs(urllib.parse.parse_qs(url.query))
        elif url.path in documents and fault != name + ":unready":
            self.reply(200, documents[url.path])
        else:
            self.reply(404, {"message": "not found"})

    def do_POST(self):
        event = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        function = self.path.split("/")[3]
        headers = {"x-amzn-RequestId": "6c9e0000-1111-2222-3333-444444444444", "X-Esb-Revision": "9b1f22aa"}
        if function not in (entry["name"] for entry in FUNCTIONS):
            self.reply(404, {"Type": "User", "Message": f"Function not found: {function}"}, {"x-amzn-ErrorType": "ResourceNotFoundException"})
        elif self.headers.get("X-Amz-Invocation-Type") == "Event":
            self.reply(202, None, headers)
        elif function == "orders-report":
            message = HOSTILE if fault == name + ":hostile" else "Task timed out after 3.00 seconds"
            self.reply(200, {"errorType": "Sandbox.Timedout", "errorMessage": message}, headers | {"X-Amz-Function-Error": "Unhandled"})
        else:
            if self.headers.get("X-Amz-Log-Type") == "Tail":
                headers["X-Amz-Log-Result"] = base64.b64encode(b"START\n" + (HOSTILE.encode() if fault == name + ":hostile" else b"") + b"END\n").decode()
            self.reply(200, {"event": event}, headers)

    def logs(self, query):
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Connection", "close")
        self.end_headers()
        for record in LOG:
            if query.get("function", [record["function"]]) == [record["function"]]:
                self.wfile.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
        self.wfile.flush()
        while query.get("follow") == ["true"]:
            time.sleep(3600)

    def reply(self, status, document, headers=None):
        body = b"" if document is None else json.dumps(document, ensure_ascii=False).encode()
        self.send_response(status)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve(variable):
    host, _, port = os.environ[variable].rpartition(":")
    server = http.server.ThreadingHTTPServer((host, int(port)), Answer)
    if variable != "ADMIN_LISTEN":
        served.append(server)
    server.serve_forever()


if name == "esb-agent":
    path = os.environ["AGENT_ADDRESS"]
    if os.path.exists(path):
        os.unlink(path)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    while True:
        time.sleep(3600)
elif name == "esb-gateway":
    threading.Thread(target=serve, args=("ADMIN_LISTEN",), daemon=True).start()
    serve("GATEWAY_LISTEN")
else:
    serve("STORES_LISTEN")
