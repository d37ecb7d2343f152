"""What is due when."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pasts import BOUNDED, EVERY_TEN, MINUTE, NOON, TEN, ran

from newsbot.config import Config, Source
from newsbot.korean.dates import KST
from newsbot.schedule.due import (
    AFTER_KILL,
    LONGEST_RETRY,
    LOOKED_BACK,
    SPREAD,
    Cron,
    Every,
    Past,
    PastRun,
    Timing,
    Tried,
    due_now,
    goes_first,
    interval,
    next_due,
    retry_distance,
    spread,
    timings,
)


def due(timing: Timing, *runs: PastRun, tried: Tried | None = None, now: datetime = NOON) -> timedelta:
    """How far off the next crawl is."""
    return next_due(timing, Past(runs=runs, tried=tried), now) - now


# ---- the newcomer's cases --------------------------------------------------------------------------


@pytest.mark.parametrize("timing", [TEN, BOUNDED, EVERY_TEN])
def test_what_was_never_crawled_is_due(timing: Timing) -> None:
    assert due(timing) == timedelta(0)


@pytest.mark.parametrize(("ago", "left"), [(3, 7), (10, 0), (25, -15)])
def test_every_ten_minutes_means_every_ten_minutes(ago: int, left: int) -> None:
    assert due(TEN, ran(ago * MINUTE, brought=True)) == left * MINUTE
    assert due(TEN, *[ran(ago * MINUTE)] * 20) == left * MINUTE


@pytest.mark.parametrize(
    ("started", "tick"),
    [
        ("11:50:12", "12:00"),
        ("11:48:59", "11:50"),
        ("11:49:50", "12:00"),  # 11:50, a bit early
        ("03:00:00", "06:00"),
    ],
)
def test_cron_means_its_ticks(started: str, tick: str) -> None:
    last = datetime.combine(NOON.date(), datetime.strptime(started, "%H:%M:%S").time(), KST)
    assert f"{NOON + due(EVERY_TEN, ran(NOON - last)):%H:%M}" == tick


def test_ticks_that_were_missed_count_once() -> None:
    past = dict.fromkeys("ab", Past(runs=[ran(600 * MINUTE)]))
    assert sorted(due_now({"a": EVERY_TEN, "b": TEN}, past, NOON)) == ["a", "b"]
    assert due(EVERY_TEN, ran(timedelta(0))) == 10 * MINUTE
    assert due(TEN, ran(timedelta(0))) == 10 * MINUTE


def test_who_waited_longest_comes_first() -> None:
    past = {name: Past(runs=[ran(ago * MINUTE)]) for name, ago in (("a", 11), ("b", 30), ("c", 5))}
    assert due_now(dict.fromkeys(["new", "c", "b", "a"], TEN), past, NOON) == ["b", "a", "new"]


def test_what_is_not_to_be_scheduled() -> None:
    url = "https://board.example/news"
    config = Config(
        sources={
            "by_hand": Source(url=url),
            "off": Source(url=url, every=10 * MINUTE, enabled=False),
            "often": Source(url=url, every=10 * MINUTE, every_max=60 * MINUTE),
            "daily": Source(url=url, cron="30 7 * * *"),
        }
    )
    assert timings(config) == {
        "often": Every(10 * MINUTE, 10 * MINUTE, 60 * MINUTE),
        "daily": Cron("30 7 * * *"),
    }


# ---- busy sources and quiet ones -------------------------------------------------------------------


def test_a_source_that_brings_much_is_asked_oftener_and_a_quiet_one_more_seldom() -> None:
    def after(*brought: bool) -> timedelta:
        return interval(BOUNDED, [ran(MINUTE, brought=each) for each in brought])

    assert after() == 10 * MINUTE
    assert after(*[True, False] * 5) == 10 * MINUTE
    assert after(*[True] * LOOKED_BACK) == 5 * MINUTE
    assert after(*[False] * LOOKED_BACK) == 80 * MINUTE
    assert after(*[False] * LOOKED_BACK, *[True] * 50) == 80 * MINUTE
    assert 5 * MINUTE < after(True) < 10 * MINUTE < after(False) < 20 * MINUTE


@given(st.lists(st.booleans(), max_size=15), st.integers(0, 14))
def test_the_interval_stays_in_its_bounds_and_never_grows_with_what_was_brought(
    brought: list[bool], place: int
) -> None:
    runs = [ran(MINUTE, brought=each) for each in brought]
    before = interval(BOUNDED, runs)
    assert BOUNDED.shortest <= before <= BOUNDED.longest
    assert interval(TEN, runs) == TEN.every
    if place < len(runs):
        runs[place] = ran(MINUTE, brought=True)
        assert interval(BOUNDED, runs) <= before


def test_a_failed_run_says_nothing_of_how_much_a_source_brings() -> None:
    runs = [ran(MINUTE, "failed"), ran(MINUTE, "killed"), ran(MINUTE, "partial", brought=True)]
    assert interval(BOUNDED, runs) == interval(BOUNDED, [ran(MINUTE, brought=True)])


# ---- failures and kills ----------------------------------------------------------------------------


def test_a_failed_crawl_is_tried_again_with_growing_distance() -> None:
    hour = Every(60 * MINUTE, 60 * MINUTE, 60 * MINUTE)
    waits = [due(hour, *[ran(timedelta(0), "failed")] * count) / MINUTE for count in range(1, 7)]
    assert waits == [5, 10, 20, 40, 60, 60]
    assert due(hour, ran(timedelta(0), "partial")) == 60 * MINUTE
    assert due(hour, *[ran(timedelta(0), "failed")] * 3, ran(timedelta(0))) == 20 * MINUTE
    assert due(TEN, *[ran(timedelta(0), "failed")] * 9) == LONGEST_RETRY
    assert due(hour, ran(timedelta(0)), tried=Tried(ago=MINUTE, troubles=2)) == 9 * MINUTE


def test_what_failed_for_the_archives_sake_is_tried_again_soon_however_often_it_did() -> None:
    hour = Every(60 * MINUTE, 60 * MINUTE, 60 * MINUTE)
    own = PastRun(run=1, started=NOON, state="failed", for_archive=True)
    assert [due(hour, *[own] * count) / MINUTE for count in (1, 2, 9)] == [5, 5, 5]
    assert due(hour, own, *[ran(MINUTE, "failed")] * 3) == 20 * MINUTE


@pytest.mark.parametrize("timing", [TEN, BOUNDED, EVERY_TEN])
@pytest.mark.parametrize("state", ["failed", "partial"])
def test_a_host_that_asks_to_be_left_alone_is(timing: Timing, state: str) -> None:
    def left_alone(seconds: float) -> timedelta:
        run = replace(ran(MINUTE, state), seconds=5, left_alone=seconds)
        return due(timing, run)

    assert left_alone(7200) == timedelta(hours=2, seconds=5) - MINUTE
    assert left_alone(1e9) == timedelta(days=1, seconds=5) - MINUTE
    assert left_alone(1) == due(timing, ran(MINUTE, state))


def test_with_cron_three_retries_come_between_the_ticks_and_later_ones_at_them() -> None:
    daily = Cron("0 12 * * *")
    waits = [due(daily, *[ran(timedelta(0), "failed")] * count) / MINUTE for count in range(1, 5)]
    assert waits == [5, 10, 20, 24 * 60]
    assert due(EVERY_TEN, *[ran(timedelta(0), "failed")] * 5) == 60 * MINUTE


@given(st.integers(1, 86400 * 3), st.integers(1, 1000))
def test_retries_come_more_and_more_seldom(usual: int, failures: int) -> None:
    distances = [retry_distance(timedelta(seconds=usual), count) for count in (failures, failures + 1)]
    assert distances == sorted(distances)
    assert distances[-1] <= max(timedelta(seconds=usual), LONGEST_RETRY)


@pytest.mark.parametrize("state", ["killed", "running"])
@pytest.mark.parametrize("timing", [TEN, BOUNDED, EVERY_TEN, Every(timedelta(1), timedelta(1), timedelta(1))])
def test_what_was_killed_is_due_within_the_minute(timing: Timing, state: str) -> None:
    assert due(timing, ran(timedelta(0), state)) == AFTER_KILL
    assert due(timing, *[ran(MINUTE, state)] * 50) <= timedelta(0)
    later = next_due(timing, Past(runs=[ran(MINUTE, state)]), NOON, name="a", known_for=timedelta(0))
    assert later - NOON < MINUTE


@pytest.mark.parametrize("state", ["killed", "running"])
def test_what_was_killed_does_not_wait_behind_the_others_when_it_is_due(state: str) -> None:
    past = {name: Past(runs=[ran(hours * 60 * MINUTE)]) for name, hours in (("a", 5), ("b", 9))}
    past["c"] = Past(runs=[ran(MINUTE, state), ran(60 * MINUTE)])
    past["d"] = Past(runs=[ran(MINUTE / 4, state)])  # not yet
    assert due_now(dict.fromkeys("abcd", TEN), past, NOON) == ["c", "b", "a"]
    tried = Tried(ago=MINUTE, troubles=1, killed=True)
    past["c"] = Past(runs=[ran(60 * MINUTE)], tried=tried)
    assert due_now(dict.fromkeys("abcd", TEN), past, NOON) == ["c", "b", "a"]
    # Nor does it wait for its own second.
    moment = next_due(TEN, past["c"], NOON, name="c", known_for=timedelta(0))
    assert moment == next_due(TEN, past["c"], NOON)


def test_what_is_killed_each_time_is_as_the_others() -> None:
    def first(*states: str, tried: Tried | None = None) -> bool:
        return goes_first(Past(runs=[ran(MINUTE, state) for state in states], tried=tried))

    assert first("running")
    assert first("running", "finished", "killed")
    assert not first("running", "killed")
    assert not first("killed", "killed", "finished")
    assert not first("finished", "killed")
    assert not first("failed", "killed")
    assert not first()
    killed = Tried(ago=MINUTE, troubles=1, killed=True)
    assert first("finished", tried=killed)
    assert first("running", "finished", tried=killed)
    assert not first("running", "killed", tried=killed)
    assert not first("running", "finished", tried=replace(killed, troubles=2))
    assert not first("running", "finished", tried=replace(killed, killed=False))


@pytest.mark.parametrize("timing", [TEN, EVERY_TEN])
def test_one_that_was_killed_while_the_clock_was_ahead_is_not_waited_for(timing: Timing) -> None:
    for runs in ([ran(-5 * MINUTE, "killed")], [ran(-5 * MINUTE, "killed"), ran(MINUTE, "killed")]):
        assert due(timing, *runs) <= timedelta(0)


# ---- not all at once -------------------------------------------------------------------------------


def test_sources_that_are_due_together_start_apart_and_each_at_its_own_second() -> None:
    names = [f"board-{number}" for number in range(20)]
    for timing, runs in ((TEN, ()), (TEN, [ran(timedelta(1))]), (EVERY_TEN, [ran(9 * MINUTE)])):
        moments = [
            next_due(timing, Past(runs=runs), NOON, name=name, known_for=timedelta(0)) for name in names
        ]
        assert len(set(moments)) == len(names)
        assert all(timedelta(0) <= moment - NOON <= SPREAD for moment in moments)
        assert max(moments) - min(moments) > SPREAD / 2
    assert spread("board-1") == spread("board-1")


def test_a_schedulers_start_does_not_delay_what_is_not_due_yet() -> None:
    past = Past(runs=[ran(MINUTE)])
    assert next_due(TEN, past, NOON, name="a", known_for=MINUTE) == next_due(TEN, past, NOON)
