"""Whether each day's articles tell the stories that are kept of them: gathered anew, as ``stories`` does it.

The days that ``newsbot stories`` has still to gather are left out, and so is all that was gathered by another
rule: it is gathered anew in any case.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import sqlalchemy as sa

from newsbot.archive.database import Database
from newsbot.archive.gathering import Known, all_days, are_gathered, days_to_gather, kept_of, told_on
from newsbot.archive.records import Progress
from newsbot.archive.schema import articles, stories

_first = stories.alias("first")
_HEADLESS: Final = (
    sa.select(articles.c.uri)
    .join(stories, stories.c.story_id == articles.c.id)
    .outerjoin(_first, _first.c.article_id == stories.c.story_id)
    .where(_first.c.article_id.is_(None))
    .distinct()
)


def mistold(archive: Database, progress: Progress) -> Iterator[str]:
    """What is wrong with the stories, a line each. ``progress`` is told (done, total) in days."""
    with archive.reading() as connection:
        if not are_gathered(connection):
            return
        lost = list(connection.execute(_HEADLESS).scalars())
        days = sorted(all_days(connection) - days_to_gather(connection))
    for uri in lost:
        yield f"{uri} began a story, and is not among its articles"
    known: Known = {}
    for done, day in enumerate(days, 1):
        with archive.reading() as connection:
            found, known = told_on(connection, day, known)
            as_kept = kept_of(connection, day) == {told.key: told.story for told in found}
        if not as_kept and _is_settled(archive, day):
            yield f"the articles of {day} tell other stories than are kept of them"
        progress(done, len(days))


def _is_settled(archive: Database, day: date) -> bool:
    """Whether nothing came meanwhile that changes it."""
    with archive.reading() as connection:
        return day not in days_to_gather(connection)
