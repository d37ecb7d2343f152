"""Whether the versions of a story supersede one another as they have to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from newsbot.archive.chains import is_laid
from newsbot.archive.database import Database
from newsbot.archive.links import UPDATE
from newsbot.archive.schema import articles, links

_FIRSTS: Final = (
    sa.select(articles.c.id, articles.c.uri)
    .join(links, (links.c.earliest_id == articles.c.id) & (links.c.kind == UPDATE))
    .distinct()
)


def disordered(archive: Database) -> Iterator[str]:
    """The chains in another order than their versions' forms and dates give them, a line each."""
    for first in archive.stream(_FIRSTS, articles.c.id):
        with archive.reading() as connection:
            laid = is_laid(connection, first["id"])
        if not laid:
            yield f"the versions of {first['uri']} supersede one another in another order"
