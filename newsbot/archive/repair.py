"""Building anew what an archive can tell from what it keeps: columns, links, the search index, the ledger.

The revisions, the ledger's headlines and the captures are what is kept: they are never changed, and what
they have lost stays a finding of ``verify``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from newsbot.archive import chains, gathering, verify_events, verify_runs
from newsbot.archive.departures import REMOVE
from newsbot.archive.derived import derived, differing
from newsbot.archive.indexing import Indexing
from newsbot.archive.records import Finding
from newsbot.archive.schema import REMOVED, articles, events, ledger, revisions, runs
from newsbot.archive.sketches import Sketches
from newsbot.archive.telling import Stories
from newsbot.archive.verify import RETURNED, RULED, UNANSWERED, UNEXPLAINED, UNMARKED
from newsbot.items import Article, article_from_json
from newsbot.korean.text import changed_fields

Step: TypeAlias = Callable[[str, int, int], None]  # what is built, and how far: articles, of how many

BATCH: Final = 100  # articles in a transaction
_later = revisions.alias("later")
_LAST: Final = (
    sa.select(articles, revisions.c.article, revisions.c.number, revisions.c.content_hash.label("kept_hash"),
              revisions.c.text_hash.label("kept_text"))
    .join(revisions, revisions.c.article_id == articles.c.id)
    .where(~sa.select(_later.c.id).where(
        _later.c.article_id == revisions.c.article_id, _later.c.number > revisions.c.number
    ).exists(), articles.c.id > sa.bindparam("after"))
    .order_by(articles.c.id)
    .limit(BATCH)
)  # fmt: skip
_CHANGE: Final = sa.update(articles).where(articles.c.id == sa.bindparam("of_id"))
_first = sa.select(revisions.c.stored).where(
    revisions.c.article_id == articles.c.id,
    revisions.c.number == 1,
    revisions.c.stored != articles.c.first_stored,
)
_FIRST_STORED: Final = (
    sa.update(articles).where(_first.exists()).values(first_stored=_first.scalar_subquery())
)
_before = revisions.alias("before")
_PAIR: Final = (
    sa.select(_before.c.article.label("old"), revisions.c.article.label("new"))
    .join(
        _before,
        (_before.c.article_id == revisions.c.article_id) & (_before.c.number == revisions.c.number - 1),
    )
    .where(revisions.c.id == sa.bindparam("of_id"))
)
_EXPLAIN: Final = sa.update(revisions).where(revisions.c.id == sa.bindparam("of_id"))
_LOST: Final = (ledger.c.state == "stored") & ledger.c.article_id.is_(None)
_FORGOTTEN: Final = ledger.c.state.in_(("pending", "failed")) & ledger.c.next_try.is_(None)


class Repair(Stories, Indexing, Sketches):
    def repair(self, findings: Collection[Finding], *, when: datetime, progress: Step) -> Iterator[str]:
        """Builds anew what ``findings`` of ``verify`` say is broken; a line for a person of each thing done.

        May be killed at any moment, and run again.
        """
        broken = {found.check for found in findings}
        if broken & {"ledger", "runs"}:
            yield from self._repair_ledger(when)
        if broken & {"events", "figures"}:
            yield from self._tell_again()
        if "withheld" in broken:
            yield from self._withhold_again(when)
        if "revisions" in broken:
            yield from self._explain()
        changed = self._derive_anew(progress) if "revisions" in broken else 0
        if changed:
            yield f"{changed} articles brought in line with their latest revision"
        if changed or broken & {"duplicates", "matches", "chains", "keys", "links"}:
            matched = self.rematch(
                when=when, anew=True, progress=lambda done, total: progress("matches", done, total)
            )
            yield f"{matched} articles matched anew"
        if changed or "search" in broken:
            built = self.reindex(progress=lambda done, total: progress("search index", done, total))
            yield f"{built} articles in a search index built anew"
        if changed or "stories" in broken:
            yield from self._gather_again(when, progress)

    def _repair_ledger(self, when: datetime) -> Iterator[str]:
        again = {"state": "pending", "next_try": when, "failure": None}
        with self.writing() as connection:
            rows = connection.execute(sa.update(ledger).where(_LOST | _FORGOTTEN).values(again)).rowcount
            if rows:
                yield f"{rows} headlines to be fetched again by the next crawl"
            open_ones = [row.id for row in connection.execute(UNANSWERED)]
            connection.execute(sa.update(runs).where(runs.c.id.in_(open_ones)).values(state="partial"))
            if open_ones:
                yield f"{len(open_ones)} runs called partial: they had left headlines"
            yield from _mark(connection)

    def _tell_again(self) -> Iterator[str]:
        with self.writing() as connection:
            yield from verify_runs.count_anew(connection)
            if told := verify_events.tell_anew(connection):
                yield f"{told} events entered that were lost"

    def _gather_again(self, when: datetime, progress: Step) -> Iterator[str]:
        """All days, if stories were ever gathered."""
        with self.writing() as connection:
            if not gathering.are_gathered(connection):
                return
            gathering.forget(connection)
        days = self.build_stories(when=when, progress=lambda done, total: progress("stories", done, total))
        yield f"{days} days of stories gathered anew"

    def _withhold_again(self, when: datetime) -> Iterator[str]:
        """What the last ruling says is withheld. What nothing says why it is, stays hidden."""
        with self.writing() as connection:
            lost = [row for row in connection.execute(RULED) if row.action == "withheld"]
            for row in lost:
                connection.execute(_CHANGE, {"of_id": row.id, "withheld": row.decided})
                chains.rewrite(connection, row.id, when)
        if lost:
            yield f"{len(lost)} articles withheld again"

    def _explain(self) -> Iterator[str]:
        with self.writing() as connection:
            told = sum(_tell_changes(connection, row.id) for row in connection.execute(UNEXPLAINED).all())
        if told:
            yield f"{told} revisions compared anew with those before them"

    def _derive_anew(self, progress: Step) -> int:
        changed, after, done = 0, 0, 0
        with self.writing() as connection:
            changed += connection.execute(_FIRST_STORED).rowcount
            total = connection.execute(sa.select(sa.func.count()).select_from(articles)).scalar_one()
        while True:
            with self.writing() as connection:
                rows = connection.execute(_LAST, {"after": after}).mappings().all()
                changed += sum(_derive(connection, dict(row)) for row in rows)
            if not rows:
                return changed
            after, done = rows[-1]["id"], done + len(rows)
            progress("articles", done, total)


def _removed_since(connection: sa.Connection, key: int) -> datetime:
    happened = sa.func.max(sa.func.coalesce(events.c.happened, ledger.c.last_listed))
    since = sa.select(happened).outerjoin(
        events, (events.c.ledger_id == ledger.c.id) & (events.c.state == ledger.c.state)
    )
    of_article = since.where(ledger.c.article_id == key, ledger.c.state.in_(REMOVED))
    found: datetime = connection.execute(of_article).scalar_one()
    return found


def _mark(connection: sa.Connection) -> Iterator[str]:
    """Marks as removed what its sites have taken back, and no longer what they have not."""
    back = [row.id for row in connection.execute(RETURNED)]
    for key in back:
        connection.execute(_CHANGE, {"of_id": key, "removed": None})
    if back:
        yield f"{len(back)} articles no longer marked as removed"
    gone = [row.id for row in connection.execute(UNMARKED)]
    for key in gone:
        connection.execute(REMOVE, {"of_id": key, "since": _removed_since(connection, key)})
    if gone:
        yield f"{len(gone)} articles marked as removed by their site"


def _tell_changes(connection: sa.Connection, key: int) -> bool:
    """Says of a revision what it changed; False: it, or the one before, cannot be read."""
    pair = connection.execute(_PAIR, {"of_id": key}).one_or_none()
    if pair is None:
        return False
    try:
        changed = changed_fields(article_from_json(pair.old), article_from_json(pair.new))
    except (ValueError, KeyError, TypeError):
        return False
    connection.execute(_EXPLAIN, {"of_id": key, "changed": changed})
    return True


def _derive(connection: sa.Connection, row: Mapping[str, Any]) -> bool:
    values = _expected(row)
    wrong = bool(differing(row, values))
    if wrong:
        connection.execute(_CHANGE, {"of_id": row["id"], **values})
    return wrong


def _expected(row: Mapping[str, Any]) -> dict[str, Any]:
    """What an article's columns have to say by its last revision; nothing if that cannot be read."""
    try:
        article: Article = article_from_json(row["article"])
    except (ValueError, KeyError, TypeError):
        return {}
    return derived(
        article, revision=row["number"], first=row["first_stored"],
        content_hash=row["kept_hash"], text_hash=row["kept_text"],
    )  # fmt: skip
