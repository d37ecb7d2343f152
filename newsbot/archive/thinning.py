"""Captures that may be forgotten: those of old runs that brought nothing, where nothing points at them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from newsbot.archive.captured import CaptureFile
from newsbot.archive.captures import FILES
from newsbot.archive.database import Database
from newsbot.archive.schema import capture_files, captures, revisions, runs, troubles

_again = captures.alias("again")
_in_file: Final = captures.c.file_id == sa.bindparam("file")
_READ_FROM: Final = (
    sa.select(revisions.c.id).join(captures, captures.c.id == revisions.c.capture_id).where(_in_file).limit(1)
)
_REFERRING: Final = (
    sa.select(_again.c.file_id)
    .join(captures, captures.c.id == _again.c.same_as)
    .where(_in_file, _again.c.file_id != captures.c.file_id)
    .distinct()
)
_HELD: Final = sa.select(captures.c.id).where(_in_file).limit(1)
_FORGET: Final = (  # those that refer to others first
    sa.delete(captures).where(_in_file, captures.c.same_as.is_not(None)),
    sa.delete(captures).where(_in_file),
)
_SAMPLES: Final = sa.select(troubles.c.sample).where(troubles.c.sample.is_not(None))


class Thinning(Database):
    def idle_capture_files(self, *, before: datetime) -> Iterator[CaptureFile]:
        """The closed files of runs that ended before then and brought nothing; the latest first.

        In this order what refers to a file comes before it. Those that show people a trouble are left out.
        """
        idle = FILES.where(
            runs.c.finished < before, runs.c.brought == 0, runs.c.revised == 0,
            capture_files.c.closed.is_not(None),
        )  # fmt: skip
        shown = self._shown()
        for row in self.stream(idle, capture_files.c.id, descending=True):
            if row["name"] not in shown:
                yield CaptureFile(**row)

    def may_be_forgotten(self, file: CaptureFile, *, gone: Collection[int]) -> bool:
        """Whether nothing points at its captures: no revision, no revisit in a file that is not ``gone``."""
        with self.reading() as connection:
            return _is_free(connection, file.id, gone)

    def holds_captures(self, file: CaptureFile) -> bool:
        with self.reading() as connection:
            return connection.execute(_HELD, {"file": file.id}).first() is not None

    def forget_captures(self, file: CaptureFile) -> bool:
        """Forgets what a file holds, unless something points at it: False. The file and its row stay."""
        with self.writing() as connection:
            if not _is_free(connection, file.id, ()):
                return False
            for forget in _FORGET:
                connection.execute(forget, {"file": file.id})
        return True

    def _shown(self) -> set[str]:
        """The files that samples of troubles lie in."""
        with self.reading() as connection:
            places = [(sample or {}).get("capture") for sample in connection.execute(_SAMPLES).scalars()]
        return {place["file"] for place in places if place}


def _is_free(connection: sa.Connection, file: int, gone: Collection[int]) -> bool:
    if connection.execute(_READ_FROM, {"file": file}).first() is not None:
        return False
    return all(other in gone for other in connection.execute(_REFERRING, {"file": file}).scalars())
