"""Whether the moments are kept at which posts went out of reach or came back, as far as the ledger tells.

The ledger knows where a post is now, so the last of its events must have led there. Of those before it, and
of corrections, nothing else speaks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.schema import GONE, REMOVED, articles, events, ledger, runs

CORRECTED: Final = "corrected"
_DETAIL: Final = "this event was lost: when the run began, or the site took the article back"
_gone: Final = sorted(GONE)
_later = events.alias("later")
_last: Final = (
    sa.select(sa.func.max(_later.c.id))
    .where(_later.c.ledger_id == ledger.c.id, _later.c.state != CORRECTED)
    .scalar_subquery()
)
UNTOLD: Final = (
    sa.select(
        ledger.c.id,
        ledger.c.source,
        ledger.c.document_id,
        ledger.c.state,
        ledger.c.article_id,
        sa.func.coalesce(ledger.c.taken_run, ledger.c.listed_run).label("run_id"),
        events.c.state.label("last"),
        events.c.happened,
    )
    .select_from(ledger)
    .outerjoin(events, events.c.id == _last)
    .where(
        sa.case(
            (ledger.c.state.in_(_gone), sa.func.coalesce(events.c.state, "") != ledger.c.state),
            else_=sa.func.coalesce(events.c.state, "").in_(_gone),
        )
    )
)
"""Posts that are elsewhere than where their last event led."""
_BEGAN: Final = sa.select(runs.c.started).where(runs.c.id == sa.bindparam("of_id"))
_TAKEN_BACK: Final = sa.select(articles.c.removed).where(articles.c.id == sa.bindparam("of_id"))


def told_event(row: Mapping[str, Any]) -> str:
    came = "went there" if row["state"] in GONE else "came back"
    return f"{row['source']}: {row['document_id']} is {row['state']}, but no event says when it {came}"


def tell_anew(connection: sa.Connection) -> int:
    """Enters the events that are missing, with the best moment that is known; how many it was."""
    rows = connection.execute(UNTOLD).mappings().all()
    for row in rows:
        values = {"ledger_id": row["id"], "run_id": row["run_id"], "state": row["state"]}
        happened = _moment(connection, row)
        connection.execute(sa.insert(events).values(**values, happened=happened, detail=_DETAIL))
    return len(rows)


def _moment(connection: sa.Connection, row: sa.RowMapping) -> datetime:
    """Not before the event that is there."""
    removed: datetime | None = None
    if row["state"] in REMOVED and row["article_id"] is not None:
        removed = connection.execute(_TAKEN_BACK, {"of_id": row["article_id"]}).scalar()
    found: datetime = removed or connection.execute(_BEGAN, {"of_id": row["run_id"]}).scalar_one()
    return max(found, row["happened"] or found)
