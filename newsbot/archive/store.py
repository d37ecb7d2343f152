"""Keeping an article: new, revised or unchanged, matched by its text, and its headline done, at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive import captures, grouping, links, members, sketches
from newsbot.archive.bands import Bands
from newsbot.archive.database import Database
from newsbot.archive.entries import VISITS, Stamp, next_visit
from newsbot.archive.indexing import Changes
from newsbot.archive.ledger import finish_entry, note_correction
from newsbot.archive.members import Member
from newsbot.archive.records import NewCapture, Stored
from newsbot.archive.schema import articles, revisions
from newsbot.items import Article, Candidate, Headline, article_from_json, as_json
from newsbot.korean.text import changed_fields, new_correction
from newsbot.versions import parser_version

_FIND: Final = sa.select(articles).where(articles.c.uri == sa.bindparam("of_uri"))
_LATEST: Final = (
    sa.select(revisions.c.article)
    .where(revisions.c.article_id == sa.bindparam("of_id"))
    .order_by(revisions.c.number.desc())
    .limit(1)
)
_KNOWN: Final = sa.select(articles.c.uri).where(articles.c.uri.in_(sa.bindparam("uris", expanding=True)))
_ADD: Final = sa.insert(articles).returning(articles.c.id)
_ADD_REVISION: Final = sa.insert(revisions).inline().values(capture_id=captures.AT_PLACE)
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
        visits: Sequence[timedelta] = VISITS,
    ) -> list[Stored]:
        """Keeps several articles as ``store`` does, in one transaction: all of them, or none if it raises.

        ``captured``: the captures that they point at, and others of the same file, entered with them.
        ``visits``: how long after their publication they are to be read again.
        """
        stamp = Stamp(run, source, when, visits)
        with self.writing() as connection:
            captures.enter(connection, captured)
            sketches.note_first(connection, when)
            changes = Changes(connection)
            bands = Bands(connection)
            fresh = _fresh(bands, candidates, when)
            stored = [_keep(bands, candidate, stamp, changes, fresh) for candidate in candidates]
            changes.apply()
            bands.apply()
            return stored


def _fresh(bands: Bands, candidates: Sequence[Candidate], when: datetime) -> dict[str, Member]:
    """The new ones among these articles by their uri; what they are to be matched with is asked at once."""
    uris = [candidate.article.uri for candidate in candidates]
    known = set(bands.connection.execute(_KNOWN, {"uris": uris}).scalars())
    fresh: dict[str, Member] = {}
    for candidate in candidates:
        if candidate.article.uri not in known:
            fresh.setdefault(candidate.article.uri, members.of_candidate(candidate, when))
    texts = [member.text_hash for member in fresh.values() if member.text_hash is not None]
    bands.ask([(member.dated, member.keys) for member in fresh.values()], texts)
    return fresh


def _keep(
    bands: Bands, candidate: Candidate, stamp: Stamp, changes: Changes, fresh: Mapping[str, Member]
) -> Stored:
    connection = bands.connection
    found = connection.execute(_FIND, {"of_uri": candidate.article.uri}).one_or_none()
    if found is None:
        key, stored = _add(bands, candidate, stamp, fresh[candidate.article.uri])
        changes.enter(key, candidate.article.date_published or stamp.when, candidate.article)
    elif found.content_hash == candidate.content_hash:
        key, stored = found.id, _check(connection, found, stamp.when)
    else:
        changes.leave(found.id)
        key, stored = found.id, _revise(bands, found, candidate, stamp)
        changes.enter(key, candidate.article.date_published or found.first_stored, candidate.article)
    headline = _headline(candidate.article)
    visit_due = next_visit(candidate.article.date_published, stamp)
    finish_entry(connection, stamp, headline, key, visit_due)
    if stored.correction is not None:
        note_correction(connection, stamp, headline, stored.correction)
    return stored


def _headline(article: Article) -> Headline:
    if article.listing is not None:
        return article.listing
    return Headline(
        document_id=article.document_id or article.uri,
        url=article.canonical_url or article.url,
        title=article.headline,
    )


def _add(bands: Bands, candidate: Candidate, stamp: Stamp, member: Member) -> tuple[int, Stored]:
    connection = bands.connection
    uri = candidate.article.uri
    values = columns(candidate, 1, stamp.when, stamp.when)
    key = int(connection.execute(_ADD, {"uri": uri, "first_stored": stamp.when, **values}).scalar_one())
    _add_revision(connection, key, 1, candidate, stamp)
    duplicate_of = grouping.enter(bands, member.known_as(key), stamp.when)
    return key, Stored(kind="new", uri=uri, revision=1, duplicate_of=duplicate_of)


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
        _add_revision(connection, found.id, number, candidate, stamp, changed=changed)

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


def columns(candidate: Candidate, revision: int, first: datetime, when: datetime) -> dict[str, Any]:
    """What ``articles`` says of an article in its latest revision."""
    article = candidate.article
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "site": article.site,
        "document_id": article.document_id,
        "outlet": article.source,
        "headline": article.headline,
        "section": article.section,
        "bylines": [byline.name for byline in article.bylines if byline.name],
        "removed": None,
        "date_published": article.date_published,
        "dated": article.date_published or first,
        "checked": when,
        "revision": revision,
        "content_hash": candidate.content_hash,
        "text_hash": candidate.text_hash,
    }


def _add_revision(
    connection: sa.Connection,
    key: int,
    number: int,
    candidate: Candidate,
    stamp: Stamp,
    *,
    changed: list[str] | None = None,
) -> None:
    capture = candidate.article.capture
    values = {
        "article_id": key,
        "number": number,
        "article": as_json(candidate.article) | {"capture": None},  # stands in a column of its own
        "capture_file": capture and capture.file,
        "capture_offset": capture and capture.offset,
        "content_hash": candidate.content_hash,
        "text_hash": candidate.text_hash,
        "parser_version": parser_version(),
        "run_id": stamp.run,
        "stored": stamp.when,
        "changed": changed,
    }
    connection.execute(_ADD_REVISION, values)
