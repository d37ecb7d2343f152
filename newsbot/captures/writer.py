"""Writing a run's captures: one WARC 1.1 file, a gzip member a record, never appended to once closed.

Every record is handed to the operating system whole, and before ``write`` returns: what a killed run
leaves is whole records and at most one torn one at the end (``recovery``).
"""

from __future__ import annotations

import base64
import errno
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from newsbot.captures.exchange import Earlier, Exchange, Headers
from newsbot.captures.packing import gzip_member
from newsbot.errors import CaptureError
from newsbot.items import Capture

_NEVER_KEPT: Final = {"authorization", "proxy-authorization"}  # a capture may be handed on
_SAID: Final = {
    errno.ENOSPC: "the disk is full: free some space and run again",
    errno.EDQUOT: "the disk quota is used up: free some space and run again",
    errno.EACCES: "it may not be written: see to the rights of its directory",
    errno.EROFS: "it may not be written: the disk is read-only",
    errno.EEXIST: "it is there already, and a capture file is never appended to: choose another directory",
    errno.ENOENT: "its directory is not there",
    errno.ENOTDIR: "its directory is no directory",
}


class _Records(WARCWriter):  # type: ignore[misc]
    """warcio's writer, with SHA-256 for its digests."""

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """The head of an HTTP message as it stands there: warcio itself would quote what is not ASCII."""

    def __init__(self, head: bytes) -> None:
        super().__init__("as it stands", [])
        self.headers_buff = head

    def compute_headers_buffer(self, header_filter: object = None) -> None:  # warcio's own
        """It is there."""


class Written(NamedTuple):
    """Where a response lies, and its record and its request's as they stand there, from its offset on."""

    capture: Capture
    records: bytes


class CaptureWriter:
    """The file of one run. Raises CaptureError when it cannot be made or written."""

    def __init__(self, path: Path, *, software: str) -> None:
        self._path = path
        self._length = 0
        self._safe = 0
        self._digest = hashlib.sha256()
        with plainly(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("xb", buffering=0)
        facts = {"software": software, "format": "WARC file version 1.1", "conformsTo": _CONFORMS}
        self._append(_member(_RECORDS.create_warcinfo_record(path.name, facts)))
        self._empty = self._length

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been captured yet."""
        return self._length == self._empty

    @property
    def safe(self) -> int:
        """How many bytes are safe on the disk."""
        return self._safe

    @property
    def unsafe(self) -> int:
        """How many bytes are not."""
        return self._length - self._safe

    def write(self, exchange: Exchange, *, earlier: Earlier | None = None) -> Written:
        """Adds the response and its request.

        With ``earlier``, the payload is kept there and not again: a revisit record.
        """
        response = _response(exchange, earlier)
        member = _member(response)
        place = Capture(file=self._path.name, offset=self._length, length=len(member), sha256=exchange.sha256)
        records = member + _member(_request(exchange, response))
        self._append(records)
        return Written(place, records)

    def check(self) -> None:
        """Raises CaptureError when the file has no name any more, or another file has it."""
        with plainly(self._path):
            if not os.path.samestat(os.fstat(self._file.fileno()), self._path.stat()):
                raise CaptureError(f"the capture file {self._path}: another file has taken its name")

    def sync(self) -> None:
        """Makes sure that all that was written is on the disk, under its name."""
        with plainly(self._path):
            os.fsync(self._file.fileno())
        self.check()
        self._safe = self._length

    def close(self) -> tuple[int, str]:
        """Closes the file for good; returns its length in bytes and its SHA-256 in hex."""
        try:
            self.sync()
        finally:
            self._file.close()
        return self._length, self._digest.hexdigest()

    def discard(self) -> None:
        """Takes back a file in which nothing was captured."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _append(self, members: bytes) -> None:
        with plainly(self._path):
            try:
                _write_whole(self._file.fileno(), members)
            except OSError:
                os.truncate(self._file.fileno(), self._length)
                os.lseek(self._file.fileno(), self._length, os.SEEK_SET)
                raise
        self._digest.update(members)
        self._length += len(members)


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turns what the system says of a capture file into one CaptureError."""
    try:
        yield
    except OSError as error:
        said = _SAID.get(error.errno or 0, error.strerror or repr(error))
        raise CaptureError(f"the capture file {path}: {said}") from error


@lru_cache(maxsize=1)  # a response's is its request's too
def warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def warc_digest(sha256: bytes) -> str:
    """As WARC files have it, in base 32."""
    return f"sha256:{base64.b32encode(sha256).decode('ascii')}"


def _digest_of(body: bytes) -> str:
    return warc_digest(hashlib.sha256(body).digest())


_OF_NOTHING: Final = _digest_of(b"")
_CONFORMS: Final = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_RECORDS: Final = _Records(None, gzip=False, warc_version="1.1")


def _write_whole(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]


def _member(record: ArcWarcRecord) -> bytes:
    """The record as a gzip member of its own."""
    out = BytesIO()
    _RECORDS._write_warc_record(out, record)
    return gzip_member(out.getbuffer())


def _response(exchange: Exchange, earlier: Earlier | None) -> ArcWarcRecord:
    head = _head(f"HTTP/1.1 {_status_line(exchange.status)}", _received(exchange.headers))
    facts = {"WARC-Payload-Digest": warc_digest(bytes.fromhex(exchange.sha256))}
    if exchange.ip_address:
        facts["WARC-IP-Address"] = exchange.ip_address
    if earlier is None:
        return _record("response", exchange, head, exchange.body, facts)
    facts |= {
        "WARC-Profile": _RECORDS.REVISIT_PROFILE_1_1,
        "WARC-Refers-To-Target-URI": earlier.url,
        "WARC-Refers-To-Date": warc_date(earlier.fetched),
    }
    return _record("revisit", exchange, head, b"", facts)


def _request(exchange: Exchange, response: ArcWarcRecord) -> ArcWarcRecord:
    parts = urlsplit(exchange.url)
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    sent = [(name, value) for name, value in exchange.request_headers if name.lower() not in _NEVER_KEPT]
    if not any(name.lower() == "host" for name, _ in sent):
        sent.insert(0, ("Host", parts.netloc.rpartition("@")[2]))
    head = _head(f"{exchange.method} {target} HTTP/1.1", sent)
    facts = {
        "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
        "WARC-Payload-Digest": _digest_of(exchange.request_body) if exchange.request_body else _OF_NOTHING,
    }
    return _record("request", exchange, head, exchange.request_body, facts)


def _record(
    kind: str, exchange: Exchange, head: bytes, body: bytes, facts: Mapping[str, str]
) -> ArcWarcRecord:
    """With all its headers: warcio would look each of them up several times, in as long as it writes them."""
    block = hashlib.sha256(head)
    block.update(body)
    content_type = _RECORDS.WARC_RECORDS[kind]
    headers = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"),
        ("WARC-Target-URI", exchange.url),
        ("WARC-Date", warc_date(exchange.fetched)),
        *facts.items(),
        ("WARC-Block-Digest", warc_digest(block.digest())),
        ("Content-Type", content_type),
        ("Content-Length", str(len(head) + len(body))),
    ]
    told = StatusAndHeaders("", headers, protocol=_RECORDS.warc_version)
    record = ArcWarcRecord("warc", kind, told, BytesIO(body), _Head(head), content_type, len(body))
    record.payload_length = len(body)
    return record


def _head(start: str, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = (f"{name}: {value}" for name, value in headers)
    return "\r\n".join((start, *lines, "", "")).encode("latin-1", "replace")


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _received(headers: Headers) -> list[tuple[str, str]]:
    """A transfer encoding is undone before a response is captured: it is noted, as other archives do."""
    undone = "transfer-encoding"
    return [(f"X-Archive-Orig-{n}" if n.lower() == undone else n, v) for n, v in headers]
