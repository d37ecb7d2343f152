"""Other readings of the pages that are captured: proposed by a later newsbot, and accepted by a person.

What a version of the readers has read is remembered, the same readings too: a pass that was stopped goes
on. Nothing of a revision changes before its new reading is accepted; the old one is then kept here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final, Unpack

import sqlalchemy as sa

from newsbot.archive import captures as capturing
from newsbot.archive.article_rows import columns
from newsbot.archive.bands import Bands
from newsbot.archive.captured import Compared, Reread, ToRead
from newsbot.archive.database import Database
from newsbot.archive.edits import note_again
from newsbot.archive.indexing import Changes
from newsbot.archive.reading import Choice, wanted
from newsbot.archive.recent import Recent
from newsbot.archive.schema import articles, capture_files, captures, readings, revisions, runs
from newsbot.archive.store import change_article
from newsbot.items import article_from_json, as_json
from newsbot.korean.text import candidate

_BATCH: Final = 100  # readings accepted in a transaction
_CAPTURED: Final = (
    capturing.KEPT.add_columns(revisions.c.id, revisions.c.article, articles.c.uri, runs.c.options)
    .join(revisions, revisions.c.capture_id == captures.c.id)
    .join(articles, articles.c.id == revisions.c.article_id)
    .join(runs, runs.c.id == revisions.c.run_id)
)
_COMPARED: Final = (
    sa.select(
        revisions.c.id,
        revisions.c.article,
        articles.c.uri,
        readings.c.state,
        readings.c.article.label("after"),
        readings.c.note,
    )
    .join(articles, articles.c.id == revisions.c.article_id)
    .where(revisions.c.capture_id.is_not(None))
)
_ADD: Final = sa.insert(readings)
_READING: Final = sa.select(readings).where(readings.c.id == sa.bindparam("of_id"))
_REVISION: Final = sa.select(revisions).where(revisions.c.id == sa.bindparam("of_id"))
_ARTICLE: Final = sa.select(articles).where(articles.c.id == sa.bindparam("of_id"))
_CHANGE: Final = sa.update(revisions).where(revisions.c.id == sa.bindparam("of_id"))  # sets what it is given


class Readings(Database):
    """``every``: of all revisions, not of the latest alone. What is withheld is left as it is."""

    def to_read(
        self,
        version: str,
        *,
        file: str | None = None,
        read_by: str | None = None,
        every: bool = False,
        **choice: Unpack[Choice],
    ) -> Iterator[ToRead]:
        """The revisions with a capture that ``version`` has not read yet, in constant memory.

        ``file``: only those in this capture file; ``read_by``: only those that this version of the readers
        has read.
        """
        within = [] if file is None else [capture_files.c.name == file]
        left = _CAPTURED.where(*_unread(version), *within, *_chosen(read_by, choice, every=every))
        for row in self.stream(left, revisions.c.id):
            yield _to_read(row)

    def page_to_read(self, uri: str, revision: int) -> ToRead | None:
        """The page that a revision was read from; None: it was not captured."""
        of_revision = _CAPTURED.where(articles.c.uri == uri, revisions.c.number == revision)
        with self.reading() as connection:
            row = connection.execute(of_revision).mappings().one_or_none()
        return None if row is None else _to_read(dict(row))

    def how_many_to_read(
        self, version: str, *, read_by: str | None = None, every: bool = False, **choice: Unpack[Choice]
    ) -> int:
        left = sa.select(sa.func.count()).select_from(revisions)
        left = left.join(articles, articles.c.id == revisions.c.article_id)
        left = left.where(*_unread(version), *_chosen(read_by, choice, every=every))
        with self.reading() as connection:
            return int(connection.execute(left).scalar_one())

    def files_to_read(
        self, version: str, *, read_by: str | None = None, every: bool = False, **choice: Unpack[Choice]
    ) -> dict[str, int]:
        """The capture files in which ``version`` has something to read yet, and how many revisions."""
        left = sa.select(capture_files.c.name, sa.func.count()).select_from(revisions)
        left = left.join(articles, articles.c.id == revisions.c.article_id)
        left = left.join(captures, captures.c.id == revisions.c.capture_id)
        left = left.join(capture_files, capture_files.c.id == captures.c.file_id)
        left = left.where(*_unread(version), *_chosen(read_by, choice, every=every))
        with self.reading() as connection:
            rows = connection.execute(
                left.group_by(capture_files.c.name).order_by(capture_files.c.name)
            ).all()
        return dict(sorted((row[0], row[1]) for row in rows))

    def keep_readings(self, version: str, read: Sequence[Reread], *, when: datetime) -> None:
        """Remembers what ``version`` read, in one transaction, but for what others have read meanwhile."""
        if not read:
            return
        with self.writing() as connection:
            ids = [each.revision for each in read]
            unread = sa.select(revisions.c.id).where(revisions.c.id.in_(ids), *_unread(version))
            left = set(connection.execute(unread).scalars())
            rows = [_row(version, each, when) for each in read if each.revision in left]
            if rows:
                connection.execute(_ADD, rows)

    def compared(
        self, version: str, *, read_by: str | None = None, every: bool = False, **choice: Unpack[Choice]
    ) -> Iterator[Compared]:
        """Every chosen revision with a capture, beside the reading of ``version``, in constant memory."""
        beside = (readings.c.revision_id == revisions.c.id) & (readings.c.parser_version == version)
        found = _COMPARED.outerjoin(readings, beside & (readings.c.state != "replaced"))
        for row in self.stream(found.where(*_chosen(read_by, choice, every=every)), revisions.c.id):
            yield Compared(
                uri=row["uri"],
                before=article_from_json(row["article"]),
                state=row["state"],
                after=None if row["after"] is None else article_from_json(row["after"]),
                note=row["note"],
            )

    def accept_readings(
        self,
        version: str,
        *,
        when: datetime,
        read_by: str | None = None,
        every: bool = False,
        **choice: Unpack[Choice],
    ) -> Iterator[int]:
        """Makes the readings of ``version`` the revisions' own, a batch a transaction; yields each's size.

        What a revision held becomes a "replaced" reading with its version. Unreadable pages change nothing.
        """
        ready = (readings.c.parser_version == version) & readings.c.state.in_(("proposed", "same"))
        ids = sa.select(revisions.c.id, readings.c.id.label("reading"))
        ids = ids.join(readings, (readings.c.revision_id == revisions.c.id) & ready)
        ids = ids.join(articles, articles.c.id == revisions.c.article_id)
        chosen = self.stream(ids.where(*_chosen(read_by, choice, every=every)), revisions.c.id)
        keys = (row["reading"] for row in chosen)
        while batch := list(islice(keys, _BATCH)):
            with self.writing() as connection:
                changes = Changes(connection)
                for key in batch:
                    _accept(connection, key, changes, self.recent, when)
                changes.apply()
            yield len(batch)


def _to_read(row: Mapping[str, Any]) -> ToRead:
    return ToRead(
        revision=row["id"],
        uri=row["uri"],
        article=article_from_json(row["article"]),
        page=capturing.kept(row),
        options=row["options"],
    )


def _unread(version: str) -> tuple[sa.ColumnElement[bool], ...]:
    known = sa.select(readings.c.id).where(
        readings.c.revision_id == revisions.c.id,
        readings.c.parser_version == version,
        readings.c.state != "replaced",
    )
    return revisions.c.capture_id.is_not(None), revisions.c.parser_version != version, ~known.exists()


def _chosen(read_by: str | None, choice: Choice, *, every: bool) -> list[sa.ColumnElement[bool]]:
    return [
        *wanted(choice, withheld=False),
        *([] if every else [revisions.c.number == articles.c.revision]),
        *([] if read_by is None else [revisions.c.parser_version == read_by]),
    ]


def _row(version: str, read: Reread, when: datetime) -> dict[str, Any]:
    found = read.candidate
    return {
        "revision_id": read.revision,
        "parser_version": version,
        "state": read.state,
        "article": None if found is None else as_json(found.article) | {"capture": None},
        "content_hash": found and found.content_hash,
        "text_hash": found and found.text_hash,
        "note": read.note,
        "read": when,
    }


def _accept(connection: sa.Connection, key: int, changes: Changes, latest: Recent, when: datetime) -> None:
    new = connection.execute(_READING, {"of_id": key}).one_or_none()
    if new is None:
        return  # another process was first
    old = connection.execute(_REVISION, {"of_id": new.revision_id}).one()
    if new.state == "proposed":
        latest.refresh(connection)
        _replace(Bands(connection, latest), old, new, changes, when)
        note_again(connection, old.article_id, old.number)
    else:
        connection.execute(_CHANGE, {"of_id": old.id, "parser_version": new.parser_version})
    connection.execute(sa.delete(readings).where(readings.c.id == key))


def _replace(bands: Bands, old: sa.Row[Any], new: sa.Row[Any], changes: Changes, when: datetime) -> None:
    connection = bands.connection

    def keep() -> None:
        _keep_old(connection, old, when)
        values = {name: getattr(new, name) for name in _HELD}
        connection.execute(_CHANGE, {"of_id": old.id, **values})

    found = connection.execute(_ARTICLE, {"of_id": old.article_id}).one()
    if found.revision != old.number:
        keep()
        return
    read = candidate(article_from_json(new.article))
    values = columns(read, found.revision, found.first_stored, found.checked) | {"removed": found.removed}
    changes.leave(found.id)
    change_article(bands, found, read, values, keep, when=when)
    bands.apply()
    changes.enter(found.id, read.article.date_published or found.first_stored, read.article)


_HELD: Final = ("article", "content_hash", "text_hash", "parser_version")


def _keep_old(connection: sa.Connection, old: sa.Row[Any], when: datetime) -> None:
    same = (readings.c.revision_id == old.id) & (readings.c.parser_version == old.parser_version)
    connection.execute(sa.delete(readings).where(same, readings.c.state == "replaced"))
    values = {name: getattr(old, name) for name in _HELD}
    connection.execute(_ADD, {"revision_id": old.id, "state": "replaced", "read": when, **values})
