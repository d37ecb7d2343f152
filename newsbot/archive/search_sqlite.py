"""The search index in SQLite: a contentless table of FTS5, whose row numbers are in order of date.

A row's number is ``dated * 2**30 + article id``: FTS5 gives rows in that order, either way, without sorting
them, so the newest of a common word cost what those of a rare one do, and days are ranges of rows.
Contentless: a row is taken out by telling its tokens again (https://sqlite.org/fts5.html#contentless_tables).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.index import Found, Read, Step, bounds
from newsbot.korean.queries import Phrase, Query, Term
from newsbot.korean.tokens import GAP

TABLE: Final = (
    "CREATE VIRTUAL TABLE search USING fts5(headline, byline, text, content='',"
    " tokenize=\"unicode61 remove_diacritics 0 tokenchars '_@#'\")"
)
WINDOW: Final = 500
_IDS: Final = 1 << 30
_FIRST, _LAST = -(1 << 33) + 1, (1 << 33) - 1  # the years 1697 and 2242: what lies beyond is as of then
_COLUMNS: Final = {"headline": "{headline} : ", "byline": "{byline} : ", "any": "", "tag": ""}

_ENTER: Final = sa.text(
    "INSERT INTO search (rowid, headline, byline, text) VALUES (:row, :headline, :byline, :text)"
)
_LEAVE: Final = sa.text(
    "INSERT INTO search (search, rowid, headline, byline, text)"
    " VALUES ('delete', :row, :headline, :byline, :text)"
)
_NEWEST: Final = sa.text(
    "SELECT rowid FROM search WHERE search MATCH :asked AND rowid >= :first AND rowid < :last"
    " ORDER BY rowid DESC LIMIT :window"
)
_AMONG: Final = sa.text("SELECT rowid FROM search WHERE search MATCH :asked AND rowid IN :rows").bindparams(
    sa.bindparam("rows", expanding=True)
)

# The table of FTS5's own that has a row for each entry: https://sqlite.org/fts5.html#fts5_data_structures
_MISSING: Final = sa.text(
    "SELECT uri FROM articles LEFT JOIN search_docsize AS entry"
    " ON entry.id = max(:first, min(dated, :last)) * :ids + articles.id WHERE entry.id IS NULL"
)
_ENTRIES: Final = sa.text("SELECT count(*) FROM search_docsize")


def change(connection: sa.Connection, steps: Sequence[Step]) -> None:
    """Takes each step, in rising order of rows: FTS5 begins a new segment at each step back."""
    in_order = sorted(steps, key=lambda step: _row(step.dated, step.key))
    for enters, same in groupby(in_order, key=lambda step: step.enters):
        connection.execute(_ENTER if enters else _LEAVE, [_values(step) for step in same])


def clear(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE IF EXISTS search")
    connection.exec_driver_sql(TABLE)


def finish(connection: sa.Connection) -> None:
    """FTS5 has kept its order all the while."""


def prepare(connection: sa.Connection) -> None:
    """Nothing is to be set."""


def newest(read: Read, query: Query, wanted: int) -> Iterator[Found]:
    since, until = bounds(query)
    first = _row(_FIRST if since is None else since, 0)
    last = _row(until, 0) if until is not None else (_LAST + 1) * _IDS - 1
    asked, window = expression(query), max(1, min(wanted, WINDOW))
    while True:
        values = {"asked": asked, "first": first, "last": last, "window": window}
        rows = [int(row[0]) for row in read(_NEWEST, values)]
        yield from (Found(*divmod(row, _IDS)) for row in rows)
        if len(rows) < window:
            return
        last, window = rows[-1], WINDOW


def among(read: Read, query: Query, those: Sequence[Found]) -> set[int]:
    rows = [_row(one.dated, one.key) for one in those]
    return {int(row[0]) % _IDS for row in read(_AMONG, {"asked": expression(query), "rows": rows})}


def missing(connection: sa.Connection) -> Iterator[str]:
    return iter(connection.execute(_MISSING, {"first": _FIRST, "last": _LAST, "ids": _IDS}).scalars())


def entries(connection: sa.Connection) -> int:
    return int(connection.execute(_ENTRIES).scalar_one())


def expression(query: Query) -> str:
    """The query in the language of FTS5. Tokens have nothing in them that would need an escape."""
    wanted = " AND ".join(map(_term, query.terms))
    return " NOT ".join([f"({wanted})", *map(_term, query.excluded)])


def _term(term: Term) -> str:
    return f"{_COLUMNS[term.scope]}({' OR '.join(map(_phrase, term.phrases))})"


def _phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase)}"'


def _row(dated: int, key: int) -> int:
    return max(_FIRST, min(dated, _LAST)) * _IDS + key


def _values(step: Step) -> dict[str, Any]:
    entry = step.entry
    return {
        "row": _row(step.dated, step.key),
        "headline": " ".join(entry.headline),
        "byline": " ".join(entry.byline),
        "text": " ".join(chain(entry.text, (GAP,), entry.tags)),
    }
