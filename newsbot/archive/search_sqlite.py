"""The search index in SQLite: a contentless table of FTS5, whose row numbers are in order of date.

A row's number is ``dated * 2**30 + article id``: FTS5 gives rows in that order, either way, without sorting
them, so the newest of a common word cost what those of a rare one do, and days are ranges of rows.
Contentless: a row is taken out by telling its tokens again (https://sqlite.org/fts5.html#contentless_tables).

FTS5 makes a segment of each transaction, and merges them by and by. So articles that come one by one wait to
go in together (``indexing``); who asks meanwhile has an index of these made in passing. PostgreSQL's GIN has
such a list of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.index import ENTERED, Found, Read, Step, bounds
from newsbot.archive.prepared import Prepared
from newsbot.korean.queries import Phrase, Query, Term
from newsbot.korean.tokens import GAP

_FORM: Final = (
    "USING fts5(headline, byline, text, content='',"
    " tokenize=\"unicode61 remove_diacritics 0 tokenchars '_@#'\")"
)
TABLE: Final = f"CREATE VIRTUAL TABLE search {_FORM}"
WINDOW: Final = 500
_IDS: Final = 1 << 30
_FIRST, _LAST = -(1 << 33) + 1, (1 << 33) - 1  # the years 1697 and 2242: what lies beyond is as of then
_COLUMNS: Final = {"headline": "{headline} : ", "byline": "{byline} : ", "any": "", "tag": ""}

_ENTER: Final = Prepared(
    sa.text("INSERT INTO search (rowid, headline, byline, text) VALUES (:row, :headline, :byline, :text)")
)
_LEAVE: Final = Prepared(
    sa.text(
        "INSERT INTO search (search, rowid, headline, byline, text)"
        " VALUES ('delete', :row, :headline, :byline, :text)"
    )
)
_MAKE_LATEST: Final = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.latest {_FORM}",
    "INSERT INTO temp.latest (latest) VALUES ('delete-all')",
)
# A number that is another one once somebody has stored something, and where it is kept with what was made.
_MOMENT: Final = "PRAGMA data_version"
_MADE_AT: Final = "PRAGMA temp.user_version"
_ENTER_LATEST: Final = Prepared(
    sa.text(
        "INSERT INTO temp.latest (rowid, headline, byline, text) VALUES (:row, :headline, :byline, :text)"
    )
)

_newest: Final = "rowid >= :first AND rowid < :last ORDER BY rowid DESC LIMIT :window"
_NEWEST: Final = sa.text(
    f"SELECT rowid FROM (SELECT rowid FROM search WHERE search MATCH :asked AND {_newest}) UNION ALL"  # noqa: S608
    f" SELECT rowid FROM (SELECT rowid FROM temp.latest WHERE latest MATCH :asked AND {_newest})"
    " ORDER BY rowid DESC LIMIT :window"
)
_AMONG: Final = sa.text(
    "SELECT rowid FROM search WHERE search MATCH :asked AND rowid IN :rows UNION ALL"
    " SELECT rowid FROM temp.latest WHERE latest MATCH :asked AND rowid IN :rows"
).bindparams(sa.bindparam("rows", expanding=True))

# The table of FTS5's own that has a row for each entry: https://sqlite.org/fts5.html#fts5_data_structures
_MISSING: Final = sa.text(
    "SELECT uri FROM articles LEFT JOIN search_docsize AS entry"
    " ON entry.id = max(:first, min(dated, :last)) * :ids + articles.id"
    " WHERE entry.id IS NULL AND articles.id <="
    " (SELECT CAST(version AS INTEGER) FROM schemes WHERE name = :entered)"
)
_ENTRIES: Final = sa.text(
    "SELECT (SELECT count(*) FROM search_docsize) + (SELECT count(*) FROM articles WHERE articles.id >"
    " (SELECT CAST(version AS INTEGER) FROM schemes WHERE name = :entered))"
)

# What an entry should be, made anew beside the index: how many tokens each field has is kept of both.
_MAKE_AGAIN: Final = f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.again {_FORM}"
_CLEAR_AGAIN: Final = "INSERT INTO temp.again (again) VALUES ('delete-all')"
_ENTER_AGAIN: Final = sa.text(
    "INSERT INTO temp.again (rowid, headline, byline, text) VALUES (:row, :headline, :byline, :text)"
)
_SAME_SIZES: Final = sa.text(
    "SELECT id, again.sz = entry.sz FROM temp.again_docsize AS again JOIN search_docsize AS entry USING (id)"
)
_HOLDS: Final = sa.text("SELECT rowid FROM search WHERE search MATCH :asked AND rowid = :row")
_MAKE_TERMS: Final = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, search, row)"
_INSTANCES: Final = sa.text("SELECT coalesce(sum(cnt), 0) FROM temp.terms")
_SIZES: Final = sa.text("SELECT sz FROM search_docsize")
_LOOKED_AT: Final = 8  # tokens of a field, in its middle


def change(connection: sa.Connection, steps: Sequence[Step]) -> None:
    """Takes the steps, in the order of each article's own."""
    for enters, same in groupby(_in_order(steps), key=lambda step: step.enters):
        (_ENTER if enters else _LEAVE).run(connection, [_values(step) for step in same])


def clear(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE IF EXISTS search")
    connection.exec_driver_sql(TABLE)


def finish(connection: sa.Connection) -> None:
    """FTS5 has kept its order all the while."""


def prepare(connection: sa.Connection, waiting: Iterable[Step]) -> None:
    """An index of the entries that wait; the connection keeps it, if the transaction is committed."""
    moment = connection.exec_driver_sql(_MOMENT).scalar_one() + 1  # which is not 0, as it is to begin with
    if connection.exec_driver_sql(_MADE_AT).scalar_one() == moment:
        return
    for statement in _MAKE_LATEST:
        connection.exec_driver_sql(statement)
    _ENTER_LATEST.run(connection, list(map(_values, _in_order(waiting))))
    connection.exec_driver_sql(f"{_MADE_AT} = {moment}")


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
    asked = {"first": _FIRST, "last": _LAST, "ids": _IDS, "entered": ENTERED}
    return iter(connection.execute(_MISSING, asked).scalars())


def entries(connection: sa.Connection) -> int:
    return int(connection.execute(_ENTRIES, {"entered": ENTERED}).scalar_one())


def unlike(connection: sa.Connection, steps: Sequence[Step], edited: Collection[int]) -> set[int]:
    """By the number of each field's tokens, and by a phrase of each: the whole field of what was edited."""
    connection.exec_driver_sql(_MAKE_AGAIN)
    connection.exec_driver_sql(_CLEAR_AGAIN)
    rows = {step.key: _values(step) for step in steps}
    connection.execute(_ENTER_AGAIN, list(rows.values()))
    there = {int(row) % _IDS: bool(same) for row, same in connection.execute(_SAME_SIZES)}
    return {
        key
        for key, same in there.items()
        if not (same and _is_held(connection, rows[key], whole=key in edited))
    }


def is_torn(connection: sa.Connection) -> bool:
    """Whether it has more tokens than its entries: those that an edit has left behind."""
    connection.exec_driver_sql(_MAKE_TERMS)
    there = connection.execute(_INSTANCES).scalar_one()
    sizes = connection.execution_options(yield_per=WINDOW).execute(_SIZES).scalars()
    return bool(there != sum(sum(_numbers(size)) for size in sizes))


def _is_held(connection: sa.Connection, values: Mapping[str, Any], *, whole: bool) -> bool:
    asked = {"asked": _phrases(values, whole=whole), "row": values["row"]}
    return bool(connection.execute(_HOLDS, asked).all())


def _phrases(values: Mapping[str, Any], *, whole: bool) -> str:
    """The fields of an entry in the language of FTS5, whole or their middles."""
    asked = []
    for name in ("headline", "byline", "text"):
        if field := values[name].split():
            start = max(0, (len(field) - _LOOKED_AT) // 2)
            some = field if whole else field[start : start + _LOOKED_AT]
            asked.append(f'{{{name}}} : "{" ".join(some)}"')
    return " AND ".join(asked)


def _numbers(size: bytes) -> Iterator[int]:
    """The integers of a blob as SQLite writes them: seven bits a byte, the first the highest."""
    number = 0
    for byte in size:
        number = number << 7 | byte & 127
        if byte < 128:
            yield number
            number = 0


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


def _in_order(steps: Iterable[Step]) -> list[Step]:
    """In rising order of rows: FTS5 begins a new segment at each step back."""
    return sorted(steps, key=lambda step: _row(step.dated, step.key))


def _values(step: Step) -> dict[str, Any]:
    entry = step.entry
    return {
        "row": _row(step.dated, step.key),
        "headline": entry.headline,
        "byline": entry.byline,
        "text": f"{entry.text} {GAP} {entry.tags}",
    }
