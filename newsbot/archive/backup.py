"""A backup of an SQLite archive while it is in use: one moment of it, whole and checked.

The database is read by SQLite's own backup, so its schema may be an older one: a backup is what one
makes before an upgrade.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import sqlalchemy as sa

from newsbot.archive.sqlite import BUSY_SECONDS, uri_of
from newsbot.archive.urls import read_url
from newsbot.errors import ArchiveError

PAGES: Final = 1_000  # copied at a step, between two looks at the progress
_BESIDE: Final = ("-journal", "-wal", "-shm")  # what SQLite may leave beside a file

Progress: TypeAlias = Callable[[int, int], None]  # told (done, total) in pages of the database


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What a backup holds.

    ``capture_files``: those that belong to it and are not in it, with the SHA-256 of each (None: it was
    still being written, or is gone).
    """

    articles: int
    bytes: int
    capture_files: dict[str, str | None]


def back_up(url: str, path: Path, *, progress: Progress) -> BackedUp:
    """Writes the archive as it stands now into a new file; crawls may go on meanwhile.

    Raises ArchiveError: not on SQLite (saying what to do instead), no archive, damaged, disk full.
    """
    origin = file_of(url)
    try:
        with closing(_opened(origin, "ro")) as source, closing(_made(path)) as target:
            _copy(source, target, progress)
            _check(target, origin)
            return _told(target, path)
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"the archive {origin} cannot be backed up: {error}") from error
    finally:
        for ending in _BESIDE:
            path.with_name(path.name + ending).unlink(missing_ok=True)


def file_of(url: str) -> Path:
    """The file of an archive. Raises ArchiveError as ``back_up`` does."""
    parsed = read_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise ArchiveError(
            "a server's archive is backed up by the server's own tool:"
            f" pg_dump --format=custom --file=newsbot.dump '{_without_password(parsed)}'"
        )
    file = Path(parsed.database or "")
    if not file.is_file():
        raise ArchiveError(f"there is no archive at {file}")
    return file


def _without_password(url: sa.URL) -> str:
    query = {name: value for name, value in url.query.items() if name != "password"}
    bare = sa.URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    return bare.render_as_string()


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(uri_of(path, mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _made(path: Path) -> sqlite3.Connection:
    try:
        return _opened(path, "rwc")
    except sqlite3.OperationalError as error:
        raise ArchiveError(f"the backup {path} cannot be written: {error}") from error


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, progress: Progress) -> None:
    # Held for the whole copy: SQLite would else begin anew whenever a crawl has written meanwhile.
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    source.backup(target, pages=PAGES, progress=lambda _, left, total: progress(total - left, total))


def _check(target: sqlite3.Connection, origin: Path) -> None:
    tables = {name for (name,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"articles", "revisions", "ledger"} <= tables:
        raise ArchiveError(f"{origin} is not a newsbot archive")
    for (said,) in target.execute("PRAGMA integrity_check"):
        if said != "ok":
            first = next((line for line in said.splitlines() if not line.startswith("***")), said)
            raise ArchiveError(f"the archive {origin} is damaged, and so would be its backup: {first}")


def _told(target: sqlite3.Connection, path: Path) -> BackedUp:
    (articles,) = target.execute("SELECT count(*) FROM articles").fetchone()
    is_there = target.execute("SELECT 1 FROM sqlite_master WHERE name = 'capture_files'").fetchone()
    files = target.execute("SELECT name, sha256 FROM capture_files ORDER BY id") if is_there else ()
    return BackedUp(articles=articles, bytes=path.stat().st_size, capture_files=dict(files))
