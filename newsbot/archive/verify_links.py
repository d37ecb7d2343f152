"""What the links of an archive promise: each leads to an earlier article, which leads nowhere itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from newsbot.archive.links import CONTAINS, EXACT, NEAR, UPDATE, age
from newsbot.archive.schema import articles, decisions, links

Row: TypeAlias = dict[str, Any]
Promise: TypeAlias = tuple[str, sa.Select[*tuple[Any, ...]], Callable[[Row], str | None]]

_earliest = articles.alias("earliest")
_onward = links.alias("onward")
_ALIKE: Final = (NEAR, CONTAINS)

_parted = sa.select(decisions.c.article_id).where(  # a person said that it is not what its text says
    (decisions.c.article_id == articles.c.id) | (decisions.c.other_id == articles.c.id),
    decisions.c.verdict == "not",
)
_not_these = sa.select(decisions.c.article_id).where(
    sa.or_(
        (decisions.c.article_id == links.c.article_id) & (decisions.c.other_id == links.c.earliest_id),
        (decisions.c.other_id == links.c.article_id) & (decisions.c.article_id == links.c.earliest_id),
    ),
    decisions.c.verdict == "not",
)


def _linked(kinds: tuple[str, ...], onward: tuple[str, ...]) -> sa.Select[Any]:
    """Links of these kinds, and whether their target is linked onward by one of those."""
    leads_on = sa.select(_onward.c.article_id).where(
        _onward.c.article_id == _earliest.c.id, _onward.c.kind.in_(onward)
    )
    return (
        sa.select(
            articles.c.uri,
            articles.c.text_hash,
            articles.c.date_published,
            _earliest.c.uri.label("earliest"),
            _earliest.c.text_hash.label("earliest_text"),
            _earliest.c.date_published.label("earliest_date"),
            leads_on.exists().label("leads_on"),
            _not_these.exists().label("parted"),
        )
        .join(links, (links.c.article_id == articles.c.id) & links.c.kind.in_(kinds))
        .join(_earliest, _earliest.c.id == links.c.earliest_id)
    )


_UNLINKED: Final = (
    sa.select(sa.func.min(articles.c.uri).label("uri"), (sa.func.count() - 1).label("others"))
    .outerjoin(links, (links.c.article_id == articles.c.id) & (links.c.kind == EXACT))
    .where(articles.c.text_hash.is_not(None), links.c.article_id.is_(None), ~_parted.exists())
    .group_by(articles.c.text_hash)
    .having(sa.func.count() > 1)
)
# The version that supersedes another belongs to the same chain: both lead to its first, or are it.
_own, _next = links.alias("own"), links.alias("next")
_STRAY: Final = (
    sa.select(articles.c.uri)
    .outerjoin(_own, (_own.c.article_id == articles.c.id) & (_own.c.kind == UPDATE))
    .outerjoin(_next, (_next.c.article_id == articles.c.superseded_by) & (_next.c.kind == UPDATE))
    .where(
        articles.c.superseded_by.is_not(None),
        sa.func.coalesce(_own.c.earliest_id, articles.c.id)
        != sa.func.coalesce(_next.c.earliest_id, articles.c.superseded_by),
    )
)


def _link_fault(row: Row) -> str | None:
    said = f"{row['uri']} is linked to {row['earliest']} as the earliest of its text, "
    if row["leads_on"]:
        return said + "which is itself linked to another"
    if row["text_hash"] is None or row["text_hash"] != row["earliest_text"]:
        return said + "but their texts differ"
    return _fault(row, said)


def _near_fault(row: Row) -> str | None:
    said = f"{row['uri']} is linked to {row['earliest']} as the earliest of its like, "
    return said + "which is itself linked to another" if row["leads_on"] else _fault(row, said)


def _update_fault(row: Row) -> str | None:
    said = f"{row['uri']} is linked to {row['earliest']} as the first of its story, "
    if row["leads_on"]:
        return said + "which is itself a version of another"
    return said + "though a person parted them" if row["parted"] else None


def _fault(row: Row, said: str) -> str | None:
    if row["parted"]:
        return said + "though a person parted them"
    if age(row["earliest_date"], row["earliest"]) >= age(row["date_published"], row["uri"]):
        return said + "but is the earlier one"
    return None


PROMISES: Final[tuple[Promise, ...]] = (
    ("duplicates", _linked((EXACT,), (EXACT,)), _link_fault),
    ("duplicates", _UNLINKED, "{uri} and {others} others have equal texts, but no links".format_map),
    ("matches", _linked(_ALIKE, (*_ALIKE, EXACT)), _near_fault),
    ("chains", _linked((UPDATE,), (UPDATE,)), _update_fault),
    ("chains", _STRAY, "{uri} is superseded by an article that is no version of its story".format_map),
)
