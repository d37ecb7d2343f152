"""Runs as an archive holds them, made up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from newsbot.archive.run_records import Run
from newsbot.health.figures import Figures, figures_of
from newsbot.korean.dates import KST

NOON = datetime(2026, 3, 2, 12, tzinfo=KST)
HOUR = timedelta(hours=1)
WELL: dict[str, Any] = {
    "pages": 1,
    "headlines": 20,
    "known": 15,
    "new": 5,
    "failed": 0,
    "gone": 0,
    "rows": 20,
    "undated_rows": 0,
    "future_rows": 0,
    "articles": 5,
    "damaged": 0,
    "future": 0,
    "repeated": 0,
    "missing": {"deck": 4},
    "failures": {},
    "statuses": {"200": 6},
    "letters": {"p10": 300, "p50": 600, "p90": 900},
    "clock": 0,
    "trouble": None,
    "ended": "finished",
    "samples": {},
}
QUIET: dict[str, Any] = {
    "known": 20,
    "new": 0,
    "articles": 0,
    "missing": {},
    "letters": {},
    "statuses": {"200": 1},
}
AWAY: dict[str, Any] = {**QUIET, "pages": 0, "headlines": 0, "known": 0, "rows": 0, "statuses": {}}


def run(number: int = 100, *, started: datetime = NOON, kind: str = "board", **figures: Any) -> Run:
    return Run(
        id=number,
        source="board.example/news",
        name="news",
        url="https://board.example/news",
        options={"kind": kind},
        state="finished",
        started=started,
        finished=started,
        reach=None,
        figures=WELL | figures,
    )


def figures(**changed: Any) -> Figures:
    return figures_of(run(**changed))


def history(runs: int = 10, **changed: Any) -> list[Figures]:
    """So many runs an hour apart, the latest first, the last of them an hour before noon."""
    return [figures(started=NOON - HOUR * (age + 1), **changed) for age in range(runs)]
