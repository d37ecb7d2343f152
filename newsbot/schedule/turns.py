"""Who may begin now: pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import ceil, sqrt
from typing import Final

LARGEST: Final = 10  # sources that one process crawls, one after the other


def next_turn(
    waiting: Sequence[str],
    running: Collection[str],
    hosts: Mapping[str, str],
    *,
    free: int,
    quick: Collection[str] = (),
    first: Sequence[str] = (),
) -> list[str]:
    """The first of those that wait which may be crawled beside those that run, and who goes with it.

    ``hosts``: each source's host, at which one crawl at a time may be. Who waits for a busy host lets those
    behind it pass. ``free``: how many more processes may be begun. ``quick``: the sources whose crawls take
    no time worth speaking of. Beginning a process costs twenty times as much as crawling such a source, so
    where several wait, one process crawls several. ``first``: those that do not wait behind the others.
    """
    if free < 1:
        return []
    busy = {hosts[name] for name in running if name in hosts}
    waiting = [*(name for name in first if name in waiting), *(name for name in waiting if name not in first)]
    may = [name for name in waiting if name not in running and hosts.get(name) not in busy]
    if not may or may[0] not in quick:
        return may[:1]
    return [name for name in may if name in quick][: share(len(may), free)]


def share(waiting: int, places: int) -> int:
    """How many quick sources one process is to crawl, where so many wait for so many places.

    To begin a process takes the machine about as long as one such crawl takes its site: all are done soonest
    where each process crawls as many as there are processes.
    """
    return max(1, min(max(-(-waiting // max(places, 1)), ceil(sqrt(waiting))), LARGEST))
