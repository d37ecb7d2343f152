"""In which order the tests are run where several processes share them (``pytest -n N --dist worksteal``).

xdist cuts the list into equal parts, one a process, and lets those that are done take from the ends of the
others. Tests that wait (for crawls, leases, clocks) cost little and take long: left where they stand they
would nearly all lie in one part and be the last ones, while the processors idle. So each part begins with
some of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Test = TypeVar("Test")


def dealt(tests: Sequence[Test], waits: Callable[[Test], bool], processes: int) -> list[Test]:
    """The tests in the order of the parts; each part begins with its share of those that wait."""
    waiting = [test for test in tests if waits(test)]
    others = [test for test in tests if not waits(test)]
    order: list[Test] = []
    for place in range(processes):
        mine = waiting[place::processes]
        size = (len(tests) - len(order)) // (processes - place)
        filled = max(0, size - len(mine)) if place < processes - 1 else len(others)
        order += mine + others[:filled]
        del others[:filled]
    return order
