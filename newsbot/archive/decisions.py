"""What a person decided of two articles: the same, or not. No match overwrites it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final, Literal, TypeAlias

import sqlalchemy as sa

from newsbot.archive.schema import decisions
from newsbot.archive.several import one_of

Verdict: TypeAlias = Literal["same", "not"]
METHOD: Final = "person/1"

_OF: Final = sa.select(decisions).where(
    (decisions.c.article_id == sa.bindparam("key")) | (decisions.c.other_id == sa.bindparam("key"))
)
_PARTED: Final = sa.select(decisions.c.article_id, decisions.c.other_id).where(
    one_of(decisions.c.article_id, "ids"), one_of(decisions.c.other_id, "ids"), decisions.c.verdict == "not"
)


def of(connection: sa.Connection, key: int) -> dict[int, Verdict]:
    """The verdicts on an article, by the other one's id."""
    rows = connection.execute(_OF, {"key": key})
    return {row.other_id if row.article_id == key else row.article_id: row.verdict for row in rows}


def parted(connection: sa.Connection, keys: Collection[int]) -> set[tuple[int, int]]:
    """The pairs among these articles that are not the same, each in both orders."""
    rows = connection.execute(_PARTED, {"ids": keys}).all()
    return {pair for one, other in rows for pair in ((one, other), (other, one))}


def keep(
    connection: sa.Connection, pair: tuple[int, int], verdict: Verdict, *, note: str | None, when: datetime
) -> None:
    """The latest decision on the two; an earlier one is replaced."""
    first, second = sorted(pair)
    earlier = (decisions.c.article_id == first) & (decisions.c.other_id == second)
    connection.execute(sa.delete(decisions).where(earlier))
    values = {"article_id": first, "other_id": second, "verdict": verdict, "note": note, "decided": when}
    connection.execute(sa.insert(decisions), values)
