"""An HTTP proxy in front of the object store or the catalogue that can be made to misbehave while clients work through it."""
import http.client
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PIECE = 64 << 10
SLOW_ANSWER = 3.0  # seconds before each answer
SLOW_BYTES = 64 << 10  # a second


class FaultProxy(ThreadingHTTPServer):
    """Passes requests on to `target`; `fault` is one of FAULTS or empty."""

    FAULTS = ("500", "503", "slow", "silent", "refused", "cut")
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, target):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = urlsplit(target)
        self.fault = ""
        self.troubled = 0
        self.commit = None  # decides about each commit to a table; is given what passes it on, with or without the answer
        self.healed = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def begin(self, fault):
        self.healed.clear()
        self.fault = fault

    def heal(self):
        self.fault = ""
        self.healed.set()

    def handle_error(self, request, client_address):
        pass  # clients go away; that is what is being tried


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 300

    def log_message(self, *_):
        pass

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.relay
        raise AttributeError(name)

    def handle_expect_100(self):
        return True if self.server.fault in ("500", "503", "silent", "cut") else super().handle_expect_100()

    def relay(self):
        server = self.server
        body = self.read_body()
        fault = server.fault
        if fault:
            server.troubled += 1
        if fault == "refused" or fault == "silent":
            if fault == "silent":
                server.healed.wait()  # and then not answered either: the connection ends
            self.close_connection = True
            return
        if fault in ("500", "503"):
            code, text = ("InternalError", "We encountered an internal error.") if fault == "500" else ("SlowDown", "Please reduce your request rate.")
            answer = f'<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{text}</Message></Error>'.encode()
            self.send_response(int(fault))
            self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer)
            return
        if fault == "slow":
            server.healed.wait(SLOW_ANSWER)
        commit = server.commit
        if commit and self.command == "POST" and re.fullmatch(r"/v1/namespaces/[^/]+/tables/[^/]+", self.path):
            commit(lambda answer: self.pass_on(body, answer))
            return
        self.pass_on(body)

    def pass_on(self, body, answered=True):
        connection = http.client.HTTPConnection(self.server.target.hostname, self.server.target.port, timeout=300)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():  # Host as it is: it is signed
                if name.lower() not in ("connection", "expect", "transfer-encoding", "content-length"):
                    connection.putheader(name, value)
            if body or self.command in ("PUT", "POST"):
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            for begin in range(0, len(body), PIECE):
                self.pace(connection.sock.sendall, body[begin : begin + PIECE])
            answer = connection.getresponse()
            if answered:
                self.answer(answer)
            else:
                self.close_connection = True
        except (OSError, http.client.HTTPException):
            self.close_connection = True
        finally:
            connection.close()

    def answer(self, answer):
        length = answer.getheader("Content-Length")
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "transfer-encoding", "keep-alive"):
                self.send_header(name, value)
        chunked = length is None and self.command != "HEAD" and answer.status not in (204, 304)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if self.command == "HEAD":
            return
        while piece := answer.read(PIECE):
            if self.server.fault == "cut":
                self.wfile.write(piece[: len(piece) // 2])
                self.close_connection = True
                return
            if chunked:
                self.wfile.write(b"%x\r\n" % len(piece))
            self.pace(self.wfile.write, piece)
            if chunked:
                self.wfile.write(b"\r\n")
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def pace(self, write, piece):
        if self.server.fault == "slow":
            time.sleep(len(piece) / SLOW_BYTES)
        write(piece)

    def read_body(self):
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            body = bytearray()
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return bytes(body)
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))
