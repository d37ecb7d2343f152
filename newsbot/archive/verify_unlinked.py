"""Whether articles are linked that have to be: those that share a key, compared anew as when they came.

Told by today's texts alone is only what an article was linked to since it came. So those are left out that
were edited, on which a person has decided, that other readers have read, and what was beyond the limits of
matching when they were compared, or may have been: its outcome rests on what came first. The latest articles'
keys, those of a run that goes on, do not lead to one another yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive import chains, nearby
from newsbot.archive.bands import Bands
from newsbot.archive.database import WINDOW, Database
from newsbot.archive.latest import outlet_of
from newsbot.archive.links import UPDATE
from newsbot.archive.members import Member
from newsbot.archive.recent import Recent
from newsbot.archive.records import Progress
from newsbot.archive.schema import articles, bands, decisions, links, readings, revisions
from newsbot.archive.sketches import are_whole
from newsbot.archive.verify_members import checked
from newsbot.korean.nearness import compare, may_be_near
from newsbot.korean.wire import NEAR_WINDOW, likeness
from newsbot.versions import parser_version

MOST: Final = 100  # findings: all are mended together
_LARGEST: Final = 16  # articles of a group, or a chain: far from where matching leaves one as it is

_LAST: Final = sa.select(sa.func.max(articles.c.id))
_one, _other = articles.alias("one"), articles.alias("other")
_x, _y = bands.alias("x"), bands.alias("y")
_in_order: Final = _x.c.article_id < _y.c.article_id
_first: Final = sa.case((_in_order, _x.c.article_id), else_=_y.c.article_id).label("first")
_second: Final = sa.case((_in_order, _y.c.article_id), else_=_x.c.article_id).label("second")
_PAIRS: Final = sa.union(  # of one period, and of two beside one another, which a lookup asks too
    sa.select(_x.c.article_id.label("first"), _y.c.article_id.label("second")).join_from(
        _x, _y, (_x.c.period == _y.c.period) & (_x.c.key == _y.c.key) & _in_order
    ),
    sa.select(_first, _second).join_from(_x, _y, (_y.c.period == _x.c.period + 1) & (_x.c.key == _y.c.key)),
).subquery("pairs")


def _is_judged(article: sa.FromClause) -> sa.ColumnElement[bool]:
    """Not edited, not decided on, and read by today's readers."""
    read = sa.select(revisions.c.id).where(
        revisions.c.article_id == article.c.id, revisions.c.parser_version == parser_version()
    )
    replaced = (
        sa.select(readings.c.id)
        .join(revisions, revisions.c.id == readings.c.revision_id)
        .where(revisions.c.article_id == article.c.id, readings.c.state == "replaced")
    )
    decided = sa.select(decisions.c.article_id).where(
        (decisions.c.article_id == article.c.id) | (decisions.c.other_id == article.c.id)
    )
    return (article.c.revision == 1) & read.exists() & ~replaced.exists() & ~decided.exists()


def _leads_on(article: sa.FromClause) -> sa.ColumnElement[bool]:
    own = links.alias()
    return sa.select(own.c.article_id).where(own.c.article_id == article.c.id, own.c.kind != UPDATE).exists()


def _seconds(article: sa.FromClause) -> sa.ColumnElement[int]:
    return sa.type_coerce(article.c.dated, sa.BigInteger)


_own, _others = links.alias("own"), links.alias("others")
_may_be_versions: Final = (
    (outlet_of(_one) == outlet_of(_other))
    & (sa.func.abs(_seconds(_one) - _seconds(_other)) <= int(NEAR_WINDOW.total_seconds()))
    & (
        sa.func.coalesce(_own.c.earliest_id, _one.c.id)
        != sa.func.coalesce(_others.c.earliest_id, _other.c.id)
    )
)
_may_be_near: Final = ~_leads_on(_one) & ~_leads_on(_other)
_DOUBTED: Final = (
    sa.select(
        _PAIRS.c.first, _PAIRS.c.second, _may_be_versions.label("versions"), _may_be_near.label("near")
    )
    .select_from(_PAIRS)
    .join(_one, _one.c.id == _PAIRS.c.first)
    .join(_other, _other.c.id == _PAIRS.c.second)
    .outerjoin(_own, (_own.c.article_id == _one.c.id) & (_own.c.kind == UPDATE))
    .outerjoin(_others, (_others.c.article_id == _other.c.id) & (_others.c.kind == UPDATE))
    .where(_may_be_versions | _may_be_near)
    .order_by(_PAIRS.c.first, _PAIRS.c.second)
)  # fmt: skip


def unlinked(archive: Database, progress: Progress) -> Iterator[str]:
    """The links that are missing, a line each, in constant memory; ends after some.

    ``progress`` is told (done, total) in articles, as they are numbered.
    """
    yield from islice(_unlinked(archive, progress), MOST)


def _unlinked(archive: Database, progress: Progress) -> Iterator[str]:
    with archive.reading() as connection:
        if not are_whole(connection):
            return
        total = connection.execute(_LAST).scalar() or 0
        pairs = connection.execution_options(yield_per=WINDOW).execute(_doubted())
        while some := list(islice(pairs, WINDOW)):
            yield from _among(archive, some)
            progress(some[-1].first, total)


def _doubted() -> sa.Select[Any]:
    return _DOUBTED.where(_is_judged(_one), _is_judged(_other))


def _among(archive: Database, some: Sequence[sa.Row[Any]]) -> Iterator[str]:
    with archive.reading() as connection:
        kept = checked(connection, {key for row in some for key in (row.first, row.second)})
        for row in some:
            if row.first in kept and row.second in kept:
                one, other = kept[row.first].member, kept[row.second].member
                if missing := _missing(connection, one, other, row):
                    yield f"{one.uri} and {other.uri} are {missing}, and are not linked"


def _missing(connection: sa.Connection, one: Member, other: Member, may_be: sa.Row[Any]) -> str | None:
    """What two articles are to one another that no link says."""
    if likeness(one.version, other.version, partial(one.compared, other)) is not None:
        lost = may_be.versions and _would_be_chained(connection, one, other)
        return "versions of one story" if lost else None
    lost = may_be.near and _are_near(one, other) and _would_be_linked(connection, one, other)
    return "near" if lost else None


def _are_near(one: Member, other: Member) -> bool:
    return (
        may_be_near(one.letters or "", other.letters or "") and compare(one.text, other.text).kind is not None
    )


def _would_be_linked(connection: sa.Connection, one: Member, other: Member) -> bool:
    """Whether each would find the other among the groups that it is compared with, if it came now."""
    if any(len(nearby.members_of(connection, each.id)) > _LARGEST for each in (one, other)):
        return False
    bands = Bands(connection, Recent())
    return all(
        hers.id in nearby.heads_to_compare(connection, his, _found(bands, his, keys))
        for his, hers in ((one, other), (other, one))
        for keys in (his.keys, his.sketch)  # those of an article that is new, and of one that was there
    )


def _would_be_chained(connection: sa.Connection, one: Member, other: Member) -> bool:
    if len(chains.together(connection, (one.id, other.id))) > _LARGEST:
        return False
    bands = Bands(connection, Recent())
    return all(
        hers.id in chains.possible(connection, his.version, _found(bands, his, his.keys))
        for his, hers in ((one, other), (other, one))
    )


def _found(bands: Bands, one: Member, keys: tuple[int, ...]) -> list[int]:
    found, _ = bands.find(one.dated, keys)
    return [key for key in found if key != one.id]
