"""A fleet's worker: takes the jobs of the sources that it knows, on any number of machines.

What is due is reckoned by one worker of the fleet at a time (``planning.py``); a crawl is the same process as
that of a schedule on one machine (``child.py``), and quick sources share one by the same rule (``turns.py``).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final

from newsbot.archive import fleet as server
from newsbot.archive import open_archive
from newsbot.errors import ArchiveError, ConfigError
from newsbot.schedule.child import CrawlTask, Outcome
from newsbot.schedule.config_file import ConfigFile
from newsbot.schedule.crew import Crew
from newsbot.schedule.due import AFTER_KILL
from newsbot.schedule.fleet import Jobs, queues_of
from newsbot.schedule.fleet_server import prepare
from newsbot.schedule.jobs import CRAWLS, CrawlJob, ReadingJob
from newsbot.schedule.outage import Outage
from newsbot.schedule.planning import Plans
from newsbot.schedule.rereading import Rereading
from newsbot.schedule.retrying import again, goes_first
from newsbot.schedule.stopping import Stopping
from newsbot.schedule.turns import share

logger = logging.getLogger(__name__)

WATCH: Final = 5.0  # seconds between two looks at newsbot.toml
POLL: Final = 2.0  # seconds between two looks for a job; a session that listens would cost a connection more
LOOK_ROUND: Final = 10.0  # seconds between two looks into all queues: what another worker left is rare
LOOK_AGAIN: Final = 1.0  # seconds, of one that ends when all is done, or waits for its server

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
        self._wake = asyncio.Event()  # a job has ended, or a place is free
        self._crew = Crew(make=self._task, said=relay, ended=self._ended, freed=self._wake.set)
        self._crew.at_once = self._at_once
        self._outage = Outage(self._crew.let)
        self._reading = Rereading(said=relay, ended=self._wake.set)
        self._stop = Stopping(self._crew.hurry)
        self._looked = 0.0  # into all queues
        self._in_hand: dict[str, CrawlJob] = {}
        self._done = True
        self._goes_on = False  # when all is done
        self._plans = Plans(file, self._url)
        self._is_crowded = False  # jobs wait for a worker
        self._take()
        if not self._plans.timings:
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
            self._goes_on = True
            await self._until_stopped(self._work())
            return not self._crew.killed

    # --- working

    async def _work(self) -> None:
        """Comes back whenever the server was away."""
        watching = asyncio.get_running_loop().create_task(self._watch())
        try:
            while True:
                try:
                    await self._prepare()
                    async with self._jobs() as self._fleet:
                        await self._fleet.work(self._take_jobs)
                except ArchiveError as error:
                    self._outage.cut_off(error)
                while self._outage.rests:
                    await asyncio.sleep(LOOK_AGAIN)
        finally:
            watching.cancel()

    async def _work_once(self) -> None:
        async def take() -> None:
            await self._plans.make(self._fleet)
            while await self._is_anything_left() and not self._stop.told:
                await self._take_jobs(wait=False)
                await asyncio.sleep(LOOK_AGAIN)

        async with self._jobs() as self._fleet:
            await self._fleet.work(take)

    async def _is_anything_left(self) -> bool:
        """Looks twice: a worker that does not know a source has its job in hand until it leaves it."""
        for _ in range(2):
            jobs = await self._fleet.crawls()
            if any(job.source in self._plans.names and not (job.running or job.waits) for job in jobs):
                return True
            await asyncio.sleep(LOOK_AGAIN)
        return False

    async def _take_jobs(self, *, wait: bool = True) -> None:
        """Does jobs until it is told to stop, without ``wait`` until there is none; then lets them end."""
        try:
            while not self._stop.told:
                self._crew.reap()
                self._wake.clear()
                if await (self._take_what_may_be() if wait else self._take_some(read=False)):
                    continue
                if not (wait or self._in_hand):
                    break
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), POLL)
        finally:
            await self._reading.stop(self._fleet)
            await self._crew.idle()
            left = list(self._in_hand.values())  # it was told to stop: another worker may have them
            self._in_hand.clear()
            await asyncio.gather(*(self._fleet.settle(job, timedelta(0)) for job in left))

    def _jobs(self) -> Jobs:
        return Jobs(self._url, name=server.worker_name(self._at_once), plan=self._plan)

    async def _plan(self) -> None:
        await self._plans.make_or_say(self._fleet)

    async def _prepare(self) -> None:
        def make() -> None:
            with open_archive(self._url) as archive:
                prepare(archive)

        await asyncio.to_thread(make)

    # --- an archive that cannot be used

    async def _take_what_may_be(self) -> bool:
        """Takes a job, but none while the archive cannot be used; whether there was one."""
        if self._outage.rests:
            return False
        try:
            if self._outage.wants_a_look:
                self._outage.can_be_read()
            took = await self._take_some(read=not self._outage.is_on)
        except ArchiveError as error:
            self._outage.cut_off(error)
            return False
        self._outage.reached()
        return took

    async def _failed_for_archive(self, job: CrawlJob) -> None:
        """The source is as due as it was: that is reckoned anew."""
        known = self._outage.is_on
        if known:
            self._outage.noticed()
        times = self._outage.times
        with suppress(ArchiveError):
            if not await self._fleet.has(job.id):
                return  # the crawl was cut off, since the job was given to another worker
        if not known and self._outage.times == times:  # else it was noticed meanwhile, and may be over
            self._outage.noticed()
        await self._fleet.forget(job)

    # --- jobs

    async def _take_some(self, *, read: bool) -> bool:
        """Takes a job and begins it, with others that go with it; False: there is none, or no place.

        ``read``: capture files are read again, too.
        """
        served = [*(self._served() if self._crew.free > 0 else ()), *(self._reading.queues if read else ())]
        job = await self._fleet.next(served)
        if isinstance(job, ReadingJob):
            archive = server.as_worker(self._url, server.READING)
            captures = self._file.config.captures
            await self._reading.begin(self._fleet, job, archive=archive, captures=captures)
        elif job is not None and (name := await self._accept(job)):
            waiting, workers = await self._fleet.waiting()
            self._is_crowded = waiting > 0
            beside, alone = await self._others(waiting, workers) if job.quick else ([], [])
            self._crew.begin([name, *beside])
            self._crew.call(*alone)
        return job is not None

    async def _others(self, waiting: int, workers: int) -> tuple[list[str], list[str]]:
        """The sources that are crawled in one process with a quick one, and one that was met and is not."""
        beside: list[str] = []
        for _ in range(share(-(-waiting // max(workers, 1)) + 1, self._at_once) - 1):
            job = await self._fleet.next([CRAWLS])
            if not isinstance(job, CrawlJob):
                break
            if (name := await self._accept(job)) and not job.quick:
                return beside, [name]
            beside += [name] if name else []
        return beside, []

    def _served(self) -> Sequence[str]:
        """All queues once in a while; in between the one that matters, which costs the server less."""
        now = asyncio.get_running_loop().time()
        if now - self._looked < LOOK_ROUND:
            return [CRAWLS]
        self._looked = now
        return self._queues

    async def _accept(self, job: CrawlJob) -> str | None:
        """The name of a source that is for this worker, which has the job in hand now."""
        name = self._plans.names.get(job.source)
        if name is None:
            await self._fleet.leave(job)
            return None
        if name in self._in_hand:
            await self._fleet.settle(job, AFTER_KILL)
            return None
        self._in_hand[name] = job
        return name

    def _task(self, names: Sequence[str]) -> CrawlTask:
        return CrawlTask(
            sources={name: self._in_hand[name].after for name in names},
            config=self._file.text,
            archive=server.as_worker(self._url),
            log=self._log,
            crowded=self._is_crowded or len(names) > 1,
        )

    async def _ended(self, outcome: Outcome) -> None:
        self._done &= outcome.is_done
        self._tell(outcome)
        job = self._in_hand.pop(outcome.source)
        if outcome.is_archive_s and self._goes_on:
            await self._failed_for_archive(job)
        else:
            await self._settle(job, outcome)
        self._wake.set()

    async def _settle(self, job: CrawlJob, outcome: Outcome) -> None:
        if "run" in outcome.figures:
            self._outage.over()
        first = goes_first(outcome, job.attempts)
        if first and outcome.begun:
            self._crew.keep_place(outcome.source, AFTER_KILL)
        wait = again(outcome, self._plans.timings.get(outcome.source), job.attempts)
        await self._fleet.settle(job, wait, first=first)

    # --- what changes

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(WATCH)
            if self._file.has_changed():
                self._take()

    def _take(self) -> None:
        """Takes in the configuration. The archive stays what it was: a worker is at one archive."""
        self._plans.take()
        self._crew.longest = self._file.config.schedule.longest
        self._crew.hosts = self._plans.hosts
        self._queues = queues_of(self._plans.names)

    async def _until_stopped(self, work: object) -> None:
        working = await self._stop.until(work)  # type: ignore[arg-type]
        if working is not None:
            self._wake.set()
            await self._crew.stop(self._file.config.schedule.grace)
            with suppress(asyncio.CancelledError, ArchiveError):
                await working
