"""Rows of captures set right by what their file holds, which is what was captured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.captured import NewCapture
from newsbot.archive.captures import enter, id_at
from newsbot.archive.database import Database
from newsbot.archive.schema import capture_files, captures
from newsbot.errors import ArchiveError

_ROWS: Final = (
    sa.select(captures)
    .join(capture_files, capture_files.c.id == captures.c.file_id)
    .where(capture_files.c.name == sa.bindparam("file"))
    .order_by(captures.c.offset)
)
_CHANGE: Final = sa.update(captures).where(captures.c.id == sa.bindparam("of_id"))  # sets what it is given
_NAMES: Final = ("offset", "length", "url", "status", "payload_sha256")


class Recapturing(Database):
    def correct_captures(self, file: str, found: Sequence[NewCapture]) -> int:
        """Makes the rows of a file say what it holds; how many were changed or entered.

        A row at no page's place is that of the page of its address and payload that no row is at, and keeps
        its id: what points at it points at its page again.
        """
        with self.writing() as connection:
            rows = [dict(row) for row in connection.execute(_ROWS, {"file": file}).mappings()]
            at = {row["offset"]: row for row in rows}
            places = {new.capture.offset for new in found}
            astray = [row for row in rows if row["offset"] not in places]
            changed = 0
            for new in found:
                row = at.get(new.capture.offset) or _taken(astray, new)
                changed += _enter(connection, new) if row is None else _correct(connection, row, new)
        return changed


def _taken(astray: list[dict[str, Any]], new: NewCapture) -> dict[str, Any] | None:
    for row in astray:
        if (row["url"], row["payload_sha256"]) == (new.url, new.capture.sha256):
            astray.remove(row)
            return row
    return None


def _correct(connection: sa.Connection, row: dict[str, Any], new: NewCapture) -> int:
    place = new.capture
    held = (place.offset, place.length, new.url, new.status, place.sha256)
    values: dict[str, Any] = dict(zip(_NAMES, held, strict=True))
    if row["same_as"] is None and new.same_as is not None:
        values["same_as"] = id_at(connection, new.same_as)
    if all(row[name] == value for name, value in values.items()):
        return 0
    connection.execute(_CHANGE, {"of_id": row["id"], **values})
    return 1


def _enter(connection: sa.Connection, new: NewCapture) -> int:
    try:
        enter(connection, [new])
    except ArchiveError:  # a revisit of what the archive has lost
        return 0
    return 1
