"""Wire chains: the versions of one story of one outlet, in their order, each superseding the one before.

All are linked to the first as ``update``; ``articles.superseded_by`` names the next version. A note (고침,
전문취소) is linked to what it speaks of, and supersedes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.links import UPDATE, age, link, of
from newsbot.archive.members import Member, load
from newsbot.archive.schema import articles, links
from newsbot.korean.nearness import Nearness
from newsbot.korean.wire import METHOD, NEAR_WINDOW, Version, bears_mark, likeness, rank

_MOST_COMPARED: Final = 16
_MOST_FOUND: Final = 200
_LONGEST: Final = 32  # versions; more are no story but a headline that comes every day

_other = articles.alias("other")
_firsts = sa.func.coalesce(links.c.earliest_id, articles.c.id)
_FIRST: Final = (
    sa.select(_firsts)
    .select_from(articles)
    .outerjoin(links, (links.c.article_id == articles.c.id) & (links.c.kind == UPDATE))
    .where(articles.c.id.in_(sa.bindparam("ids", expanding=True)))
    .distinct()
)
_SKETCHED: Final = sa.select(
    articles.c.id, articles.c.outlet, articles.c.site, articles.c.headline, articles.c.dated
).where(articles.c.id.in_(sa.bindparam("ids", expanding=True)))
_LINKED: Final = sa.select(links.c.article_id, links.c.score).where(
    links.c.earliest_id.in_(sa.bindparam("ids", expanding=True)), links.c.kind == UPDATE
)
_NEXT: Final = sa.update(articles).where(articles.c.id == sa.bindparam("of_id"))  # sets what it is given


def versions_of_one(one: Member, other: Member, nearness: Nearness) -> bool:
    return likeness(one.version, other.version, lambda: nearness) is not None


def join(
    connection: sa.Connection,
    one: Member,
    found: Sequence[int],
    when: datetime,
    *,
    apart: Collection[int] = (),
) -> None:
    """Puts an article into the chain of the versions that are found to be its story's.

    ``apart``: articles from whose chains a person has parted it.
    """
    told = one.version
    scores = {}
    for other in load(connection, _possible(connection, told, found)):
        score = likeness(told, other.version, partial(one.compared, other))
        if score is not None:
            scores[other.id] = score
    parted = set(_firsts_of(connection, apart))
    firsts = [first for first in _firsts_of(connection, list(scores)) if first not in parted]
    if not firsts:
        return
    linked = {row.article_id: row.score for row in connection.execute(_LINKED, {"ids": firsts})}
    known = linked | {one.id: max(scores.values())}
    ids = {*firsts, *known}
    if len(ids) <= _LONGEST:
        _write(connection, load(connection, ids), known, max(scores.values()), when)


def leave(connection: sa.Connection, key: int, when: datetime) -> None:
    """Takes an article out of its chain, which closes over the gap."""
    (first,) = _firsts_of(connection, [key])
    linked = {row.article_id: row.score for row in connection.execute(_LINKED, {"ids": [first]})}
    if not linked:
        return
    connection.execute(of(key, UPDATE))
    connection.execute(_NEXT, {"of_id": key, "superseded_by": None})
    left = {first, *linked} - {key}
    _write(connection, load(connection, left), linked, 1.0, when)


def _possible(connection: sa.Connection, one: Version, found: Sequence[int]) -> list[int]:
    """Which of these are of the same outlet and time, and marked as versions if the one is not."""
    rows = connection.execute(_SKETCHED, {"ids": found[:_MOST_FOUND]})
    near = [row for row in rows if (row.outlet or row.site) == one.outlet]
    near = [row for row in near if abs(row.dated - one.published) <= NEAR_WINDOW]
    return [row.id for row in near if one.is_marked or bears_mark(row.headline)][:_MOST_COMPARED]


def _firsts_of(connection: sa.Connection, ids: Collection[int]) -> list[int]:
    return list(connection.execute(_FIRST, {"ids": list(ids)}).scalars()) if ids else []


def _write(
    connection: sa.Connection,
    members: Iterable[Member],
    scores: dict[int, float],
    score_of_first: float,
    when: datetime,
) -> None:
    """One chain of these versions: links to the first of them, and who supersedes whom."""
    chain = sorted(members, key=_order)
    first = chain[0]
    for member in chain:
        connection.execute(of(member.id, UPDATE))
        if member is not first:
            score = scores.get(member.id, score_of_first)
            link(
                connection, member.id, first.id, kind=UPDATE, score=score, method=METHOD, when=when,
                folded=False,
            )  # fmt: skip
    texts = [member for member in chain if not member.version.is_note]
    following = {old.id: new.id for old, new in pairwise(texts)}
    for member in chain:
        connection.execute(_NEXT, {"of_id": member.id, "superseded_by": following.get(member.id)})


def _order(member: Member) -> tuple[Any, ...]:
    """Of one minute, the form decides: listings print no seconds."""
    return member.dated, rank(member.story_form), age(None, member.uri)


def chain_of(connection: sa.Connection, key: int) -> list[Member]:
    """The versions of an article's chain in their order; [] when it has none."""
    (first,) = _firsts_of(connection, [key])
    ids: Collection[int] = [row.article_id for row in connection.execute(_LINKED, {"ids": [first]})]
    return sorted(load(connection, [first, *ids]), key=_order) if ids else []


def is_latest(superseded_by: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """SQL, of ``articles.superseded_by``: no later version supersedes the article. The latest only."""
    later = sa.select(_other.c.id).where(_other.c.id == superseded_by, _other.c.withheld.is_(None))
    return ~later.exists()


def is_first(article: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """SQL, of ``articles.id``: the article is no version of an earlier one. As first reported."""
    updates = sa.select(links.c.article_id).join(_other, _other.c.id == links.c.earliest_id)
    seen = updates.where(links.c.article_id == article, links.c.kind == UPDATE, _other.c.withheld.is_(None))
    return ~seen.exists()
