"""Headlines whose articles are stored: marked in the transaction that stores them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from newsbot.archive.entries import Stamp, new_row
from newsbot.archive.ledger import ADD, change, known_row, note
from newsbot.archive.prepared import Prepared
from newsbot.archive.records import Listed
from newsbot.archive.schema import GONE, events, ledger
from newsbot.archive.several import one_of
from newsbot.items import Headline

_STATES: Final = sa.select(ledger.c.id, ledger.c.document_id, ledger.c.state).where(
    ledger.c.source == sa.bindparam("of_source"), one_of(ledger.c.document_id, "of_documents")
)
_FINISH: Final = Prepared(
    sa.update(ledger).where(
        ledger.c.source == sa.bindparam("of_source"),
        ledger.c.document_id == sa.bindparam("of_document"),
        *(ledger.c.state != gone for gone in sorted(GONE)),
    )
)


class Done(NamedTuple):
    """A headline whose article is stored, and when that is to be read again."""

    headline: Headline
    article_id: int
    visit_due: datetime | None


def finish_entries(connection: sa.Connection, stamp: Stamp, stored: Iterable[Done]) -> Callable[[], None]:
    """Marks headlines as stored, within the transaction that stores their articles.

    By a prepared statement alone; what it returns is to be called when that is done, and sees to the rest.
    """
    last = {done.headline.document_id: done for done in stored}
    rows = [
        {"of_source": stamp.source, "of_document": key, **_done(done, stamp)} for key, done in last.items()
    ]
    met = _FINISH.run(connection, rows)

    def see_to_others() -> None:
        if met() != len(rows):
            _finish_others(connection, stamp, last)

    return see_to_others


def _finish_others(connection: sa.Connection, stamp: Stamp, last: Mapping[str, Done]) -> None:
    """Those that were out of reach, and those that no listing showed."""
    of = {"of_source": stamp.source, "of_documents": list(last)}
    before = {row["document_id"]: dict(row) for row in connection.execute(_STATES, of).mappings()}
    for key, row in before.items():
        if row["state"] in GONE:
            change(connection, row, _done(last[key], stamp))
            note(connection, stamp, row, "stored")
    if fresh := [_unlisted(done, stamp) for key, done in last.items() if key not in before]:
        connection.execute(ADD, fresh)


def _done(done: Done, stamp: Stamp) -> dict[str, Any]:
    values = {"state": "stored", "article_id": done.article_id, "taken_run": stamp.run, "attempts": 0}
    return {**values, "next_try": None, "failure": None, "visit_due": done.visit_due}


def _unlisted(done: Done, stamp: Stamp) -> dict[str, Any]:
    listed = Listed(headline=done.headline, known=False, fetch=False, state="stored")
    return {**new_row(listed, stamp), **_done(done, stamp)}


def note_correction(connection: sa.Connection, stamp: Stamp, headline: Headline, detail: str) -> None:
    """Keeps the moment at which an article was seen to be corrected, and what it says of it."""
    row = known_row(connection, stamp.source, headline.document_id)
    values = {"ledger_id": row["id"], "run_id": stamp.run, "state": "corrected", "happened": stamp.when}
    connection.execute(sa.insert(events).values(**values, detail=detail))
