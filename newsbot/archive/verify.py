"""Checks an archive's own promises. Each finding is one line for a person."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from newsbot.archive import verify_events, verify_links, verify_runs
from newsbot.archive.database import WINDOW, Database
from newsbot.archive.derived import DERIVED, derived, differing
from newsbot.archive.records import Finding, Progress
from newsbot.archive.schema import REMOVED, articles, ledger, revisions, runs, withholdings
from newsbot.archive.verify_chains import disordered
from newsbot.archive.verify_index import unsearchable
from newsbot.archive.verify_keys import unfound
from newsbot.archive.verify_stories import mistold
from newsbot.archive.verify_texts import unlike
from newsbot.archive.verify_unlinked import unlinked
from newsbot.errors import ArchiveError
from newsbot.items import Article, article_from_json
from newsbot.korean.text import content_hash, text_hash
from newsbot.versions import parser_version

_BAD_NUMBERS: Final = (
    sa.select(articles.c.uri, articles.c.revision, sa.func.count(revisions.c.id).label("kept"))
    .outerjoin(revisions, revisions.c.article_id == articles.c.id)
    .group_by(articles.c.id, articles.c.uri, articles.c.revision)
    .having(
        (sa.func.count(revisions.c.id) != articles.c.revision)
        | (sa.func.max(revisions.c.number) != articles.c.revision)
        | (sa.func.coalesce(sa.func.min(revisions.c.number), 0) != 1)
    )
)
_BAD_LATEST: Final = (
    sa.select(articles.c.uri)
    .join(revisions, (revisions.c.article_id == articles.c.id) & (revisions.c.number == articles.c.revision))
    .where(
        (revisions.c.content_hash != articles.c.content_hash)
        | (sa.func.coalesce(revisions.c.text_hash, "") != sa.func.coalesce(articles.c.text_hash, ""))
    )
)
_KEPT: Final = sa.select(
    revisions.c.id,
    revisions.c.number,
    sa.cast(revisions.c.article, sa.Text).label("json"),  # read as text: it may be no JSON any more
    revisions.c.content_hash,
    revisions.c.text_hash,
    revisions.c.parser_version,
    revisions.c.stored,
    articles.c.uri,
    articles.c.first_stored,
    *(column.label(f"of_{column.name}") for column in DERIVED),
).join(articles, articles.c.id == revisions.c.article_id)
UNEXPLAINED: Final = (
    sa.select(revisions.c.id, revisions.c.number, articles.c.uri)
    .join(articles, articles.c.id == revisions.c.article_id)
    .where(revisions.c.number > 1, revisions.c.changed.is_(None))
)
_NOT_KEPT: Final = sa.select(ledger.c.source, ledger.c.document_id).where(
    ledger.c.state == "stored", ledger.c.article_id.is_(None)
)
_FORGOTTEN: Final = sa.select(ledger.c.source, ledger.c.document_id, ledger.c.state).where(
    ledger.c.state.in_(("pending", "failed")), ledger.c.next_try.is_(None)
)
_open = ledger.alias("open")
UNMARKED: Final = (  # whatever their posts are now, some site takes them back, and none shows them
    sa.select(articles.c.id, articles.c.uri, sa.func.min(ledger.c.state).label("state"))
    .join(ledger, ledger.c.article_id == articles.c.id)
    .where(
        articles.c.removed.is_(None),
        ledger.c.state.in_(REMOVED),
        ~sa.select(_open.c.id)
        .where(_open.c.article_id == articles.c.id, _open.c.state.not_in(REMOVED))
        .exists(),
    )
    .group_by(articles.c.id, articles.c.uri)
)
RETURNED: Final = (  # by all its sources, and stored since
    sa.select(articles.c.id, articles.c.uri)
    .join(ledger, ledger.c.article_id == articles.c.id)
    .where(articles.c.removed.is_not(None))
    .group_by(articles.c.id, articles.c.uri)
    .having((sa.func.min(ledger.c.state) == "stored") & (sa.func.max(ledger.c.state) == "stored"))
)
_ruling = withholdings.alias("ruling")
_last = sa.select(sa.func.max(_ruling.c.id)).where(_ruling.c.article_id == articles.c.id)
RULED: Final = (  # otherwise than it is
    sa.select(articles.c.id, articles.c.uri, withholdings.c.action, withholdings.c.decided)
    .select_from(articles)
    .outerjoin(withholdings, withholdings.c.id == _last.scalar_subquery())
    .where(
        (articles.c.withheld.is_not(None) & (sa.func.coalesce(withholdings.c.action, "") != "withheld"))
        | (articles.c.withheld.is_(None) & (withholdings.c.action == "withheld"))
    )
)
UNANSWERED: Final = (
    sa.select(runs.c.id, runs.c.source, sa.func.count().label("headlines"))
    .join(ledger, (ledger.c.taken_run == runs.c.id) & (ledger.c.source == runs.c.source))
    .where(runs.c.state == "finished", ledger.c.next_try.is_not(None), ledger.c.failure.is_(None))
    .group_by(runs.c.id, runs.c.source)
)


Row: TypeAlias = dict[str, Any]


class Verify(Database):
    def verify(self, *, progress: Progress | None = None) -> Iterator[Finding]:
        """Every promise that does not hold; nothing when all do.

        Reads the whole archive, in constant memory. ``progress`` is told (done, total): in articles while
        keys, links and the search index are looked at, in days of stories, and last in revisions.
        """
        show = progress or _silent
        yield from self._surely("file", self._damage())
        for check, statement, told in _PROMISES:
            yield from self._surely(check, self._broken(statement, told))
        yield from self._surely("matches", unlike(self))
        yield from self._surely("chains", disordered(self))
        yield from self._surely("keys", unfound(self, show))
        yield from self._surely("links", unlinked(self, show))
        yield from self._surely("stories", mistold(self, show))
        yield from self._surely("search", unsearchable(self, show))
        yield from self._surely("revisions", self._unreadable(show))

    def _surely(self, check: str, findings: Iterator[str]) -> Iterator[Finding]:
        """What a check found; that it could not go on, as in a damaged file, is a finding too."""
        try:
            for text in findings:
                yield Finding(check=check, text=text)
        except ArchiveError as error:
            yield Finding(check=check, text=str(error))

    def _damage(self) -> Iterator[str]:
        with self.reading() as connection:
            yield from self.backend.damage(connection)

    def _broken(self, statement: sa.Select[Any], told: Callable[[Row], str | None]) -> Iterator[str]:
        with self.reading() as connection:
            for row in connection.execution_options(yield_per=WINDOW).execute(statement).mappings():
                if text := told(dict(row)):
                    yield text

    def _unreadable(self, progress: Progress) -> Iterator[str]:
        with self.reading() as connection:
            total = connection.execute(sa.select(sa.func.count()).select_from(revisions)).scalar_one()
        for done, row in enumerate(self.stream(_KEPT, revisions.c.id), 1):
            if text := _misread(row):
                yield text
            progress(done, total)


def _misread(row: Row) -> str | None:
    """What is wrong with the article of one revision."""
    place = f"revision {row['number']} of {row['uri']}"
    try:
        article = article_from_json(json.loads(row["json"]))
    except (ValueError, KeyError, TypeError) as error:
        return f"{place} cannot be read: {error!r}"
    if article.uri != row["uri"]:
        return f"{place} holds another article, {article.uri}"
    if content_hash(article) != row["content_hash"]:
        return f"{place} is not what was stored: its content has another hash"
    # How a text is freed of its tail may differ between versions: only its own can repeat the hash.
    if row["parser_version"] == parser_version() and text_hash(article.body) != row["text_hash"]:
        return f"{place} is not what was stored: its text has another hash"
    return _misplaced(row, article)


def _misplaced(row: Row, article: Article) -> str | None:
    """What the columns of an article say that its revision does not; their hashes are held against SQL."""
    if row["number"] == 1 and row["stored"] != row["first_stored"]:
        return f"{row['uri']} was first stored at another time than its first revision"
    if row["number"] != row["of_revision"]:
        return None
    values = derived(
        article, revision=row["number"], first=row["first_stored"],
        content_hash=row["of_content_hash"], text_hash=row["of_text_hash"],
    )  # fmt: skip
    others = differing({name: row[f"of_{name}"] for name in values}, values)
    return f"{row['uri']} says another {', '.join(others)} than its latest revision" if others else None


def _misruled(row: Row) -> str:
    if row["action"] == "withheld":
        return f"{row['uri']} is to be withheld, and is not"
    return f"{row['uri']} is withheld without a ruling: release it, or withhold it with a reason"


def _silent(done: int, total: int) -> None:
    """No progress is shown."""


_PROMISES: Final[tuple[tuple[str, sa.Select[*tuple[Any, ...]], Callable[[Row], str | None]], ...]] = (
    ("ledger", _NOT_KEPT, "{source}: {document_id} is stored, but has no article".format_map),
    ("ledger", _FORGOTTEN, "{source}: {document_id} is {state}, but is never to be tried".format_map),
    ("ledger", UNMARKED, "{uri} is {state} at its site, but is not marked as removed".format_map),
    ("ledger", RETURNED, "{uri} is marked as removed, but was stored again since".format_map),
    ("withheld", RULED, _misruled),
    ("events", verify_events.UNTOLD, verify_events.told_event),
    ("runs", UNANSWERED, "run {id} of {source} is finished, but left {headlines} headlines".format_map),
    (
        "figures",
        verify_runs.MISTOLD,
        "run {id} of {source} brought other numbers than its figures say".format_map,
    ),
    ("figures", verify_runs.MISCOUNTED, verify_runs.told_day),
    ("revisions", _BAD_NUMBERS, "{uri} should have revisions 1 to {revision}, and has {kept}".format_map),
    ("revisions", _BAD_LATEST, "{uri} and its latest revision have different hashes".format_map),
    ("revisions", UNEXPLAINED, "revision {number} of {uri} does not say what it changed".format_map),
    *verify_links.PROMISES,
)
