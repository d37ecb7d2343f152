"""Undoes a response's content encoding, as the crawl did."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Final

import brotli

from newsbot.errors import CaptureError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LARGEST: Final = 64 * 1024 * 1024  # bytes that a body may unfold to: four times what a crawl takes


def decoded(body: bytes, content_encoding: str) -> bytes:
    """``body`` without its encodings ("gzip", "deflate", "br", "zstd", a list of them).

    A body that ends early gives what there is of it. Raises CaptureError for one that is no such
    thing, or unfolds to more than ``LARGEST``. An encoding that is not known stays, as in a crawl.
    """
    for name in reversed(content_encoding.lower().split(",")):
        undo = _WAYS.get(name.strip())
        if undo is None:
            return body
        try:
            body = undo(body)
        except (zlib.error, brotli.error, zstd.ZstdError) as error:
            raise CaptureError(f"a body is not the {name.strip()} that it says: {error}") from error
        if len(body) > LARGEST:
            raise CaptureError(f"a body unfolds to more than {LARGEST:,} bytes")
    return body


def _gunzip(body: bytes) -> bytes:
    """All members; what follows the last one is left alone."""
    out, rest = b"", body
    while rest[:2] == b"\x1f\x8b" and len(out) <= LARGEST:
        undo = zlib.decompressobj(zlib.MAX_WBITS + 16)
        out += undo.decompress(rest, LARGEST + 1 - len(out))
        rest = undo.unused_data
    return out or _whole(body)


def _whole(body: bytes) -> bytes:
    if body:
        zlib.decompress(body, zlib.MAX_WBITS + 16)  # says what is wrong
    return b""


def _inflate(body: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(body, LARGEST + 1)
    except zlib.error:  # without a header, as old servers of Microsoft send it
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(body, LARGEST + 1)


def _unbrotli(body: bytes) -> bytes:
    undo = brotli.Decompressor()
    out = undo.process(body, output_buffer_limit=LARGEST)
    while not undo.is_finished() and len(out) <= LARGEST:
        more = undo.process(b"", output_buffer_limit=LARGEST)
        if not more:
            break
        out += more
    return bytes(out)


def _unzstd(body: bytes) -> bytes:
    reader, out = zstd.ZstdFile(BytesIO(body)), b""
    try:
        while (more := reader.read(1 << 20)) and len(out) <= LARGEST:
            out += more
    except EOFError:
        pass
    return out


_WAYS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
    "identity": bytes,
    "": bytes,
}
