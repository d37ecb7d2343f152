"""What was edited: changed headlines, the largest change first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from heapq import nlargest
from typing import Final

import sqlalchemy as sa

from newsbot.archive.reading import Reading
from newsbot.archive.records import HeadlineChange
from newsbot.archive.schema import articles, revisions
from newsbot.korean.edits import pieces, size

_old = revisions.alias("old")
_HEADLINES: Final = (
    sa.select(
        revisions.c.id,
        revisions.c.stored,
        revisions.c.number,
        articles.c.uri,
        articles.c.outlet,
        _old.c.article["headline"].as_string().label("before"),
        revisions.c.article["headline"].as_string().label("after"),
    )
    .join(_old, (_old.c.article_id == revisions.c.article_id) & (_old.c.number == revisions.c.number - 1))
    .join(articles, articles.c.id == revisions.c.article_id)
    .where(
        revisions.c.changed.is_not(None),
        sa.cast(revisions.c.changed, sa.Text).like('%"headline"%'),
        articles.c.withheld.is_(None),
    )
)


class History(Reading):
    def headline_changes(self, *, since: datetime | None = None, limit: int = 20) -> list[HeadlineChange]:
        """The largest changes of a headline that were stored since then; of equal ones the latest first."""
        return nlargest(limit, self._headline_changes(since), key=lambda change: (change.size, change.stored))

    def _headline_changes(self, since: datetime | None) -> Iterator[HeadlineChange]:
        wanted = _HEADLINES if since is None else _HEADLINES.where(revisions.c.stored >= since)
        for row in self.stream(wanted, revisions.c.stored, revisions.c.id):
            before, after = row["before"], row["after"]
            yield HeadlineChange(
                uri=row["uri"],
                outlet=row["outlet"],
                revision=row["number"],
                stored=row["stored"],
                before=before,
                after=after,
                size=size(pieces(before, after)),
            )
