"""The keys of the latest articles, until they go into ``bands`` together.

An article's keys stand anywhere in ``bands``: entered at once they change some thirty pages of SQLite's file,
more than all else that is kept of an article. So those of new articles come into a table of their own, in the
order in which the articles come; who writes holds them in memory, and those of hundreds go into ``bands``
together, in its order: when there are ``MOST``, and when a run ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.prepared import Prepared
from newsbot.archive.schema import bands, recent_bands, schemes
from newsbot.korean.date_forms import KST

MOST: Final = 500  # articles
MANY: Final = 500  # rows, some fifteen articles': what comes so together need not wait for more

STATE: Final = "recent"  # the name in ``schemes`` of what is another whenever rows have left the table
AFTER: Final = recent_bands.c.article_id > sa.bindparam("after")

_ROWS: Final = Prepared(
    sa.select(recent_bands.c.article_id.label("id"), recent_bands.c.period, recent_bands.c.key).where(AFTER)
)
_VERSION: Final = sa.select(schemes.c.version).where(schemes.c.name == STATE)
_SETTLE: Final = sa.insert(bands).from_select(
    ["period", "key", "article_id"],
    sa.select(recent_bands.c.period, recent_bands.c.key, recent_bands.c.article_id).order_by(
        recent_bands.c.period, recent_bands.c.key, recent_bands.c.article_id
    ),
)


class Recent:
    """What a process knows of them: as of its last transaction, and of nothing that was not committed."""

    def __init__(self) -> None:
        self.last = 0  # the article up to which they are known
        self._state: str | None = None
        self._held: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self._articles: set[int] = set()

    def __len__(self) -> int:
        """How many articles."""
        return len(self._articles)

    def at(self, places: Collection[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
        """Period, key and article of those that stand there."""
        for place in self._held.keys() & places:
            for article in self._held[place]:
                yield *place, article

    def refresh(self, connection: sa.Connection) -> None:
        """Takes in what others have changed since."""
        state = connection.execute(_VERSION).scalar()
        self.take(connection, state, _ROWS.rows(connection, {"after": self.last}))

    def take(self, connection: sa.Connection, state: str | None, rows: Iterable[Any]) -> None:
        """The same, if it has been asked: the rows after ``last``, and the state."""
        if state != self._state:
            self._held.clear()
            self._articles.clear()
            self.last, self._state = 0, state
            rows = _ROWS.rows(connection, {"after": 0})
        self.add((row.period, row.key, row.id) for row in rows)

    def add(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Rows that were committed."""
        for own, key, article in rows:
            self._held[own, key].append(article)
            self._articles.add(article)
            self.last = max(self.last, article)


def settle(connection: sa.Connection) -> None:
    """Moves them all into ``bands``."""
    if connection.execute(sa.select(sa.select(recent_bands.c.key).exists())).scalar_one():
        connection.execute(_SETTLE)
        connection.execute(sa.delete(recent_bands))
        _change_state(connection)


def forget(connection: sa.Connection, article: int | None = None) -> None:
    """Takes an article's away, or everything."""
    gone = sa.delete(recent_bands)
    if article is not None:
        gone = gone.where(recent_bands.c.article_id == article)
    if connection.execute(gone).rowcount:
        _change_state(connection)


def _change_state(connection: sa.Connection) -> None:
    # By chance, not by number: a transaction that is taken back leaves nothing that comes again.
    values: Mapping[str, Any] = {"version": token_hex(8), "built": datetime.now(KST)}
    if not connection.execute(sa.update(schemes).where(schemes.c.name == STATE).values(values)).rowcount:
        connection.execute(sa.insert(schemes).values(name=STATE, **values))
