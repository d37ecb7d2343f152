"""Opening an archive by its URL: on which database it is kept, and bringing its schema up to today's."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from newsbot.archive import migrate
from newsbot.archive.database import plainly
from newsbot.archive.postgresql import PostgreSQL
from newsbot.archive.schema import SCHEMA, schemes
from newsbot.archive.sqlite import SQLite
from newsbot.archive.urls import read_url
from newsbot.errors import ArchiveError

COPYING: Final = "copying"
"""The mark in ``schemes`` of a copy that is not whole yet; its version: the place that it is a copy of."""
_COPIED: Final = sa.select(schemes.c.version).where(schemes.c.name == COPYING)


def connect(url: str, *, read_only: bool, create: bool, unfinished: bool = False) -> SQLite | PostgreSQL:
    """The database of an archive whose schema is the one this newsbot knows. Raises ArchiveError.

    ``unfinished``: also a copy that is not whole, to go on with it.
    """
    backend = _backend(url, read_only=read_only, create=create)
    try:
        with plainly(backend):
            _bring_up(backend, read_only=read_only, create=create)
            if not unfinished:
                _refuse_half(backend)
    except BaseException:
        backend.engine.dispose()
        raise
    return backend


def _backend(url: str, *, read_only: bool, create: bool) -> SQLite | PostgreSQL:
    parsed = read_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SQLite(parsed, read_only=read_only, create=create)
    return PostgreSQL(parsed, read_only=read_only)


def _bring_up(backend: SQLite | PostgreSQL, *, read_only: bool, create: bool) -> None:
    with backend.engine.connect() as reader:
        found = migrate.version(reader, backend.place)
    if found == SCHEMA:
        return
    if found is None and (read_only or not create):
        raise ArchiveError(
            f"there is no archive in {backend.place}, which is empty: `newsbot crawl` makes one"
        )
    if read_only:
        raise ArchiveError(
            f"the archive {backend.place} is of an older newsbot:"
            " the next `newsbot crawl` brings it up to date"
        )
    backend.prepare()
    with backend.engine.connect().execution_options(writes=True) as writer, writer.begin():
        if migrate.version(writer, backend.place) != SCHEMA:  # another process may have been first
            migrate.upgrade(writer)


def _refuse_half(backend: SQLite | PostgreSQL) -> None:
    # No reader: the connection, once it was one, would write where its server forbids it by default.
    with backend.engine.connect() as connection:
        origin = connection.execute(_COPIED).scalar()
    if origin is not None:
        raise ArchiveError(
            f"{backend.place} is an unfinished copy of {origin}: `newsbot archive copy` goes on with it"
        )
