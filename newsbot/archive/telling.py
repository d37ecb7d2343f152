"""Stories across outlets: built day by day from what is stored, and listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.gathering import (
    Known,
    all_days,
    days_after,
    days_to_gather,
    gather_day,
    note_gathered,
)
from newsbot.archive.links import folded_away
from newsbot.archive.reading import Reading
from newsbot.archive.records import Progress, Story, StoryArticle
from newsbot.archive.schema import articles, stories

_LISTED: Final = (
    sa.select(
        stories.c.story_id, stories.c.score, articles.c.uri, articles.c.headline, articles.c.outlet,
        articles.c.site, articles.c.dated, folded_away(articles.c.id).label("folded"),
    )
    .join(articles, articles.c.id == stories.c.article_id)
    .where(articles.c.withheld.is_(None))
)  # fmt: skip


class Stories(Reading):
    def build_stories(self, *, when: datetime, progress: Progress | None = None) -> int:
        """Gathers what was stored since it was last done; how many days were gathered anew.

        A day a transaction, the earliest first, and where that changes something the days after it that
        rest on it: the outcome does not depend on how often it is done. ``progress`` is told (done, total)
        in days.
        """
        with self.reading() as connection:
            left, held = days_to_gather(connection), all_days(connection)
        done = 0
        known: Known = {}
        while left:
            day = min(left)
            with self.writing() as connection:
                changed, known = gather_day(connection, day, when, known)
            left.discard(day)
            if changed:
                left |= held.intersection(days_after(day))
            done += 1
            if progress is not None:
                progress(done, done + len(left))
        if done:
            with self.writing() as connection:
                note_gathered(connection, when)
        return done

    def stories(self, *, since: datetime | None = None, outlets: int = 2, limit: int = 20) -> list[Story]:
        """Stories told by at least so many outlets, those of most outlets first; of equals the latest.

        ``since``: whose earliest article was published then or later.
        """
        first = articles.alias("first")
        wanted = _LISTED.join(first, first.c.id == stories.c.story_id)
        if since is not None:
            wanted = wanted.where(first.c.dated >= since)
        told: defaultdict[int, list[Any]] = defaultdict(list)
        with self.reading() as connection:
            for row in connection.execute(wanted.order_by(articles.c.dated, articles.c.id)):
                told[row.story_id].append(row)
        found = [story for rows in told.values() if len((story := _story(rows)).outlets) >= outlets]
        return sorted(found, key=lambda story: (-len(story.outlets), -story.dated.timestamp(), story.uri))[
            :limit
        ]


def _story(rows: Sequence[Any]) -> Story:
    told = tuple(
        StoryArticle(
            uri=row.uri, headline=row.headline, outlet=row.outlet or row.site, dated=row.dated,
            score=row.score, folded=row.folded,
        )
        for row in rows
    )  # fmt: skip
    first = told[0]
    outlets = tuple(dict.fromkeys(one.outlet for one in told if not one.folded))
    return Story(uri=first.uri, headline=first.headline, dated=first.dated, outlets=outlets, articles=told)
