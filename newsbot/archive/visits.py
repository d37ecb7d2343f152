"""Stored articles that are read again: when their time has come, or when their board tells of a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.database import Database
from newsbot.archive.departures import READDRESSED
from newsbot.archive.entries import VISITS, Stamp, postponed
from newsbot.archive.ledger import ENTRY, entry_of, take
from newsbot.archive.records import LedgerEntry
from newsbot.archive.schema import GONE, articles, ledger, runs

CHANGES_APART: Final = timedelta(minutes=10)  # a crawl right after another need not ask again
_SLACK: Final = timedelta(minutes=10)  # of what is asked for: clocks differ
_ABOUT_THEN: Final = timedelta(minutes=1)  # an edit so long before an article was read may have come after
_AT_ONCE: Final = 1000  # visits that are looked at in one crawl


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesToAsk:
    """What to ask a change feed for. ``proof``: a post that it names if it works, for it is not older."""

    since: datetime
    proof: str


class Visits(Database):
    def visits(
        self,
        source: str,
        *,
        now: datetime,
        run: int,
        limit: int,
        plan: Sequence[timedelta] = VISITS,
        told: bool = False,
    ) -> list[LedgerEntry]:
        """Takes for ``run`` what is to be read again, the longest waiting first.

        What this run has listed anew or taken already is left out, and what a failure keeps waiting.
        ``told``: the board tells of its edits, so that all but the last visits of the ``plan`` are put off.
        """
        due = (
            sa.select(*ENTRY, articles.c.date_published, articles.c.first_stored)
            .join(articles, articles.c.id == ledger.c.article_id, isouter=True)
            .where(ledger.c.source == source, ledger.c.visit_due <= now, ~READDRESSED, *_free(run))
            .order_by(ledger.c.visit_due, ledger.c.id)
            .limit(_AT_ONCE if told else limit)
        )
        stamp = Stamp(run, source, now, plan)
        with self.writing() as connection:
            rows = [dict(row) for row in connection.execute(due).mappings()]
            if told:
                rows = [row for row in rows if not _put_off(connection, row, stamp)][:limit]
            take(connection, run, [row["id"] for row in rows])
        return [entry_of(row) for row in rows]

    def changed(
        self, source: str, *, run: int, changes: Mapping[str, datetime], limit: int
    ) -> list[LedgerEntry]:
        """Takes for ``run`` the stored articles read before their change, longest ago first.

        ``changes``: when posts were last changed, by document id; posts that are not stored are left out.
        """
        named = (
            sa.select(*ENTRY, articles.c.checked)
            .join(articles, articles.c.id == ledger.c.article_id)
            .where(ledger.c.source == source, ledger.c.document_id.in_(changes), *_free(run))
            .where(ledger.c.state == "stored")
        )
        with self.writing() as connection:
            rows = [dict(row) for row in connection.execute(named).mappings()]
            since = [row for row in rows if row["checked"] <= changes[row["document_id"]] + _ABOUT_THEN]
            since.sort(key=lambda row: (row["checked"], row["id"]))
            take(connection, run, [row["id"] for row in since[:limit]])
        return [entry_of(row) for row in since[:limit]]

    def changes_read(self, source: str) -> datetime | None:
        """When the latest run of this source began that read its change feed and came to its end."""
        read = runs.c.options["changes"].as_string() == "read"
        ended = (runs.c.source == source) & (runs.c.state == "finished")
        return self._when(sa.select(sa.func.max(runs.c.started)).where(ended, read))

    def changes_to_ask(
        self, source: str, *, run: int, now: datetime, plan: Sequence[timedelta]
    ) -> ChangesToAsk | None:
        """What ``run`` may ask the source's change feed for.

        None while no article is young enough to be visited, or right after the feed was read (after the
        first run of all, where it never was). It is asked for so much that it has to name the newest post.
        """
        newest = self._newest(source, now)
        before = self.changes_read(source) or self._began(source, run)
        if newest is None or before is None or now - before < CHANGES_APART or not plan:
            return None
        proof, published = newest
        return ChangesToAsk(since=min(max(before, now - max(plan)), published) - _SLACK, proof=proof)

    def _newest(self, source: str, now: datetime) -> tuple[str, datetime] | None:
        """Of the stored articles that are still to be visited."""
        young = (ledger.c.source == source) & (ledger.c.state == "stored") & ledger.c.visit_due.is_not(None)
        newest = (
            sa.select(ledger.c.document_id, articles.c.date_published)
            .join(articles, articles.c.id == ledger.c.article_id)
            .where(young, articles.c.date_published <= now)
            .order_by(articles.c.date_published.desc(), ledger.c.id.desc())
            .limit(1)
        )
        with self.reading() as connection:
            found = connection.execute(newest).one_or_none()
        return None if found is None else (found.document_id, found.date_published)

    def _began(self, source: str, run: int) -> datetime | None:
        earlier = (runs.c.source == source) & (runs.c.id < run)
        return self._when(sa.select(sa.func.min(runs.c.started)).where(earlier))

    def _when(self, chosen: sa.Select[Any]) -> datetime | None:
        with self.reading() as connection:
            found: datetime | None = connection.execute(chosen).scalar_one()
            return found


def _free(run: int) -> tuple[sa.ColumnElement[bool], ...]:
    return ledger.c.next_try.is_(None), sa.func.coalesce(ledger.c.taken_run, 0) < run


def _put_off(connection: sa.Connection, row: Mapping[str, Any], stamp: Stamp) -> bool:
    """Whether a visit that is due can wait, and then its next time is set."""
    if row["first_stored"] is None or row["state"] in GONE:
        return False
    later = postponed(row["date_published"], row["first_stored"], stamp)
    if later is not None:
        connection.execute(sa.update(ledger).where(ledger.c.id == row["id"]).values(visit_due=later))
    return later is not None
