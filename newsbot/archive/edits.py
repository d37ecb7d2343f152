"""What a revision changed of the one before, noted again where a reading was replaced."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from newsbot.archive.schema import revisions
from newsbot.items import article_from_json
from newsbot.korean.text import changed_fields

_AROUND: Final = (
    sa.select(revisions.c.id, revisions.c.number, revisions.c.article)
    .where(
        revisions.c.article_id == sa.bindparam("of_article"),
        revisions.c.number.between(sa.bindparam("first"), sa.bindparam("last")),
    )
    .order_by(revisions.c.number)
)
_NOTE: Final = sa.update(revisions).where(revisions.c.id == sa.bindparam("of_id"))  # sets what it is given


def note_again(connection: sa.Connection, article: int, number: int) -> None:
    """To be called when what revision ``number`` holds was replaced: it differs anew from both beside it."""
    around = {"of_article": article, "first": number - 1, "last": number + 1}
    rows = connection.execute(_AROUND, around).all()
    read = [article_from_json(row.article) for row in rows]
    for row, before, after in zip(rows[1:], read, read[1:], strict=False):
        connection.execute(_NOTE, {"of_id": row.id, "changed": changed_fields(before, after)})
