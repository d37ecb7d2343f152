"""Reading an archive: one article, its revisions, all of them as a stream, and the counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final, Literal, TypedDict, Unpack

import sqlalchemy as sa

from newsbot.archive.database import Database
from newsbot.archive.latest import is_first, is_latest
from newsbot.archive.links import EXACT
from newsbot.archive.records import Counts, Event, StoredArticle
from newsbot.archive.schema import (
    STATES,
    articles,
    capture_files,
    captures,
    events,
    ledger,
    links,
    revisions,
    runs,
)
from newsbot.errors import ArchiveError
from newsbot.items import Article, Capture, article_from_json

SCHEME: Final = "newsbot:"
_NAMED: Final = 5  # how many candidates an error names

_earliest = articles.alias("earliest")
_same = revisions.alias("same")
_KEPT: Final = (
    sa.select(
        articles.c.id,
        articles.c.dated,
        articles.c.first_stored,
        articles.c.removed,
        articles.c.withheld,
        *(column for column in revisions.c if column.name != "id"),
        _earliest.c.uri.label("duplicate_of"),
        capture_files.c.name.label("capture_file"),
        captures.c.offset.label("capture_offset"),
        captures.c.length.label("capture_length"),
        captures.c.payload_sha256.label("capture_sha256"),
    )
    .select_from(revisions)
    .join(articles, articles.c.id == revisions.c.article_id)
    .outerjoin(links, (links.c.article_id == articles.c.id) & (links.c.kind == EXACT))
    .outerjoin(_earliest, (_earliest.c.id == links.c.earliest_id) & _earliest.c.withheld.is_(None))
    .outerjoin(captures, captures.c.id == revisions.c.capture_id)
    .outerjoin(capture_files, capture_files.c.id == captures.c.file_id)
)
_SEEN: Final = articles.c.withheld.is_(None)
LATEST: Final = _KEPT.where(revisions.c.number == articles.c.revision)


class Choice(TypedDict, total=False):
    """Which articles. None: any.

    ``since`` (included) and ``until`` (excluded) bound the date published, or that of the first storing
    where none was printed. ``run`` stored them, or a revision of them. ``versions``: of each wire story only
    the latest version, or the first.
    """

    source: str | None
    site: str | None
    outlet: str | None
    since: datetime | None
    until: datetime | None
    run: int | None
    versions: Literal["latest", "first"] | None


class Reading(Database):
    """What is withheld is left out everywhere, unless ``withheld`` asks for it too."""

    def article(self, ref: str, *, withheld: bool = False) -> StoredArticle | None:
        """The latest revision of what ``ref`` names, or None.

        ``ref`` is a uri (with or without "newsbot:"), an URL, or a document id. Raises ArchiveError,
        naming the candidates, when several articles answer to it.
        """
        uri = self._resolve(ref, withheld=withheld)
        if uri is None:
            return None
        with self.reading() as connection:
            return stored_article(
                dict(connection.execute(LATEST.where(articles.c.uri == uri)).mappings().one())
            )

    def revisions(self, uri: str, *, withheld: bool = False) -> list[StoredArticle]:
        """Every revision of an article, the first one first; [] when there is no such article."""
        of_article = _KEPT.where(articles.c.uri == uri).order_by(revisions.c.number)
        if not withheld:
            of_article = of_article.where(_SEEN)
        with self.reading() as connection:
            return [stored_article(dict(row)) for row in connection.execute(of_article).mappings()]

    def events(self, uri: str) -> list[Event]:
        """When the posts behind an article went out of reach, came back or were corrected, by time."""
        wanted = (ledger.c.source, ledger.c.document_id, events.c.state, events.c.happened, events.c.detail)
        joined = sa.select(*wanted).join(ledger, ledger.c.id == events.c.ledger_id)
        of_article = joined.join(articles, articles.c.id == ledger.c.article_id).where(articles.c.uri == uri)
        with self.reading() as connection:
            rows = connection.execute(of_article.order_by(events.c.happened, events.c.id)).mappings()
            return [Event(**row) for row in rows]

    def articles(
        self, *, newest_first: bool = False, withheld: bool = False, **choice: Unpack[Choice]
    ) -> Iterator[StoredArticle]:
        """The latest revision of every article, or of the chosen ones, in constant memory.

        In the order they were first stored, or by date, the newest first. Of a ``run``, the revision that
        it stored.
        """
        run = choice.get("run")
        revision = LATEST if run is None else _stored_by(run)
        chosen = revision.where(*wanted(choice, withheld=withheld))
        keys = (articles.c.dated, articles.c.id) if newest_first else (articles.c.id,)
        for row in self.stream(chosen, *keys, descending=newest_first):
            yield stored_article(row)

    def how_many(self, *, withheld: bool = False, **choice: Unpack[Choice]) -> int:
        """How many articles ``articles`` gives for the same choice."""
        with self.reading() as connection:
            return _count(connection, articles, *wanted(choice, withheld=withheld))

    def counts(self) -> Counts:
        states = sa.select(ledger.c.state, sa.func.count().label("rows")).group_by(ledger.c.state)
        with self.reading() as connection:
            found = {row.state: row.rows for row in connection.execute(states)}
            return Counts(
                articles=_count(connection, articles),
                withheld=_count(connection, articles, articles.c.withheld.is_not(None)),
                revisions=_count(connection, revisions),
                duplicates=_folded(connection),
                runs=_count(connection, runs),
                headlines={state: found.get(state, 0) for state in STATES},
            )

    def _resolve(self, ref: str, *, withheld: bool) -> str | None:
        named = sa.select(articles.c.uri).limit(_NAMED)
        if not withheld:
            named = named.where(_SEEN)
        ways = (
            articles.c.uri.in_([ref, SCHEME + ref]),
            (articles.c.url == ref)
            | (articles.c.canonical_url == ref) & (articles.c.canonical_url != articles.c.url),
            articles.c.document_id == ref,
        )
        with self.reading() as connection:
            for way in ways:
                uris: Sequence[str] = connection.execute(named.where(way)).scalars().all()
                if len(uris) > 1:
                    raise ArchiveError(f"{ref!r} is several articles: name one by its uri, {', '.join(uris)}")
                if uris:
                    return uris[0]
        return None


def _stored_by(run: int) -> sa.Select[Any]:
    number = sa.select(sa.func.max(_same.c.number)).where(
        _same.c.article_id == articles.c.id, _same.c.run_id == run
    )
    return _KEPT.where(revisions.c.number == number.scalar_subquery())


def wanted(choice: Choice, *, withheld: bool) -> list[sa.ColumnElement[bool]]:
    """The conditions of a choice, on the table ``articles``."""
    return [
        *([] if withheld else [_SEEN]),
        *(_CHOOSES[name](value) for name, value in choice.items() if value is not None),
    ]


def _listed_by(source: str) -> sa.ColumnElement[bool]:
    listed = sa.select(ledger.c.id).where(ledger.c.article_id == articles.c.id, ledger.c.source == source)
    return listed.exists()


def _revised_by(run: int) -> sa.ColumnElement[bool]:
    revised = sa.select(_same.c.id).where(_same.c.article_id == articles.c.id, _same.c.run_id == run)
    return revised.exists()


_CHOOSES: Final[Mapping[str, Callable[[Any], sa.ColumnElement[bool]]]] = {
    "source": _listed_by,
    "site": lambda site: articles.c.site == site,
    "outlet": lambda outlet: articles.c.outlet == outlet,
    "since": lambda since: articles.c.dated >= since,
    "until": lambda until: articles.c.dated < until,
    "run": _revised_by,
    "versions": lambda which: is_latest(articles) if which == "latest" else is_first(articles),
}


def _count(connection: sa.Connection, table: sa.Table, *only: sa.ColumnElement[bool]) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(table).where(*only)).scalar_one()


def _folded(connection: sa.Connection) -> int:
    folded = sa.select(sa.func.count(links.c.article_id.distinct())).where(links.c.folded)
    return connection.execute(folded).scalar_one()


def stored_article(row: Mapping[str, Any]) -> StoredArticle:
    return StoredArticle(
        article=_article(row),
        revision=row["number"],
        content_hash=row["content_hash"],
        text_hash=row["text_hash"],
        parser_version=row["parser_version"],
        run=row["run_id"],
        stored=row["stored"],
        first_stored=row["first_stored"],
        removed=row["removed"],
        withheld=row["withheld"],
        duplicate_of=row["duplicate_of"],
        changed=None if row["changed"] is None else tuple(row["changed"]),
    )


def _article(row: Mapping[str, Any]) -> Article:
    article = article_from_json(row["article"])
    if row["capture_file"] is None:
        return article
    names = (field.name for field in fields(Capture))
    return replace(article, capture=Capture(**{name: row[f"capture_{name}"] for name in names}))
