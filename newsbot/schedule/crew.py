"""The crawls that run now on this machine, and those that wait for their turn."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from newsbot.schedule.child import Crawl, CrawlTask, Outcome
from newsbot.schedule.turns import next_turn
from newsbot.timing import duration_text

logger = logging.getLogger(__name__)

STOPPED: Final = 30.0  # seconds from telling a crawl to end to killing it, where no grace is given

Make = Callable[[Sequence[str]], CrawlTask]
Said = Callable[[str, str], None]  # source, line
Ended = Callable[[Outcome], Awaitable[None]]


class Crew:
    """Runs the sources that are called, in their order, so many at once and one a host.

    ``make`` says what is to be run for sources when their turn comes; ``ended`` hears what came of each;
    ``quick`` are those of which one process may crawl several; ``freed`` is called when a place is free.
    """

    def __init__(
        self, *, make: Make, said: Said, ended: Ended, freed: Callable[[], None] = lambda: None
    ) -> None:
        self._make = make
        self._said = said
        self._ended = ended
        self._freed = freed
        self.at_once = 1
        self._most: int | None = None
        self.longest = timedelta(days=1)
        self.hosts: Mapping[str, str] = {}
        self.quick: Collection[str] = ()
        self._waiting: list[str] = []
        self._first: list[str] = []  # of those that wait
        self._running: set[str] = set()
        self._leaving: set[str] = set()  # told of, in a process that has not ended: it may hold the host yet
        self._kept: set[str] = set()  # sources for which a place is
        self._crawls: set[Crawl] = set()
        self._processes = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._hurried = False
        self.killed = False  # a crawl had to be

    def __contains__(self, name: str) -> bool:
        return name in self._waiting or name in self._running

    @property
    def is_crowded(self) -> bool:
        """Whether sources wait for their turn."""
        return bool(self._waiting)

    def call(self, *names: str, first: bool = False) -> None:
        """Has these sources crawled as soon as they may be; one that waits or runs is not called twice.

        ``first``: before those that were not called so.
        """
        if not self._stopping:
            called = [name for name in names if name not in self]
            self._waiting += called
            self._first += called if first else ()
            self._fill()

    def let(self, most: int | None) -> None:
        """For now so many run at once at the most, whatever ``at_once`` says; None: as it says."""
        self._most = most
        if not self._stopping:
            self._fill()

    @property
    def free(self) -> int:
        """How many more processes may be begun beside those that run and those that wait."""
        return self._places - len(self._waiting)

    @property
    def _places(self) -> int:
        most = self.at_once if self._most is None else min(self._most, self.at_once)
        return most - self._processes - len(self._kept)

    def begin(self, names: Sequence[str]) -> None:
        """Has these sources crawled now, one after the other in one process."""
        self._running |= {*names}
        self._processes += 1
        self._tasks.add(asyncio.get_running_loop().create_task(self._run(names)))

    def keep_place(self, name: str, length: timedelta) -> None:
        """For so long a place and the host are kept as if the source were crawled.

        For one whose crawl was killed: that cannot see to the host's delay any more.
        """
        if name not in self._kept and length > timedelta(0):
            self._kept.add(name)
            asyncio.get_running_loop().call_later(length.total_seconds(), self._give_place, name)

    def _give_place(self, name: str) -> None:
        self._kept.discard(name)
        if not self._stopping:
            self._fill()
        self._freed()

    def keep(self, names: Collection[str]) -> None:
        """Only these sources wait any longer."""
        self._waiting = [name for name in self._waiting if name in names]
        self._first = [name for name in self._first if name in names]

    async def idle(self) -> None:
        """Until nothing runs and nothing waits. Raises what went wrong in newsbot itself."""
        while self._tasks:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            self.reap()

    def reap(self) -> None:
        """Forgets what has ended, ends what stands still. Raises what went wrong in newsbot itself."""
        for crawl in tuple(self._crawls):
            self._end_if_stopped(crawl)
        for task in [task for task in self._tasks if task.done()]:
            self._tasks.discard(task)
            task.result()

    async def stop(self, grace: timedelta) -> None:
        """Begins nothing more and lets what is in hand end: of itself, then when told to, then killed."""
        self._stopping = True
        self._waiting.clear()
        for press in (None, Crawl.end, self._kill):
            if press is not None:
                self._press(press)
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=grace.total_seconds())
        await self.idle()

    def hurry(self) -> None:
        """Tells what is in hand to end after the request in hand; the second time, at once."""
        self._press(self._kill if self._hurried else Crawl.end)
        self._hurried = True

    def _press(self, press: Callable[[Crawl], None]) -> None:
        for crawl in tuple(self._crawls):
            press(crawl)

    def _kill(self, crawl: Crawl) -> None:
        self.killed = True
        crawl.kill()

    def _fill(self) -> None:
        while names := self._next():
            self.keep({*self._waiting}.difference(names))
            self.begin(names)

    def _next(self) -> list[str]:
        busy, free = self._running | self._leaving | self._kept, self._places
        return next_turn(self._waiting, busy, self.hosts, free=free, quick=self.quick, first=self._first)

    async def _run(self, names: Sequence[str]) -> None:
        try:
            crawl = await Crawl.start(self._make(names))
        except OSError as error:  # no memory, no process left
            self._said(names[0], f"the crawl cannot be started: {error.strerror}")
            self._processes -= 1
            for name in names:
                await self._tell(Outcome(source=name, seconds=0, code=1))
            self._freed()
            return
        self._crawls.add(crawl)
        limit = asyncio.get_running_loop().create_task(self._limit(crawl))
        try:
            async for outcome in crawl.outcomes(partial(self._said, ", ".join(names))):
                self._leaving.add(outcome.source)
                await self._tell(outcome)
        finally:
            limit.cancel()
            self._crawls.discard(crawl)
            self._leaving -= {*names}
            self._processes -= 1
        self._fill()
        self._freed()

    async def _tell(self, outcome: Outcome) -> None:
        # Its place is free before its end is told: who hears of it may call the source again.
        self._running.discard(outcome.source)
        await self._ended(outcome)
        self._fill()

    async def _limit(self, crawl: Crawl) -> None:
        await asyncio.sleep(self.longest.total_seconds())
        logger.warning("%s: longer than %s: it is told to end", crawl, duration_text(self.longest))
        crawl.end()
        await asyncio.sleep(STOPPED)
        logger.error("%s: did not end within %.0f s: it is killed", crawl, STOPPED)
        crawl.kill()

    def _end_if_stopped(self, crawl: Crawl) -> None:
        """A stopped process keeps its source, its host, and maybe all other writers waiting."""
        stopped = crawl.stopped_for()
        if stopped >= STOPPED:
            logger.error("%s: was stopped (SIGSTOP) for %.0f s: it is killed", crawl, stopped)
            crawl.kill()
