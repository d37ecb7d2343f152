"""Captures taken out of their files as they lie there, for a file of another's."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

from newsbot.captures.reader import LARGEST_REQUEST, read_capture, read_request_headers
from newsbot.captures.writer import plainly
from newsbot.items import Capture


def members(directory: Path, capture: Capture, payload: Capture | None) -> Iterator[tuple[Capture, bytes]]:
    """The gzip members of a capture, the response's and its request's, each capture with its place.

    Where the capture is a revisit, that of the ``payload`` comes first. Raises CaptureError: no such
    file, a damaged record, another body than was captured.
    """
    read_capture(directory, capture, payload=payload)
    for place in (payload, capture):
        if place is not None:
            read_request_headers(directory, place)
            yield place, _cut_out(directory / place.file, place)


def _cut_out(path: Path, place: Capture) -> bytes:
    with plainly(path), path.open("rb") as file:
        file.seek(place.offset)
        response, rest = file.read(place.length), file.read(LARGEST_REQUEST)
    return response + rest[: _first_member(rest)]


def _first_member(data: bytes) -> int:
    """The length of the gzip member that ``data`` begins with."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    unpacker.decompress(data)
    return len(data) - len(unpacker.unused_data)
