"""Reading one capture back: by file, offset and length, and never more than that."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from newsbot.captures.bodies import decoded
from newsbot.captures.exchange import Headers
from newsbot.errors import CaptureError
from newsbot.items import Capture

LARGEST_REQUEST: Final = 64 * 1024  # bytes of the member of a request


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedPage:
    """A response as it came. ``payload``: the body as it was sent; ``body``: its content encoding undone."""

    url: str
    fetched: datetime
    status: int
    headers: Headers
    payload: bytes

    def header(self, name: str) -> str | None:
        """The last header of that name, as it counts for a browser."""
        return next((v for n, v in reversed(self.headers) if n.lower() == name.lower()), None)

    @property
    def body(self) -> bytes:
        """Raises CaptureError where the encoding is not what it says."""
        named = [value for name, value in self.headers if name.lower() == "content-encoding"]
        return decoded(self.payload, ",".join(named))


def read_capture(directory: Path, capture: Capture, *, payload: Capture | None = None) -> CapturedPage:
    """The response at ``capture``, proved against its digest.

    ``payload``: where the body of a revisit lies. Raises CaptureError: no such file, a damaged record,
    another record, another body than was captured.
    """
    record = _record(directory, capture)
    body = record.body if payload is None else _record(directory, payload).body
    if hashlib.sha256(body).hexdigest() != capture.sha256:
        lost = (
            "its body lies in another capture" if record.kind == "revisit" and payload is None else _DAMAGED
        )
        raise CaptureError(f"{_name(capture)}: {lost}")
    return CapturedPage(
        url=record.url,
        fetched=datetime.fromisoformat(record.date),
        status=record.status,
        headers=record.headers,
        payload=body,
    )


def read_request_headers(directory: Path, capture: Capture) -> Headers:
    """The headers of the request behind a capture: its record stands after the response's."""
    after = Capture(
        file=capture.file, offset=capture.offset + capture.length, length=LARGEST_REQUEST, sha256=""
    )
    record = _record(directory, after)
    if record.kind != "request":
        raise CaptureError(f"{_name(capture)}: there is no request beside it")
    return record.headers


_DAMAGED: Final = "the body is not the one that was captured"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    kind: str
    url: str
    date: str
    status: int
    headers: Headers
    body: bytes


def _record(directory: Path, capture: Capture) -> _Record:
    member = _member(directory / capture.file, capture)
    try:
        record = next(iter(ArchiveIterator(BytesIO(member))))
        body = record.raw_stream.read()
        code = "0" if record.rec_type == "request" else record.http_headers.get_statuscode()
        return _Record(
            kind=record.rec_type,
            url=record.rec_headers.get_header("WARC-Target-URI"),
            date=record.rec_headers.get_header("WARC-Date"),
            status=int(code),
            headers=tuple(record.http_headers.headers),
            body=body,
        )
    except (ArchiveLoadFailed, zlib.error, StopIteration, ValueError, AttributeError, EOFError) as error:
        raise CaptureError(f"{_name(capture)}: no record of a page can be read there") from error


def _member(path: Path, capture: Capture) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(capture.offset)
            return file.read(capture.length)
    except OSError as error:
        raise CaptureError(f"the capture file {path} cannot be read: {error.strerror}") from error


def _name(capture: Capture) -> str:
    return f"the capture at {capture.offset} of {capture.file}"
