"""Which capture files there are, and what was captured where: rows only, never the files themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.captured import CaptureFile, Journal, KeptCapture, NewCapture
from newsbot.archive.database import Database
from newsbot.archive.prepared import Prepared, together
from newsbot.archive.schema import articles, capture_files, capture_journal, captures, revisions, runs
from newsbot.errors import ArchiveError
from newsbot.items import Capture

_other = captures.alias("other")
_other_file = capture_files.alias("other_file")
_AT: Final = (
    sa.select(captures.c.id)
    .join(capture_files, capture_files.c.id == captures.c.file_id)
    .where(
        capture_files.c.name == sa.bindparam("capture_file"),
        captures.c.offset == sa.bindparam("capture_offset"),
    )
)
AT_PLACE: Final = _AT.scalar_subquery()
"""The id of the capture that begins at ``capture_offset`` of ``capture_file``; NULL where both are None."""

KEPT: Final = (
    sa.select(
        captures.c.url,
        captures.c.status,
        captures.c.fetched,
        captures.c.payload_sha256,
        captures.c.offset,
        captures.c.length,
        capture_files.c.name,
        _other.c.offset.label("other_offset"),
        _other.c.length.label("other_length"),
        _other_file.c.name.label("other_name"),
    )
    .join(capture_files, capture_files.c.id == captures.c.file_id)
    .outerjoin(_other, _other.c.id == captures.c.same_as)
    .outerjoin(_other_file, _other_file.c.id == _other.c.file_id)
)
_FILE: Final = sa.select(capture_files.c.id).where(capture_files.c.name == sa.bindparam("capture_file"))
_ADD: Final = Prepared(sa.insert(captures).inline().values(file_id=_FILE.scalar_subquery()))
_JOURNAL: Final = Prepared(sa.insert(capture_journal).inline().values(file_id=_FILE.scalar_subquery()))
_OF_FILE: Final = capture_journal.c.file_id == _FILE.scalar_subquery()
_FORGET: Final = Prepared(
    sa.delete(capture_journal).where(_OF_FILE, capture_journal.c.offset < sa.bindparam("safe"))
)
_JOURNALED: Final = sa.select(capture_journal.c.id, capture_journal.c.offset, capture_journal.c.records)
_HOLDS: Final = Prepared(
    sa.select(captures.c.id).where(captures.c.payload_sha256 == sa.bindparam("payload")).limit(1)
)
_WHOLE: Final = (
    KEPT.where(captures.c.payload_sha256 == sa.bindparam("payload"), captures.c.same_as.is_(None))
    .order_by(captures.c.id)
    .limit(1)
)
FILES: Final = sa.select(*capture_files.c, (runs.c.state != "running").label("ended")).join(
    runs, runs.c.id == capture_files.c.run_id
)


class Captures(Database):
    def open_capture_file(self, run: int, name: str) -> None:
        """Enters a file before it is made: none is ever on the disk that the archive does not know."""
        row = {"run_id": run, "name": name, "cut": False}
        with self.writing() as connection:
            connection.execute(sa.insert(capture_files).values(**row))

    def close_capture_file(
        self,
        name: str,
        *,
        closed: datetime,
        length: int | None = None,
        sha256: str | None = None,
        cut: bool = False,
    ) -> None:
        """``length`` in bytes, ``sha256`` in hex, of the whole file; None of one that is gone.

        The file is safe on the disk. ``cut``: half a record was cut off its end.
        """
        values = {"length": length, "sha256": sha256, "closed": closed, "cut": cut}
        with self.writing() as connection:
            connection.execute(sa.update(capture_files).where(capture_files.c.name == name).values(**values))
            connection.execute(sa.delete(capture_journal).where(_OF_FILE), {"capture_file": name})

    def drop_capture_file(self, name: str) -> None:
        """Forgets a file in which nothing was captured."""
        with self.writing() as connection:
            connection.execute(sa.delete(capture_files).where(capture_files.c.name == name))

    def enter_captures(self, new: Sequence[NewCapture], journal: Journal | None = None) -> None:
        """Enters what was captured, in one transaction."""
        with self.writing() as connection:
            enter(connection, new, journal)

    def journal_of(self, name: str) -> Iterator[tuple[int, bytes]]:
        """What is kept of a file's end: offsets and bytes, in the order in which they were written."""
        kept = _JOURNALED.where(_OF_FILE).params(capture_file=name)
        for row in self.stream(kept, capture_journal.c.id):
            yield row["offset"], row["records"]

    def unclosed_captures(self, source: str) -> list[CaptureFile]:
        """The files that killed runs of this source left open. To be asked while the source is held."""
        left = FILES.where(
            runs.c.source == source, runs.c.state != "running", capture_files.c.closed.is_(None)
        )
        with self.reading() as connection:
            return [
                CaptureFile(**row) for row in connection.execute(left.order_by(capture_files.c.id)).mappings()
            ]

    def captured_to(self, name: str) -> int:
        """The end, in bytes, of the last capture in a file that the archive knows of."""
        end = sa.func.max(captures.c.offset + captures.c.length)
        last = sa.select(end).join(capture_files, capture_files.c.id == captures.c.file_id)
        with self.reading() as connection:
            return int(connection.execute(last.where(capture_files.c.name == name)).scalar() or 0)

    def same_payload(self, sha256: str) -> KeptCapture | None:
        """The earliest capture that holds this payload (hex). Asked of every page, and hardly ever there."""
        if not self.glance(_HOLDS, {"payload": sha256}):
            return None
        with self.reading() as connection:
            row = connection.execute(_WHOLE, {"payload": sha256}).mappings().one_or_none()
        return None if row is None else kept(dict(row))

    def capture_files(self) -> Iterator[CaptureFile]:
        for row in self.stream(FILES, capture_files.c.id):
            yield CaptureFile(**row)

    def captures_in(self, name: str) -> Iterator[KeptCapture]:
        """What a file holds, in its order, in constant memory."""
        for row in self.stream(KEPT.where(capture_files.c.name == name), captures.c.offset):
            yield kept(row)

    def captures_of_run(self, run: int) -> Iterator[KeptCapture]:
        """All that a run captured, in constant memory."""
        for row in self.stream(
            KEPT.add_columns(captures.c.id).where(capture_files.c.run_id == run), captures.c.id
        ):
            yield kept(row)

    def captured_after(self, capture: Capture, url: str) -> KeptCapture | None:
        """The next capture of ``url`` in a file: of a further page of an article."""
        later = KEPT.where(
            capture_files.c.name == capture.file, captures.c.offset > capture.offset, captures.c.url == url
        )
        with self.reading() as connection:
            found = connection.execute(later.order_by(captures.c.offset).limit(1)).mappings().one_or_none()
        return None if found is None else kept(dict(found))

    def capture_of(self, uri: str, revision: int) -> KeptCapture | None:
        """The capture of the page that a revision was read from."""
        of_revision = KEPT.join(revisions, revisions.c.capture_id == captures.c.id)
        of_revision = of_revision.join(articles, articles.c.id == revisions.c.article_id)
        wanted = of_revision.where(articles.c.uri == uri, revisions.c.number == revision)
        with self.reading() as connection:
            row = connection.execute(wanted).mappings().one_or_none()
        return None if row is None else kept(dict(row))


def enter(connection: sa.Connection, new: Sequence[NewCapture], journal: Journal | None = None) -> None:
    """Enters captures, in the order of their file; those that others refer to first."""
    with together(connection):
        enter_whole(connection, new, journal)
    enter_revisits(connection, new)


def enter_whole(connection: sa.Connection, new: Sequence[NewCapture], journal: Journal | None) -> None:
    """Enters those that hold their own payload, by prepared statements alone."""
    if journal is not None:
        _keep(connection, journal)
    _ADD.run(connection, [_row(each) for each in new if each.same_as is None])


def enter_revisits(connection: sa.Connection, new: Sequence[NewCapture]) -> None:
    """Enters the others."""
    for each in new:
        if each.same_as is not None:
            _ADD.run(connection, [_row(each) | {"same_as": _id_of(connection, each.same_as)}])


def _keep(connection: sa.Connection, journal: Journal) -> None:
    file = journal.file
    rows = [{"capture_file": file, "offset": at, "records": packed} for at, packed in journal.records]
    _JOURNAL.run(connection, rows)
    if journal.safe:
        _FORGET.run(connection, [{"capture_file": file, "safe": journal.safe}])


def id_at(connection: sa.Connection, place: Capture) -> int | None:
    at = {"capture_file": place.file, "capture_offset": place.offset}
    found: int | None = connection.execute(_AT, at).scalar()
    return found


def _id_of(connection: sa.Connection, place: Capture) -> int:
    found = id_at(connection, place)
    if found is None:
        raise ArchiveError(f"the capture at {place.offset} of {place.file} was removed meanwhile: run again")
    return found


def _row(new: NewCapture) -> dict[str, Any]:
    return {
        "capture_file": new.capture.file,
        "offset": new.capture.offset,
        "length": new.capture.length,
        "url": new.url,
        "status": new.status,
        "fetched": new.fetched,
        "payload_sha256": new.capture.sha256,
    }


def kept(row: Mapping[str, Any]) -> KeptCapture:
    digest, other = row["payload_sha256"], row["other_name"]
    place = Capture(file=row["name"], offset=row["offset"], length=row["length"], sha256=digest)
    payload = None
    if other is not None:
        payload = Capture(file=other, offset=row["other_offset"], length=row["other_length"], sha256=digest)
    return KeptCapture(
        capture=place, payload=payload, url=row["url"], status=row["status"], fetched=row["fetched"]
    )
