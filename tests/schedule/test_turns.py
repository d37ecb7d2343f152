from hypothesis import given
from hypothesis import strategies as st

from newsbot.schedule.turns import next_turn

HOSTS = {"a": "x.example", "b": "x.example", "c": "y.example", "d": "z.example"}


def test_the_first_that_waits_begins() -> None:
    assert next_turn(["c", "a"], [], HOSTS, at_once=2) == "c"
    assert next_turn([], ["a"], HOSTS, at_once=2) is None


def test_who_waits_for_a_busy_host_lets_those_behind_it_pass() -> None:
    assert next_turn(["b", "c"], ["a"], HOSTS, at_once=2) == "c"
    assert next_turn(["b"], ["a"], HOSTS, at_once=2) is None


def test_not_more_than_may_run_at_once() -> None:
    assert next_turn(["c"], ["a"], HOSTS, at_once=1) is None


@given(st.lists(st.sampled_from("abcd"), unique=True), st.integers(1, 4))
def test_never_two_of_a_host_and_no_place_left_empty(waiting: list[str], at_once: int) -> None:
    left, running = list(waiting), list[str]()
    while (name := next_turn(left, running, HOSTS, at_once=at_once)) is not None:
        left.remove(name)
        running.append(name)
    hosts = [HOSTS[name] for name in running]
    assert len(set(hosts)) == len(hosts) <= at_once
    assert len(running) == min(at_once, len({HOSTS[name] for name in waiting}))
