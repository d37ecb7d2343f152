"""Back-fills: how far the old posts of a source have been fetched, kept at the end of each stretch."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.database import WINDOW, Database
from newsbot.archive.run_records import Backfill
from newsbot.archive.runs import settle_source
from newsbot.archive.schema import backfills, ledger

_OF: Final = backfills.c.source == sa.bindparam("of_source")


class Backfills(Database):
    def backfill(self, source: str) -> Backfill | None:
        with self.reading() as connection:
            return _backfill(connection, source)

    def backfills(self) -> dict[str, Backfill]:
        """The back-fill of each source that has one, without the pages that it passed."""
        wanted = sa.select(*(column for column in backfills.c if column is not backfills.c.trail))
        with self.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        return {row["source"]: Backfill(**row, trail=()) for row in rows}

    def begin_backfill(self, source: str, goal: str, *, when: datetime) -> Backfill:
        """The back-fill of a source, begun if there is none; another goal than before opens it anew.

        It goes on from where it was in any case.
        """
        with self.writing() as connection:
            known = _backfill(connection, source)
            if known is None:
                fresh = {"source": source, "goal": goal, "begun": when, "pages": 0, "articles": 0}
                connection.execute(sa.insert(backfills).values(**fresh, trail=[]))
            elif known.goal != goal:
                _change(connection, source, {"goal": goal, "ended": None})
            found = _backfill(connection, source)
            assert found is not None  # noqa: S101 - it was written just now
            return found

    def passed(self, source: str, document_ids: Collection[str]) -> dict[str, str | None]:
        """Of these headlines those that a back-fill has passed, each with its date as ISO text."""
        of_page = sa.select(ledger.c.document_id, ledger.c.headline).where(
            ledger.c.source == source, ledger.c.document_id.in_(document_ids), ledger.c.passed
        )
        with self.reading() as connection:
            return {row.document_id: row.headline["date_listed"] for row in connection.execute(of_page)}

    def wanted_before(self, source: str, document_ids: Sequence[str]) -> set[str]:
        """Of these headlines those that some run has fetched, or is to fetch."""
        found: set[str] = set()
        with self.reading() as connection:
            for start in range(0, len(document_ids), WINDOW):
                window = document_ids[start : start + WINDOW]
                known = (ledger.c.source == source) & ledger.c.document_id.in_(window)
                wanted = sa.select(ledger.c.document_id).where(known, ledger.c.state != "listed")
                found.update(connection.execute(wanted).scalars())
        return found

    def end_stretch(
        self,
        source: str,
        *,
        seen: Collection[str],
        trail: Sequence[tuple[int, str]],
        oldest: datetime | None,
        when: datetime,
        reach: str | None,
    ) -> Backfill:
        """Keeps the place that a stretch has come to, and the headlines that it passed, in one transaction.

        ``reach``: the back-fill has come to its goal, and so much of the source is known ("all", or
        "YYYY-MM-DD"); "" of a goal that is no day. None: it goes on.
        """
        with self.writing() as connection:
            before = _backfill(connection, source)
            assert before is not None  # noqa: S101 - a stretch is begun by begin_backfill
            _mark(connection, source, sorted(seen))
            values: dict[str, Any] = {"worked": when, "trail": [list(each) for each in trail]}
            values |= {"pages": max((page for page, _ in trail), default=before.pages)}
            values |= {"ended": when if reach is not None else None}
            values |= {"oldest": min((each for each in (before.oldest, oldest) if each), default=None)}
            _change(connection, source, values)
            if reach:
                settle_source(connection, source, reach)
            after = _backfill(connection, source)
            assert after is not None  # noqa: S101
            return after

    def count_backfilled(self, source: str, articles: int) -> None:
        """Adds the articles that a run brought to those of its source's back-fill."""
        brought = {"articles": backfills.c.articles + articles}
        with self.writing() as connection:
            connection.execute(sa.update(backfills).where(backfills.c.source == source).values(**brought))


def _mark(connection: sa.Connection, source: str, seen: Sequence[str]) -> None:
    for start in range(0, len(seen), WINDOW):
        ids = seen[start : start + WINDOW]
        of_window = (ledger.c.source == source) & ledger.c.document_id.in_(ids)
        connection.execute(sa.update(ledger).where(of_window).values(passed=True))


def _backfill(connection: sa.Connection, source: str) -> Backfill | None:
    row = connection.execute(sa.select(backfills).where(_OF), {"of_source": source}).mappings().one_or_none()
    return None if row is None else _record(row)


def _record(row: Mapping[Any, Any]) -> Backfill:
    return Backfill(**{**row, "trail": tuple((int(page), str(url)) for page, url in row["trail"])})


def _change(connection: sa.Connection, source: str, values: Mapping[str, Any]) -> None:
    connection.execute(sa.update(backfills).where(backfills.c.source == source).values(**values))
