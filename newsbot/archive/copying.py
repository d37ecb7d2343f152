"""An archive copied whole to another place, also from one kind of database to another, and the copy proved.

Every table goes over in the order of its primary key, parents first, a window at a time: what a copy that
was killed left behind is the beginning of each table, and the next one goes on from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from itertools import zip_longest
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from newsbot.archive.archive import Archive
from newsbot.archive.database import WINDOW
from newsbot.archive.index import ENTERED
from newsbot.archive.indexing import SEARCH
from newsbot.archive.opening import COPYING
from newsbot.archive.schema import metadata, runs, schemes
from newsbot.errors import ArchiveError

Progress: TypeAlias = Callable[[str, int, int], None]  # "copying", "proving" or "indexing"; of how many

TABLES: Final = tuple(table for table in metadata.sorted_tables if table is not schemes)
_OWN: Final = (SEARCH, ENTERED, COPYING)  # of ``schemes``: each archive has its own
_UNMARK: Final = sa.delete(schemes).where(schemes.c.name == COPYING)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyProof:
    """What was compared row by row, and found equal. ``rows``: by table; ``sha256``: hex, of all of them."""

    rows: Mapping[str, int]
    sha256: str


def copy_archive(source: Archive, target: Archive, *, when: datetime, progress: Progress) -> CopyProof:
    """Copies all that ``source`` holds into ``target``, which must be empty or an unfinished copy of it.

    Then reads both, row by row, and compares. What is written to ``source`` meanwhile is not copied.
    Raises ArchiveError: the target holds something else, or a row of the copy differs.
    """
    with target.hold("newsbot archive copy"), source.reading() as reading:
        _mark(target, source.backend.place, when)
        total = sum(_count(reading, table) for table in TABLES)
        done = 0
        for table in TABLES:
            for rows in _missing(reading, target, table):
                with target.writing() as writing:
                    writing.execute(sa.insert(table), rows)
                done += len(rows)
                progress("copying", done, total)
        proof = _prove(reading, target, total, progress)
        _finish(reading, target)
        target.reindex(progress=partial(progress, "indexing"))
        with target.writing() as writing:
            writing.execute(_UNMARK)
    return proof


def _mark(target: Archive, origin: str, when: datetime) -> None:
    with target.writing() as writing:
        begun = writing.execute(sa.select(schemes.c.version).where(schemes.c.name == COPYING)).scalar()
        if begun == origin:
            return
        if begun is not None:
            raise ArchiveError(f"{target.backend.place} is an unfinished copy of {begun}: finish that one")
        if _count(writing, runs):
            raise ArchiveError(
                f"{target.backend.place} holds an archive already: copy to a place that holds nothing yet"
            )
        writing.execute(sa.insert(schemes).values(name=COPYING, version=origin, built=when))


def _missing(reading: sa.Connection, target: Archive, table: sa.Table) -> Iterator[list[dict[str, Any]]]:
    """The rows that the target lacks, a window at a time."""
    keys = tuple(table.primary_key.columns)
    with target.reading() as copied:
        last = copied.execute(sa.select(*keys).order_by(*(key.desc() for key in keys)).limit(1)).first()
    yield from _windows(reading, table, last)


def _windows(
    connection: sa.Connection, table: sa.Table, last: sa.Row[Any] | None = None
) -> Iterator[list[dict[str, Any]]]:
    keys = tuple(table.primary_key.columns)
    ordered = sa.select(table).order_by(*keys).limit(WINDOW)
    place = tuple(last) if last is not None else None
    while True:
        bound = () if place is None else map(_literal, place, keys)
        window = ordered if place is None else ordered.where(sa.tuple_(*keys) > sa.tuple_(*bound))
        rows = [dict(row) for row in connection.execute(window).mappings()]
        if rows:
            yield rows
        if len(rows) < WINDOW:
            return
        place = tuple(rows[-1][key.name] for key in keys)


def _literal(value: object, key: sa.Column[Any]) -> sa.BindParameter[Any]:
    return sa.literal(value, key.type)


def _prove(reading: sa.Connection, target: Archive, total: int, progress: Progress) -> CopyProof:
    counts: dict[str, int] = {}
    digest = sha256()
    done = 0
    with target.reading() as copied:
        for table in TABLES:
            counts[table.name] = 0
            pairs = zip_longest(_rows(reading, table), _rows(copied, table))
            for number, (row, copy) in enumerate(pairs, 1):
                if row != copy:
                    raise ArchiveError(f"row {number} of {table.name} was not copied as it is: copy again")
                digest.update(json.dumps([table.name, row], ensure_ascii=False, default=str).encode())
                counts[table.name] = number
                done += 1
                if done % WINDOW == 0 or done == total:
                    progress("proving", done, total)
    return CopyProof(rows=counts, sha256=digest.hexdigest())


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[dict[str, Any]]:
    for window in _windows(connection, table):
        yield from window


def _finish(reading: sa.Connection, target: Archive) -> None:
    """The copy is an archive of its own: its numbers go on after the copied ones."""
    # Each database has a search index of its own kind, which is built there.
    of_rows = sa.select(schemes).where(schemes.c.name.not_in(_OWN))
    rules = [dict(row) for row in reading.execute(of_rows).mappings()]
    with target.writing() as writing:
        writing.execute(sa.delete(schemes).where(schemes.c.name.not_in(_OWN)))
        if rules:
            writing.execute(sa.insert(schemes), rules)
        if target.dialect == "postgresql":
            for table in TABLES:
                _number_on(writing, table)


def _number_on(writing: sa.Connection, table: sa.Table) -> None:
    if "id" not in table.c:
        return
    last = writing.execute(sa.select(sa.func.max(table.c.id))).scalar()
    if last is not None:
        sequence = sa.func.pg_get_serial_sequence(table.name, "id")
        writing.execute(sa.select(sa.func.setval(sequence, last)))


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
