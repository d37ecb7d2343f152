"""An archive in an SQLite file: how it is opened, and what SQLite says when something is wrong with it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from newsbot.archive import locks
from newsbot.archive.prepared import execute
from newsbot.errors import ArchiveError

BUSY_SECONDS: Final = 30
_LOG_PAGES: Final = 4000  # of 4 kB, then the log goes into the file: most pages are written by many articles

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


class SQLite:
    """Raises ArchiveError when made: no such directory or file, or a directory."""

    def __init__(self, url: sa.URL, *, read_only: bool, create: bool) -> None:
        self.file = Path(url.database or "")
        self.place = str(self.file)
        _check_place(self.file, create=create and not read_only)
        self.engine = _engine(self.file, "ro" if read_only else "rwc" if create else "rw")

    def reader(self) -> sa.Connection:
        return self.engine.connect()

    def glancer(self) -> None:
        """The writer will do, and has the pages at hand; others read them anew after each commit."""

    def said(self, error: DBAPIError) -> str | None:
        name = getattr(error.orig, "sqlite_errorname", "")
        return next((said for prefix, said in _SAID.items() if name.startswith(prefix)), None)

    def hold(self, source: str, writer: sa.Connection) -> AbstractContextManager[None]:  # noqa: ARG002
        return locks.hold(self.file.with_name(self.file.name + ".locks"), source)

    def prepare(self) -> None:
        """Readers and the writer then don't wait for each other (WAL). The file remembers it."""
        # On the bare connection: SQLite refuses the change inside a transaction, and SQLAlchemy begins one.
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()

    def damage(self, connection: sa.Connection) -> Iterator[str]:
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if said != "ok":
                yield f"the database file is damaged: {said}"
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"row {row} of {table} refers to a row of {parent} that is not there"


def _check_place(path: Path, *, create: bool) -> None:
    if not path.parent.is_dir():
        raise ArchiveError(f"the directory {path.parent} does not exist: make it, or choose another archive")
    if path.is_dir():
        raise ArchiveError(f"{path} is a directory: an archive is a file, as in sqlite:///{path}/newsbot.db")
    if not create and not path.exists():
        raise ArchiveError(f"there is no archive at {path}: `newsbot crawl` makes one")


def uri_of(path: Path, mode: str) -> str:
    """SQLite's name for a file that is to be opened, "ro", "rw" or "rwc".

    On a read-only medium (a disc, a snapshot) nobody writes, and SQLite wants no files of its own beside
    one that it is told so of (docs: SQLite, "immutable"). Not one of which a log is left: that is part of it.
    """
    fixed = mode == "ro" and _is_on_read_only_medium(path)
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}{'&immutable=1' if fixed else ''}"


def _is_on_read_only_medium(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY) and not (log.exists() and log.stat().st_size)


def _engine(path: Path, mode: str) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite://",
        creator=partial(_open, uri_of(path, mode)),
        poolclass=sa.QueuePool,
        json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
    )
    sa.event.listen(engine, "begin", _begin)
    return engine


def _open(file: str) -> sqlite3.Connection:
    # isolation_level None: Python then leaves BEGIN to _begin, which knows a write from a read.
    connection = sqlite3.connect(
        file, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    return connection


def _begin(connection: sa.Connection) -> None:
    # A transaction that reads first and writes later fails at once when another writer came between;
    # one that takes the write lock at its beginning waits for its turn (docs: SQLite, "BEGIN IMMEDIATE").
    writes = connection.get_execution_options().get("writes")
    execute(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")
