"""Whether the keys are there by which near texts are found, and no others: made anew from the texts.

A key is not entered that many articles of its period have already, so that one is missing proves nothing
where others may have had it and were edited since; and what is old is dropped by and by. Of a text that other
readers have read, whose letters may have been taken otherwise, it only counts that none of its keys is there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

import sqlalchemy as sa

from newsbot.archive.bands import COMMONEST, KEPT, period
from newsbot.archive.database import Database
from newsbot.archive.members import Member
from newsbot.archive.records import Progress
from newsbot.archive.schema import articles, bands, recent_bands, runs
from newsbot.archive.several import one_of
from newsbot.archive.sketches import are_whole
from newsbot.archive.verify_members import Checked, checked, formerly

Place: TypeAlias = tuple[int, int]  # period, key

MOST: Final = 100  # findings: all are mended together
_AT_ONCE: Final = 500  # articles
_COUNTED_AT_ONCE: Final = 100_000  # articles whose rows are counted in one pass over all of them
_DOUBTED: Final = 1_000  # articles that miss keys: more are not looked into

_IDS: Final = sa.select(articles.c.id)
_HOW_MANY: Final = sa.select(sa.func.count()).select_from(articles)
_LAST_RUN: Final = sa.select(sa.func.max(runs.c.started))
_HELD: Final = sa.select(bands.c.key, bands.c.article_id).where(
    bands.c.period == sa.bindparam("of_period"), one_of(bands.c.key, "keys")
)
_COUNTED: Final = sa.select(bands.c.article_id, sa.func.count().label("rows")).group_by(bands.c.article_id)
_BETWEEN: Final = _COUNTED.where(bands.c.article_id.between(sa.bindparam("first"), sa.bindparam("last")))
_LATE: Final = sa.select(recent_bands.c.article_id).distinct()
_OF_THESE: Final = _COUNTED.where(one_of(bands.c.article_id, "ids"))


@dataclass(frozen=True, slots=True)
class _Doubt:
    """An article that misses keys: it is not found by them, unless ``COMMONEST`` others had them once."""

    uri: str
    missing: Mapping[Place, int]  # how many have it now
    every: bool  # whether all of these have to be missing wrongly


def unfound(archive: Database, progress: Progress) -> Iterator[str]:
    """What is wrong with the keys, a line each, in constant memory; nothing of those that are to be rebuilt.

    ``progress`` is told (done, total) in articles. Ends after some findings.
    """
    yield from islice(_unfound(archive, progress), MOST)


def _unfound(archive: Database, progress: Progress) -> Iterator[str]:
    with archive.reading() as connection:
        last = connection.execute(_LAST_RUN).scalar()
        if last is None or not are_whole(connection):
            return
        total = connection.execute(_HOW_MANY).scalar_one()
    doubts: list[_Doubt] = []
    done, ids = 0, (row["id"] for row in archive.stream(_IDS, articles.c.id))
    while many := list(islice(ids, _COUNTED_AT_ONCE)):
        rows = _rows_of(archive, many)
        for start in range(0, len(many), _AT_ONCE):
            some = many[start : start + _AT_ONCE]
            yield from _looked_at(archive, some, period(last - KEPT), rows, doubts)
            done += len(some)
            progress(done, total)
    yield from _proved(archive, doubts)


def _rows_of(archive: Database, many: Sequence[int]) -> dict[int, int]:
    with archive.reading() as connection:
        found = connection.execute(_BETWEEN, {"first": many[0], "last": many[-1]})
        return {row.article_id: row.rows for row in found}


def _looked_at(
    archive: Database, some: Sequence[int], oldest: int, rows: Mapping[int, int], doubts: list[_Doubt]
) -> Iterator[str]:
    """The articles that have keys which are not theirs; those that miss some join the ``doubts``."""
    with archive.reading() as connection:
        late = set(connection.execute(_LATE).scalars())
        found = checked(connection, [key for key in some if key not in late]).items()
        kept = {key: one for key, one in found if _is_judged(one, oldest)}
        held = _held(connection, {place for one in kept.values() for place in _places(one.member)})
        there = {key: _there(one.member, held) for key, one in kept.items()}
        odd = [key for key, one in kept.items() if one.is_todays and rows.get(key, 0) > len(there[key])]
        # Counted again with the rest, for it may have been edited since.
        again = (
            {row.article_id: row.rows for row in connection.execute(_OF_THESE, {"ids": odd})} if odd else {}
        )
    for key in odd:
        if (more := again.get(key, 0) - len(there[key])) > 0:
            yield f"{kept[key].member.uri} is found by {more} keys that are not its own"
    doubted = (_doubt(one, there[key], held) for key, one in kept.items())
    doubts += islice((doubt for doubt in doubted if doubt), max(0, _DOUBTED - len(doubts)))


def _is_judged(one: Checked, oldest: int) -> bool:
    """Not what may be dropped; a note that was edited without its text has the keys of before."""
    return period(one.member.dated) >= oldest and not (one.is_edited and one.member.version.is_note)


def _places(member: Member) -> list[Place]:
    own = period(member.dated)
    return [(own, key) for key in dict.fromkeys(member.keys)]


def _held(connection: sa.Connection, places: Collection[Place]) -> Mapping[Place, set[int]]:
    """Which articles have been entered there."""
    keys: defaultdict[int, set[int]] = defaultdict(set)
    for own, key in places:
        keys[own].add(key)
    held: defaultdict[Place, set[int]] = defaultdict(set)
    for own, wanted in keys.items():
        for row in connection.execute(_HELD, {"of_period": own, "keys": wanted}):
            held[own, row.key].add(row.article_id)
    return held


def _there(member: Member, held: Mapping[Place, set[int]]) -> set[Place]:
    return {place for place in _places(member) if member.id in held.get(place, ())}


def _doubt(one: Checked, there: set[Place], held: Mapping[Place, set[int]]) -> _Doubt | None:
    missing = {place: len(held.get(place, ())) for place in _places(one.member) if place not in there}
    rare = {place: count for place, count in missing.items() if count < COMMONEST}
    if one.is_todays:
        return _Doubt(one.member.uri, rare, every=False) if rare else None
    none_is_there = bool(one.member.sketch) and not there and len(rare) == len(missing)
    return _Doubt(one.member.uri, rare, every=True) if none_is_there else None


def _proved(archive: Database, doubts: Sequence[_Doubt]) -> Iterator[str]:
    """Those doubts that no edited article explains: it may have had the key when it was common."""
    if not doubts:
        return
    doubted = {place for doubt in doubts for place in doubt.missing}
    had: Counter[Place] = Counter()
    with archive.reading() as connection:
        for member in formerly(connection):
            had.update(doubted.intersection(_places(member)))
    for doubt in doubts:
        wrong = [place for place, count in doubt.missing.items() if count + had[place] < COMMONEST]
        if wrong and (not doubt.every or len(wrong) == len(doubt.missing)):
            yield f"{doubt.uri} is not found by {len(wrong)} of its keys"
