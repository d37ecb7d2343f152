"""Articles of near text: each linked to the earliest of its group, and compared with that one alone.

Never through one another: what is near an article that is near the earliest drifts away from it. A group
is led by its earliest article; one that is published before it takes the lead, and each of the others is
compared with the new earliest and finds another group where it is not near.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, TypeAlias

import sqlalchemy as sa

from newsbot.archive import decisions
from newsbot.archive.bands import Bands
from newsbot.archive.chains import versions_of_one
from newsbot.archive.links import CONTAINS, EXACT, NEAR, link, of
from newsbot.archive.members import Member, load
from newsbot.archive.schema import articles, links
from newsbot.korean.nearness import METHOD, Nearness, compare, may_be_near

_MOST_COMPARED: Final = 8  # earliest articles of other groups, those that share most keys first
_LARGEST_LED_ANEW: Final = 64  # a larger group keeps its earliest, and one before it leads a new group

_Near: TypeAlias = tuple[Member, Nearness, str]  # an earliest article, how near it is, by which method

_exact, _near = links.alias("exact"), links.alias("near")
_FIRST: Final = sa.func.coalesce(_exact.c.earliest_id, articles.c.id)
_HEADS: Final = (
    sa.select(articles.c.id, sa.func.coalesce(_near.c.earliest_id, _FIRST).label("head"))
    .outerjoin(_exact, (_exact.c.article_id == articles.c.id) & (_exact.c.kind == EXACT))
    .outerjoin(_near, (_near.c.article_id == _FIRST) & _near.c.kind.in_((NEAR, CONTAINS)))
    .where(articles.c.id.in_(sa.bindparam("ids", expanding=True)))
)
_GROUP: Final = sa.select(links.c.article_id).where(
    links.c.earliest_id == sa.bindparam("key"), links.c.kind.in_((NEAR, CONTAINS))
)


def heads_of(connection: sa.Connection, ids: Collection[int]) -> list[int]:
    """The earliest articles of the groups that these belong to, in the order of ``ids``."""
    if not ids:
        return []
    heads = {row.id: row.head for row in connection.execute(_HEADS, {"ids": list(ids)})}
    return list(dict.fromkeys(heads[key] for key in ids if key in heads))


def members_of(connection: sa.Connection, key: int) -> list[int]:
    """The articles that are linked to this one as near."""
    return list(connection.execute(_GROUP, {"key": key}).scalars())


def heads_to_compare(
    connection: sa.Connection, one: Member, found: Sequence[int], *, apart: Collection[int] = ()
) -> list[int]:
    """Of the articles that share a key with this one, the earliest of each group, as many as are compared."""
    heads = heads_of(connection, found)
    return [key for key in heads if key != one.id and key not in apart][:_MOST_COMPARED]


def place(bands: Bands, one: Member, found: Sequence[int], when: datetime) -> None:
    """Links a new article of a text of its own, or makes it the earliest of those that are near to it."""
    heads = heads_to_compare(bands.connection, one, found)
    _place(bands, one, list(_near_ones(bands.connection, one, heads)), when)


def place_anew(bands: Bands, one: Member, when: datetime) -> None:
    """The same for an article that was there before: what a person decided of it counts first."""
    verdicts = decisions.of(bands.connection, one.id)
    apart = apart_from(bands.connection, verdicts)
    same = heads_of(bands.connection, [key for key, verdict in verdicts.items() if verdict == "same"])
    decided = [head for head in load(bands.connection, same) if head.id != one.id and head.id not in apart]
    near = [(head, compare(one.text, head.text), decisions.METHOD) for head in decided]
    if not near:
        found, _ = bands.find(one.dated, one.sketch)
        heads = heads_to_compare(bands.connection, one, found, apart=apart)
        near = list(_near_ones(bands.connection, one, heads))
    _place(bands, one, near, when)


def apart_from(connection: sa.Connection, verdicts: Mapping[int, decisions.Verdict]) -> set[int]:
    """The earliest articles of the groups from which a person has parted an article."""
    return set(heads_of(connection, [key for key, verdict in verdicts.items() if verdict == "not"]))


def leave(bands: Bands, key: int, successor: int | None, when: datetime) -> None:
    """Takes an article out of its group; those that it led, and its text's next earliest, find another."""
    left = [*members_of(bands.connection, key), *([successor] if successor else [])]
    bands.connection.execute(of(key, NEAR, CONTAINS))
    _settle(bands, left, when)


def _near_ones(connection: sa.Connection, one: Member, heads: Sequence[int]) -> Iterator[_Near]:
    for head in load(connection, heads):
        if not may_be_near(one.letters or "", head.letters or ""):
            continue
        nearness = compare(one.text, head.text)
        if nearness.kind is not None and not versions_of_one(one, head, nearness):
            yield head, nearness, METHOD


def _place(bands: Bands, one: Member, near: Sequence[_Near], when: datetime) -> None:
    """``near`` is sorted, the earliest first."""
    if near and near[0][0].age < one.age:
        led = members_of(bands.connection, one.id)
        _link(bands.connection, one, near[0], when)
        _settle(bands, led, when)
        return
    for head, nearness, method in near:
        group = members_of(bands.connection, head.id)
        if len(group) > _LARGEST_LED_ANEW:
            continue
        _link(bands.connection, head, (one, nearness, method), when)
        _settle(bands, group, when)


def _settle(bands: Bands, ids: Sequence[int], when: datetime) -> None:
    if ids:
        for key in ids:
            bands.connection.execute(of(key, NEAR, CONTAINS))
        for member in load(bands.connection, ids):
            bands.connection.execute(of(member.id, NEAR, CONTAINS))  # one placed before it may have taken it
            place_anew(bands, member, when)


def _link(connection: sa.Connection, later: Member, near: _Near, when: datetime) -> None:
    """In place of what it was linked to. A longer text is not folded under a part of it: it says more."""
    head, nearness, method = near
    connection.execute(of(later.id, NEAR, CONTAINS))  # what was settled on the way may have taken it
    says_more = nearness.kind == CONTAINS and len(later.text.shingles) > len(head.text.shingles)
    link(
        connection,
        later.id,
        head.id,
        kind=CONTAINS if nearness.kind == CONTAINS else NEAR,
        score=nearness.score,
        method=method,
        when=when,
        folded=not says_more,
    )
