"""What a killed run left: its file walked member by member, and cut back to the last whole record.

A reader that meets half a record may give half a page without a word; appending after it would make the
rest unreadable. So every member is unpacked to its end, and its length held against the record's own.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from base64 import b32decode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from newsbot.captures.writer import plainly
from newsbot.items import Capture

_PIECE: Final = 1024 * 1024  # bytes copied at a time
_CHUNK: Final = 16 * 1024  # bytes, which unpack to 16 MB at the most
_HEAD: Final = 64 * 1024  # bytes, within which the headers of a record end
_LINE: Final = re.compile(rb"([A-Za-z-]+):[ \t]*(.*?)[ \t]*\r\n")
_STATUS: Final = re.compile(rb"HTTP/\S+ (\d{3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecord:
    """A whole record of a file. ``capture``: of a response or revisit alone; ``earlier``: of a revisit."""

    offset: int
    length: int
    kind: str
    url: str
    fetched: datetime
    status: int
    sha256: str | None

    def capture(self, file: str) -> Capture | None:
        if self.kind not in ("response", "revisit") or self.sha256 is None:
            return None
        return Capture(file=file, offset=self.offset, length=self.length, sha256=self.sha256)


@dataclass(slots=True)
class Recovered:
    """``records``: those behind ``known``. ``damaged``: a record that is known to be whole is not."""

    length: int = 0
    sha256: str = ""
    cut: bool = False
    damaged: bool = False
    records: list[FoundRecord] = field(default_factory=list)


def walk(path: Path) -> Iterator[FoundRecord]:
    """The whole records of a file, in order, up to the first that is not whole. In constant memory.

    Raises CaptureError for a file that cannot be read.
    """
    with plainly(path), path.open("rb") as file:
        offset = 0
        while (found := _next(file, offset)) is not None:
            yield found
            offset += found.length


def recover(path: Path, *, known: int) -> Recovered:
    """Cuts a file back to its last whole record, and says what the archive has not heard of.

    ``known``: bytes up to which records are known to the archive; nothing is ever cut below that.
    Raises CaptureError.
    """
    found = Recovered()
    for record in walk(path):
        found.length = record.offset + record.length
        if record.offset >= known:
            found.records.append(record)
    with plainly(path):
        there = path.stat().st_size
        found.damaged = found.length < known
        found.cut = found.length < there and not found.damaged
        if found.damaged:
            found.length = there
        else:
            _renew(path, found.length)
        found.sha256 = digest_of(path)
    return found


def restore(path: Path, kept: Iterable[tuple[int, bytes]]) -> None:
    """Writes what was kept of a file's end, with the offsets, where the disk has not taken it.

    Raises CaptureError.
    """
    with plainly(path), path.open("r+b") as file:
        for offset, records in kept:
            file.seek(offset)
            if file.read(len(records)) != records:
                file.seek(offset)
                file.write(records)
        file.flush()
        os.fsync(file.fileno())


def digest_of(path: Path) -> str:
    with plainly(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _renew(path: Path, length: int) -> None:
    """Puts the file's beginning in its place: one that was only stopped writes on into what is gone."""
    fresh = path.with_name(f".{path.name}.renewed")
    with path.open("rb") as file, fresh.open("wb") as copy:
        while length and (piece := file.read(min(length, _PIECE))):
            copy.write(piece)
            length -= len(piece)
        copy.flush()
        os.fsync(copy.fileno())
    fresh.replace(path)


def _next(file: IO[bytes], offset: int) -> FoundRecord | None:
    """The record of the member at ``offset``; None where there is no whole one."""
    file.seek(offset)
    undo = zlib.decompressobj(zlib.MAX_WBITS + 16)
    head, tail, unpacked, taken = b"", b"", 0, 0
    while not undo.eof:
        packed = file.read(_CHUNK)
        try:
            out = undo.decompress(packed)
        except zlib.error:
            return None
        if not packed:
            return None
        taken += len(packed)
        unpacked += len(out)
        head += out[: max(0, _HEAD - len(head))]
        tail = (tail + out)[-4:]
    record = _parsed(head, offset, taken - len(undo.unused_data))
    return record if record is not None and tail == b"\r\n\r\n" and _fits(head, unpacked) else None


def _fits(head: bytes, unpacked: int) -> bool:
    """Whether a record is as long as it says: its head, its block, and two line ends."""
    start = head.find(b"\r\n\r\n") + 4
    stated = dict(_lines(head[:start])).get("content-length", "")
    return start > 3 and stated.isdecimal() and unpacked == start + int(stated) + 4


def _parsed(head: bytes, offset: int, length: int) -> FoundRecord | None:
    if not head.startswith(b"WARC/1."):
        return None
    end = head.find(b"\r\n\r\n")
    named = dict(_lines(head[: end + 2]))
    status = _STATUS.match(head, end + 4)
    try:
        return FoundRecord(
            offset=offset,
            length=length,
            kind=named["warc-type"],
            url=named.get("warc-target-uri", ""),
            fetched=datetime.fromisoformat(named["warc-date"]),
            status=int(status[1]) if status else 0,
            sha256=_hex(named.get("warc-payload-digest", "")),
        )
    except (KeyError, ValueError):
        return None


def _lines(head: bytes) -> Iterator[tuple[str, str]]:
    for line in _LINE.finditer(head):
        yield line[1].decode("ascii").lower(), line[2].decode("utf-8", "replace")


def _hex(digest: str) -> str | None:
    algorithm, _, value = digest.partition(":")
    return b32decode(value).hex() if algorithm == "sha256" else None
