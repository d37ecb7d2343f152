"""Opening and creating an archive's database, its transactions, and its failures in plain words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError

from newsbot.archive import migrate
from newsbot.archive.schema import SCHEMA
from newsbot.errors import ArchiveError

BUSY_SECONDS: Final = 30
WINDOW: Final = 500

# SQLite's own names of what went wrong; the first that begins the error's name counts.
_SAID: Final = {
    "SQLITE_FULL": "the disk is full, nothing of this transaction was kept: free some space and run again",
    "SQLITE_BUSY": "another process is writing to it: wait for it to end, or stop it, and run again",
    "SQLITE_LOCKED": "another process is writing to it: wait for it to end, or stop it, and run again",
    "SQLITE_READONLY": "it is read-only: give this user the right to write the file and its directory",
    "SQLITE_CANTOPEN": "it cannot be opened: see that the file and its directory may be read and written",
    "SQLITE_NOTADB": "this file is not a newsbot archive: give the path of one, or of a file yet to be made",
    "SQLITE_CORRUPT": "the file is damaged: restore it from a backup (`newsbot verify` says what is wrong)",
    "SQLITE_IOERR": "the disk fails at reading or writing: check the disk, then run `newsbot verify`",
}


class Database:
    """One archive's connections: a single writer kept open, and readers as they are needed.

    To be used from one thread at a time. Other processes may read it meanwhile, or write in turn.
    """

    def __init__(self, url: str, path: Path, engine: sa.Engine, *, read_only: bool) -> None:
        self.url = url
        self.path = path
        self.read_only = read_only
        self._engine = engine
        self._writer: sa.Connection | None = None

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One write transaction: all of it is kept, or nothing. Raises ArchiveError."""
        if self.read_only:
            raise ArchiveError(f"the archive {self.path} was opened for reading only")
        with plainly(self.path):
            if self._writer is None:
                self._writer = self._engine.connect().execution_options(writes=True)
            with self._writer.begin():
                yield self._writer

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
        with plainly(self.path), self._engine.connect() as connection:
            yield connection


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turns what the database says of its file into one ArchiveError; a mistake of ours stays as it is."""
    try:
        yield
    except DBAPIError as error:
        name = getattr(error.orig, "sqlite_errorname", "")
        for prefix, said in _SAID.items():
            if name.startswith(prefix):
                raise ArchiveError(f"the archive {path}: {said}") from error
        raise


def connect(url: str, *, read_only: bool, create: bool) -> tuple[Path, sa.Engine]:
    """The engine of an archive whose schema is the one this newsbot knows. Raises ArchiveError."""
    path = _sqlite_path(url)
    _check_place(path, create=create and not read_only)
    engine = _sqlite_engine(path, "ro" if read_only else "rwc" if create else "rw")
    try:
        with plainly(path):
            _bring_up(engine, path, read_only=read_only)
    except BaseException:
        engine.dispose()
        raise
    return path, engine


def _sqlite_path(url: str) -> Path:
    try:
        parsed = sa.make_url(url)
    except ArgumentError:
        raise ArchiveError(f"{url!r} is no archive: write it as sqlite:///newsbot.db") from None
    if parsed.get_backend_name() != "sqlite":
        raise ArchiveError(f"{parsed.drivername}:// is no archive newsbot can keep: use sqlite:///PATH")
    if not parsed.database or parsed.database == ":memory:":
        raise ArchiveError("an archive is kept in a file: write it as sqlite:///newsbot.db")
    return Path(parsed.database)


def _check_place(path: Path, *, create: bool) -> None:
    if not path.parent.is_dir():
        raise ArchiveError(f"the directory {path.parent} does not exist: make it, or choose another archive")
    if path.is_dir():
        raise ArchiveError(f"{path} is a directory: an archive is a file, as in sqlite:///{path}/newsbot.db")
    if not create and not path.exists():
        raise ArchiveError(f"there is no archive at {path}: `newsbot crawl` makes one")


def _sqlite_engine(path: Path, mode: str) -> sa.Engine:
    file = f"file:{quote(str(path.absolute()))}?mode={mode}"
    engine = sa.create_engine(
        "sqlite://",
        creator=partial(_open_sqlite, file),
        poolclass=sa.QueuePool,
        json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
    )
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_sqlite(file: str) -> sqlite3.Connection:
    # isolation_level None: Python then leaves BEGIN to _begin_sqlite, which knows a write from a read.
    connection = sqlite3.connect(
        file, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that reads first and writes later fails at once when another writer came between;
    # one that takes the write lock at its beginning waits for its turn (docs: SQLite, "BEGIN IMMEDIATE").
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up(engine: sa.Engine, path: Path, *, read_only: bool) -> None:
    with engine.connect() as reader:
        found = migrate.version(reader, path)
    if found == SCHEMA:
        return
    if read_only and found is None:
        raise ArchiveError(f"there is no archive in {path}, which is empty: `newsbot crawl` makes one")
    if read_only:
        raise ArchiveError(
            f"the archive {path} is of an older newsbot: the next `newsbot crawl` brings it up to date"
        )
    _set_wal(engine)
    with engine.connect().execution_options(writes=True) as writer, writer.begin():
        if migrate.version(writer, path) != SCHEMA:  # another process may have been first
            migrate.upgrade(writer)


def _set_wal(engine: sa.Engine) -> None:
    """Readers and the writer then don't wait for each other. The file remembers it."""
    # On the bare connection: SQLite refuses the change inside a transaction, and SQLAlchemy begins one.
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
