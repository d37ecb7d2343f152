"""What a fleet can do: crawls measured, the archive's one-writer lock measured, a thousand sources simulated.

The simulation runs no crawl: it plans by ``schedule.due`` as a worker does, and lets crawls take the time and
the CPU that were measured. Machines have two cores.
"""

from __future__ import annotations

import heapq
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.children import newsbot_crawl
from benchmarks.figures import Figure
from benchmarks.server import postgresql
from benchmarks.site import served
from newsbot.archive import open_archive
from newsbot.korean.dates import KST
from newsbot.sampleboard import SampleBoard
from newsbot.schedule.due import Every, Past, PastRun, due_now
from newsbot.schedule.turns import share

POSTS = 400  # of the board that is crawled for the cost of an article
CORES = 2
PLANNED = 10.0  # seconds between two plans
BEGIN = datetime(2026, 3, 2, tzinfo=KST)
TEN = timedelta(minutes=10)
REQUESTS = 2  # of a crawl with nothing new
TOGETHER = 10  # crawls in a process
DELAY = 2.0  # seconds between two requests to a host, on the usual settings
HOSTS = 6  # boards that two workers share
TURNS = 3  # of one worker and of two
SLOW = 0.25  # seconds that those boards take to answer


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds: of a crawl that finds nothing new, of each further one in its process, of each article."""

    crawl: float
    further: float
    article: float


def measure(scale: float) -> Iterator[Figure]:
    cost = _cost(max(int(POSTS * scale), 40))
    yield Figure("CPU time of a crawl with nothing new", cost.crawl, "s")
    yield Figure("CPU time of each further one in its process", 1000 * cost.further, "ms")
    yield Figure("CPU time of each new article", 1000 * cost.article, "ms")
    for writers in (1, 2, 4):
        yield Figure(f"write transactions of {writers} processes", _transactions(writers, 10 * scale), "/s")
    for sources, machines, at_once in _SIZES:
        day = simulate(sources, machines, at_once, cost, hours=max(4 * scale, 1.0))
        what = f"{sources:,} sources, {machines} machines with {at_once} crawls each"
        yield Figure(f"{what}: begun late, p95", day.late, "s")
        yield Figure(f"{what}: busy", 100 * day.busy, "% of the cores")
    yield from _two_workers()


_SIZES = ((1_000, 1, 4), (1_000, 1, 8), (1_000, 1, 16), (1_000, 2, 16), (10_000, 10, 16), (10_000, 100, 4))


# ---- measured --------------------------------------------------------------------------------------


def _cost(posts: int) -> Cost:
    with tempfile.TemporaryDirectory() as directory, served(posts) as listing:
        archive = Path(directory, "archive.db")
        first = newsbot_crawl(listing, archive)
        again = min(newsbot_crawl(listing, archive).cpu for _ in range(3))
    return Cost(again, _further(), (first.cpu - again) / posts)


def _further() -> float:
    with tempfile.TemporaryDirectory() as directory, ExitStack() as boards:
        urls = [boards.enter_context(SampleBoard(posts=1)).url for _ in range(TOGETHER)]
        archive = Path(directory, "archive.db")
        newsbot_crawl(urls, archive)
        one = min(newsbot_crawl(urls[0], archive).cpu for _ in range(3))
        return (min(newsbot_crawl(urls, archive).cpu for _ in range(3)) - one) / (TOGETHER - 1)


_WRITER = """
import sys, time
from datetime import datetime
from newsbot.archive import open_archive
from newsbot.korean.dates import KST
now, done = datetime.now(KST), 0
with open_archive(sys.argv[1]) as archive:
    run = archive.start_run(source=sys.argv[2], name=None, url=sys.argv[2], options={}, started=now)
    end = time.monotonic() + float(sys.argv[3])
    while time.monotonic() < end:
        archive.note_option(run, "kind", str(done))
        done += 1
print(done)
"""


def _transactions(writers: int, seconds: float) -> float:
    """Small write transactions a second, of so many processes together."""
    with postgresql() as url:
        open_archive(url).close()
        commands = [
            [sys.executable, "-c", _WRITER, url, f"board{number}.example/news", str(seconds)]
            for number in range(writers)
        ]
        started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
        return sum(int(each.communicate()[0]) for each in started) / seconds


def _two_workers() -> Iterator[Figure]:
    with ExitStack() as boards:
        many = [boards.enter_context(SampleBoard(posts=12)) for _ in range(HOSTS)]
        for board in many:
            board.fail("slow", path=".", seconds=SLOW)
        sources = [board.url for board in many]
        yield Figure(f"{HOSTS} hosts: two workers : one", _gain(sources), "times the rate", least=1.8)
    with SampleBoard(posts=12, feeds=True) as board:
        board.fail("slow", path=".", seconds=SLOW)
        sources = [board.url, f"{board.site}/news/rss", f"{board.site}/news?category=1"]
        yield Figure("one host: two workers : one", _gain(sources), "times the rate", least=0.95)


def _gain(sources: list[str]) -> float:
    """The median of some turns: a crawl's beginning depends on whatever else the machine does."""
    return median(_until_crawled(sources, 1) / _until_crawled(sources, 2) for _ in range(TURNS))


def _until_crawled(sources: list[str], workers: int) -> float:
    """Seconds from the first crawl's beginning to the last one's end, one crawl at once a worker."""
    with tempfile.TemporaryDirectory() as directory, postgresql() as url:
        tables = (f'[sources.board{n}]\nurl = "{each}"\nevery = "1d"\n' for n, each in enumerate(sources))
        toml = Path(directory, "newsbot.toml")
        toml.write_text(f'archive = "{url}"\ncaptures = "{directory}/captures"\n' + "".join(tables))
        command = [
            sys.executable,
            "-m",
            "newsbot.schedule",
            "--fleet",
            "--at-once",
            "1",
            "--config",
            str(toml),
        ]
        quiet = subprocess.DEVNULL
        started = [subprocess.Popen(command, stdout=quiet, stderr=quiet) for _ in range(workers)]
        with open_archive(url) as archive:
            while sum(run.state == "finished" for run in archive.runs(limit=100)) < len(sources):
                time.sleep(0.2)
            runs = archive.runs(limit=100)
        for each in started:
            each.terminate()
            each.wait()
    ended = max(run.finished for run in runs if run.finished is not None)
    return (ended - min(run.started for run in runs)).total_seconds()


# ---- simulated -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Day:
    """``late``: seconds from when a source was due to its crawl, at p95. ``busy``: share of the cores."""

    late: float
    busy: float


class Fleet:
    """So many places for crawls, and cores: of each, when it is free, in seconds. ``used``: of CPU time."""

    def __init__(self, machines: int, at_once: int) -> None:
        self._places = [0.0] * (machines * at_once)
        self._cores = [0.0] * (machines * CORES)
        self.used = 0.0

    def free(self) -> float:
        """When the next crawl may begin."""
        return self._places[0]

    def crawl(self, at: float, beginning: float, crawls: Sequence[tuple[float, float]]) -> list[float]:
        """A process that begins then and crawls one source after the other: CPU seconds and seconds it waits.

        It takes a core for its CPU time, and its place until it ends. Returns when each crawl begins.
        """
        cpu = beginning + sum(used for used, _ in crawls)
        now = max(at, self._cores[0]) + beginning
        heapq.heapreplace(self._cores, now - beginning + cpu)
        begun = []
        for used, waits in crawls:
            begun.append(now)
            now += used + waits
        heapq.heapreplace(self._places, now)
        self.used += cpu
        return begun


def simulate(sources: int, machines: int, at_once: int, cost: Cost, *, hours: float) -> Day:
    """Sources asked every ten minutes, each on a host of its own; every fifth crawl finds an article."""
    chance, fleet = Random(7), Fleet(machines, at_once)
    timings = {f"board{n}": Every(TEN, TEN, TEN) for n in range(sources)}
    asked = {name: -chance.random() * TEN.total_seconds() for name in timings}
    waiting: deque[str] = deque()
    late: list[float] = []
    for tick in range(int(hours * 3600 / PLANNED)):
        now = tick * PLANNED
        waiting += _due(timings, asked, set(waiting), now)
        while waiting and fleet.free() < now + PLANNED:
            together = share(-(-len(waiting) // machines), at_once)
            names = [waiting.popleft() for _ in range(min(together, len(waiting)))]
            found = [chance.random() < 0.2 for _ in names]
            crawls = [(cost.further + one * cost.article, DELAY * (REQUESTS + one)) for one in found]
            begun = fleet.crawl(max(now, fleet.free()), cost.crawl - cost.further, crawls)
            for name, at in zip(names, begun, strict=True):
                late.append(at - asked[name] - TEN.total_seconds())
                asked[name] = at
    late += (hours * 3600 - asked[name] - TEN.total_seconds() for name in waiting)
    return Day(sorted(late)[int(len(late) * 0.95)], fleet.used / (machines * CORES * hours * 3600))


def _due(
    timings: Mapping[str, Every], asked: Mapping[str, float], waiting: set[str], now: float
) -> list[str]:
    past = {
        name: Past(runs=[PastRun(run=1, started=BEGIN + timedelta(seconds=asked[name]), state="finished")])
        for name in timings
        if name not in waiting
    }
    return due_now({name: timings[name] for name in past}, past, BEGIN + timedelta(seconds=now))
