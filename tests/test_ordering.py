import pytest
from hypothesis import given
from hypothesis import strategies as st
from ordering import dealt


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_each_part_begins_with_its_share_of_what_waits(processes: int) -> None:
    order = dealt(range(12), lambda test: test >= 6, processes)
    size = 12 // processes
    parts = [order[start : start + size] for start in range(0, 12, size)]
    for part in parts:
        assert [test >= 6 for test in part] == [True] * (6 // processes) + [False] * (size - 6 // processes)
        assert part[6 // processes :] == sorted(part[6 // processes :])


@given(st.lists(st.booleans()), st.integers(1, 9))
def test_each_test_is_run_once(waits: list[bool], processes: int) -> None:
    tests = list(enumerate(waits))
    assert sorted(dealt(tests, lambda test: test[1], processes)) == tests
