"""Whether the capture files are what the archive says of them. Each fault is one line for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsbot.captures.reader import read_capture
from newsbot.captures.recovery import FoundRecord, digest_of, walk
from newsbot.errors import CaptureError
from newsbot.items import Capture


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What the archive says of a file. ``ended``: its run. ``length`` and ``sha256``: once it is closed."""

    name: str
    length: int | None
    sha256: str | None
    closed: bool
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A capture, and what the archive says of it. ``payload``: of a revisit, where its body lies."""

    capture: Capture
    url: str
    status: int
    payload: Capture | None = None


def file_faults(directory: Path, file: FileFacts) -> Iterator[str]:
    """By a look at the file alone: whether it is there, closed, and as long as it was."""
    path = directory / file.name
    try:
        there = path.stat().st_size
    except OSError as error:
        yield f"the capture file {path} cannot be had: {error.strerror}"
        return
    if not file.closed:
        if file.ended:
            yield f"the capture file {path} was left open: the next crawl of its source closes it"
    elif there != file.length:
        yield f"the capture file {path} has {there:,} bytes, and should have {file.length or 0:,}"


def unknown_files(directory: Path, known: Iterable[str]) -> Iterator[str]:
    """WARC files of the directory that the archive does not know."""
    there = {path.name for path in directory.glob("*.warc.gz")} if directory.is_dir() else set()
    for name in sorted(there - set(known)):
        yield f"the capture file {directory / name} is not in the archive"


def content_faults(directory: Path, file: FileFacts, places: Iterable[Place]) -> Iterator[str]:
    """By reading everything: its SHA-256, every record whole, every capture the page that it should be."""
    path = directory / file.name
    try:
        if file.closed and digest_of(path) != file.sha256:
            yield f"the capture file {path} is not what was written: its SHA-256 is another"
        records = list(walk(path))
        whole = sum(record.length for record in records)
        if file.closed and whole != path.stat().st_size:
            yield f"the capture file {path} cannot be read beyond byte {whole:,}"
    except (CaptureError, OSError) as error:
        yield str(error)
        return
    pages = {record.offset: record for record in records if record.capture(file.name) is not None}
    known = set()
    for place in places:
        known.add(place.capture.offset)
        if fault := _place_fault(directory, place, pages.get(place.capture.offset)):
            yield f"{path}: {fault}"
    if file.closed and known:  # one that is thinned out may be left without any
        for offset in sorted(pages.keys() - known):
            yield f"{path}: the page at {offset}, {pages[offset].url}, is not in the archive"


def _place_fault(directory: Path, place: Place, record: FoundRecord | None) -> str | None:
    try:
        read_capture(directory, place.capture, payload=place.payload)
    except CaptureError as error:
        return str(error)
    if record is None or (record.length, record.url, record.status) == (
        place.capture.length, place.url, place.status
    ):  # fmt: skip
        return None
    return f"the archive says another address, status or length of the page at {record.offset}"


def is_proved(directory: Path, file: FileFacts) -> bool:
    """Whether a file is to the byte what was written, and closed."""
    path = directory / file.name
    try:
        return file.closed and file.length == path.stat().st_size and digest_of(path) == file.sha256
    except (CaptureError, OSError):
        return False
