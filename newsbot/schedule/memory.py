"""What a scheduler remembers of its sources: their timing, their runs, and what it did itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from newsbot.config import Config, source_host, source_key
from newsbot.korean.date_forms import KST
from newsbot.schedule.child import Outcome
from newsbot.schedule.due import Past, PastRun, Timing, Tried, goes_first, next_due, timings
from newsbot.schedule.history import READ

QUICK: Final = 10.0  # seconds


def steady() -> float:
    """Seconds by a clock that nobody sets, and that goes on while the machine sleeps, where there is one."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def wall() -> datetime:
    return datetime.now(KST)


@dataclass(slots=True)
class Known:
    timing: Timing
    key: str
    host: str
    since: float
    runs: list[PastRun] = field(default_factory=list)
    asked: float | None = None
    troubles: int = 0
    killed: bool = False  # the last crawl
    left: int = 0  # in a row: processes in which its turn never came


class Memory:
    """Of the scheduled sources of a newsbot.toml, by name."""

    def __init__(self, *, steady: Callable[[], float] = steady, wall: Callable[[], datetime] = wall) -> None:
        self._steady = steady
        self._wall = wall
        self._known: dict[str, Known] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._known

    @property
    def hosts(self) -> dict[str, str]:
        return {name: known.host for name, known in self._known.items()}

    def keys(self, names: Collection[str]) -> dict[str, str]:
        """The sources' keys in the archive."""
        return {name: known.key for name, known in self._known.items() if name in names}

    def take(self, config: Config) -> list[str]:
        """Makes the configuration's schedule its own; the names of the sources that are new or have moved."""
        before, self._known = self._known, {}
        fresh = []
        for name, timing in timings(config).items():
            url = config.sources[name].url
            known = before.get(name)
            if known is None or known.key != source_key(url):
                known = Known(timing, source_key(url), source_host(url), self._steady())
                fresh.append(name)
            known.timing = timing
            self._known[name] = known
        return fresh

    def learn(self, runs: Mapping[str, Sequence[PastRun]]) -> None:
        """What the archive says, of the sources that it was asked for."""
        for name, found in runs.items():
            if name in self._known:
                self._known[name].runs = list(found)

    def woke(self) -> None:
        """The clock was set, or the machine has slept: what is due now starts spread again."""
        for known in self._known.values():
            known.since = self._steady()

    def due(self, name: str, *, spread: bool = True) -> datetime:
        """When a source is to be asked next; with ``spread``, at its own second."""
        known = self._known[name]
        known_for = timedelta(seconds=self._steady() - known.since) if spread else None
        return next_due(known.timing, self._past(known), self._wall(), name=name, known_for=known_for)

    def due_now(self) -> list[str]:
        """Those that are to be asked now: what goes first, then the one that has waited longest."""
        moments = {name: self.due(name, spread=False) for name in self._known}
        due = [name for name, moment in moments.items() if moment <= self._wall()]
        return sorted(due, key=lambda name: (not self.goes_first(name), moments[name], name))

    def goes_first(self, name: str) -> bool:
        """Whether a source does not wait behind the others: its crawl was killed, or the one before it in the
        same process, so that it lost its turn.
        """
        known = self._known[name]
        return known.left == 1 or goes_first(self._past(known))

    def latest_run(self, name: str) -> int:
        """The latest run of a source that is known; 0: none."""
        runs = self._known[name].runs
        return runs[0].run if runs else 0

    @property
    def quick(self) -> set[str]:
        """The sources whose last crawl finished and took no time worth speaking of."""
        return {name for name, known in self._known.items() if is_quick(known.runs[:1])}

    def began(self, name: str) -> None:
        self._known[name].asked = self._steady()

    def ended(self, outcome: Outcome) -> bool:
        """Takes in what a crawl came to; False when the archive knows more of the source than this does."""
        known = self._known.get(outcome.source)
        if known is None:
            return True
        known.asked = self._steady() - outcome.seconds  # when its turn came
        known.killed = outcome.came == "broken" and outcome.code < 0
        known.left = known.left + 1 if outcome.came == "left" else 0
        match outcome.came:
            case _ if outcome.is_archive_s:
                known.asked = None  # as due as before
            case "finished" | "partial" | "failed" if "run" in outcome.figures:
                known.troubles = 0
                known.runs.insert(0, _run(outcome, self._wall()))
                del known.runs[READ:]
                return True
            case "skipped":
                known.troubles, known.asked = 0, None
            case "held":
                known.troubles = (
                    1  # the other one may take long: looked at again like a failure, but no worse
                )
            case "left":
                known.asked = None
            case _:
                known.troubles += 1
                if known.killed:
                    known.asked = self._steady()  # its host, too: the dead see to no delay
        return False

    def _past(self, known: Known) -> Past:
        if known.asked is None:
            return Past(runs=known.runs)
        ago = timedelta(seconds=self._steady() - known.asked)
        return Past(runs=known.runs, tried=Tried(ago=ago, troubles=known.troubles, killed=known.killed))


def is_quick(last: Sequence[PastRun]) -> bool:
    """Whether the last crawl, if there was one, finished and took no time worth speaking of."""
    return any(run.state == "finished" and run.seconds is not None and run.seconds < QUICK for run in last)


def _run(outcome: Outcome, ended: datetime) -> PastRun:
    figures, seconds = outcome.figures, outcome.seconds
    return PastRun(
        run=figures["run"],
        started=ended - timedelta(seconds=seconds),
        state=figures["state"],
        brought=bool(figures.get("new") or figures.get("revised")),
        seconds=seconds,
        left_alone=figures.get("left_alone") or 0,
    )
