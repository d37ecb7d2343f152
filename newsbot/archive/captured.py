"""What the archive hands out of captures, and of their pages read again: frozen values, never rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from newsbot.items import Article, Candidate, Capture


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureFile:
    """A WARC file. ``length`` in bytes and ``sha256`` in hex: both once it is closed."""

    id: int
    run_id: int
    name: str  # within the directory of captures
    length: int | None
    sha256: str | None
    closed: datetime | None
    cut: bool
    ended: bool  # its run


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCapture:
    """A page that was captured. ``same_as``: the capture that holds its payload, of a revisit."""

    capture: Capture
    url: str
    status: int
    fetched: datetime
    same_as: Capture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """What the archive keeps of the end of a capture file, until that is safe on the disk.

    ``records``: bytes that were written since the last transaction, and at which offset. ``safe``: bytes
    of the file that are safe by now; what was kept of them is forgotten. 0: no more than before.
    """

    file: str
    records: Sequence[tuple[int, bytes]] = ()
    safe: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCapture:
    """A capture that the archive knows of. ``payload``: where the body of a revisit lies."""

    capture: Capture
    payload: Capture | None
    url: str
    status: int
    fetched: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRead:
    """A revision whose page can be read again, with all that its first reading had."""

    revision: int  # the row's id, not its number
    uri: str
    article: Article
    page: KeptCapture
    options: Mapping[str, Any]  # of its run


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What another reading of a revision's page came to. ``candidate``: if it differs; ``note``: if none."""

    revision: int
    state: Literal["proposed", "same", "unreadable"]
    candidate: Candidate | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A revision's own reading beside today's. ``state`` None: today's is its own, or it is not read yet."""

    uri: str
    before: Article
    state: Literal["proposed", "same", "unreadable"] | None
    after: Article | None
    note: str | None
