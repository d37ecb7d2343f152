"""A fleet's worker: takes the jobs of the sources that it knows, on any number of machines.

What is due is reckoned by one worker of the fleet at a time, from the archive and its server's clock
(``due.py``); a crawl is the same process as that of a schedule on one machine (``child.py``).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from newsbot.archive import fleet as server
from newsbot.archive import open_archive
from newsbot.config import source_host, source_key
from newsbot.errors import ArchiveError, ConfigError
from newsbot.schedule.child import CrawlTask, Outcome
from newsbot.schedule.config_file import ConfigFile
from newsbot.schedule.crew import Crew
from newsbot.schedule.due import (
    AFTER_KILL,
    LONGEST_RETRY,
    Cron,
    Past,
    Timing,
    due_now,
    retry_distance,
    timings,
)
from newsbot.schedule.fleet import CrawlJob, Jobs, prepare, queues_of
from newsbot.schedule.history import READ, past_run
from newsbot.schedule.stopping import Stopping

logger = logging.getLogger(__name__)

WATCH: Final = 5.0  # seconds between two looks at newsbot.toml
LOOK_AGAIN: Final = 1.0  # seconds, of one that ends when all is done
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds, before a server that is away is tried again
NOT_TAKEN: Final = timedelta(hours=1)  # a job that nobody has begun by then is taken back

Tell = Callable[[Outcome], None]
Relay = Callable[[str, str], None]


class FleetWorker:
    """``tell`` hears what came of every crawl of this worker, ``relay`` every line of its log.

    ``archive``: in the place of the configuration's. ``at_once``: crawls, in the place of its [schedule].
    Raises ConfigError when made: newsbot.toml cannot be read or schedules nothing, or the archive is a file.
    """

    def __init__(
        self,
        file: ConfigFile,
        *,
        archive: str | None,
        tell: Tell,
        relay: Relay,
        log: Sequence[str] = (),
        at_once: int | None = None,
    ) -> None:
        self._file = file
        self._url = archive or file.config.archive
        self._tell = tell
        self._log = log
        self._at_once = at_once or file.config.schedule.at_once
        self._crew = Crew(make=self._task, said=relay, ended=self._ended)
        self._crew.at_once = self._at_once
        self._stop = Stopping(self._crew.hurry)
        self._queues: list[str] = []
        self._in_hand: dict[str, tuple[CrawlJob, asyncio.Future[Outcome]]] = {}
        self._done = True
        self._take()
        if not self._timings:
            raise ConfigError(f'{file}: no source is scheduled: give one every = "10m", or cron')
        if not self._url.startswith("postgres"):
            raise ConfigError(
                f"a fleet needs an archive on PostgreSQL, not {self._url}: give --archive postgresql://…;"
                " on one machine newsbot schedule needs none"
            )

    async def once(self) -> bool:
        """Plans and does what is due now, and ends; whether all of it is done. Raises ArchiveError."""
        with self._stop.signals():
            await self._prepare()
            await self._until_stopped(self._work_once())
            return self._done and not self._stop.told

    async def forever(self) -> bool:
        """Does the jobs there are until it is told to stop; whether no crawl had to be killed."""
        with self._stop.signals():
            await self._prepare()
            await self._until_stopped(self._work())
            return not self._crew.killed

    # --- working

    async def _work(self) -> None:
        """Comes back whenever the server was away."""
        watching = asyncio.get_running_loop().create_task(self._watch())
        pause = FIRST_PAUSE
        try:
            while True:
                began = asyncio.get_running_loop().time()
                try:
                    async with self._jobs() as self._fleet:
                        await self._fleet.work(self._queues, at_once=self._at_once)
                except ArchiveError as error:
                    logger.error("%s; tried again in %.0f s", error, pause)
                if asyncio.get_running_loop().time() - began > LONGEST_PAUSE:
                    pause = FIRST_PAUSE
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
        finally:
            watching.cancel()

    async def _work_once(self) -> None:
        async with self._jobs() as self._fleet:
            await self._plan()
            while await self._is_anything_left():
                await self._fleet.work(self._queues, at_once=self._at_once, wait=False)
                await asyncio.sleep(LOOK_AGAIN)

    async def _is_anything_left(self) -> bool:
        jobs = await self._fleet.crawls()
        return any(job.source in self._names and not (job.running or job.waits) for job in jobs)

    def _jobs(self) -> Jobs:
        return Jobs(self._url, plan=self._plan_or_say, crawl=self._crawl)

    async def _prepare(self) -> None:
        def make() -> None:
            with open_archive(self._url) as archive:
                prepare(archive)

        await asyncio.to_thread(make)

    # --- what is due

    async def _plan_or_say(self) -> None:
        try:
            await self._plan()
        except ArchiveError as error:
            logger.error("%s", error)

    async def _plan(self) -> None:
        """Has the sources crawled that are due, and the jobs done that were left by workers that died."""
        stalled = await self._fleet.stalled()
        jobs = await self._fleet.crawls()
        now, due = await asyncio.to_thread(self._reckon, stalled, jobs)
        for job in stalled:
            logger.warning("%s: its worker gives no sign of life, it is given to another", job.source)
            await self._fleet.retry(job, now)
        for job in jobs:
            if not (job.running or job.waits) and now - job.planned > NOT_TAKEN:
                await self._fleet.forget(job)
        for name, after in due:
            url = self._file.config.sources[name].url
            await self._fleet.defer(source_key(url), host=source_host(url), after=after, planned=now)

    def _reckon(
        self, stalled: Sequence[CrawlJob], jobs: Sequence[CrawlJob]
    ) -> tuple[datetime, list[tuple[str, int]]]:
        """The server's moment, and the sources that are due and in no job, each with its latest run."""
        there = {job.source for job in jobs}
        at_host = {job.host for job in jobs if job.running}
        with open_archive(self._url, read_only=True) as archive:
            for job in stalled:
                server.end_holder(archive, job.source, server.job_name(job.id))
            now = server.moment(archive)
            found = server.latest_runs(archive, self._names, limit=READ)
            past = {
                name: Past(runs=[past_run(run) for run in found.get(key, ())])
                for key, name in self._names.items()
                if key not in there
            }
            due = due_now({name: self._timings[name] for name in past}, past, now)
            hosts = {name: source_host(self._file.config.sources[name].url) for name in due}
            held = server.holders(archive, (), set(hosts.values()) - at_host)
        # Who crawls at the host by hand, or without a worker any more, is waited for.
        return now, [
            (name, past[name].runs[0].run if past[name].runs else 0)
            for name in due
            if hosts[name] not in held
        ]

    # --- a job

    async def _crawl(self, job: CrawlJob) -> timedelta | None:
        """Does a job; how long after this it is to be tried again, None: not at all."""
        name = self._names.get(job.source)
        if name is None or name in self._in_hand:
            return AFTER_KILL
        ended: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._in_hand[name] = (job, ended)
        try:
            self._crew.call(name)
            if name not in self._crew:  # told to stop: another worker may have it
                return timedelta(0)
            outcome = await ended
        finally:
            del self._in_hand[name]
        return again(outcome, self._timings.get(name), job.attempts)

    def _task(self, names: Sequence[str]) -> CrawlTask:
        name = names[0]  # one job, one process: another machine may be idle
        job, _ = self._in_hand[name]
        return CrawlTask(
            sources={name: job.after},
            config=self._file.text,
            archive=server.as_job(self._url, job.id),
            log=self._log,
        )

    async def _ended(self, outcome: Outcome) -> None:
        self._done &= outcome.is_done
        self._tell(outcome)
        self._in_hand[outcome.source][1].set_result(outcome)

    # --- what changes

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(WATCH)
            self._crew.reap()
            if self._file.has_changed():
                self._take()

    def _take(self) -> None:
        """Takes in the configuration. The archive stays what it was: a worker is at one archive."""
        config = self._file.config
        self._timings: dict[str, Timing] = timings(config)
        self._names = {source_key(config.sources[name].url): name for name in self._timings}
        self._crew.longest = config.schedule.longest
        self._crew.hosts = {name: source_host(config.sources[name].url) for name in self._timings}
        self._queues[:] = queues_of(self._names)

    async def _until_stopped(self, work: object) -> None:
        working = await self._stop.until(work)  # type: ignore[arg-type]
        if working is not None:
            await self._crew.stop(self._file.config.schedule.grace)
            with suppress(asyncio.CancelledError, ArchiveError):
                await working


def again(outcome: Outcome, timing: Timing | None, attempts: int) -> timedelta | None:
    """After how long a crawl is tried again that left no run in the archive; None: what is due says so."""
    if outcome.came == "left":
        return timedelta(0)
    if outcome.came != "broken" and not (outcome.came == "failed" and "run" not in outcome.figures):
        return None
    if outcome.code < 0 and not attempts:
        return max(AFTER_KILL - timedelta(seconds=outcome.seconds), timedelta(0))
    usual = LONGEST_RETRY if timing is None or isinstance(timing, Cron) else timing.every
    return retry_distance(usual, attempts + 1)
