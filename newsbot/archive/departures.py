"""Posts that are out of reach, and articles with them: unless the post is there at another address.

A board that writes titles into its addresses gives a post a new one with each new title; it is then listed
anew, and the old address leads nowhere.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from newsbot.archive.schema import articles, ledger

REMOVE: Final = (
    sa.update(articles)
    .where(articles.c.id == sa.bindparam("of_id"), articles.c.removed.is_(None))
    .values(removed=sa.bindparam("since", type_=articles.c.removed.type))
)
_other: Final = ledger.alias("other")

READDRESSED: Final[sa.ColumnElement[bool]] = sa.exists().where(
    _other.c.article_id == ledger.c.article_id,
    _other.c.source == ledger.c.source,
    _other.c.id != ledger.c.id,
    _other.c.state == "stored",
    _other.c.listed_run > ledger.c.listed_run,
)
"""Of a row of the ledger: its article was listed later at another address, and is stored from there."""
