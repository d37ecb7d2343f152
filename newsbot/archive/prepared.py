"""Statements on the way of every article, made ready once and handed to the driver as they are.

SQLAlchemy takes some 20 µs for each time a statement is executed, more than SQLite takes for most of these.
Here it writes the statement and says how its values are handed over; the transaction, and the connection's
end, stay its business.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

Values: TypeAlias = Mapping[str, Any]
Met: TypeAlias = Callable[[], int]  # how many rows of the table a statement met
_Process: TypeAlias = Callable[[Any], Any]


class Prepared:
    """A Core statement. Its transaction is begun and ended by others; errors are SQLAlchemy's own.

    ``values`` name the statement's parameters; of an INSERT or UPDATE also the columns that it sets.
    """

    def __init__(self, statement: sa.sql.ClauseElement) -> None:
        self._statement: Final = statement
        self._ready: dict[tuple[str, ...], _Ready] = {}

    def rows(self, connection: sa.Connection, values: Values) -> list[Any]:
        """The rows, as named tuples."""
        return self.ask(connection, values)()

    def ask(self, connection: sa.Connection, values: Values) -> Callable[[], list[Any]]:
        """Executes it; its rows, as named tuples, are there to be fetched."""
        ready = self._for(connection, values)
        cursor = execute(connection, ready.text, ready.bound(values))
        return lambda: [ready.row(row) for row in cursor.fetchall()]

    def scalars(self, connection: sa.Connection, values: Values) -> list[Any]:
        """The first column."""
        return [row[0] for row in self.rows(connection, values)]

    def run(self, connection: sa.Connection, rows: Sequence[Values]) -> Met:
        """Executes it for each of ``rows``, which have the same names."""
        if not rows:
            return lambda: 0
        ready = self._for(connection, rows[0])
        if len(rows) == 1:
            cursor = execute(connection, ready.text, ready.bound(rows[0]))
        else:
            cursor = execute(connection, ready.text, [ready.bound(row) for row in rows], many=True)
        return lambda: int(cursor.rowcount)

    def _for(self, connection: sa.Connection, values: Values) -> _Ready:
        kind = (connection.dialect.name, *values)
        if (ready := self._ready.get(kind)) is None:
            ready = self._ready[kind] = _prepare(self._statement, connection.dialect, list(values))
        return ready


@dataclass(frozen=True, slots=True)
class _Ready:
    """For one database, and values of these names."""

    text: str
    named: bool
    parameters: Sequence[tuple[str, _Process | None]]
    constants: Mapping[str, Any]  # that the statement has itself
    columns: Sequence[_Process | None]
    shape: Callable[..., Any]

    def bound(self, values: Values) -> Any:
        if self.constants:
            values = {**self.constants, **values}
        if self.named:
            return {
                name: values[name] if process is None else process(values[name])
                for name, process in self.parameters
            }
        return [
            values[name] if process is None else process(values[name]) for name, process in self.parameters
        ]

    def row(self, row: Sequence[Any]) -> Any:
        values = zip(row, self.columns, strict=True)
        return self.shape(*(value if process is None else process(value) for value, process in values))


def _prepare(statement: sa.sql.ClauseElement, dialect: sa.Dialect, names: list[str]) -> _Ready:
    compiled = cast(SQLCompiler, statement.compile(dialect=dialect, column_keys=names))
    binds = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect)
        for bind, name in compiled.bind_names.items()
    }
    constants = {name: value for name, value in compiled.params.items() if name not in names}
    columns = list(getattr(statement, "exported_columns", ()))
    return _Ready(
        text=str(compiled),
        named=not compiled.positional,
        parameters=[(name, binds[name]) for name in compiled.positiontup or binds],
        constants=constants,
        columns=[column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns],
        shape=namedtuple("Row", [column.key for column in columns]),
    )


def execute(connection: sa.Connection, text: str, values: Any = (), *, many: bool = False) -> Any:
    """Hands SQL of the driver's own form to it: its cursor. Errors are SQLAlchemy's."""
    cursor = connection.connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(text, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told(connection, text, error) from error
    return cursor


def together(connection: sa.Connection) -> AbstractContextManager[None]:
    """What is executed within is handed over in one go: a server is waited for at the end, and once.

    Of prepared statements alone, which are asked for what they came to when this has ended.
    """
    return _pipeline(connection) if connection.dialect.name == "postgresql" else _AT_ONCE


_AT_ONCE: Final = nullcontext()


@contextmanager
def _pipeline(connection: sa.Connection) -> Iterator[None]:
    """Of the driver's: https://www.psycopg.org/psycopg3/docs/advanced/pipeline.html"""
    driver = cast(Any, connection.connection.dbapi_connection)
    failed: DBAPIError | None = None
    try:
        with driver.pipeline():
            try:
                yield
            except DBAPIError as error:  # of which the driver would warn, when it ends the pipeline
                failed = error
    except connection.dialect.loaded_dbapi.Error as error:
        failed = failed or _told(connection, "", error)
    if failed is not None:
        raise failed


def _told(connection: sa.Connection, text: str, error: Any) -> DBAPIError:
    """As SQLAlchemy tells it; a connection that is lost is of no more use."""
    lost = connection.dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if lost:
        connection.invalidate(error)
    dbapi = connection.dialect.loaded_dbapi.Error
    told: DBAPIError = DBAPIError.instance(
        text, None, error, dbapi, connection_invalidated=lost, dialect=connection.dialect
    )
    return told
