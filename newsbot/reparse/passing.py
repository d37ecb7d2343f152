"""A pass over the captures: read, remembered, and where it was stopped taken up again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final, Unpack

from newsbot.archive import Archive
from newsbot.archive.captured import Reread
from newsbot.archive.reading import Choice
from newsbot.archive.records import Progress
from newsbot.korean.dates import KST
from newsbot.reparse.further import next_capture
from newsbot.reparse.page import Job, NotRead
from newsbot.reparse.pool import Readers
from newsbot.versions import parser_version

KEPT_TOGETHER: Final = 100  # readings in a transaction
NAMED: Final = 10  # pages without a capture


class Chosen(Choice, total=False):
    """Which revisions. ``read_by``: a parser version; ``every``: all revisions, not the latest alone."""

    read_by: str | None
    every: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A page whose capture cannot be had: why, in a line."""

    uri: str
    said: str


@dataclass(slots=True)
class Missed:
    """The pages that could not be read; ``first`` of them by name."""

    pages: int = 0
    first: list[Missing] = field(default_factory=list)

    def take(self, page: Missing) -> None:
        self.pages += 1
        if len(self.first) < NAMED:
            self.first.append(page)


def read_captures(
    archive: Archive,
    directory: Path,
    *,
    processes: int,
    progress: Progress | None = None,
    file: str | None = None,
    **chosen: Unpack[Chosen],
) -> Missed:
    """Reads what today's readers have not read yet, and remembers the readings; returns what could not be.

    In constant memory; to be stopped at any moment. ``progress`` is told (done, total) in pages.
    ``file``: only of this capture file; ``processes``: beside this one, 0: none.
    """
    version = parser_version()
    total = archive.how_many_to_read(version, **chosen) if progress else 0
    missed = Missed()
    jobs = (Job(page=page) for page in archive.to_read(version, file=file, **chosen))
    with Readers(directory, processes=processes) as readers:
        results = (_settled(archive, readers, result) for result in readers.read_all(jobs))
        done = 0
        while batch := list(islice(results, KEPT_TOGETHER)):
            read = [each for each in batch if isinstance(each, Reread)]
            archive.keep_readings(version, read, when=datetime.now(KST))
            for each in batch:
                if isinstance(each, Missing):
                    missed.take(each)
            done += len(batch)
            if progress is not None:
                progress(done, total)
    return missed


def _settled(archive: Archive, readers: Readers, result: Reread | NotRead) -> Reread | Missing:
    """The reading, with the further pages that it asks for."""
    while isinstance(result, NotRead):
        job = result.job
        found = next_capture(archive, result) if result.why == "further" else None
        if found is None:
            said = f"its page {result.said} is not captured" if result.why == "further" else result.said
            return Missing(uri=job.page.uri, said=said)
        result = readers.read(replace(job, further=(*job.further, found)))
    return result
