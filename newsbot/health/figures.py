"""A run's figures, whichever newsbot kept them, and several runs' together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from math import isfinite
from statistics import median
from typing import Any, Final

from newsbot.archive.run_records import Run

FURTHEST: Final = 10  # runs back from which few articles are put together


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one run, or several runs together, came to. Absent figures count as nothing."""

    started: datetime
    counts: Mapping[str, int]
    failures: Mapping[str, int]
    missing: Mapping[str, int]
    statuses: Mapping[str, int]
    letters: float | None  # the median length of a body
    clock: float | None  # seconds by which servers are ahead of this machine
    trouble: str  # of the listing; "" for none
    ended: str  # in Scrapy's word
    kind: str  # of source
    samples: Mapping[str, str]

    def count(self, name: str) -> int:
        return self.counts.get(name, 0)

    @property
    def tries(self) -> int:
        """Articles that were asked for, whatever came of it."""
        return sum(self.count(name) for name in ("articles", "failed", "gone"))

    def share(self, name: str, of: str = "articles") -> float:
        return self.count(name) / whole if (whole := self.count(of)) else 0.0

    @property
    def failed_share(self) -> float:
        return self.count("failed") / self.tries if self.tries else 0.0

    def filled(self, field: str) -> float:
        """The share of the articles that have a field."""
        return 1 - self.missing.get(field, 0) / max(self.count("articles"), 1)


def figures_of(run: Run) -> Figures:
    """The figures that the archive holds of a run."""
    found = run.figures
    return Figures(
        started=run.started,
        counts={name: value for name, value in found.items() if type(value) is int},
        failures=_counts(found.get("failures")),
        missing=_counts(found.get("missing")),
        statuses=_counts(found.get("statuses")),
        letters=_number(found["letters"].get("p50")) if isinstance(found.get("letters"), dict) else None,
        clock=_number(found.get("clock")),
        trouble=str(found.get("trouble") or ""),
        ended=str(found.get("ended") or ""),
        kind=str(run.options.get("kind") or ""),
        samples={str(k): str(v) for k, v in found["samples"].items()}
        if isinstance(found.get("samples"), dict)
        else {},
    )


def together(runs: Sequence[Figures]) -> Figures:
    """The sums of several runs, the latest first; what cannot be summed is the median, or the latest's."""
    latest = runs[0]
    return Figures(
        started=latest.started,
        counts=_summed(run.counts for run in runs),
        failures=_summed(run.failures for run in runs),
        missing=_summed(run.missing for run in runs),
        statuses=_summed(run.statuses for run in runs),
        letters=_median(run.letters for run in runs),
        clock=_median(run.clock for run in runs),
        trouble=latest.trouble,
        ended=latest.ended,
        kind=latest.kind,
        samples={name: place for run in reversed(runs) for name, place in run.samples.items()},
    )


def recent(now: Figures, past: Sequence[Figures], *, articles: int) -> tuple[Figures, int] | None:
    """``now``, with as many runs before it as bring so many articles, and how many those were.

    None: there are not so many articles in the last runs, or this one brought none.
    """
    if not now.count("articles"):
        return None
    taken, found = [now], now.count("articles")
    for run in islice(past, FURTHEST):
        if found >= articles:
            break
        taken.append(run)
        found += run.count("articles")
    return (together(taken), len(taken) - 1) if found >= articles else None


def _counts(found: Any) -> dict[str, int]:
    items = found.items() if isinstance(found, dict) else ()
    return {str(name): value for name, value in items if type(value) is int}


def _number(found: Any) -> float | None:
    return float(found) if isinstance(found, int | float) and isfinite(found) else None


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(total)


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
