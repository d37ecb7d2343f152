"""By which version the keys of near texts were made, and all articles matched anew by another.

Two versions find nothing of one another. The table ``schemes`` says which it was and, while articles are
being matched anew, up to which of them: a rebuild may be killed and go on, and others may write meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from newsbot.archive import grouping, recent
from newsbot.archive.bands import Bands
from newsbot.archive.database import Database
from newsbot.archive.members import load
from newsbot.archive.records import Progress
from newsbot.archive.schema import articles, bands, schemes
from newsbot.korean.nearness import SKETCHES

BATCH: Final = 100  # articles in a transaction

SKETCHED: Final = "sketches"  # the keys' name in ``schemes``
_STATE: Final = sa.select(schemes.c.version).where(schemes.c.name == SKETCHED)
_IS_EMPTY: Final = sa.select(~sa.select(articles.c.id).exists())
_NEXT: Final = (
    sa.select(articles.c.id).where(articles.c.id > sa.bindparam("after")).order_by(articles.c.id).limit(BATCH)
)


def note_first(connection: sa.Connection, versions: Mapping[str, str], when: datetime) -> None:
    """Says of an archive that holds nothing yet that its keys are of this version."""
    if SKETCHED not in versions and connection.execute(_IS_EMPTY).scalar_one():
        _set(connection, SKETCHES, when)


def are_whole(connection: sa.Connection) -> bool:
    """Whether the keys are of this version, and no rebuild of them is under way."""
    return bool(connection.execute(_STATE).scalar() == SKETCHES)


class Sketches(Database):
    def rematch(self, *, when: datetime, anew: bool = False, progress: Progress | None = None) -> int:
        """Matches every article anew if the keys are of another version; how many it was, 0 if they are not.

        ``anew``: whatever their version. ``progress`` is told (done, total) in articles.
        """
        with self.writing() as connection:
            if are_whole(connection) and not anew:
                return 0
            total = connection.execute(sa.select(sa.func.count()).select_from(articles)).scalar_one()
            if _reached(connection) is None:
                connection.execute(sa.delete(bands))
                recent.forget(connection)
                _set(connection, f"{SKETCHES} until 0", when)
        done = 0
        while more := self._match_batch(when):
            done += more
            if progress is not None:
                progress(min(done, total), total)
        return done

    def _match_batch(self, when: datetime) -> int:
        with self.writing() as connection:
            after = _reached(connection)
            if after is None:  # another process was faster
                return 0
            ids = list(connection.execute(_NEXT, {"after": after}).scalars())
            self.recent.refresh(connection)
            keys = Bands(connection, self.recent)
            for member in load(connection, ids):
                grouping.leave(keys, member, when)
                grouping.enter_again(keys, member, when)
            keys.apply()
            _set(connection, f"{SKETCHES} until {ids[-1]}" if ids else SKETCHES, when)
            return len(ids)


def _reached(connection: sa.Connection) -> int | None:
    """Up to which article a rebuild of this version has come; None where none is under way."""
    version, _, upto = str(connection.execute(_STATE).scalar() or "").partition(" until ")
    return int(upto) if version == SKETCHES and upto else None


def _set(connection: sa.Connection, version: str, when: datetime) -> None:
    values = {"version": version, "built": when}
    if not connection.execute(sa.update(schemes).where(schemes.c.name == SKETCHED).values(values)).rowcount:
        connection.execute(sa.insert(schemes).values(name=SKETCHED, **values))
