"""What is due when, under clocks that run, jump and go back."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from pasts import BOUNDED, MINUTE, NOON, TEN, TIMINGS

from newsbot.schedule.due import AFTER_KILL, Every, Past, PastRun, Timing, Tried, next_due


class World:
    """A scheduler, real time, and a wall clock that is set now and then."""

    def __init__(self, timing: Timing) -> None:
        self.timing = timing
        self.real = timedelta(0)
        self.shift = timedelta(0)
        self.runs: list[PastRun] = []
        self.starts: list[timedelta] = []  # in real time
        self.asked: timedelta | None = None  # by this process

    @property
    def wall(self) -> datetime:
        return NOON + self.real + self.shift

    def live(self, length: timedelta, step: timedelta) -> None:
        end = self.real + length
        while self.real < end:
            tried = None if self.asked is None else Tried(ago=self.real - self.asked)
            if next_due(self.timing, Past(runs=self.runs, tried=tried), self.wall) <= self.wall:
                self.crawl()
            self.real += step

    def crawl(self) -> None:
        started = self.wall.replace(microsecond=0)
        self.runs.insert(0, PastRun(run=len(self.runs) + 1, started=started, state="finished"))
        self.starts.append(self.real)
        self.asked = self.real

    def restart(self) -> None:
        self.asked = None


JUMPS = st.lists(st.integers(-400, 400).map(lambda hours: timedelta(hours=hours / 4)), max_size=6)


@given(TIMINGS, JUMPS)
def test_a_clock_that_is_set_starts_no_storm(timing: Timing, jumps: list[timedelta]) -> None:
    world = World(timing)
    for jump in [timedelta(0), *jumps]:
        world.shift += jump
        world.live(12 * MINUTE, timedelta(seconds=20))
    least = timing.shortest if isinstance(timing, Every) else AFTER_KILL
    assert all(later - earlier >= least for earlier, later in pairwise(world.starts))
    assert len(world.starts) <= 2 + 2 * len(jumps) + world.real / (10 * MINUTE)


@given(TIMINGS, JUMPS)
def test_a_clock_that_is_set_between_two_processes_costs_one_crawl_at_the_most(
    timing: Timing, jumps: list[timedelta]
) -> None:
    world = World(timing)
    for jump in [timedelta(0), *jumps]:
        world.shift += jump
        world.restart()
        before = len(world.starts)
        for _ in range(5):  # a new process each minute, as cron would have it
            world.restart()
            world.live(MINUTE, MINUTE)
        assert len(world.starts) - before <= 2


@given(st.sampled_from([TEN, BOUNDED]), st.integers(-1000, 1000))
def test_a_run_in_the_future_does_not_silence_a_source(timing: Every, hours: int) -> None:
    world = World(timing)
    world.crawl()
    world.shift -= timedelta(hours=hours)
    world.restart()
    world.live(2 * timing.longest + MINUTE, MINUTE)
    assert len(world.starts) >= 2


@given(TIMINGS, st.integers(1, 400))
def test_a_clock_set_forward_brings_one_crawl_not_all_that_were_missed(timing: Timing, hours: int) -> None:
    world = World(timing)
    world.crawl()
    world.shift += timedelta(hours=hours)
    world.restart()
    world.live(4 * MINUTE, timedelta(seconds=10))
    assert len(world.starts) <= 2
