"""Crawls by the clock on one machine: APScheduler wakes, each crawl is a process.

What is due is reckoned anew from the archive at each start (``due.py``), so a schedule may be killed at any
moment. Everything runs in one thread: the kernel ties the crawls to it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine, Sequence
from contextlib import suppress
from typing import Final

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from newsbot.errors import ArchiveError, ConfigError
from newsbot.korean.date_forms import KST
from newsbot.schedule.child import CrawlTask, Outcome
from newsbot.schedule.config_file import ConfigFile
from newsbot.schedule.crew import Crew
from newsbot.schedule.due import AFTER_KILL
from newsbot.schedule.history import look
from newsbot.schedule.memory import Memory, wall
from newsbot.schedule.outage import Outage
from newsbot.schedule.stopping import Stopping

logger = logging.getLogger(__name__)

WATCH: Final = (
    5.0  # seconds between two looks at newsbot.toml, the clock, the crawls and an archive that failed
)
CLOCK_SET: Final = 2.0  # seconds by which the wall's clock moves on its own before all is reckoned anew

Tell = Callable[[Outcome], None]
Relay = Callable[[str, str], None]  # source, a line of its log


class LocalSchedule:
    """``tell`` hears what came of every crawl, ``relay`` every line of its log.

    ``archive``: in the place of the configuration's. ``log``: options of newsbot for the crawls' logs.
    Raises ConfigError when made: newsbot.toml cannot be read, or schedules nothing.
    """

    def __init__(
        self, file: ConfigFile, *, archive: str | None, tell: Tell, relay: Relay, log: Sequence[str] = ()
    ) -> None:
        self._file = file
        self._archive = archive
        self._tell = tell
        self._log = log
        self._memory = Memory()
        self._crew = Crew(make=self._task, said=relay, ended=self._ended)
        self._outage = Outage(self._crew.let)
        self._clock: AsyncIOScheduler | None = None
        self._stop = Stopping(self._crew.hurry)
        self._done = True
        self._said = ""  # of the archive, when it was last looked at
        self._take()
        if not self._memory.hosts:
            raise ConfigError(f'{file}: no source is scheduled: give one every = "10m", or cron')

    async def once(self) -> bool:
        """Crawls what is due now, and ends; whether all of it is done. Raises ArchiveError."""
        with self._stop.signals():
            self._memory.learn(await look(self._url, self._memory.keys(self._memory.hosts)))
            self._crew.quick = self._memory.quick
            self._crew.call(*self._memory.due_now())
            await self._until_stopped(self._crew.idle())
            return self._done and not self._stop.told

    async def forever(self) -> bool:
        """Crawls what is due when it is due, until it is told to stop; whether no crawl had to be killed."""
        with self._stop.signals():
            await self._learn(self._memory.hosts)
            self._clock = AsyncIOScheduler(timezone=KST)
            self._clock.start()
            logger.info("%d sources are scheduled", len(self._memory.hosts))
            self._plan(*self._memory.hosts)
            await self._until_stopped(self._watch())
            self._clock.shutdown(wait=False)
            self._file.hide()
            return not self._crew.killed

    # --- what is due

    def _plan(self, *names: str) -> None:
        """Sets the alarm for each of these sources, unless it waits or runs: its end will."""
        if self._clock is None or self._stop.told:
            return
        for name in names:
            if name not in self._memory or name in self._crew:
                continue
            wait = self._memory.due(name) - wall()
            if wait <= AFTER_KILL and self._memory.goes_first(name):
                self._crew.keep_place(name, wait)
                self._crew.call(name, first=True)
            else:
                self._clock.add_job(
                    self._alarm,
                    "date",
                    run_date=self._memory.due(name),
                    args=[name],
                    id=name,
                    replace_existing=True,
                    misfire_grace_time=None,  # however late
                )

    async def _alarm(self, name: str) -> None:
        if name in self._memory and self._memory.due(name) <= wall():
            self._crew.call(name)
        else:
            self._plan(name)  # the clock was set, or its timing changed

    def _task(self, names: Sequence[str]) -> CrawlTask:
        for name in names:
            self._memory.began(name)
        return CrawlTask(
            sources={name: self._memory.latest_run(name) for name in names},
            config=self._file.text,
            archive=self._url,
            log=self._log,
            crowded=len(names) > 1 or self._crew.is_crowded,
        )

    async def _ended(self, outcome: Outcome) -> None:
        self._done &= outcome.is_done
        self._tell(outcome)
        is_known = self._memory.ended(outcome)
        if self._clock is None:
            return
        if outcome.is_archive_s:
            self._outage.noticed()
        elif "run" in outcome.figures:
            self._outage.over()
        if not (is_known or self._outage.is_on):
            await self._learn([outcome.source])
        self._crew.quick = self._memory.quick
        self._plan(outcome.source)

    async def _learn(self, names: Collection[str]) -> bool:
        try:
            self._memory.learn(await look(self._url, self._memory.keys(names)))
        except ArchiveError as error:
            if str(error) != self._said:
                logger.error("%s", error)
            self._said = str(error)
            self._outage.noticed()
            return False
        self._said = ""
        self._crew.quick = self._memory.quick
        return True

    async def _look_again(self) -> None:
        """At an archive that could not be used. What is due is reckoned anew: others may have crawled."""
        if self._outage.wants_a_look and await self._learn(self._memory.hosts):
            now = wall()
            self._crew.keep([name for name in self._memory.hosts if self._memory.due(name) <= now])
            self._plan(*self._memory.hosts)
            self._outage.can_be_read()

    # --- what changes

    async def _watch(self) -> None:
        """Looks at newsbot.toml and at the clock now and then, for ever."""
        ahead = self._ahead()
        while True:
            self._file.show()
            await asyncio.sleep(WATCH)
            self._crew.reap()
            await self._look_again()
            before, ahead = ahead, self._ahead()
            if self._file.has_changed():
                await self._learn(self._take())
                self._plan(*self._memory.hosts)
            elif abs(ahead - before) > CLOCK_SET:
                logger.warning(
                    "the clock was set, or the machine slept, by %+.0f s: all is reckoned anew",
                    ahead - before,
                )
                self._memory.woke()
                self._plan(*self._memory.hosts)

    def _ahead(self) -> float:
        """By how much the wall's clock is ahead of the one that alarms wait by: it stands while the machine
        sleeps, so that both a clock that is set and a sleep are seen.
        """
        return wall().timestamp() - asyncio.get_running_loop().time()

    def _take(self) -> list[str]:
        """Takes in the configuration; the names of those sources that the archive has to be asked for."""
        config = self._file.config
        before, self._url = getattr(self, "_url", None), self._archive or config.archive
        old, fresh = set(self._memory.hosts), self._memory.take(config)
        self._crew.at_once, self._crew.longest = config.schedule.at_once, config.schedule.longest
        self._crew.hosts = self._memory.hosts
        self._crew.keep(self._memory.hosts)
        for gone in old - set(self._memory.hosts):
            self._forget(gone)
        return fresh if before == self._url else list(self._memory.hosts)

    def _forget(self, name: str) -> None:
        if self._clock is not None:
            with suppress(JobLookupError):
                self._clock.remove_job(name)

    async def _until_stopped(self, work: Coroutine[None, None, None]) -> None:
        """Until the work is done, or until it is told to stop and what is in hand has ended."""
        if await self._stop.until(work):
            await self._crew.stop(self._file.config.schedule.grace)
