"""Capture files that a worker has read again beside its crawls: one process at a time, behind them."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from newsbot.schedule.child import Crawl, Outcome
from newsbot.schedule.fleet import Jobs
from newsbot.schedule.jobs import ReadingJob, queue_of_readings
from newsbot.versions import parser_version

logger = logging.getLogger(__name__)

TOGETHER: Final = 500  # pages, after which a process takes no further file
FILES: Final = 50  # in a process
ELSEWHERE: Final = timedelta(seconds=30)  # until a file is asked for again that this machine does not have
AGAIN: Final = timedelta(seconds=30)  # after a process that broke; doubled each time
TRIES: Final = 4  # of a file whose reading breaks


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTask:
    """Files to be read one after the other in one process, each with what of it is chosen."""

    sources: dict[str, Any]
    archive: str
    captures: str | None
    command: Sequence[str] = field(default=(sys.executable, "-m", "newsbot.reparse"))

    @property
    def config(self) -> str:
        given = {"archive": self.archive, "captures": self.captures, "files": self.sources}
        return json.dumps(given, ensure_ascii=False)


class Rereading:
    """``said`` hears each line of the process's log; ``ended`` is called when it has ended."""

    def __init__(self, *, said: Callable[[str, str], None], ended: Callable[[], None]) -> None:
        self._said = said
        self._ended = ended
        self._crawl: Crawl | None = None
        self._task: asyncio.Task[None] | None = None
        self._jobs: dict[str, ReadingJob] = {}
        self._told = False  # to stop

    @property
    def queues(self) -> list[str]:
        """What may be begun now."""
        return [] if self._task else [queue_of_readings(parser_version())]

    async def begin(self, fleet: Jobs, job: ReadingJob, *, archive: str, captures: str | None) -> None:
        """Has a file read again, and small ones with it. Raises ArchiveError."""
        self._told = False
        self._jobs = {job.file: job}
        while sum(each.pages for each in self._jobs.values()) < TOGETHER and len(self._jobs) < FILES:
            more = await fleet.next([job.queue])
            if not isinstance(more, ReadingJob):
                break
            if more.file in self._jobs:  # another choice of the same file
                await fleet.settle(more, ELSEWHERE)
                break
            self._jobs[more.file] = more
        chosen = {file: dict(each.chosen) for file, each in self._jobs.items()}
        task = ReadTask(sources=chosen, archive=archive, captures=captures)
        self._task = asyncio.get_running_loop().create_task(self._read(fleet, task))

    async def stop(self, fleet: Jobs) -> None:
        """Ends what is in hand; what has been read is kept."""
        self._told = True
        if self._crawl is not None:
            self._crawl.end()
        if self._task is not None:
            await self._task
        for job in self._jobs.values():
            await fleet.settle(job, timedelta(0))
        self._jobs = {}

    async def _read(self, fleet: Jobs, task: ReadTask) -> None:
        try:
            self._crawl = await Crawl.start(task)
            if self._told:
                self._crawl.end()
            async for outcome in self._crawl.outcomes(lambda line: self._said("reparse", line)):
                job = self._jobs.pop(outcome.source)
                await fleet.settle(job, _again(job, outcome))
        except OSError as error:  # no memory, no process left
            logger.error("captures cannot be read again: %s", error.strerror)
            for job in self._jobs.values():
                await fleet.settle(job, AGAIN)
            self._jobs = {}
        finally:
            self._crawl, self._task = None, None
            self._ended()


def _again(job: ReadingJob, outcome: Outcome) -> timedelta | None:
    """After how long a file is tried again; None: it is done with."""
    if outcome.figures.get("state") == "absent":
        logger.info("%s is not on this machine: left to others", job.file)
        return ELSEWHERE
    if outcome.figures:
        if missing := outcome.figures.get("missing"):
            logger.warning("%s: %d pages were not read: %s", job.file, missing, outcome.figures.get("said"))
        return None
    if not outcome.begun:
        return timedelta(0)
    if job.attempts + 1 >= TRIES:
        logger.error("%s: reading it broke off %d times, it is left", job.file, TRIES)
        return None
    return AGAIN * (1 << job.attempts)
