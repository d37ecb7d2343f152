"""A small HTTP/1.1 server on loopback that can also fail the way real ones do."""

from __future__ import annotations

import socket
import struct
import sys
import threading
from collections.abc import Callable
from email.message import Message
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any

from newsbot.sampleboard.exchange import Answer

Respond = Callable[[str, str, Message], Answer]  # method, target, headers

_HOST = "127.0.0.1"
_CHUNK = 64 * 1024
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER on, 0 seconds: close() sends RST


class LoopbackServer:
    """Serves ``respond`` on 127.0.0.1; port 0 takes a free one, kept over ``die`` and ``revive``."""

    def __init__(self, respond: Respond, port: int = 0) -> None:
        self._respond = respond
        self.port = port
        self._listener: _Listener | None = None

    def start(self) -> None:
        """Raises OSError where the port is taken; harmless when started already."""
        if self._listener is not None:
            return
        self._listener = _Listener(self.port, self._respond)
        self.port = self._listener.server_address[1]
        threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Refuse new connections and drop the open ones; harmless when stopped already."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.dying.set()
            listener.shutdown()
            listener.server_close()
            listener.drop_connections()


class _Listener(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int, respond: Respond) -> None:
        self.respond = respond
        self.dying = threading.Event()
        self.resetting: set[socket.socket] = set()
        self._open: set[socket.socket] = set()
        super().__init__((_HOST, port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        if request in self.resetting:
            self.resetting.discard(request)
            request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            request.close()
        else:
            super().shutdown_request(request)

    def drop_connections(self) -> None:
        for connection in tuple(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # its own thread closed it first
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is its own affair; anything else is a fault of the sample board."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        answer = self.server.respond(self.command, self.path, self.headers)
        if answer.delay and self.server.dying.wait(answer.delay):
            self.close_connection = True
            return
        if answer.delivery == "reset":
            self.server.resetting.add(self.connection)
            self.close_connection = True
            return
        self._send_head(answer)
        if self.command != "HEAD":
            self._send_body(answer)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def _send_head(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.delivery == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()

    def _send_body(self, answer: Answer) -> None:
        match answer.delivery:
            case "cut":
                self.wfile.write(answer.body[: len(answer.body) // 2])
                self.close_connection = True
            case "chunked":
                for start in range(0, len(answer.body), _CHUNK):
                    piece = answer.body[start : start + _CHUNK]
                    self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
                self.wfile.write(b"0\r\n\r\n")
            case _:
                self.wfile.write(answer.body)

    def version_string(self) -> str:
        return "nginx"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: those who want to know read ``SampleBoard.requests``."""
