"""Articles of equal text: each linked to the earliest of them, never through one another.

The earliest is the one published first (one without a date comes last; among equals, the lower
document number), not the one stored first: boards are walked newest first, and the outcome does not
depend on the order in which a crawl, or a resumed one, happened to fetch them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.schema import articles, decisions, links

EXACT: Final = "exact"
NEAR: Final = "near"
CONTAINS: Final = "contains"
UPDATE: Final = "update"
METHOD: Final = "letters-sha256/1"
_EVERY: Final = 1 << 62
_TWINS_ASKED: Final = 8  # any would do, but that a person may have parted some

_twin = articles.alias("twin")
_earliest = articles.alias("earliest")
_parted = sa.select(decisions.c.article_id).where(
    (decisions.c.article_id == _twin.c.id) | (decisions.c.other_id == _twin.c.id),
    decisions.c.verdict == "not",
)
# Any other article of the text leads to the earliest: by its link, or by being it.
_HEADS: Final = (
    sa.select(articles.c.id, articles.c.uri, articles.c.date_published, _parted.exists().label("parted"))
    .select_from(_twin)
    .outerjoin(links, (links.c.article_id == _twin.c.id) & (links.c.kind == EXACT))
    .join(articles, articles.c.id == sa.func.coalesce(links.c.earliest_id, _twin.c.id))
    .where(
        _twin.c.text_hash == sa.bindparam("text_hash"),
        _twin.c.id != sa.bindparam("key"),
        _twin.c.id < sa.bindparam("before"),
    )
    .limit(_TWINS_ASKED)
)
_EARLIEST: Final = (
    sa.select(articles.c.uri)
    .join(links, links.c.earliest_id == articles.c.id)
    .where(links.c.article_id == sa.bindparam("key"), links.c.kind == EXACT)
)
_ADD: Final = sa.insert(links)
_REPEATS: Final = sa.select(articles).join(links, links.c.article_id == articles.c.id)


def earliest_of(connection: sa.Connection, key: int) -> str | None:
    """The uri of the article whose text this one repeats, if it repeats one."""
    return connection.execute(_EARLIEST, {"key": key}).scalar()


def join(
    connection: sa.Connection,
    key: int,
    text_hash: str | None,
    own_age: tuple[Any, ...],
    when: datetime,
    *,
    apart: Collection[int] = (),
    before: int = _EVERY,
) -> tuple[int, str] | None:
    """Links an article into the group of its text, at a cost that does not grow with the group.

    Returns the id and uri of the earliest article when that is another one. ``apart``: earliest articles of
    groups from which a person has parted this one. ``before``: articles of this id and higher ones are
    in no group yet.
    """
    asked = {"key": key, "text_hash": text_hash, "before": before}
    head = None if text_hash is None else _head(connection, asked, apart)
    if head is None:
        return None
    if age(head.date_published, head.uri) < own_age:
        link(connection, key, head.id, kind=EXACT, score=1.0, method=METHOD, when=when)
        return head.id, head.uri
    connection.execute(to(head.id, EXACT).values(earliest_id=key))
    # What is near the one text is near the other: it is the same.
    connection.execute(to(head.id, NEAR, CONTAINS).values(earliest_id=key))
    connection.execute(of(head.id, NEAR, CONTAINS))
    link(connection, head.id, key, kind=EXACT, score=1.0, method=METHOD, when=when)
    return None


def _head(connection: sa.Connection, asked: Mapping[str, Any], apart: Collection[int]) -> Any:
    found = connection.execute(_HEADS, asked).all()
    heads = [head for head in found if head.id not in apart and head.id != asked["key"]]
    # One that was parted from another leads back to its group only where there is no other way.
    return min(heads, key=lambda head: (head.parted, age(head.date_published, head.uri)), default=None)


def leave(connection: sa.Connection, key: int) -> int | None:
    """Takes an article out of the group of its text; the id of the next earliest, which becomes the head."""
    connection.execute(of(key, EXACT))
    group = connection.execute(_REPEATS.where(links.c.earliest_id == key, links.c.kind == EXACT)).all()
    if not group:
        return None
    head = min(group, key=lambda member: age(member.date_published, member.uri))
    connection.execute(of(head.id, EXACT))
    connection.execute(to(key, EXACT).values(earliest_id=head.id))
    return int(head.id)


def age(published: datetime | None, uri: str) -> tuple[Any, ...]:
    """Sorts the earliest first."""
    return published is None, published, len(uri), uri


def link(
    connection: sa.Connection,
    repeat: int,
    earliest: int,
    *,
    kind: str,
    score: float,
    method: str,
    when: datetime,
    folded: bool = True,
) -> None:
    values = {"article_id": repeat, "earliest_id": earliest, "kind": kind, "method": method}
    connection.execute(_ADD, {**values, "score": score, "found": when, "folded": folded})


def of(key: int, *kinds: str) -> sa.Delete:
    """Takes the links of these kinds away from an article."""
    return sa.delete(links).where(links.c.article_id == key, links.c.kind.in_(kinds))


def to(key: int, *kinds: str) -> sa.Update:
    """Changes the links of these kinds that lead to an article."""
    return sa.update(links).where(links.c.earliest_id == key, links.c.kind.in_(kinds))


def folded_away(article: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """SQL: whether lists leave the article of this id out, since an earlier one says all that it says.

    Not where that one is withheld: its re-posts are articles of their own.
    """
    earlier = sa.select(links.c.article_id).join(_earliest, _earliest.c.id == links.c.earliest_id)
    seen = earlier.where(links.c.article_id == article, links.c.folded, _earliest.c.withheld.is_(None))
    return seen.exists()
