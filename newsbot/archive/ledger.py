"""The ledger of headlines: what was listed, what is still to be fetched, and what became of it.

One row per source and document id. ``next_try`` is set exactly while there is something to fetch, so
that what a killed run had taken and not stored is due again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.database import Database
from newsbot.archive.departures import READDRESSED, REMOVE
from newsbot.archive.entries import (
    LONGEST_RETRY,
    Row,
    Stamp,
    answer,
    new_row,
    relisted_row,
    retry_distance,
)
from newsbot.archive.records import LedgerEntry, Listed
from newsbot.archive.schema import GONE, REMOVED, Gone, State, events, ledger
from newsbot.errors import ArchiveError
from newsbot.items import Headline, headline_from_json

ENTRY: Final = (
    ledger.c.id,
    ledger.c.document_id,
    ledger.c.url,
    ledger.c.state,
    ledger.c.headline,
    ledger.c.attempts,
    ledger.c.failure,
    ledger.c.next_try,
)
_ROW: Final = sa.select(
    ledger.c.id,
    ledger.c.state,
    ledger.c.attempts,
    ledger.c.article_id,
    ledger.c.listed_run,
    READDRESSED.label("readdressed"),
).where(ledger.c.source == sa.bindparam("of_source"), ledger.c.document_id == sa.bindparam("of_document"))
ADD: Final = sa.insert(ledger)
_LISTING_SETS: Final = (
    "url", "headline", "state", "last_listed", "listed_run", "taken_run", "next_try", "failure", "visit_due",
)  # fmt: skip
_CHANGE: Final = sa.update(ledger).where(ledger.c.id == sa.bindparam("of_id"))  # sets what it is given


class Ledger(Database):
    def list_headlines(
        self,
        run: int,
        source: str,
        headlines: Sequence[Headline],
        *,
        when: datetime,
        wanted: Callable[[Headline], bool] | None = None,
        reach: str,
    ) -> list[Listed]:
        """Enters one listing page, in printed order, and says which headlines to fetch.

        ``wanted``: whether a headline lies within what this run was asked for; the others are kept as
        "listed". ``reach``: how deep this run goes, "all" or "YYYY-MM-DD" (see ``finish_run``).
        """
        stamp = Stamp(run, source, when)
        answers = []
        with self.writing() as connection:
            before = _rows(connection, source, [headline.document_id for headline in headlines])
            rows: dict[str, Row] = dict(before)
            for headline in headlines:
                row = rows.get(headline.document_id)
                listed = answer(row, headline, stamp, reach, wanted=wanted is None or wanted(headline))
                answers.append(listed)
                if row is None:
                    rows[headline.document_id] = new_row(listed, stamp)
                elif row["listed_run"] != run or listed.fetch:
                    rows[headline.document_id] = relisted_row(row, listed, stamp)
            _write(connection, rows.values())
            _note_page(connection, stamp, before, rows)
        return answers

    def due(
        self, source: str, *, now: datetime, before_run: int, limit: int, after: LedgerEntry | None = None
    ) -> list[LedgerEntry]:
        """Takes for run ``before_run`` what earlier runs left to fetch: the longest waiting first.

        Rows that this run has listed or taken already are left out. ``after``: the last entry of the
        batch before, to go on from there. A time that lies further ahead than any retry was written when
        the clock was wrong.
        """
        left = sa.select(*ENTRY).where(
            ledger.c.source == source,
            sa.or_(ledger.c.next_try <= now, ledger.c.next_try > now + LONGEST_RETRY),
            ledger.c.listed_run < before_run,
            sa.func.coalesce(ledger.c.taken_run, 0) < before_run,
        )
        if after is not None:
            passed = sa.tuple_(sa.literal(after.next_try, ledger.c.next_try.type), sa.literal(after.id))
            left = left.where(sa.tuple_(ledger.c.next_try, ledger.c.id) > passed)
        return self.taken(before_run, left.order_by(ledger.c.next_try, ledger.c.id).limit(limit))

    def taken(self, run: int, chosen: sa.Select[Any]) -> list[LedgerEntry]:
        with self.writing() as connection:
            rows = [dict(row) for row in connection.execute(chosen).mappings()]
            take(connection, run, [row["id"] for row in rows])
        return [entry_of(row) for row in rows]

    def record_failure(
        self, run: int, source: str, document_id: str, reason: str, *, when: datetime
    ) -> datetime:
        """A request that brought no article; returns when it is tried again (``retry_distance``).

        An article that was stored before stays stored. Raises ArchiveError for an unlisted document.
        """
        with self.writing() as connection:
            row = known_row(connection, source, document_id)
            attempts = row["attempts"] + 1
            next_try = when + retry_distance(attempts)
            state = "failed" if row["state"] in {"listed", "pending"} else row["state"]
            values = {"state": state, "attempts": attempts, "failure": reason, "next_try": next_try}
            change(connection, row, values | {"taken_run": run})
        return next_try

    def record_state(
        self,
        run: int,
        source: str,
        document_id: str,
        state: Gone,
        *,
        when: datetime,
        detail: str | None = None,
    ) -> bool:
        """A post is out of reach; its article, if there is one, stays, and the change is kept as an event.

        False: nothing is changed, for the post is there at another address. A secret one that this
        very run has listed as open (Rhymix marks no secret notice) is asked after a day later. Raises
        ArchiveError for an unlisted document.
        """
        with self.writing() as connection:
            row = known_row(connection, source, document_id)
            if row["readdressed"] and row["state"] == "stored":
                return False
            values: Row = {"state": state, "next_try": None, "failure": None, "attempts": 0, "taken_run": run}
            unmarked = state == "secret" and row["listed_run"] == run
            again = when + LONGEST_RETRY if unmarked else None
            change(connection, row, {**values, "visit_due": again})
            note(connection, Stamp(run, source, when), row, state, detail=detail)
            _take_back(connection, row, state, when)
        return True

    def all_known(self, source: str) -> Iterator[tuple[str, str, State]]:
        """(document id, url, state) of every headline of a source, in constant memory."""
        known = sa.select(ledger.c.document_id, ledger.c.url, ledger.c.state).where(ledger.c.source == source)
        for row in self.stream(known, ledger.c.document_id):
            yield row["document_id"], row["url"], row["state"]

    def states(self, source: str) -> dict[str, int]:
        """How many headlines of a source are in which state."""
        counted = sa.select(ledger.c.state, sa.func.count()).where(ledger.c.source == source)
        with self.reading() as connection:
            found = connection.execute(counted.group_by(ledger.c.state)).all()
        return {str(state): int(count) for state, count in found}

    def entries_in(
        self, source: str, states: Collection[str], *, waiting: bool = False, limit: int
    ) -> list[LedgerEntry]:
        """The headlines of a source in these states, the latest to be listed for the first time first.

        ``waiting``: only those that are to be fetched.
        """
        wanted = sa.select(*ENTRY).where(ledger.c.source == source, ledger.c.state.in_(sorted(states)))
        if waiting:
            wanted = wanted.where(ledger.c.next_try.is_not(None))
        with self.reading() as connection:
            rows = connection.execute(wanted.order_by(ledger.c.id.desc()).limit(limit)).mappings()
            return [entry_of(dict(row)) for row in rows]

    def unseen(self, source: str, run: int) -> Iterator[LedgerEntry]:
        """Stored headlines that this run did not list: gone from the board, if it was walked whole."""
        before = sa.select(*ENTRY, ledger.c.listed_run).where(
            ledger.c.source == source, ledger.c.listed_run < run, ledger.c.state == "stored", ~READDRESSED
        )
        for row in self.stream(before, ledger.c.listed_run, ledger.c.id):
            yield entry_of(row)


def note(
    connection: sa.Connection, stamp: Stamp, before: Row, state: str, *, detail: str | None = None
) -> None:
    """Keeps the moment at which a post went out of reach, or came back."""
    if before["state"] != state and GONE & {before["state"], state}:
        values = {"ledger_id": before["id"], "run_id": stamp.run, "state": state, "happened": stamp.when}
        connection.execute(sa.insert(events).values(**values, detail=detail))


def _note_page(
    connection: sa.Connection, stamp: Stamp, before: Mapping[str, Row], after: Mapping[str, Row]
) -> None:
    for document_id, row in before.items():
        state = after[document_id]["state"]
        note(connection, stamp, row, state)
        if state != row["state"]:
            _take_back(connection, row, state, stamp.when)
    gone = [key for key, row in after.items() if key not in before and row["state"] in GONE]
    for row in _rows(connection, stamp.source, gone).values() if gone else ():
        note(connection, stamp, {**row, "state": None}, row["state"])


def _take_back(connection: sa.Connection, row: Row, state: str, when: datetime) -> None:
    """Marks the article of a post that its site deletes or closes, if there is one."""
    if state in REMOVED and row["article_id"] is not None:
        connection.execute(REMOVE, {"of_id": row["article_id"], "since": when})


def _write(connection: sa.Connection, rows: Collection[Row]) -> None:
    fresh = [dict(row) for row in rows if "id" not in row]
    again = [
        {"of_id": row["id"], **{name: row[name] for name in _LISTING_SETS}} for row in rows if "id" in row
    ]
    if fresh:
        connection.execute(ADD, fresh)
    if again:
        connection.execute(_CHANGE, again)


def take(connection: sa.Connection, run: int, ids: Sequence[int]) -> None:
    state = sa.case((ledger.c.state == "failed", "pending"), else_=ledger.c.state)
    taken = sa.update(ledger).where(ledger.c.id.in_(ids))
    connection.execute(taken.values(taken_run=run, failure=None, state=state))


def _rows(connection: sa.Connection, source: str, document_ids: Sequence[str]) -> dict[str, Row]:
    of_page = sa.select(ledger).where(ledger.c.source == source, ledger.c.document_id.in_(document_ids))
    return {row["document_id"]: dict(row) for row in connection.execute(of_page).mappings()}


def _row(connection: sa.Connection, source: str, document_id: str) -> Row | None:
    of = {"of_source": source, "of_document": document_id}
    row = connection.execute(_ROW, of).mappings().one_or_none()
    return None if row is None else dict(row)


def known_row(connection: sa.Connection, source: str, document_id: str) -> Row:
    row = _row(connection, source, document_id)
    if row is None:
        raise ArchiveError(f"{source}: no headline {document_id!r} was listed")
    return row


def change(connection: sa.Connection, row: Row, values: Mapping[str, Any]) -> None:
    connection.execute(_CHANGE, {"of_id": row["id"], **values})


def entry_of(row: Row) -> LedgerEntry:
    values = {column.name: row[column.name] for column in ENTRY}
    return LedgerEntry(**values | {"headline": headline_from_json(row["headline"])})
