"""Articles as matching sees them, where it is checked; those that cannot be read are another check's."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from newsbot.archive.members import Member, of_row
from newsbot.archive.schema import articles, readings, revisions
from newsbot.archive.several import one_of
from newsbot.items import article_from_json
from newsbot.versions import parser_version

_replaced: Final = sa.select(readings.c.id).where(
    readings.c.revision_id == revisions.c.id, readings.c.state == "replaced"
)
_KEPT: Final = (
    sa.select(
        articles,
        sa.cast(revisions.c.article, sa.Text).label("json"),
        revisions.c.parser_version,
        ((articles.c.revision > 1) | _replaced.exists()).label("is_edited"),
    )
    .select_from(articles)
    .join(revisions, (revisions.c.article_id == articles.c.id) & (revisions.c.number == articles.c.revision))
    .where(one_of(articles.c.id, "ids"))
)
_former: Final = (
    sa.select(articles, sa.cast(revisions.c.article, sa.Text).label("json"))
    .select_from(articles)
    .join(revisions, (revisions.c.article_id == articles.c.id) & (revisions.c.number < articles.c.revision))
)
_reread: Final = (
    sa.select(articles, sa.cast(readings.c.article, sa.Text).label("json"))
    .select_from(articles)
    .join(revisions, revisions.c.article_id == articles.c.id)
    .join(readings, readings.c.revision_id == revisions.c.id)
    .where(readings.c.state == "replaced")
)


@dataclass(frozen=True, slots=True)
class Checked:
    """``is_todays``: read by today's readers. ``is_edited``: revised, or read anew."""

    member: Member
    is_todays: bool
    is_edited: bool


def checked(connection: sa.Connection, ids: Collection[int]) -> dict[int, Checked]:
    """Those of these articles that can be read."""
    rows = connection.execute(_KEPT, {"ids": ids}).mappings()
    found = ((row, _member(row)) for row in rows)
    return {
        row["id"]: Checked(member, row["parser_version"] == parser_version(), bool(row["is_edited"]))
        for row, member in found
        if member is not None
    }


def formerly(connection: sa.Connection) -> Iterator[Member]:
    """What articles were before they were revised or read anew, in constant memory."""
    for former in (_former, _reread):
        for row in connection.execution_options(yield_per=500).execute(former).mappings():
            if (member := _member(row, dated_anew=True)) is not None:
                yield member


def _member(row: sa.RowMapping, *, dated_anew: bool = False) -> Member | None:
    try:
        kept = json.loads(row["json"])
        if not dated_anew:
            return of_row(dict(row), kept)
        article = article_from_json(kept)
        then = {
            "headline": article.headline,
            "outlet": article.source,
            "site": article.site,
            "date_published": article.date_published,
            "dated": article.date_published or row["first_stored"],
        }
        return of_row({**row, **then}, kept)
    except (ValueError, KeyError, TypeError):
        return None
