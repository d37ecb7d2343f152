"""Articles of equal text: each linked to the earliest of them, never through one another.

The earliest is the one published first (one without a date comes last; among equals, the lower
document number), not the one stored first: boards are walked newest first, and the outcome does not
depend on the order in which a crawl, or a resumed one, happened to fetch them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.schema import articles, links
from newsbot.items import Candidate

EXACT: Final = "exact"
METHOD: Final = "letters-sha256/1"

_twin = articles.alias("twin")
# Any other article of the text leads to the earliest: by its link, or by being it.
_HEAD: Final = (
    sa.select(articles.c.id, articles.c.uri, articles.c.date_published)
    .select_from(_twin)
    .outerjoin(links, (links.c.article_id == _twin.c.id) & (links.c.kind == EXACT))
    .join(articles, articles.c.id == sa.func.coalesce(links.c.earliest_id, _twin.c.id))
    .where(_twin.c.text_hash == sa.bindparam("text_hash"), _twin.c.id != sa.bindparam("key"))
    .limit(1)
)
_EARLIEST: Final = (
    sa.select(articles.c.uri)
    .join(links, links.c.earliest_id == articles.c.id)
    .where(links.c.article_id == sa.bindparam("key"), links.c.kind == EXACT)
)


def earliest_of(connection: sa.Connection, key: int) -> str | None:
    """The uri of the article that this one repeats, if it repeats one."""
    return connection.execute(_EARLIEST, {"key": key}).scalar()


def join(connection: sa.Connection, key: int, candidate: Candidate, when: datetime) -> str | None:
    """Links an article into the group of its text, at a cost that does not grow with the group.

    Returns the uri of the earliest article when that is another one.
    """
    if candidate.text_hash is None:
        return None
    head = connection.execute(_HEAD, {"key": key, "text_hash": candidate.text_hash}).one_or_none()
    if head is None:
        return None
    article = candidate.article
    if age(head.date_published, head.uri) < age(article.date_published, article.uri):
        _link(connection, key, head.id, when)
        return str(head.uri)
    connection.execute(_to(head.id).values(earliest_id=key))
    _link(connection, head.id, key, when)
    return None


def leave(connection: sa.Connection, key: int) -> None:
    """Takes an article out of its group, of which the next earliest becomes the head."""
    connection.execute(_from(key))
    repeats = sa.select(articles).join(links, links.c.article_id == articles.c.id)
    group = connection.execute(repeats.where(links.c.earliest_id == key, links.c.kind == EXACT)).all()
    if group:
        head = min(group, key=lambda member: age(member.date_published, member.uri))
        connection.execute(_from(head.id))
        connection.execute(_to(key).values(earliest_id=head.id))


def age(published: datetime | None, uri: str) -> tuple[Any, ...]:
    """Sorts the earliest first."""
    return published is None, published, len(uri), uri


def _link(connection: sa.Connection, repeat: int, earliest: int, when: datetime) -> None:
    values = {"article_id": repeat, "earliest_id": earliest, "kind": EXACT, "method": METHOD}
    connection.execute(sa.insert(links), {**values, "score": 1.0, "found": when})


def _from(key: int) -> sa.Delete:
    return sa.delete(links).where(links.c.article_id == key, links.c.kind == EXACT)


def _to(key: int) -> sa.Update:
    return sa.update(links).where(links.c.earliest_id == key, links.c.kind == EXACT)
