"""What was seen of a simulated week from outside: runs, pages served, kills, memory and open files."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

from simulated_clock import HOUR, MINUTE

AGAIN: Final = MINUTE  # after a crawl was killed
GROWTH: Final = 4.0  # MB, of the scheduler over the whole time
HANDLES: Final = 4  # by which the scheduler's open files may differ
CRAWLS_HANDLES: Final = 12  # that a crawl may leave to be closed by its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    began: float
    ended: float
    state: str


@dataclass(slots=True, kw_only=True)
class Seen:
    """Of the lives of the crawls: each source's runs; of each site's posts, what was sent when."""

    runs: dict[str, list[Run]] = field(default_factory=lambda: defaultdict(list))
    served: dict[tuple[str, int], list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))
    grown: list[tuple[float, int]] = field(default_factory=list)  # of crawls of a single source
    handles: Counter[int] = field(default_factory=Counter)
    killed: list[tuple[float, list[str]]] = field(default_factory=list)
    begun: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def finished(self, source: str) -> list[Run]:
        return [run for run in self.runs[source] if run.state == "finished"]


def seen_lives(file: Path) -> Seen:
    seen = Seen()
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            _take(seen, json.loads(line))
    return seen


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
        seen.killed.append((life["ended"], [each for each in life["command"] if each not in ended]))
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


def slow_to_come_back(seen: Seen, shifts: Sequence[Any]) -> list[str]:
    """Crawls that were killed while a scheduler ran on, and whose sources were not crawled again in time."""
    late = []
    for when, sources in seen.killed:
        shift = next((each for each in shifts if each.holds(when)), None)
        if shift is None or shift.what != "service" or when + 2 * AGAIN > shift.end:
            continue
        for source in sources:
            following = [began for began in seen.begun[source] if began > when]
            if not following or following[0] - when > AGAIN:
                wait = following[0] - when if following else float("inf")
                late.append(f"{source}: killed at {when / HOUR:.2f} h, crawled again after {wait:.0f} s")
    return late


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the line through the points, by least squares."""
    count = len(points)
    middle_x, middle_y = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread if spread else 0.0


def troubles_of_growth(looks: Sequence[Any], seen: Seen, end: float) -> tuple[dict[str, str], list[str]]:
    """Memory and handles, for people; and what of them is not flat."""
    warm = [each for each in looks if each.at > end / 5] or list(looks)
    memory = [(each.at, each.memory / 2**20) for each in warm]
    growth = slope(memory) * end
    handles = {each.handles for each in warm}
    thirds = [
        [grown / 2**20 for at, grown in seen.grown if third <= at * 3 / end < third + 1] for third in range(3)
    ]
    middle, last = (median(third) if third else 0.0 for third in thirds[1:])
    figures = {
        "the scheduler's memory": f"{memory[0][1]:.1f} to {memory[-1][1]:.1f} MB",
        "its growth in all": f"{growth:+.1f} MB",
        "its open files": f"{min(handles)} to {max(handles)}",
        "a crawl's own memory": f"{middle:.1f}, later {last:.1f} MB",
        "files that crawls leave open": f"{min(seen.handles)} to {max(seen.handles)}"
        if seen.handles
        else "-",
    }
    troubles = []
    if growth > GROWTH:
        troubles.append(f"the scheduler grows by {growth:.1f} MB")
    if max(handles) - min(handles) > HANDLES or (seen.handles and max(seen.handles) > CRAWLS_HANDLES):
        troubles.append(f"open files: the scheduler's {sorted(handles)}, crawls' {dict(seen.handles)}")
    if last > middle * 1.15 + 1:
        troubles.append(f"a crawl takes {last:.1f} MB, and took {middle:.1f}")
    return figures, troubles
