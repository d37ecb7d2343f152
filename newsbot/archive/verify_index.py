"""Whether the search index holds what the articles say: every entry, and nothing beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import sqlalchemy as sa

from newsbot.archive.database import Database
from newsbot.archive.index import Index
from newsbot.archive.indexing import step_of, whole_index
from newsbot.archive.records import Progress
from newsbot.archive.schema import articles, revisions
from newsbot.archive.several import one_of

_AT_ONCE: Final = 500  # articles
_ANEW: Final = "run `newsbot reindex`"
_HOW_MANY: Final = sa.select(sa.func.count()).select_from(articles)
_KEPT: Final = (
    sa.select(
        articles.c.id,
        articles.c.uri,
        articles.c.dated,
        articles.c.revision,
        sa.cast(revisions.c.article, sa.Text).label("json"),
    )
    .join(revisions, (revisions.c.article_id == articles.c.id) & (revisions.c.number == articles.c.revision))
    .where(one_of(articles.c.id, "ids"))
)


def unsearchable(archive: Database, progress: Progress) -> Iterator[str]:
    """What is wrong with the index, a line each, in constant memory; nothing of one that is to be rebuilt.

    ``progress`` is told (done, total) in articles.
    """
    with archive.reading() as connection:
        index = whole_index(connection)
        if index is None:
            return
        total = connection.execute(_HOW_MANY).scalar_one()
        yield from _told_by_rows(connection, index, total)
    done, ids = 0, (row["id"] for row in archive.stream(sa.select(articles.c.id), articles.c.id))
    while some := list(islice(ids, _AT_ONCE)):
        yield from _unlike(archive, index, some)
        done += len(some)
        progress(done, total)


def _told_by_rows(connection: sa.Connection, index: Index, total: int) -> Iterator[str]:
    for uri in index.missing(connection):
        yield f"{uri} is not in the search index: {_ANEW}"
    kept = index.entries(connection)
    if kept > total:
        yield f"the search index has {kept} entries for {total} articles: {_ANEW}"
    elif index.is_torn(connection):
        yield f"the search index holds words of no article: {_ANEW}"


def _unlike(archive: Database, index: Index, ids: Sequence[int]) -> Iterator[str]:
    """Those whose entries are others, as of one moment: crawls may go on meanwhile."""
    with archive.reading() as connection:
        rows = {row.id: row for row in connection.execute(_KEPT, {"ids": ids})}
        steps = [step for row in rows.values() if (step := step_of(row)) is not None]
        edited = {key for key, row in rows.items() if row.revision > 1}
        others = index.unlike(connection, steps, edited) if steps else set()
    for key in sorted(others):
        yield f"{rows[key].uri} is in the search index with other words: {_ANEW}"
