"""An archive's connections and transactions, on whichever database it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol, Self

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from newsbot.archive.prepared import Prepared
from newsbot.archive.recent import Recent
from newsbot.errors import ArchiveError

WINDOW: Final = 500


class Backend(Protocol):
    """What differs between the databases that an archive may be kept in."""

    @property
    def engine(self) -> sa.Engine:
        """With the execution option ``writes`` a connection's transactions keep others from writing."""

    @property
    def place(self) -> str:
        """The archive's place as people are told it, without a password."""

    @property
    def file(self) -> Path | None:
        """The file that holds the archive; None on a server."""

    def reader(self) -> sa.Connection:
        """A connection whose transactions see one moment of the archive."""

    def glancer(self) -> sa.Connection | None:
        """A connection whose statements are each a transaction of their own; None: the writer's are."""

    def said(self, error: DBAPIError) -> str | None:
        """What an error says of the database, for a person; None: it is a mistake of ours."""

    def hold(self, source: str, writer: sa.Connection) -> AbstractContextManager[None]:
        """Keeps every other process away from ``source``, or from a host. Raises Held, saying who has it."""

    def damage(self, connection: sa.Connection) -> Iterator[str]:
        """What is wrong with the database itself, a line each."""


class Database:
    """One archive's connections: a single writer kept open, one to glance by, and readers as they are needed.

    To be used from one thread at a time. Other processes may read it meanwhile, or write in turn.
    """

    def __init__(self, url: str, backend: Backend, *, read_only: bool) -> None:
        self.url = url
        self.backend = backend
        self.read_only = read_only
        self._writer: sa.Connection | None = None
        self._glancer: sa.Connection | None = None
        self.recent = Recent()  # keys of articles: as of this process's last transaction
        self._holding = False  # a source, by a lock that a server forgets with the connection

    def close(self) -> None:
        for connection in (self._writer, self._glancer):
            if connection is not None:
                connection.close()
        self._writer = self._glancer = None
        self.backend.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def dialect(self) -> str:
        """The database's name: "sqlite" or "postgresql"."""
        return self.backend.engine.dialect.name

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One write transaction: all of it is kept, or nothing. Raises ArchiveError."""
        with plainly(self.backend), self.writer().begin():
            yield self.writer()

    def writer(self) -> sa.Connection:
        """The connection that writes, whose transactions are others' business (``writing``)."""
        if self.read_only:
            raise ArchiveError(f"the archive {self.backend.place} was opened for reading only")
        if self._writer is not None and self._writer.invalidated:
            if self._holding:
                raise ArchiveError(
                    f"the archive {self.backend.place}: the connection was lost, and the hold on the source"
                    " with it: nothing more is written, run again"
                )
            self._writer.close()
            self._writer = None
        if self._writer is None:
            self._writer = self.backend.engine.connect().execution_options(writes=True)
        return self._writer

    def stream(
        self, statement: sa.Select[Any], *keys: sa.Column[Any], descending: bool = False
    ) -> Iterator[dict[str, Any]]:
        """The rows in the order of ``keys`` (unique together, selected by their names), in constant memory.

        Read a window at a time: a reader that takes its time holds no transaction open.
        """
        ordered = statement.order_by(*(key.desc() if descending else key for key in keys)).limit(WINDOW)
        after = sa.tuple_(*keys)
        window = self._rows(ordered)
        while window:
            yield from window
            if len(window) < WINDOW:
                return
            last = sa.tuple_(*(sa.literal(window[-1][key.name], key.type) for key in keys))
            window = self._rows(ordered.where(after < last if descending else after > last))

    def _rows(self, statement: sa.Select[Any]) -> list[dict[str, Any]]:
        with self.reading() as connection:
            return [dict(row) for row in connection.execute(statement).mappings()]

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view for reading. Raises ArchiveError."""
        with plainly(self.backend), self.backend.reader() as connection:
            yield connection

    def glance(self, statement: Prepared, values: Mapping[str, Any]) -> Sequence[Any]:
        """The rows of one statement, which no transaction is begun and ended for. Raises ArchiveError."""
        with plainly(self.backend):
            if self._glancer is not None and self._glancer.invalidated:
                self._glancer.close()
                self._glancer = None
            if self._glancer is None:
                self._glancer = self.backend.glancer()
            return statement.rows(self._glancer or self.writer(), values)


@contextmanager
def plainly(backend: Backend) -> Iterator[None]:
    """Turns what the database says of itself into one ArchiveError; a mistake of ours stays as it is."""
    try:
        yield
    except DBAPIError as error:
        if (said := backend.said(error)) is not None:
            raise ArchiveError(f"the archive {backend.place}: {said}") from error
        raise
