"""One day's articles gathered to stories, and which days that is to be done of.

What a day's articles tell rests on the articles of that day and of the three before it, on which of those
began a story, and on what a person has parted: on nothing else, so it can be gathered again at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from newsbot.archive.schema import articles, decisions, readings, revisions, schemes, stories
from newsbot.archive.several import one_of
from newsbot.archive.standing import day_in_sql
from newsbot.korean.date_forms import KST
from newsbot.korean.stories import METHOD, WINDOW, Telling, Told, gather, is_story, words_of

Known: TypeAlias = Mapping[int, Telling]  # articles that were read already

_NAME: Final = "stories"
_RULE: Final = f"{METHOD}/far"  # by the rule before this one no change reached further than its three days
_SINCE: Final = " since "
_FIRST_DAY: Final = date(1970, 1, 1)
_DAY: Final = timedelta(days=1)
_ROWS: Final = 500  # articles read at a time
_REACH: Final = WINDOW // _DAY

_STATE: Final = sa.select(schemes.c.version, schemes.c.built).where(schemes.c.name == _NAME)
_OF_RULES: Final = sa.update(schemes).where(schemes.c.name == _NAME)
_BEGAN_STORY: Final = sa.func.coalesce(stories.c.story_id, articles.c.id) == articles.c.id
_DATED: Final = sa.select(articles.c.id, articles.c.uri, articles.c.dated, articles.c.headline)
_BODIES: Final = (
    sa.select(articles.c.id, articles.c.dated, articles.c.headline, revisions.c.article)
    .join(revisions, (revisions.c.article_id == articles.c.id) & (revisions.c.number == articles.c.revision))
    .where(articles.c.id.in_(sa.bindparam("ids", expanding=True)))
)
# Days of Korea, counted from 1970: of many articles there are few.
_DAYS: Final = sa.select(day_in_sql(articles.c.dated)).distinct()
_APART: Final = sa.select(decisions.c.article_id, decisions.c.other_id).where(decisions.c.verdict == "not")
_TOLD: Final = sa.select(stories.c.article_id, stories.c.story_id).join(
    articles, articles.c.id == stories.c.article_id
)
_TOLD_BY: Final = _TOLD.where(stories.c.article_id.in_(sa.bindparam("ids", expanding=True)))
_FORGET: Final = sa.delete(stories).where(one_of(stories.c.article_id, "ids"))
_FOLLOWS: Final = stories.c.story_id != stories.c.article_id


def all_days(connection: sa.Connection) -> set[date]:
    """The days that hold articles."""
    return set(map(_day_of, connection.execute(_DAYS).scalars()))


def days_to_gather(connection: sa.Connection) -> set[date]:
    """Those that hold what was stored, revised or decided on since the last time, and those it can change."""
    last, since = _state(connection)
    held = all_days(connection)
    if last is None:
        return held
    days = {day for day in held if since is not None and day >= since}
    changed = _changed(last)
    days |= set(map(_day_of, connection.execute(_DAYS.where(changed)).scalars()))
    days |= set(_former_days(connection, changed))
    return held & {each for day in days for each in (day, *days_after(day))}


def days_after(day: date) -> list[date]:
    """The days on which what is told can rest on this one."""
    return [day + n * _DAY for n in range(1, _REACH + 1)]


def are_gathered(connection: sa.Connection) -> bool:
    """Whether stories were ever gathered by today's rule."""
    return _state(connection)[0] is not None


def told_on(connection: sa.Connection, day: date, known: Known) -> tuple[list[Told], Known]:
    """What the articles of one day tell, and what was read of them and of the days before."""
    start = datetime.combine(day, time(), KST)
    before = _tellings(connection, _within(start - WINDOW, start), known, began=True)
    tellings = _tellings(connection, _within(start, start + _DAY), known)
    apart = [(row.article_id, row.other_id) for row in connection.execute(_APART)]
    earlier = _TOLD_BY.where(articles.c.dated < start)
    told_before = _pairs(connection.execute(earlier, {"ids": {*chain(*apart)}}))
    found = gather(before, tellings, apart=apart, told_before=told_before)
    return list(found), {telling.key: telling for telling in (*before, *tellings)}


def kept_of(connection: sa.Connection, day: date) -> dict[int, int]:
    """The articles of one day that are kept as telling a story that another one began, and which."""
    start = datetime.combine(day, time(), KST)
    return _pairs(connection.execute(_TOLD.where(*_within(start, start + _DAY), _FOLLOWS)))


def _pairs(rows: Iterable[sa.Row[Any]]) -> dict[int, int]:
    return {row.article_id: row.story_id for row in rows}


def gather_day(connection: sa.Connection, day: date, when: datetime, known: Known) -> tuple[bool, Known]:
    """Gathers the articles of one day; whether that changed anything, and what was read."""
    found, known = told_on(connection, day, known)
    before = kept_of(connection, day)
    connection.execute(_FORGET, {"ids": {*before, *(told.key for told in found)}})
    rows = [_row(told.key, told.story, told.score, when) for told in found]
    if rows:
        connection.execute(sa.insert(stories), rows)
        _enter_heads(connection, {told.story for told in found}, when)
    _note_state(connection, f"{_RULE}{_SINCE}{day + _DAY}")
    return before != {told.key: told.story for told in found}, known


def note_gathered(connection: sa.Connection, when: datetime) -> None:
    values = {"version": _RULE, "built": when}
    if not connection.execute(_OF_RULES.values(values)).rowcount:
        connection.execute(sa.insert(schemes).values(name=_NAME, **values))


def forget(connection: sa.Connection) -> None:
    """All stories, so that the next time every day is gathered."""
    connection.execute(sa.delete(stories))
    connection.execute(sa.delete(schemes).where(schemes.c.name == _NAME))


def _state(connection: sa.Connection) -> tuple[datetime | None, date | None]:
    """When stories were gathered last by today's rule; and from which day on, if it was not to the end."""
    row = connection.execute(_STATE).one_or_none()
    rule, _, since = (row.version if row else "").partition(_SINCE)
    if row is None or rule != _RULE:
        return None, None
    return row.built, date.fromisoformat(since) if since else None


def _note_state(connection: sa.Connection, version: str) -> None:
    """How far it has come; not the first time, which begins anew when it was killed."""
    connection.execute(_OF_RULES.where(schemes.c.version.startswith(_RULE)).values(version=version))


def _changed(last: datetime) -> sa.ColumnElement[bool]:
    """SQL, of ``articles``: stored, revised, read anew or decided on since then."""
    decided = decisions.c.decided >= last
    ruled = (
        sa.select(decisions.c.article_id).where(decided).union(sa.select(decisions.c.other_id).where(decided))
    )
    reread = sa.select(revisions.c.article_id).join(readings, readings.c.revision_id == revisions.c.id)
    reread = reread.where(readings.c.state == "replaced", readings.c.read >= last)
    revised = (articles.c.revision > 1) & (articles.c.checked >= last)
    return sa.or_(
        articles.c.first_stored >= last, revised, articles.c.id.in_(ruled), articles.c.id.in_(reread)
    )


def _former_days(connection: sa.Connection, changed: sa.ColumnElement[bool]) -> Iterator[date]:
    """The days on which changed articles stood before."""
    held = sa.select(articles.c.first_stored, revisions.c.article["date_published"].as_string().label("date"))
    held = held.join(revisions, revisions.c.article_id == articles.c.id).where(changed)
    replaced = sa.select(articles.c.first_stored, readings.c.article["date_published"].as_string())
    replaced = replaced.join(revisions, revisions.c.article_id == articles.c.id)
    replaced = replaced.join(readings, readings.c.revision_id == revisions.c.id)
    replaced = replaced.where(changed, readings.c.state == "replaced")
    edited = held.where(articles.c.revision > 1)
    for row in connection.execute(edited.union(replaced)):
        moment = row.first_stored if row.date is None else datetime.fromisoformat(row.date)
        yield moment.astimezone(KST).date()


def _day_of(number: int) -> date:
    return _FIRST_DAY + _DAY * number


def _row(key: int, story: int, score: float, when: datetime) -> dict[str, Any]:
    return {"article_id": key, "story_id": story, "score": score, "method": METHOD, "found": when}


def _enter_heads(connection: sa.Connection, heads: set[int], when: datetime) -> None:
    """A story's earliest article is one of its articles."""
    there = sa.select(stories.c.article_id).where(stories.c.article_id.in_(heads))
    rows = [_row(key, key, 1.0, when) for key in sorted(heads - set(connection.execute(there).scalars()))]
    if rows:
        connection.execute(sa.insert(stories), rows)


def _within(start: datetime, end: datetime) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return articles.c.dated >= start, articles.c.dated < end


def _tellings(
    connection: sa.Connection,
    span: tuple[sa.ColumnElement[bool], ...],
    known: Known,
    *,
    began: bool = False,
) -> list[Telling]:
    """What could begin a story between two moments, the earliest first; read but for what is known.

    ``began``: only what tells no story that another article began.
    """
    wanted = _DATED.where(*span)
    if began:
        wanted = wanted.outerjoin(stories, stories.c.article_id == articles.c.id).where(_BEGAN_STORY)
    rows = connection.execute(wanted).all()
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


def _body(article: Mapping[str, Any]) -> str:
    blocks: Sequence[Mapping[str, str]] = article["body"]
    return "\n".join(block["text"] for block in blocks)
