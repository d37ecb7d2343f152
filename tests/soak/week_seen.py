"""What was seen of a simulated week from outside: runs, pages served, kills, memory and open files."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final, Literal

from simulated_clock import HOUR, MINUTE
from simulated_week import Look

AGAIN: Final = MINUTE  # after a crawl was killed
GROWTH: Final = 1.0  # MB, of a scheduler alone
WEEK_GROWTH: Final = 2.0  # MB, of a process in which one after the other lives, beside the simulation's loop
WARM: Final = 0.5  # of the time, after which it has met with everything
HANDLES: Final = 4  # by which the scheduler's open files may differ
CRAWLS_HANDLES: Final = 12  # that a crawl may leave to be closed by its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    began: float
    ended: float
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """A source whose crawl was killed, or that had no turn in a process that was (``beside``).

    ``has_run``: the archive knows of the crawl.
    """

    at: float
    source: str
    beside: bool
    has_run: bool


@dataclass(slots=True, kw_only=True)
class Seen:
    """Of the lives of the crawls: each source's runs; of each site's posts, what was sent when."""

    runs: dict[str, list[Run]] = field(default_factory=lambda: defaultdict(list))
    served: dict[tuple[str, int], list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))
    grown: list[tuple[float, int]] = field(default_factory=list)  # of crawls of a single source
    handles: Counter[int] = field(default_factory=Counter)
    killed: list[Killed] = field(default_factory=list)
    begun: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def finished(self, source: str) -> list[Run]:
        return [run for run in self.runs[source] if run.state == "finished"]


def seen_lives(file: Path) -> Seen:
    seen = Seen()
    for life in lives(file):
        _take(seen, life)
    return seen


def seen_looks(file: Path) -> list[Look]:
    with file.open(encoding="utf-8") as lines:
        return [Look(**json.loads(line)) for line in lines]


def lives(file: Path) -> Iterator[dict[str, Any]]:
    """Of the crawls' processes. Of each there is an object of its ``command``, the sources, and when it
    ``began``; then what it did, each an array of moment, what and value: lines that it wrote ("out"), posts
    that it was sent ("served"), sources of which it made a run ("run"), bytes of memory beyond what it was
    born with ("grown"), files that it left open ("handles"), how it ended ("end").
    """
    life: dict[str, Any] = {}
    with file.open(encoding="utf-8") as lines:
        for told in map(json.loads, lines):
            if isinstance(told, dict):
                life = {**told, "said": [], "ended": told["began"]}
                continue
            when, what, value = told
            life["ended"] = max(life["ended"], when)
            if what == "end":
                yield {**life, "code": value}
            elif what in ("grown", "handles"):
                life[what] = value
            else:
                life["said"].append((when, what, value))


def _take(seen: Seen, life: dict[str, Any]) -> None:
    for source in life["command"]:
        seen.begun[source].append(life["began"])
    for when, what, value in life["said"]:
        if what == "served":
            host, post, version = value
            seen.served[host, post].append((when, version))
    ended = set()
    for when, figures in _figures(life):
        began = when - figures["seconds"] - 0.1
        seen.runs[figures["source"]].append(Run(began=began, ended=when, state=figures["state"]))
        ended.add(figures["source"])
    if life["code"] == -9:
        runs = {value for _, what, value in life["said"] if what == "run"}
        for place, source in enumerate(each for each in life["command"] if each not in ended):
            has_run, at = source in runs, life["ended"]
            seen.killed.append(Killed(at=at, source=source, beside=place > 0, has_run=has_run))
        return
    seen.handles[life["handles"]] += 1
    if len(life["command"]) == 1:
        seen.grown.append((life["began"], life["grown"]))


def _figures(life: dict[str, Any]) -> Iterator[tuple[float, dict[str, Any]]]:
    """What crawls that had a run said of it at their end."""
    for when, what, value in life["said"]:
        if what == "out":
            yield from (
                (when, figures) for figures in map(json.loads, value.splitlines()) if "run" in figures
            )


# ---- from outside ----------------------------------------------------------------------------------


Of = Literal["a crawl", "a scheduler", "beside a crawl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """From a kill until the source was crawled again, or from the next scheduler's start, in seconds.

    ``of``: what was killed. ``again``: the source's crawl before it had been killed, too.
    """

    of: Of
    source: str
    at: float
    seconds: float
    again: bool

    @property
    def is_late(self) -> bool:
        """By what is promised. What had no turn yet, and what is killed each time, waits its turn."""
        return self.seconds > AGAIN and self.of != "beside a crawl" and not self.again

    def __str__(self) -> str:
        when = f"{self.source}: killed with {self.of} at {self.at / HOUR:.2f} h"
        return f"{when}, crawled again after {self.seconds:.0f} s"


def waits(seen: Seen, shifts: Sequence[Any]) -> list[Wait]:
    """Of all that was killed, where there was a scheduler that could take it up."""
    found: list[Wait] = []
    before: dict[str, float] = {}
    for each in sorted(seen.killed, key=lambda each: each.at):
        begun = seen.begun[each.source]
        again = each.source in before and sum(before[each.source] < at < each.at for at in begun) < 2
        if not each.beside:
            before[each.source] = each.at
        since, of = _from_when(each, shifts)
        if since is not None:
            following = next((at for at in begun if at >= max(since, each.at)), float("inf"))
            wait = Wait(of=of, source=each.source, at=each.at, seconds=following - since, again=again)
            found.append(wait)
    return found


def _from_when(killed: Killed, shifts: Sequence[Any]) -> tuple[float | None, Of]:
    """From when on it could be taken up; None: nobody was there for long enough, or it left no trace."""
    place = next((place for place, each in enumerate(shifts) if each.holds(killed.at)), len(shifts))
    if place < len(shifts) and shifts[place].what == "service":
        since = killed.at if killed.at + 2 * AGAIN < shifts[place].end else None
        return since, "beside a crawl" if killed.beside else "a crawl"
    later = next((each for each in shifts[place:] if each.what != "down"), None)
    if later is None or later.what != "service" or later.start + 2 * AGAIN > later.end or not killed.has_run:
        return None, "a scheduler"
    return later.start, "a scheduler"


def as_figures(waits: Sequence[Wait]) -> dict[str, str]:
    """For people."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for wait in waits:
        seconds["twice in a row" if wait.again else f"with {wait.of}"].append(wait.seconds)
    return {
        f"killed {how}, crawled again": f"{len(each)}, after {median(each):.0f} s, {max(each):.0f} at most"
        for how, each in seconds.items()
    }


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the line through the points, by least squares."""
    count = len(points)
    middle_x, middle_y = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread if spread else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Of a scheduler's process, in MB and open files, from when it was warm to the end."""

    first: float
    last: float
    in_all: float  # by the line through all looks: a single one may be high
    handles: Sequence[int]

    def __str__(self) -> str:
        return f"{self.first:.1f} to {self.last:.1f} MB ({self.in_all:+.1f})"

    def troubles(self, limit: float = GROWTH) -> Iterator[str]:
        if self.in_all > limit:
            yield f"the scheduler grows: {self}"
        if self.handles[-1] - self.handles[0] > HANDLES:
            yield f"the scheduler's open files: {self.handles[0]} to {self.handles[-1]}"


def growth(looks: Sequence[Any], end: float) -> Growth:
    warm = [each for each in looks if each.at > end * WARM] or list(looks)
    memory = [(each.at, each.memory / 2**20) for each in warm]
    return Growth(
        first=memory[0][1],
        last=memory[-1][1],
        in_all=slope(memory) * (memory[-1][0] - memory[0][0]),
        handles=sorted({each.handles for each in warm}),
    )


def troubles_of_crawls(seen: Seen, end: float) -> tuple[dict[str, str], list[str]]:
    """Memory and handles of the crawls' processes, for people; and what of them is not flat."""
    thirds = [
        [grown / 2**20 for at, grown in seen.grown if third <= at * 3 / end < third + 1] for third in range(3)
    ]
    middle, last = (median(third) if third else 0.0 for third in thirds[1:])
    handles = f"{min(seen.handles)} to {max(seen.handles)}" if seen.handles else "-"
    figures = {
        "a crawl's own memory": f"{middle:.1f}, later {last:.1f} MB",
        "files that crawls leave open": handles,
    }
    troubles = []
    if seen.handles and max(seen.handles) > CRAWLS_HANDLES:
        troubles.append(f"files that crawls leave open: {dict(seen.handles)}")
    if last > middle * 1.15 + 1:
        troubles.append(f"a crawl takes {last:.1f} MB, and took {middle:.1f}")
    return figures, troubles
