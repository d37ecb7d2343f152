"""What a person decided of two articles: the same, or not. No match overwrites it."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal, TypeAlias

import sqlalchemy as sa

from newsbot.archive.schema import decisions

Verdict: TypeAlias = Literal["same", "not"]
METHOD: Final = "person/1"

_OF: Final = sa.select(decisions).where(
    (decisions.c.article_id == sa.bindparam("key")) | (decisions.c.other_id == sa.bindparam("key"))
)


def of(connection: sa.Connection, key: int) -> dict[int, Verdict]:
    """The verdicts on an article, by the other one's id."""
    rows = connection.execute(_OF, {"key": key})
    return {row.other_id if row.article_id == key else row.article_id: row.verdict for row in rows}


def keep(
    connection: sa.Connection, pair: tuple[int, int], verdict: Verdict, *, note: str | None, when: datetime
) -> None:
    """The latest decision on the two; an earlier one is replaced."""
    first, second = sorted(pair)
    earlier = (decisions.c.article_id == first) & (decisions.c.other_id == second)
    connection.execute(sa.delete(decisions).where(earlier))
    values = {"article_id": first, "other_id": second, "verdict": verdict, "note": note, "decided": when}
    connection.execute(sa.insert(decisions), values)
