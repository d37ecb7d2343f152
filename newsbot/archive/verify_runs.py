"""What is kept beside the figures of runs, so that nobody reads half a million of them: held against them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.schema import days, runs
from newsbot.archive.standing import day_in_sql

_COUNTED: Final = ("runs", "brought", "revised", "failed")
_EPOCH: Final = date(1970, 1, 1)
_ENDED: Final = runs.c.state.in_(("finished", "partial", "failed"))


def _figure(name: str) -> sa.ColumnElement[int]:
    return sa.func.coalesce(runs.c.figures[name].as_integer(), 0)


_BROUGHT: Final[Mapping[str, sa.ColumnElement[int]]] = {
    "brought": _figure("new"), "revised": _figure("revised")
}  # fmt: skip
_day: Final = day_in_sql(runs.c.started)
SUMMED: Final = (
    sa.select(
        runs.c.source,
        _day.label("day"),
        sa.func.count().label("runs"),
        sa.func.sum(_BROUGHT["brought"]).label("brought"),
        sa.func.sum(_BROUGHT["revised"]).label("revised"),
        sa.func.sum(_figure("failed")).label("failed"),
    )
    .where(_ENDED)
    .group_by(runs.c.source, _day)
)
"""The rows of ``days`` as the figures of the runs give them."""
_taken_off: Final = sa.select(days.c.source, days.c.day, *((-days.c[name]).label(name) for name in _COUNTED))
_both: Final = sa.union_all(SUMMED, _taken_off).subquery()
MISCOUNTED: Final = (
    sa.select(_both.c.source, _both.c.day)
    .group_by(_both.c.source, _both.c.day)
    .having(sa.or_(*(sa.func.sum(_both.c[name]) != 0 for name in _COUNTED)))
)
MISTOLD: Final = sa.select(runs.c.id, runs.c.source).where(
    _ENDED, sa.or_(*(sa.func.coalesce(runs.c[name], 0) != figure for name, figure in _BROUGHT.items()))
)


def told_day(row: Mapping[str, Any]) -> str:
    day = _EPOCH + timedelta(days=row["day"])
    return f"what the runs of {row['source']} brought on {day} is counted otherwise than their figures say"


def count_anew(connection: sa.Connection) -> Iterator[str]:
    """Brings the columns of runs, and the table ``days``, in line with the runs' figures."""
    mistold = sa.update(runs).where(runs.c.id.in_(sa.select(MISTOLD.subquery().c.id)))
    if rows := connection.execute(mistold.values(**_BROUGHT)).rowcount:
        yield f"{rows} runs brought in line with their figures"
    wrong = connection.execute(MISCOUNTED).all()
    if wrong:
        connection.execute(sa.delete(days))
        connection.execute(sa.insert(days).from_select(list(SUMMED.selected_columns.keys()), SUMMED))
        yield f"{len(wrong)} days of sources counted anew"
