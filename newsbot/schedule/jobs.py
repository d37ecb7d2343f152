"""What the jobs of a fleet say: a source to be crawled, a capture file to be read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar, Final

CRAWLS: Final = "crawls"  # of every source: the queue that all workers serve
FIRST: Final = 1  # priority of a crawl whose source does not wait behind the others
LATER: Final = -10  # priority of what is done when no crawl waits


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlJob:
    """A source to be crawled. ``source``: its key in the archive; ``after``: its latest run, as planned.

    ``quick``: its last crawl took no time worth speaking of. ``attempts``: how often the job was begun
    before. ``planned``: by the server's clock. ``running``: by a worker, of which nothing need be left.
    ``waits``: to be tried again, later. ``first``: before all others that wait (``due.goes_first``).
    """

    task: ClassVar[str] = "crawl"
    priority: ClassVar[int] = 0
    source: str
    host: str
    after: int
    planned: datetime
    quick: bool = False
    id: int = 0
    attempts: int = 0
    running: bool = False
    waits: bool = False
    first: bool = False

    @property
    def name(self) -> str:
        return self.source

    @property
    def queue(self) -> str:
        return CRAWLS

    @property
    def lock(self) -> str | None:
        return f"host:{self.host}"

    @property
    def given(self) -> dict[str, Any]:
        names = ("source", "host", "after", "quick")
        return {name: getattr(self, name) for name in names} | {"planned": self.planned.isoformat()}

    @classmethod
    def taken(cls, given: Mapping[str, Any], **standing: Any) -> CrawlJob:
        known = {name: given[name] for name in ("source", "host", "after")}
        quick, planned = given.get("quick", False), datetime.fromisoformat(given["planned"])
        return cls(**known, quick=quick, planned=planned, **standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingJob:
    """A capture file to be read again by the readers of this ``version``.

    ``chosen``: which of its pages, as JSON values; ``pages``: how many there were when the job was made.
    ``waits``: a worker that does not have the file has left it to others, or its reading broke off.
    """

    task: ClassVar[str] = "read"
    priority: ClassVar[int] = LATER
    lock: ClassVar[str | None] = None
    file: str
    version: str
    pages: int
    chosen: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0
    attempts: int = 0
    running: bool = False
    waits: bool = False

    @property
    def name(self) -> str:
        return f"{self.file} {self.version}"

    @property
    def queue(self) -> str:
        return queue_of_readings(self.version)

    @property
    def given(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "version": self.version,
            "pages": self.pages,
            "chosen": dict(self.chosen),
        }

    @classmethod
    def taken(cls, given: Mapping[str, Any], **standing: Any) -> ReadingJob:
        return cls(**given, **standing)


def queue_of(source: str) -> str:
    """The queue of a source's jobs that a worker has left which does not know it."""
    return f"source-{sha256(source.encode()).hexdigest()[:24]}"


def queue_of_readings(version: str) -> str:
    """The queue of the capture files that this version of the readers is to read."""
    return f"captures {version}"
