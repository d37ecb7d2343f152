"""Time that passes only when nobody has anything to do: a week of waiting takes no time.

``CLOCK`` is a process's only clock. The event loop moves it on, and ``live_by_it`` puts it in the place of
the real one in the modules that ask what time it is.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
import sys
import time
import types
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final

from newsbot.korean.date_forms import KST

BEGIN: Final = datetime(2025, 12, 29, tzinfo=KST)  # a Monday; the week leads into a new year
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
_STEP: Final = 1e-5  # seconds that a step takes: where it took none, a loop with too short a sleep would spin


class Clock:
    """``steady``: seconds since the beginning. ``ahead``: by how many seconds the wall's clock is wrong."""

    def __init__(self) -> None:
        self.steady = 0.0
        self.ahead = 0.0
        self.watchers: list[Callable[[], None]] = []  # are called at every step that the process takes

    def wall(self) -> datetime:
        return moment(self.steady + self.ahead)

    def stamp(self) -> float:
        """The wall's clock as seconds since 1970."""
        return self.wall().timestamp()

    def step(self) -> None:
        for watcher in self.watchers:
            watcher()


CLOCK: Final = Clock()


def moment(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


class _Leaping(selectors.DefaultSelector):
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            return super().select()
        found: list[tuple[selectors.SelectorKey, int]] = super().select(0)
        CLOCK.steady += _STEP if found else max(timeout, _STEP)
        CLOCK.step()
        return found


class SimulatedLoop(asyncio.SelectorEventLoop):
    """Where nothing is to be done, it is at once as late as the next thing wants it to be."""

    def __init__(self) -> None:
        super().__init__(_Leaping())

    def time(self) -> float:
        return CLOCK.steady


class _LikeDatetime(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


class _Simulated(datetime, metaclass=_LikeDatetime):
    """Makes real datetimes, and knows another now."""

    def __new__(cls, *given: Any, **named: Any) -> datetime:  # type: ignore[misc]
        return datetime(*given, **named)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return CLOCK.wall().astimezone(tz)


def live_by_it(*packages: str) -> None:
    """Puts ``CLOCK`` into the modules of these packages that have been imported."""
    module = types.ModuleType("time")
    module.__dict__.update(vars(time))
    ours: dict[str, Any] = {"time": CLOCK.stamp, "monotonic": lambda: CLOCK.steady}
    module.__dict__.update(ours, clock_gettime=lambda _: CLOCK.steady)
    instead = {id(datetime): _Simulated, id(time): module}
    instead |= {id(getattr(time, name)): clock for name, clock in ours.items()}
    for name, each in tuple(sys.modules.items()):
        if name.partition(".")[0] in packages:
            for attribute, value in tuple(vars(each).items()):
                if id(value) in instead:
                    setattr(each, attribute, instead[id(value)])


def die() -> None:
    """As if by kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)
