"""VictoriaLogs' JSON stream API as far as the tests need it: /insert/jsonline, /select/logsql/query, /health."""
import http.server
import os
import sys
import urllib.parse

folder = next(argument.split("=", 1)[1] for argument in sys.argv if argument.startswith("-storageDataPath="))
file = os.path.join(folder, "lines.jsonl")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def body(self):
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def do_POST(self):
        if urllib.parse.urlsplit(self.path).path != "/insert/jsonline":
            return self.answer(404)
        with open(file, "ab") as lines:
            lines.write(self.body())
        self.answer(200)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        if url.path == "/health":
            return self.answer(200, b"OK")
        if url.path != "/select/logsql/query":
            return self.answer(404)
        wanted = urllib.parse.parse_qs(url.query).get("query", [""])[0].encode()
        found = [line for line in open(file, "rb") if wanted in line] if os.path.exists(file) else []
        self.answer(200, b"".join(found))


http.server.ThreadingHTTPServer(("", 9428), Handler).serve_forever()
