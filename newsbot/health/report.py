"""A report of sources' runs as one page of HTML with its plots inside: no script, nothing from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from newsbot.archive import Archive
from newsbot.archive.run_records import KeptTrouble, Run
from newsbot.health.charts import HEIGHT, WIDTH, Bar, Line, columns, line

RUNS: Final = 2000  # of a source, at the most: two weeks of a run every ten minutes
ROWS: Final = 15  # runs in the table
REASONS: Final = 12
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What is reported of one source."""

    name: str
    runs: Sequence[Run]  # the latest first
    troubles: Sequence[KeptTrouble]
    totals: Mapping[str, int]
    hours: Sequence[Bar]
    most_an_hour: int
    failures: Sequence[tuple[str, int, float]]  # reason, count, share of the largest
    latency: Sequence[Line]
    most_latency: float


def report(archive: Archive, names: Mapping[str, str], *, days: int, now: datetime) -> str:
    """The page, of sources (names by key) over so many days up to ``now``."""
    since = now - timedelta(days=days)
    sections = [_section(archive, key, name, since, now) for key, name in names.items()]
    pages = Environment(
        loader=PackageLoader("newsbot.health", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return pages.get_template("report.html").render(
        sections=sections, since=since, now=now, width=WIDTH, height=HEIGHT, rows=ROWS, figures=_FIGURES
    )


_FIGURES: Final = ("pages", "headlines", "known", "new", "revised", "failed", "gone", "requests", "seconds")


def _section(archive: Archive, key: str, name: str, since: datetime, now: datetime) -> Section:
    runs = [run for run in archive.runs(key, limit=RUNS) if run.started >= since]
    new = new_by_hour(runs, since, now)
    most = max((p90 for run in runs if (p90 := _latency(run, "p90")) is not None), default=0.0)
    return Section(
        name=name,
        runs=runs,
        troubles=[each for each in archive.troubles(key, limit=RUNS) if (each.until or now) >= since],
        totals={
            name: sum(_count(run, name) for run in runs) for name in ("new", "revised", "failed", "gone")
        },
        hours=columns(
            list(new.values()), [f"{hour:%m-%d %H}:00: {count} new" for hour, count in new.items()]
        ),
        most_an_hour=max(new.values(), default=0),
        failures=failures_by_reason(runs),
        latency=[
            line(f"{part[1:]} %", [_latency(run, part) for run in reversed(runs)], most)
            for part in ("p90", "p50")
        ],
        most_latency=most,
    )


def new_by_hour(runs: Sequence[Run], since: datetime, now: datetime) -> dict[datetime, int]:
    """How much the runs of each hour brought, hours without any included."""
    first = since.replace(minute=0, second=0, microsecond=0)
    counts = {first + _HOUR * place: 0 for place in range((now - first) // _HOUR + 1)}
    for run in runs:
        counts[run.started.replace(minute=0, second=0, microsecond=0)] = _count(run, "new") + counts.get(
            run.started.replace(minute=0, second=0, microsecond=0), 0
        )
    return dict(sorted(counts.items()))


def failures_by_reason(runs: Sequence[Run]) -> list[tuple[str, int, float]]:
    """(reason, count, share of the largest), the most frequent first."""
    counts: Counter[str] = Counter()
    for run in runs:
        counts.update(run.figures.get("failures") or {})
    largest = counts.most_common(REASONS)
    return [(reason, count, count / largest[0][1]) for reason, count in largest]


def _count(run: Run, name: str) -> int:
    return int(run.figures.get(name) or 0)


def _latency(run: Run, part: str) -> float | None:
    found: Any = (run.figures.get("latency") or {}).get(part)
    return None if found is None else float(found)
