"""What a worker decides by itself: when a crawl that left no run is tried again."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from newsbot.schedule.child import Outcome
from newsbot.schedule.config_file import ConfigFile
from newsbot.schedule.due import Cron, Every, Timing
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
