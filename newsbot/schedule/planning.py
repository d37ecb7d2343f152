"""What a fleet has to do: reckoned by one worker at a time, from the archive and its server's clock."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from newsbot.archive import fleet as server
from newsbot.archive import open_archive
from newsbot.config import source_host, source_key
from newsbot.errors import ArchiveError
from newsbot.schedule.config_file import ConfigFile
from newsbot.schedule.due import Past, Timing, due_now, goes_first, timings
from newsbot.schedule.fleet import Jobs
from newsbot.schedule.fleet_server import Away
from newsbot.schedule.history import READ, past_run
from newsbot.schedule.jobs import CrawlJob, ReadingJob
from newsbot.schedule.memory import is_quick

logger = logging.getLogger(__name__)

NOT_TAKEN: Final = timedelta(hours=1)  # a job that nobody has begun by then is taken back


class Plans:
    """Of the sources that a worker knows. ``names``: by their keys in the archive; ``hosts``: by name."""

    def __init__(self, file: ConfigFile, url: str) -> None:
        self._file = file
        self._url = url
        self._said = ""  # of the archive, when the last plan was made
        self.take()

    def take(self) -> None:
        """Takes in the configuration as it is now."""
        config = self._file.config
        self.timings: dict[str, Timing] = timings(config)
        self.names = {source_key(config.sources[name].url): name for name in self.timings}
        self.hosts = {name: source_host(config.sources[name].url) for name in self.timings}

    async def make_or_say(self, fleet: Jobs) -> None:
        """Makes the plan; an archive that cannot be read is said once. Raises Away."""
        said = ""
        try:
            await self.make(fleet)
        except Away:
            raise
        except ArchiveError as error:
            said = str(error)
        if said not in ("", self._said):
            logger.error("%s", said)
        self._said = said

    async def make(self, fleet: Jobs) -> None:
        """Has the sources crawled that are due, and the jobs done that were left by workers that died.

        Raises ArchiveError.
        """
        stalled = await fleet.stalled()
        jobs = await fleet.crawls()
        now, due = await asyncio.to_thread(self._reckon, stalled, jobs)
        if stalled:
            names = ", ".join(job.name for job in stalled)
            logger.warning("given to others, since their workers give no sign of life: %s", names)
        for job in stalled:
            await fleet.retry(job, now)
        for job in jobs:
            if not (job.running or job.waits) and now - job.planned > NOT_TAKEN:
                await fleet.forget(job)
        for job in due:
            await fleet.defer(job)

    def _reckon(
        self, stalled: Sequence[CrawlJob | ReadingJob], jobs: Sequence[CrawlJob]
    ) -> tuple[datetime, list[CrawlJob]]:
        """The server's moment, and the crawls that are due and are no jobs yet."""
        there = {job.source for job in jobs}
        at_host = {job.host for job in jobs if job.running}
        with open_archive(self._url, read_only=True) as archive:
            for job in stalled:
                if isinstance(job, CrawlJob):
                    server.end_holder(archive, job.source)
            now = server.moment(archive)
            found = server.latest_runs(archive, self.names, limit=READ)
            past = {
                name: Past(runs=[past_run(run) for run in found.get(key, ())])
                for key, name in self.names.items()
                if key not in there
            }
            names = due_now({name: self.timings[name] for name in past}, past, now)
            due = [self._job(name, past[name], now) for name in names]
            held = server.holders(archive, (), {job.host for job in due} - at_host)
        # Who crawls at the host by hand, or without a worker any more, is waited for.
        return now, [job for job in due if job.host not in held]

    def _job(self, name: str, past: Past, now: datetime) -> CrawlJob:
        last = past.runs[:1]
        return CrawlJob(
            source=source_key(self._file.config.sources[name].url),
            host=self.hosts[name],
            after=last[0].run if last else 0,
            planned=now,
            quick=is_quick(last),
            first=goes_first(past),
        )
