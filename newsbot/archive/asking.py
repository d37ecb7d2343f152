"""What a transaction asks before it writes: which of its articles are there, and what they resemble.

A statement costs more than what it finds, so all is asked for several articles together; of one alone, as a
crawl at its usual pace stores them, by a single statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive import recent
from newsbot.archive.bands import AMONG, Bands, Place, among, places
from newsbot.archive.members import Member, of_candidate
from newsbot.archive.prepared import Prepared
from newsbot.archive.recent import Recent
from newsbot.archive.schema import articles, bands, recent_bands, schemes
from newsbot.archive.several import one_of
from newsbot.items import Candidate

_COLUMNS: Final = (
    articles.c.id,
    articles.c.uri,
    articles.c.text_hash,
    articles.c.content_hash,
    articles.c.revision,
    articles.c.first_stored,
)
_KNOWN: Final = Prepared(
    sa.select(*_COLUMNS).where(one_of(articles.c.uri, "uris") | one_of(articles.c.text_hash, "texts"))
)
_VERSIONS: Final = Prepared(sa.select(schemes.c.name, schemes.c.version))

_text: Final = sa.cast(sa.null(), sa.Text)
_number: Final = sa.cast(sa.null(), sa.BigInteger)


def _told_as(kind: str) -> sa.ColumnElement[str]:
    return sa.literal_column(f"'{kind}'", sa.Text).label("kind")


_ALL_OF_ONE: Final = Prepared(
    sa.union_all(
        sa.select(_told_as("article"), *_COLUMNS, _number.label("period"), _number.label("key")).where(
            (articles.c.uri == sa.bindparam("of_uri")) | (articles.c.text_hash == sa.bindparam("of_text"))
        ),
        sa.select(_told_as("scheme"), _number, schemes.c.name, schemes.c.version, _text, *(_number,) * 4),
        *(
            sa.select(
                _told_as(kind), of.c.article_id, *(_text,) * 3, *(_number,) * 2, of.c.period, of.c.key
            ).where(where)
            for kind, of, where in (("band", bands, AMONG), ("recent", recent_bands, recent.AFTER))
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Asked:
    """``versions``: what the table ``schemes`` says. ``found``: rows of articles that are there, by uri.

    ``fresh``: those that are not, by uri. ``bands``: what these resemble, asked already.
    """

    versions: Mapping[str, str]
    found: dict[str, Any]
    fresh: dict[str, Member]
    bands: Bands


def ask(
    connection: sa.Connection, candidates: Sequence[Candidate], when: datetime, known: Recent
) -> Callable[[], Asked]:
    """Asks, by a prepared statement alone; what it returns tells, once what was asked is there.

    ``when``: now, the date of an article that has none.
    """
    if len(candidates) == 1:
        return _of_one(connection, candidates[0], when, known)
    return partial(_of_several, connection, candidates, when, known)


def _of_several(
    connection: sa.Connection, candidates: Sequence[Candidate], when: datetime, known: Recent
) -> Asked:
    uris = {each.article.uri for each in candidates}
    texts = {each.text_hash for each in candidates if each.text_hash is not None}
    known.refresh(connection)
    there = _KNOWN.rows(connection, {"uris": uris, "texts": texts})
    found = {row.uri: row for row in there if row.uri in uris}
    new = {each.article.uri: each for each in reversed(candidates) if each.article.uri not in found}
    fresh = {uri: of_candidate(each, when) for uri, each in new.items()}
    keys = Bands(connection, known, texts & {row.text_hash for row in there})
    keys.ask(place for member in fresh.values() for place in places(member.dated, member.keys))
    return Asked(dict(_VERSIONS.rows(connection, {})), found, fresh, keys)


def _of_one(
    connection: sa.Connection, candidate: Candidate, when: datetime, known: Recent
) -> Callable[[], Asked]:
    uri, text = candidate.article.uri, candidate.text_hash
    member = of_candidate(candidate, when)
    asked = places(member.dated, member.keys)
    values = {"of_uri": uri, "of_text": text, "after": known.last, **among(asked)}
    answer = _ALL_OF_ONE.ask(connection, values)
    return lambda: _told_of_one(connection, member, asked, known, answer())


def _told_of_one(
    connection: sa.Connection, member: Member, asked: Collection[Place], known: Recent, rows: Iterable[Any]
) -> Asked:
    uri, text = member.uri, member.text_hash
    told: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        told[row.kind].append(row)
    versions = {row.uri: row.text_hash for row in told["scheme"]}
    known.take(connection, versions.get(recent.STATE), told["recent"])
    keys = Bands(connection, known, {row.text_hash for row in told["article"] if row.text_hash == text})
    keys.hold(asked, [(row.period, row.key, row.id) for row in told["band"]])
    found = {row.uri: row for row in told["article"] if row.uri == uri}
    return Asked(versions, found, {} if found else {uri: member}, keys)
