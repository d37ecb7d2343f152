"""Who may begin now: pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence


def next_turn(
    waiting: Sequence[str], running: Collection[str], hosts: Mapping[str, str], *, at_once: int
) -> str | None:
    """The first of those that wait which may be crawled beside those that run; None: none may.

    ``hosts``: each source's host, at which one crawl at a time may be. Who waits for a busy host lets those
    behind it pass.
    """
    if len(running) >= at_once:
        return None
    busy = {hosts[name] for name in running if name in hosts}
    free = (name for name in waiting if name not in running and hosts.get(name) not in busy)
    return next(free, None)
