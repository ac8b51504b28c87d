"""A client of the Lambda Runtime API with one keep-alive connection.

Source: AWS, "Using the Lambda runtime API for custom runtimes". It uses HTTP/1.1 on a plain socket: importing
http.client takes longer than everything else that the bootstrap does in a cold start.
"""
import _socket

_PREFIX = "/2018-06-01/runtime/"
_CHUNK = 65536


class RuntimeApi:
    def __init__(self, address):
        host, _, port = address.rpartition(":")
        self._address = (host, int(port))
        self._host = address
        self._socket = None
        self._rest = b""

    def ask(self):
        """Sends the request for the next event; `receive` waits for the answer."""
        self._pending = self._request("GET", "invocation/next", b"", "")
        try:
            self._send(self._pending)
        except OSError:
            self._reconnect()

    def receive(self):
        """Returns the next event: status, headers (lower-case names), body."""
        try:
            return self._receive()
        except OSError:
            self._reconnect()
            return self._receive()

    def respond(self, request_id, body):
        return self._exchange("invocation/" + request_id + "/response", body, "")

    def fail(self, request_id, body, error_type):
        return self._exchange("invocation/" + request_id + "/error", body, error_type)

    def fail_start(self, body, error_type):
        return self._exchange("init/error", body, error_type)

    def _exchange(self, path, body, error_type):
        self._pending = self._request("POST", path, body, error_type)
        try:
            self._send(self._pending)
        except OSError:
            self._reconnect()
        return self.receive()[0]

    def _request(self, method, path, body, error_type):
        head = method + " " + _PREFIX + path + " HTTP/1.1\r\nHost: " + self._host + "\r\nUser-Agent: esb-python\r\n"
        if error_type:
            # The document has the name as it is; a class may have letters that no header can carry.
            error_type = "".join([c if " " <= c <= "~" else "?" for c in error_type])
            head += "Lambda-Runtime-Function-Error-Type: " + error_type + "\r\n"
        if method == "POST":
            head += "Content-Type: application/json\r\nContent-Length: " + str(len(body)) + "\r\n"
        return head.encode("latin-1", "replace") + b"\r\n" + body

    def _send(self, request):
        if self._socket is None:
            connection = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
            connection.connect(self._address)
            connection.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
            self._socket = connection
        self._socket.sendall(request)

    # A keep-alive connection may have been closed by the other side; the request is then sent again on a new one.
    def _reconnect(self):
        if self._socket is not None:
            self._socket.close()
        self._socket = None
        self._rest = b""
        self._send(self._pending)

    def _receive(self):
        while True:
            end = self._rest.find(b"\r\n\r\n")
            if end >= 0:
                break
            self._more()
        lines = self._rest[:end].decode("latin-1").split("\r\n")
        self._rest = self._rest[end + 4 :]
        status = int(lines[0].split(" ", 2)[1])
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        if "chunked" in headers.get("transfer-encoding", "").lower():
            body = self._chunks()
        else:
            body = self._take(int(headers.get("content-length", "0")))
        return status, headers, body

    def _chunks(self):
        parts = []
        while True:
            size = int(self._line().split(b";")[0], 16)
            if size == 0:
                while self._line():
                    pass
                return b"".join(parts)
            parts.append(self._take(size))
            self._line()

    def _line(self):
        while b"\r\n" not in self._rest:
            self._more()
        line, _, self._rest = self._rest.partition(b"\r\n")
        return line

    def _take(self, size):
        if len(self._rest) < size:
            parts = [self._rest]
            missing = size - len(self._rest)
            while missing > 0:
                part = self._socket.recv(min(missing, 1 << 20))
                if not part:
                    raise ConnectionResetError("the Runtime API closed the connection")
                parts.append(part)
                missing -= len(part)
            self._rest = b"".join(parts)
        body, self._rest = self._rest[:size], self._rest[size:]
        return body

    def _more(self):
        part = self._socket.recv(_CHUNK)
        if not part:
            raise ConnectionResetError("the Runtime API closed the connection")
        self._rest += part
