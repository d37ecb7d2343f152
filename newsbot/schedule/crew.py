"""The crawls that run now on this machine, and those that wait for their turn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import timedelta
from typing import Final

from newsbot.schedule.child import Crawl, CrawlTask, Outcome
from newsbot.schedule.turns import next_turn

STOPPED: Final = 30.0  # seconds from telling a crawl to end to killing it, where no grace is given

Make = Callable[[str], CrawlTask]
Said = Callable[[str, str], None]  # source, line
Ended = Callable[[Outcome], Awaitable[None]]


class Crew:
    """Runs the sources that are called, in their order, so many at once and one a host.

    ``make`` says what is to be run for a source when its turn comes; ``ended`` hears what came of it.
    """

    def __init__(self, *, make: Make, said: Said, ended: Ended) -> None:
        self._make = make
        self._said = said
        self._ended = ended
        self.at_once = 1
        self.longest = timedelta(days=1)
        self.hosts: Mapping[str, str] = {}
        self._waiting: list[str] = []
        self._running: set[str] = set()
        self._crawls: dict[str, Crawl] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._hurried = False
        self.killed = False  # a crawl had to be

    def __contains__(self, name: str) -> bool:
        return name in self._waiting or name in self._running

    def call(self, *names: str) -> None:
        """Has these sources crawled as soon as they may be; one that waits or runs is not called twice."""
        if not self._stopping:
            self._waiting += [name for name in names if name not in self]
            self._fill()

    def keep(self, names: Collection[str]) -> None:
        """Only these sources wait any longer."""
        self._waiting = [name for name in self._waiting if name in names]

    async def idle(self) -> None:
        """Until nothing runs and nothing waits. Raises what went wrong in newsbot itself."""
        while self._tasks:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            self.reap()

    def reap(self) -> None:
        """Forgets what has ended. Raises what went wrong in newsbot itself."""
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
        for crawl in self._crawls.values():
            press(crawl)

    def _kill(self, crawl: Crawl) -> None:
        self.killed = True
        crawl.kill()

    def _fill(self) -> None:
        while (name := self._next()) is not None:
            self._waiting.remove(name)
            self._running.add(name)
            self._tasks.add(asyncio.get_running_loop().create_task(self._run(name)))

    def _next(self) -> str | None:
        return next_turn(self._waiting, self._running, self.hosts, at_once=self.at_once)

    async def _run(self, name: str) -> None:
        try:
            outcome = await self._crawl(name)
        except OSError as error:  # no memory, no process left
            self._said(name, f"the crawl cannot be started: {error.strerror}")
            outcome = Outcome(source=name, code=1, seconds=0)
        # Its place is free before its end is told: who hears of it may call the source again.
        self._running.discard(name)
        await self._ended(outcome)
        self._fill()

    async def _crawl(self, name: str) -> Outcome:
        crawl = self._crawls[name] = await Crawl.start(self._make(name))
        limit = asyncio.get_running_loop().create_task(self._limit(crawl))
        try:
            return await crawl.wait(lambda line: self._said(name, line))
        finally:
            limit.cancel()
            del self._crawls[name]

    async def _limit(self, crawl: Crawl) -> None:
        await asyncio.sleep(self.longest.total_seconds())
        crawl.end()
        await asyncio.sleep(STOPPED)
        crawl.kill()
