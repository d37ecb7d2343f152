"""Stories across outlets: built day by day from what is stored, and listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.links import folded_away
from newsbot.archive.reading import Reading
from newsbot.archive.records import Progress, Story, StoryArticle
from newsbot.archive.schema import articles, decisions, revisions, schemes, stories
from newsbot.korean.date_forms import KST
from newsbot.korean.stories import METHOD, WINDOW, Telling, gather, is_story, words_of

_NAME: Final = "stories"
_DAY: Final = timedelta(days=1)
_ROWS: Final = 500  # articles read at a time
_REACH: Final = WINDOW // _DAY  # days after an article whose stories it can change

_HEAD: Final = sa.func.coalesce(stories.c.story_id, articles.c.id) == articles.c.id
_HEADS: Final = sa.select(articles.c.id, articles.c.uri, articles.c.dated, articles.c.headline).outerjoin(
    stories, stories.c.article_id == articles.c.id
)
_BODIES: Final = (
    sa.select(articles.c.id, articles.c.dated, articles.c.headline, revisions.c.article)
    .join(revisions, (revisions.c.article_id == articles.c.id) & (revisions.c.number == articles.c.revision))
    .where(articles.c.id.in_(sa.bindparam("ids", expanding=True)))
)
# Days of Korea, counted from 1970: of many articles there are few.
_KST_SECONDS: Final = 9 * 3600
_DAYS: Final = sa.select((sa.type_coerce(articles.c.dated, sa.BigInteger) + _KST_SECONDS) // 86400).distinct()
_APART: Final = sa.select(decisions.c.article_id, decisions.c.other_id).where(decisions.c.verdict == "not")
_TOLD: Final = (
    sa.select(stories.c.article_id, stories.c.story_id)
    .join(articles, articles.c.id == stories.c.article_id)
    .where(stories.c.article_id.in_(sa.bindparam("ids", expanding=True)))
)
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

        A day a transaction, the earliest first: the outcome does not depend on how often it is done.
        ``progress`` is told (done, total) in days.
        """
        days = self._missing()
        known: dict[int, Telling] = {}
        for done, day in enumerate(days, 1):
            with self.writing() as connection:
                known = _gather_day(connection, day, when, known)
            if progress is not None:
                progress(done, len(days))
        if days:
            with self.writing() as connection:
                _note_built(connection, when)
        return len(days)

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

    def _missing(self) -> list[date]:
        """The days that hold what was stored since the last time, and those that it can change."""
        with self.reading() as connection:
            last = connection.execute(
                sa.select(schemes.c.built).where(schemes.c.name == _NAME, schemes.c.version == METHOD)
            ).scalar()
            changed = _DAYS
            if last is not None:
                revised = (articles.c.revision > 1) & (articles.c.checked >= last)
                ruled = articles.c.id.in_(_ruled(last))
                changed = changed.where((articles.c.first_stored >= last) | revised | ruled)
            days = {date(1970, 1, 1) + _DAY * count for count in connection.execute(changed).scalars()}
            latest = connection.execute(sa.select(sa.func.max(articles.c.dated))).scalar()
        reached = {day + n * _DAY for day in days for n in range(_REACH + 1)}
        return sorted(day for day in reached if latest is not None and day <= latest.date())


def _ruled(since: datetime) -> sa.CompoundSelect[tuple[int]]:
    """The articles on which a person has decided since then."""
    late = decisions.c.decided >= since
    return sa.select(decisions.c.article_id).where(late).union(sa.select(decisions.c.other_id).where(late))


def _gather_day(
    connection: sa.Connection, day: date, when: datetime, known: Mapping[int, Telling]
) -> dict[int, Telling]:
    """Gathers the articles of one day; what was read of them and of the days before."""
    start = datetime.combine(day, time(), KST)
    own = sa.select(articles.c.id).where(*_within(start, start + _DAY))
    connection.execute(sa.delete(stories).where(stories.c.article_id.in_(own)))
    before = _tellings(connection, (start - WINDOW, start), known)
    tellings = _tellings(connection, (start, start + _DAY), known)
    apart = [(row.article_id, row.other_id) for row in connection.execute(_APART)]
    earlier = _TOLD.where(articles.c.dated < start)
    told_before = {
        row.article_id: row.story_id for row in connection.execute(earlier, {"ids": {*chain(*apart)}})
    }
    found = [
        {"article_id": told.key, "story_id": told.story, "score": told.score, "method": METHOD, "found": when}
        for told in gather(before, tellings, apart=apart, told_before=told_before)
    ]
    if found:
        connection.execute(sa.insert(stories), found)
        _enter_heads(connection, {row["story_id"] for row in found}, when)
    return {telling.key: telling for telling in (*before, *tellings)}


def _enter_heads(connection: sa.Connection, heads: set[Any], when: datetime) -> None:
    """A story's earliest article is one of its articles."""
    there = set(
        connection.execute(sa.select(stories.c.article_id).where(stories.c.article_id.in_(heads))).scalars()
    )
    rows = [
        {"article_id": key, "story_id": key, "score": 1.0, "method": METHOD, "found": when}
        for key in sorted(heads - there)
    ]
    if rows:
        connection.execute(sa.insert(stories), rows)


def _within(start: datetime, end: datetime) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return articles.c.dated >= start, articles.c.dated < end


def _tellings(
    connection: sa.Connection, span: tuple[datetime, datetime], known: Mapping[int, Telling]
) -> list[Telling]:
    """What could begin a story between two moments, the earliest first; read but for what is known."""
    rows = connection.execute(_HEADS.where(*_within(*span), _HEAD)).all()
    ordered = [
        row.id
        for row in sorted(rows, key=lambda row: (row.dated, len(row.uri), row.uri))
        if is_story(row.headline)
    ]
    read = {key: known[key] for key in ordered if key in known}
    unread = [key for key in ordered if key not in read]
    for start in range(0, len(unread), _ROWS):
        for row in connection.execute(_BODIES, {"ids": unread[start : start + _ROWS]}):
            read[row.id] = Telling(row.id, row.dated, words_of(row.headline, _body(row.article)))
    return [read[key] for key in ordered]


def _body(article: dict[str, Any]) -> str:
    return "\n".join(block["text"] for block in article["body"])


def _note_built(connection: sa.Connection, when: datetime) -> None:
    values = {"version": METHOD, "built": when}
    if not connection.execute(sa.update(schemes).where(schemes.c.name == _NAME).values(values)).rowcount:
        connection.execute(sa.insert(schemes).values(name=_NAME, **values))


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
