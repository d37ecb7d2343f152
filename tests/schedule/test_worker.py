"""What a worker decides by itself: when a crawl that left no run is tried again."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsbot.korean.dates import KST
from newsbot.schedule.child import Outcome
from newsbot.schedule.config_file import ConfigFile
from newsbot.schedule.due import Cron, Every, Timing
from newsbot.schedule.jobs import CrawlJob
from newsbot.schedule.retrying import again, goes_first
from newsbot.schedule.worker import FleetWorker

TEN = Every(timedelta(minutes=10), timedelta(minutes=10), timedelta(minutes=10))


def outcome(code: int = 0, *, seconds: float = 4.0, begun: bool = True, **figures: Any) -> Outcome:
    return Outcome(source="news", seconds=seconds, code=code, begun=begun, figures=figures)


@pytest.mark.parametrize("state", ["finished", "partial", "failed"])
def test_of_a_run_in_the_archive_what_is_due_says_when(state: str) -> None:
    assert again(outcome(state=state, run=7), TEN, 0) is None


def test_what_another_crawls_is_not_tried_again() -> None:
    assert again(outcome(state="failed", cause="held"), TEN, 0) is None
    assert again(outcome(state="skipped", cause="newer run"), TEN, 0) is None


def test_one_that_was_killed_is_tried_half_a_minute_later() -> None:
    assert again(outcome(-9), TEN, 0) == timedelta(seconds=30)
    assert again(outcome(-9, seconds=200), TEN, 0) == timedelta(seconds=30)
    assert again(outcome(-9), TEN, 1) == timedelta(minutes=10)


def test_what_was_killed_goes_first_and_what_is_killed_again_does_not() -> None:
    assert goes_first(outcome(-9), 0)
    assert goes_first(outcome(-9, begun=False), 0)  # had no turn in a process that was killed
    assert not goes_first(outcome(-9), 1)
    assert not goes_first(outcome(-9, begun=False), 1)
    assert not goes_first(outcome(1), 0)
    assert not goes_first(outcome(begun=False), 0)  # was told to end
    assert not goes_first(outcome(state="failed", run=7), 0)


@pytest.mark.parametrize(
    ("timing", "minutes"),
    [
        (TEN, [5, 10, 20, 40, 60, 60]),
        (Every(timedelta(minutes=1), timedelta(minutes=1), timedelta(minutes=1)), [1, 2, 4, 8, 16, 32]),
        (Cron("0 6 * * *"), [5, 10, 20, 40, 60, 60]),
        (None, [5, 10, 20, 40, 60, 60]),
    ],
)
def test_one_that_left_nothing_is_tried_more_and_more_seldom(
    timing: Timing | None, minutes: list[int]
) -> None:
    for ended in (outcome(1), outcome(state="failed", cause="failure")):
        tries = [again(ended, timing, attempts) for attempts in range(6)]
        assert tries == [timedelta(minutes=each) for each in minutes]


def test_one_whose_turn_never_came_is_for_another_worker() -> None:
    assert again(outcome(begun=False), TEN, 0) == timedelta(0)


class NoJobs:
    """In the place of the fleet's."""

    async def next(self, queues: object) -> None:
        return None


def test_a_worker_in_which_something_is_wrong_ends_and_does_not_idle_for_ever(tmp_path: Path) -> None:
    toml = tmp_path / "newsbot.toml"
    toml.write_text('[sources.news]\nurl = "https://board.example/news"\nevery = "1h"\n')
    url = "postgresql://nobody@127.0.0.1:1/none"
    worker = FleetWorker(ConfigFile(toml), archive=url, tell=lambda _: None, relay=lambda *_: None)
    worker._fleet = NoJobs()  # type: ignore[assignment]

    async def wrong() -> None:
        raise ZeroDivisionError

    async def work() -> None:
        worker._crew._tasks.add(asyncio.get_running_loop().create_task(wrong()))
        await asyncio.wait_for(worker._take_jobs(), 30)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(work())


class SomeJobs:
    """In the place of the fleet's: these are taken, and so many wait behind them."""

    def __init__(self, jobs: list[CrawlJob], waiting: int) -> None:
        self._jobs = jobs
        self._waiting = waiting

    async def next(self, queues: object) -> CrawlJob | None:
        return self._jobs.pop(0) if self._jobs else None

    async def waiting(self) -> tuple[int, int]:
        return self._waiting, 1


@pytest.mark.parametrize(
    ("taken", "waiting", "backfills"),
    [(["news"], 0, True), (["news"], 1, False), (["news", "talk"], 0, False)],
    ids=["alone", "others wait", "several in one process"],
)
def test_old_posts_are_left_where_others_wait(
    taken: list[str], waiting: int, backfills: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = tmp_path / "newsbot.toml"
    tables = [f'[sources.{name}]\nurl = "https://{name}.example/b"\nevery = "1h"\n' for name in taken]
    toml.write_text("".join(tables))
    url = "postgresql://nobody@127.0.0.1:1/none"
    worker = FleetWorker(ConfigFile(toml), archive=url, tell=lambda _: None, relay=lambda *_: None, at_once=4)
    planned = datetime(2026, 3, 2, 12, tzinfo=KST)
    jobs = [
        CrawlJob(source=f"{name}.example/b", host=f"{name}.example", after=0, planned=planned, quick=True)
        for name in taken
    ]
    worker._fleet = SomeJobs(jobs, waiting + len(taken) - 1)  # type: ignore[assignment]
    begun: list[str] = []
    monkeypatch.setattr(worker._crew, "begin", begun.extend)
    asyncio.run(worker._take_some(read=False))
    assert begun == taken
    assert ("--no-backfill" not in worker._task(begun).command) == backfills
