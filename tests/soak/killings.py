"""Kill -9 for real, at random moments: of crawls, schedules and a fleet's workers; on SQLite and PostgreSQL.

What they leave is taken up by the next one. In the end the archive must equal that of an undisturbed crawl.
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final, Literal, TypeAlias

import fleets
import postgres
import scheduling
from crawling import archive_url, broken_promises, capture_faults, crawl_command, picture
from scheduling import Scheduler, is_alive, running, runs, until

from newsbot.korean.dates import KST
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.articles import WrittenArticle
from newsbot.sampleboard.generated import GeneratedPosts

Victim = Literal["crawl", "scheduler", "worker"]

POSTS: Final = 60  # when it begins
MORE: Final = 12  # with each kill: with SLOW so many that no crawl ends before it is killed
SLOW: Final = 0.25  # seconds that an answer takes
WAIT: Final = 2.5  # seconds at most, from a crawl's first request to the kill
AGAIN: Final = 60.0  # seconds after which the source must be crawled again
LAST: Final = 600.0  # seconds that the last crawl may take, of all that the killed ones had no time for

Victims: TypeAlias = Scheduler | subprocess.Popen[bytes]
Progress = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kills:
    """What came of the kills of one victim. ``again``: seconds until the source was crawled, each time."""

    victim: Victim
    database: str
    killed: int
    again: Sequence[float]
    runs_killed: int
    lost: int
    doubled: int
    faults: Sequence[str]


def kill(victim: Victim, database: str, times: int, chance: Random, *, folder: Path, told: Progress) -> Kills:
    """Kills so many in a row, of one archive. ``told`` hears of each."""
    folder.mkdir()
    with ExitStack() as stack:
        place = _place(stack, database, folder)
        board = stack.enter_context(_board())
        waits = list(_kill_all(victim, place, board, times, chance, folder, told))
        again = waits if victim != "crawl" else []  # who is to begin one anew?
        board.heal()
        here, there, faults = _compared(board, place, folder / "calm.db")
        faults += [f"crawled again after {wait:.0f} s" for wait in again if wait > AGAIN]
        told()
        left = [key for key, (state, *_) in there.items() if state == "stored"]
        return Kills(
            victim=victim,
            database=database,
            killed=times,
            again=again,
            runs_killed=sum(run.state == "killed" for run in runs(archive_url(place))),
            lost=sum(here.get(key, ("",))[0] != "stored" for key in left),
            doubled=len(here.keys() - there.keys()),
            faults=faults,
        )


def _compared(
    board: SampleBoard, place: Path | str, calm: Path
) -> tuple[dict[str, tuple[object, ...]], dict[str, tuple[object, ...]], list[str]]:
    """What is in the archive after one more crawl, what an undisturbed one makes of it, and what is wrong."""
    faults = [f"the last crawl: {said}" for each in (place, calm) if (said := _crawl(board, each))]
    here, there = picture(place, board), picture(calm, board)
    other = [key for key in sorted(here.keys() | there.keys()) if here.get(key) != there.get(key)]
    faults += [f"{key}: {here.get(key)}, undisturbed {there.get(key)}" for key in other]
    return here, there, faults + [str(found) for found in broken_promises(place)] + capture_faults(place)


def _crawl(board: SampleBoard, place: Path | str) -> str:
    """What went wrong with a crawl, however long it takes."""
    done = subprocess.run(crawl_command(board, place), capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else ""


def _place(stack: ExitStack, database: str, folder: Path) -> Path | str:
    if database == "SQLite":
        return folder / "archive.db"
    server = stack.enter_context(postgres.serving())
    return server.database()


@contextmanager
def _board() -> Iterator[SampleBoard]:
    """Its later posts come one by one."""
    with SampleBoard(posts=_articles(0, POSTS), page_size=7, clock=lambda: datetime.now(KST)) as board:
        board.fail("slow", path=".", seconds=SLOW)
        yield board


def _articles(first: int, count: int) -> list[WrittenArticle]:
    made = GeneratedPosts(10_000, datetime(2026, 3, 2, tzinfo=KST))
    return [made.post(index).article for index in range(first, first + count)]


def _kill_all(
    victim: Victim, place: Path | str, board: SampleBoard, times: int, chance: Random, folder: Path,
    told: Progress,
) -> Iterator[float]:  # fmt: skip
    command = _command(victim, place, board, folder)
    killed_at: float | None = None
    for number in range(times):
        asked = len(board.requests)
        with _running(command, victim) as one:
            until(lambda: len(board.requests) > asked, "a crawl")  # noqa: B023
            if killed_at is not None:
                yield _asked_at(board, asked) - killed_at
            time.sleep(chance.uniform(0, WAIT))
            crawls = one.children() if isinstance(one, Scheduler) else []
            _kill(one)
            killed_at = time.time()
            until(lambda: not any(map(is_alive, crawls)), "the end of its crawls")  # noqa: B023
        for article in _articles(POSTS + number * MORE, MORE):
            board.post(article)
        told()
    if victim != "crawl":
        asked = len(board.requests)
        with running(command) as last:
            until(lambda: len(board.requests) > asked, "a crawl")
            board.heal()
            ended = "a crawl that ends"
            until(lambda: any(each["state"] == "finished" for each in last.ended), ended, LAST)
        yield _asked_at(board, asked) - (killed_at or 0)


def _running(command: list[str], victim: Victim) -> AbstractContextManager[Victims]:
    return _crawling(command) if victim == "crawl" else running(command)


def _asked_at(board: SampleBoard, place: int) -> float:
    return board.requests[place].when.timestamp()


def _command(victim: Victim, place: Path | str, board: SampleBoard, folder: Path) -> list[str]:
    if victim == "crawl":
        return crawl_command(board, place)
    name, url = next(scheduling.early_names()), archive_url(place)
    if victim == "worker":
        return fleets.worker(fleets.configure(folder / "fleet", url, {name: board.url}))
    return scheduling.command(scheduling.configure(folder, {name: board.url}, every="1h", archive=url))


@contextmanager
def _crawling(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
        try:
            yield process
        finally:
            process.kill()


def _kill(one: Victims) -> None:
    process = one.process if isinstance(one, Scheduler) else one
    process.send_signal(signal.SIGKILL)
    process.wait()


def spread(times: int) -> list[tuple[Victim, str, int]]:
    """Who is killed how often, and where: the crawls most often."""
    shares: tuple[tuple[Victim, str, float], ...] = (
        ("crawl", "SQLite", 0.3), ("crawl", "PostgreSQL", 0.2),
        ("scheduler", "SQLite", 0.3), ("worker", "PostgreSQL", 0.2),
    )  # fmt: skip
    return [(victim, database, max(round(times * share), 1)) for victim, database, share in shares]


def as_time(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))
