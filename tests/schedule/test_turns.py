from hypothesis import given
from hypothesis import strategies as st

from newsbot.schedule.turns import LARGEST, next_turn, share

HOSTS = {"a": "x.example", "b": "x.example", "c": "y.example", "d": "z.example"}


def test_the_first_that_waits_begins() -> None:
    assert next_turn(["c", "a"], [], HOSTS, free=2) == ["c"]
    assert next_turn([], ["a"], HOSTS, free=2) == []


def test_who_waits_for_a_busy_host_lets_those_behind_it_pass() -> None:
    assert next_turn(["b", "c"], ["a"], HOSTS, free=2) == ["c"]
    assert next_turn(["b"], ["a"], HOSTS, free=2) == []


def test_none_without_a_place() -> None:
    assert next_turn(["c"], ["a"], HOSTS, free=0) == []


def test_quick_ones_share_a_process_where_several_wait() -> None:
    hosts = {name: f"{name}.example" for name in map(str, range(100))}
    waiting = list(hosts)
    assert next_turn(waiting[:1], [], hosts, free=4, quick=waiting) == ["0"]
    assert next_turn(waiting[:8], [], hosts, free=8, quick=waiting) == ["0", "1", "2"]
    assert next_turn(waiting[:8], [], hosts, free=2, quick=waiting) == ["0", "1", "2", "3"]
    assert next_turn(waiting, [], hosts, free=4, quick=waiting) == waiting[:LARGEST]
    assert next_turn(waiting[:8], [], hosts, free=4, quick=waiting[1:]) == ["0"]
    assert next_turn(waiting[:9], [], hosts, free=3, quick=["0", "3", "4", "7"]) == ["0", "3", "4"]
    # Of one host too: one after the other.
    assert next_turn(["a", "b", "c"], [], HOSTS, free=1, quick="abc") == ["a", "b", "c"]


def test_as_many_sources_a_process_as_processes_until_places_are_few() -> None:
    assert [share(waiting, 100) for waiting in (0, 1, 2, 4, 5, 9, 17, 50, 1000)] == [
        1,
        1,
        2,
        2,
        3,
        3,
        5,
        8,
        10,
    ]
    assert [share(waiting, 2) for waiting in (1, 4, 9, 12, 1000)] == [1, 2, 5, 6, LARGEST]


def test_who_goes_first_passes_those_that_wait_but_not_into_a_busy_host() -> None:
    assert next_turn(["c", "d", "a"], [], HOSTS, free=1, first=["a"]) == ["a"]
    assert next_turn(["c", "d", "b"], ["a"], HOSTS, free=1, first=["b"]) == ["c"]
    assert next_turn(["c", "d", "a"], [], HOSTS, free=1, first=["d", "a"]) == ["d"]
    assert next_turn(["c", "d"], [], HOSTS, free=1, first=["a"]) == ["c"]
    assert next_turn(["c", "d", "a"], [], HOSTS, free=0, first=["a"]) == []
    # With others in its process only where it is quick itself.
    assert next_turn(["c", "d", "a"], [], HOSTS, free=1, quick="cd", first=["a"]) == ["a"]
    assert next_turn(["c", "d", "a"], [], HOSTS, free=1, quick="cda", first=["a"]) == ["a", "c", "d"]


@given(st.lists(st.sampled_from("abcd"), unique=True), st.integers(1, 4), st.sets(st.sampled_from("abcd")))
def test_never_a_host_in_two_processes_and_no_place_left_empty(
    waiting: list[str], places: int, quick: set[str]
) -> None:
    left, processes = list(waiting), list[list[str]]()
    running: list[str] = []
    while names := next_turn(left, running, HOSTS, free=places - len(processes), quick=quick):
        left = [name for name in left if name not in names]
        running += names
        processes.append(names)
    hosts = [{HOSTS[name] for name in names} for names in processes]
    assert sum(map(len, hosts)) == len(set().union(*hosts))
    assert all(len(names) == 1 or {*names} <= quick for names in processes)
    busy = {HOSTS[name] for name in running}
    assert len(processes) == places or all(HOSTS[name] in busy for name in left)
