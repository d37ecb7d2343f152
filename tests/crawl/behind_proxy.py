"""Many boards behind one HTTP proxy, each under a name of its own, which fail on the wire as real sites do.

A proxy gives names, https and redirects between sites without a name server: a crawl finds it in its
environment. Every connection bears one request.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any, Self
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.exchange import Answer

Wire = Iterator[bytes]
"""What is sent as it is, piece by piece; a piece may be long in coming."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as a site saw it: its whole address, the how manieth since the fault began, whether again."""

    url: str
    headers: Message
    number: int
    again: bool = False

    @property
    def path(self) -> str:
        """With its query."""
        return urlsplit(self.url)._replace(scheme="", netloc="").geturl()


Fault = Callable[["Site", Asked], Answer | Wire | None]
"""What a site sends instead of its board's answer; None: it resets the connection."""


class Site(SampleBoard):
    """A board under a name, served by ``Proxy`` alone."""

    def __init__(self, name: str, **board: Any) -> None:
        self.name = name
        self.fault: Fault | None = None
        self.scheme = "http"
        self._since = 0
        self._asked: set[str] = set()  # since the fault began
        super().__init__(**board)

    @property
    def site(self) -> str:
        return f"{self.scheme}://{self.name}"

    def begin(self, fault: Fault | None) -> None:
        self.fault, self._since = fault, len(self.requests)
        self._asked.clear()

    def own(self, asked: Asked, path: str | None = None) -> Answer:
        """The board's own answer, to another path where one is given."""
        return self._respond("GET", path or asked.path, asked.headers)

    def turn(self, **look: Any) -> None:
        """Changes how the board's owner has set it up."""
        self._engine._look = replace(self._engine._look, **look)  # type: ignore[attr-defined]

    def answer(self, url: str, headers: Message) -> Answer | Wire | None:
        number, again = len(self.requests) - self._since, url in self._asked
        self._asked.add(url)
        asked = Asked(url=url, headers=headers, number=number, again=again)
        if self.fault is None:
            return self.own(asked)
        answer = self.fault(self, asked)
        if (
            len(self.requests) == self._since + asked.number
        ):  # the board was not asked: it counts all the same
            self.own(asked)
        return answer


class Proxy:
    """Serves ``sites`` to whoever asks this proxy for them, and nothing else."""

    def __init__(self, sites: Sequence[Site], certificate: Path | None = None) -> None:
        self._sites = {site.name: site for site in sites}
        self._certificate = certificate
        self._server = ThreadingTCPServer(("127.0.0.1", 0), self._handler(), bind_and_activate=True)
        self._server.daemon_threads, self._server.block_on_close = True, False
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def environment(self) -> dict[str, str]:
        return {"http_proxy": self.url, "https_proxy": self.url, "no_proxy": "127.0.0.1"}

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[StreamRequestHandler]:
        proxy = self

        class Handler(StreamRequestHandler):
            disable_nagle_algorithm = True

            def handle(self) -> None:
                with suppress(OSError):  # the client may have gone away
                    proxy._serve(self.connection)

        return Handler

    def _serve(self, connection: socket.socket) -> None:
        target, headers = _request(connection)
        if "://" not in target:  # CONNECT host:443
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            connection = self._secured(connection)
            host, (path, headers) = target.partition(":")[0], _request(connection)
            target = f"https://{host}{path}"
        site = self._sites.get(urlsplit(target).hostname or "")
        answer = site.answer(target, headers) if site else Answer(status=502)
        if answer is None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        else:
            for piece in as_sent(answer) if isinstance(answer, Answer) else answer:
                connection.sendall(piece)
            if isinstance(connection, ssl.SSLSocket):
                connection.unwrap()
        connection.close()

    def _secured(self, connection: socket.socket) -> socket.socket:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(str(self._certificate))
        return context.wrap_socket(connection, server_side=True)


def _request(connection: socket.socket) -> tuple[str, Message]:
    """Target and headers of a request."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65536)
        if not piece:
            raise ConnectionResetError
        head += piece
    line, _, rest = head.partition(b"\r\n")
    return line.split()[1].decode("latin-1"), BytesParser().parsebytes(rest, headersonly=True)


def as_sent(answer: Answer, *, length: int | None = None, body: bytes | None = None) -> Wire:
    """An answer's bytes; its declared ``length`` and its ``body`` may be others than its own."""
    sent = answer.body if body is None else body
    yield head(answer, ("Content-Length", str(len(sent) if length is None else length)))
    yield sent


def head(answer: Answer, *headers: tuple[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} Said", f"Content-Type: {answer.content_type}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in (*answer.headers, *headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def expired_certificate(path: Path) -> Path:
    """A certificate for nobody, signed by itself, that ran out last year; with its key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost.localdomain")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=700))
        .not_valid_after(now - timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
