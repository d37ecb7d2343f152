"""Keeping an article: new, revised or unchanged, matched by its text, and its headline done, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive import captures, grouping, links, members, sketches
from newsbot.archive.article_rows import article_entered, columns, revision_row
from newsbot.archive.asking import Asked, ask
from newsbot.archive.bands import Bands
from newsbot.archive.captured import Journal, NewCapture
from newsbot.archive.database import Database
from newsbot.archive.done import Done, finish_entries, note_correction
from newsbot.archive.entries import VISITS, Stamp, next_visit
from newsbot.archive.indexing import Changes
from newsbot.archive.members import Member
from newsbot.archive.prepared import Prepared, together
from newsbot.archive.records import Stored
from newsbot.archive.schema import articles, revisions
from newsbot.items import Article, Candidate, Headline, article_from_json
from newsbot.korean.text import changed_fields, new_correction

_FIND: Final = sa.select(articles).where(articles.c.uri == sa.bindparam("of_uri"))
_LATEST: Final = (
    sa.select(revisions.c.article)
    .where(revisions.c.article_id == sa.bindparam("of_id"))
    .order_by(revisions.c.number.desc())
    .limit(1)
)
_ADD: Final = sa.insert(articles)
_ADD_AND_TELL: Final = _ADD.returning(articles.c.id, sort_by_parameter_order=True)
_ADD_ONE: Final = Prepared(_ADD.returning(articles.c.id))
_LAST: Final = sa.select(sa.func.coalesce(sa.func.max(articles.c.id), 0))
_ADD_ITS: Final = Prepared(
    sa.insert(revisions).inline().values(capture_id=captures.AT_PLACE, article_id=article_entered())
)
_ADD_REVISION: Final = Prepared(sa.insert(revisions).inline().values(capture_id=captures.AT_PLACE))
_CHANGE: Final = sa.update(articles).where(articles.c.id == sa.bindparam("of_id"))  # sets what it is given


class Store(Database):
    def store(self, run: int, source: str, candidate: Candidate, *, when: datetime) -> Stored:
        """Keeps an article and marks its headline as stored, in one transaction.

        The same uri is the same article; a ``content_hash`` other than its latest revision's makes a new
        revision. An article whose ``text_hash`` equals another's is kept, and linked to the earliest of
        them. The headline is the one the article carries as its ``listing``, else of its own id.
        """
        return self.store_together(run, source, [candidate], when=when)[0]

    def store_together(
        self,
        run: int,
        source: str,
        candidates: Sequence[Candidate],
        *,
        when: datetime,
        captured: Sequence[NewCapture] = (),
        journal: Journal | None = None,
        visits: Sequence[timedelta] = VISITS,
    ) -> list[Stored]:
        """Keeps several articles as ``store`` does, in one transaction: all of them, or none if it raises.

        ``captured``: the captures that they point at, and others of the same file, entered with them.
        ``journal``: what of that file is not safe on the disk.
        ``visits``: how long after their publication they are to be read again.
        """
        stamp = Stamp(run, source, when, visits)
        with self.writing() as connection:
            with together(connection):
                captures.enter_whole(connection, captured, journal)
                told = ask(connection, candidates, when, self.recent)
            captures.enter_revisits(connection, captured)
            asked = told()
            stored = _Storing(connection, stamp, asked).store(candidates)
        asked.bands.kept()
        return stored


class _Storing:
    """One transaction's articles. New ones in a row are written together: statements cost more than rows."""

    def __init__(self, connection: sa.Connection, stamp: Stamp, asked: Asked) -> None:
        self._connection = connection
        self._stamp = stamp
        sketches.note_first(connection, asked.versions, stamp.when)
        self._changes = Changes(connection, asked.versions)
        self._bands = asked.bands
        self._fresh = asked.fresh
        self._first: dict[str, datetime] = {uri: row.first_stored for uri, row in asked.found.items()}
        self._found = asked.found  # of articles that are there and did not come yet

    def store(self, candidates: Sequence[Candidate]) -> list[Stored]:
        """In their order: what comes twice is compared with what came first."""
        stored: list[tuple[int, Stored]] = []
        for is_new, some in groupby(_marked_new(candidates, self._fresh), key=itemgetter(0)):
            these = [candidate for _, candidate in some]
            stored += self._add(these) if is_new else map(self._again, these)
        with together(self._connection):
            see_to_others = self._finish(candidates, stored)
            self._changes.apply()
            self._bands.apply()
        see_to_others()
        self._note_corrections(candidates, stored)
        return [each for _, each in stored]

    def _add(self, candidates: Sequence[Candidate]) -> Iterator[tuple[int, Stored]]:
        when = self._stamp.when
        rows = [
            {"uri": each.article.uri, "first_stored": when, **columns(each, 1, when, when)}
            for each in candidates
        ]
        keys = self._entered(rows, candidates)
        for key, each in zip(keys, candidates, strict=True):
            member = self._fresh[each.article.uri].known_as(key)
            duplicate_of = grouping.enter(self._bands, member, when)
            self._changes.enter(key, member.dated, each.article)
            yield key, Stored(kind="new", uri=member.uri, revision=1, duplicate_of=duplicate_of)

    def _entered(self, rows: Sequence[Mapping[str, Any]], candidates: Sequence[Candidate]) -> Sequence[int]:
        """Enters new articles with their first revisions; their ids, which rise in their order."""
        if len(rows) == 1:
            with together(self._connection):
                told = _ADD_ONE.ask(self._connection, rows[0])
                _ADD_ITS.run(self._connection, [revision_row(1, candidates[0], self._stamp)])
            return [row.id for row in told()]
        keys = _numbered(self._connection, rows)
        _ADD_REVISION.run(
            self._connection,
            [
                {"article_id": key, **revision_row(1, each, self._stamp)}
                for key, each in zip(keys, candidates, strict=True)
            ],
        )
        return keys

    def _again(self, candidate: Candidate) -> tuple[int, Stored]:
        uri = candidate.article.uri
        found = self._found.pop(uri, None) or self._connection.execute(_FIND, {"of_uri": uri}).one()
        if found.content_hash == candidate.content_hash:
            return found.id, _check(self._connection, found, self._stamp.when)
        self._changes.leave(found.id)
        stored = _revise(self._bands, found, candidate, self._stamp)
        self._changes.enter(
            found.id, candidate.article.date_published or found.first_stored, candidate.article
        )
        return found.id, stored

    def _finish(
        self, candidates: Sequence[Candidate], stored: Sequence[tuple[int, Stored]]
    ) -> Callable[[], None]:
        """The headlines of these are done."""
        headlines = [_headline(candidate.article) for candidate in candidates]
        visits = [self._next_visit(each.article) for each in candidates]
        done = (
            Done(headline, key, visit)
            for headline, (key, _), visit in zip(headlines, stored, visits, strict=True)
        )
        return finish_entries(self._connection, self._stamp, done)

    def _note_corrections(
        self, candidates: Sequence[Candidate], stored: Sequence[tuple[int, Stored]]
    ) -> None:
        for candidate, (_, each) in zip(candidates, stored, strict=True):
            if each.correction is not None:
                note_correction(self._connection, self._stamp, _headline(candidate.article), each.correction)

    def _next_visit(self, article: Article) -> datetime | None:
        first = self._first.get(article.uri, self._stamp.when)
        return next_visit(article.date_published, first, self._stamp)


def _numbered(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """Enters articles; their ids, which rise in their order."""
    if connection.dialect.name == "postgresql":
        return list(connection.execute(_ADD_AND_TELL, rows).scalars())
    # SQLite tells a statement's ids in no order, so they are given to it: nobody else is writing.
    last = connection.execute(_LAST).scalar_one()
    keys = range(last + 1, last + 1 + len(rows))
    connection.execute(_ADD, [{"id": key, **row} for key, row in zip(keys, rows, strict=True)])
    return keys


def _marked_new(
    candidates: Sequence[Candidate], fresh: Mapping[str, Member]
) -> Iterator[tuple[bool, Candidate]]:
    """Whether each is new: a new one that comes again is so only once."""
    left = set(fresh)
    for candidate in candidates:
        yield candidate.article.uri in left, candidate
        left.discard(candidate.article.uri)


def _headline(article: Article) -> Headline:
    if article.listing is not None:
        return article.listing
    return Headline(
        document_id=article.document_id or article.uri,
        url=article.canonical_url or article.url,
        title=article.headline,
    )


def _check(connection: sa.Connection, found: sa.Row[Any], when: datetime) -> Stored:
    connection.execute(_CHANGE, {"of_id": found.id, "checked": when, "removed": None})
    duplicate_of = links.earliest_of(connection, found.id)
    return Stored(kind="unchanged", uri=found.uri, revision=found.revision, duplicate_of=duplicate_of)


def _revise(bands: Bands, found: sa.Row[Any], candidate: Candidate, stamp: Stamp) -> Stored:
    connection = bands.connection
    number = found.revision + 1
    old = article_from_json(connection.execute(_LATEST, {"of_id": found.id}).scalar_one())
    changed = changed_fields(old, candidate.article)

    def keep() -> None:
        _ADD_REVISION.run(
            connection, [{"article_id": found.id, **revision_row(number, candidate, stamp, changed=changed)}]
        )

    values = columns(candidate, number, found.first_stored, stamp.when)
    change_article(bands, found, candidate, values, keep, when=stamp.when)
    return Stored(
        kind="revised",
        uri=found.uri,
        revision=number,
        duplicate_of=links.earliest_of(connection, found.id),
        correction=new_correction(old, candidate.article),
    )


def change_article(
    bands: Bands,
    found: sa.Row[Any],
    candidate: Candidate,
    values: Mapping[str, Any],
    keep: Callable[[], None],
    *,
    when: datetime,
) -> None:
    """Makes ``candidate`` what an article is in its latest revision, which ``keep`` writes.

    ``found``: its row, as it was. Its matches follow, by ``bands``; the search index is the caller's.
    """
    connection = bands.connection
    after = members.of_candidate(candidate, found.first_stored).known_as(found.id)
    (before,) = members.load(connection, [found.id])
    connection.execute(_CHANGE, {"of_id": found.id, **values})
    keep()
    grouping.revise(bands, before, after, when)
