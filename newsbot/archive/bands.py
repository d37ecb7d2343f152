"""The keys under which near texts find one another: rows of a period, a key and an article.

A period is 90 days of the articles' dates. A lookup reaches 45 days to either side and so asks two
periods, whatever the archive holds. What is long past and was stored long ago is dropped by and by, as
runs begin: no lookup asks for it any more, but of an article as old that comes only now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from newsbot.archive import recent, schema
from newsbot.archive.prepared import Prepared, execute
from newsbot.archive.recent import Recent
from newsbot.archive.schema import articles
from newsbot.archive.several import one_of

Place: TypeAlias = tuple[int, int]  # a period, and a key
Row: TypeAlias = tuple[int, int, int]  # the same, and an article's id

PERIOD: Final = timedelta(days=90)
REACH: Final = timedelta(days=45)
KEPT: Final = timedelta(days=730)  # after a period: articles as old hardly come, nor do copies of them
RESTED: Final = timedelta(days=90)  # after an article was stored: a back-fill may take several runs
DROPPED_AT_ONCE: Final = 20_000  # rows: a run is not to wait for it
COMMONEST: Final = 16  # articles of a period under one key: more share a phrase, and say nothing

_bands = schema.bands
_ADD: Final = "INSERT INTO {} (period, key, article_id) VALUES (?, ?, ?)"  # of SQLite
_ADD_AT_ONCE: Final = {  # of PostgreSQL, which takes some 20 µs for each time a statement is executed
    table.name: Prepared(
        sa.text(
            f"INSERT INTO {table.name} (period, key, article_id) SELECT * FROM"  # noqa: S608 - two of our own
            " unnest(CAST(:periods AS integer[]), CAST(:keys AS bigint[]), CAST(:articles AS bigint[]))"
        )
    )
    for table in (schema.bands, schema.recent_bands)
}
AMONG: Final = one_of(_bands.c.period, "periods") & one_of(_bands.c.key, "keys")
"""SQL: whether a row stands at one of the places that ``among`` gives its values, or at a few others."""

_LOOKUP: Final = Prepared(sa.select(_bands.c.period, _bands.c.key, _bands.c.article_id).where(AMONG))
_place: Final = sa.tuple_(_bands.c.period, _bands.c.key, _bands.c.article_id)
_OLDEST: Final = (
    sa.select(_bands.c.period, _bands.c.key, _bands.c.article_id)
    .where(_bands.c.period < sa.bindparam("before"))
    .order_by(_bands.c.period, _bands.c.key, _bands.c.article_id)
    .limit(sa.bindparam("most"))
)
_DROP: Final = sa.delete(_bands).where(_place.in_(_OLDEST), _bands.c.article_id < sa.bindparam("rested"))
_NEXT: Final = (
    sa.select(articles.c.id, articles.c.first_stored)
    .where(articles.c.id >= sa.bindparam("from_id"))
    .order_by(articles.c.id)
    .limit(1)
)
_LAST: Final = sa.select(sa.func.max(articles.c.id))


def period(moment: datetime) -> int:
    return _period(moment, 0)


def periods(moment: datetime) -> tuple[int, int]:
    """The two periods that a lookup for an article of this date asks."""
    reach = REACH.total_seconds()
    return _period(moment, -reach), _period(moment, reach)


@lru_cache(maxsize=100)  # a transaction asks it twice of each of its articles
def places(dated: datetime, keys: tuple[int, ...]) -> frozenset[Place]:
    """Where a lookup for an article of this date and these keys looks."""
    return frozenset((each, key) for each in periods(dated) for key in keys)


def among(asked: Collection[Place]) -> dict[str, Any]:
    return {"periods": {each for each, _ in asked}, "keys": {key for _, key in asked}}


def _period(moment: datetime, further: float) -> int:
    # In seconds: a date printed as of the year 1 or 9999 has no day before or after it.
    return int((moment.timestamp() + further) // PERIOD.total_seconds())


def drop_old(connection: sa.Connection, now: datetime) -> None:
    """Drops some of what is older than ``KEPT``, if its articles were stored longer than ``RESTED`` ago."""
    old = {"before": period(now - KEPT), "most": 1}
    if connection.execute(_OLDEST, old).first() is not None:
        rested = _first_after(connection, now - RESTED)
        connection.execute(_DROP, {**old, "most": DROPPED_AT_ONCE, "rested": rested})


def _first_after(connection: sa.Connection, moment: datetime) -> int:
    """The id from which on articles were stored after a moment: they are numbered as they come."""
    low, high = 0, int(connection.execute(_LAST).scalar() or 0) + 1
    while low < high:
        middle = (low + high) // 2
        found = connection.execute(_NEXT, {"from_id": middle}).first()
        if found is None or found.first_stored > moment:
            high = middle
        else:
            low = found.id + 1
    return low


class Bands:
    """What one transaction asks and changes of the keys; ``apply`` ends it.

    A statement costs more than what it finds: ``ask`` asks for several articles together, and what is
    entered is written together at the end.
    """

    def __init__(
        self, connection: sa.Connection, latest: Recent, texts: Collection[str] | None = None
    ) -> None:
        """``latest``: as of now. ``texts``: of the text hashes of its articles those that others have.

        None: not asked.
        """
        self.connection = connection
        self._latest = latest
        self._dropped: set[int] = set()
        self._held: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self._asked: set[tuple[int, int]] = set()
        self._entered: dict[Row, None] = {}
        self._new: dict[Row, None] = {}  # of new articles: they come to the latest ones
        self._texts = None if texts is None else set(texts)

    def ask(self, wanted: Iterable[Place]) -> None:
        """Finds out at once what ``find`` will want."""
        missing = set(wanted) - self._asked
        if missing:
            self.hold(missing, _LOOKUP.rows(self.connection, among(missing)))

    def hold(self, asked: Collection[Place], rows: Iterable[Sequence[int]]) -> None:
        """Takes what was found where ``asked``, and beside: period, key and article id."""
        self._asked.update(asked)
        for own, key, article in chain(rows, self._latest.at(asked)):
            if (own, key) in asked and article not in self._dropped:
                self._held[own, key].append(article)

    def repeats(self, text_hash: str | None) -> bool:
        """Whether an article may be there that has this text. Of the next one with it: yes."""
        if self._texts is None or text_hash is None:
            return text_hash is not None
        known = text_hash in self._texts
        self._texts.add(text_hash)
        return known

    def find(self, dated: datetime, keys: tuple[int, ...]) -> tuple[list[int], set[int]]:
        """The articles that share a key, those that share most first; and the keys that are common."""
        looked_at = places(dated, keys)
        self.ask(looked_at)
        shared = Counter(article for place in looked_at for article in self._held.get(place, ()))
        found = sorted(shared, key=lambda article: (-shared[article], article))
        own = period(dated)
        return found, {key for key in keys if len(self._held.get((own, key), ())) >= COMMONEST}

    def enter(self, article: int, dated: datetime, keys: Sequence[int], *, is_new: bool) -> None:
        own, entered = period(dated), self._new if is_new else self._entered
        for key in dict.fromkeys(keys):
            self._held[own, key].append(article)
            entered[own, key, article] = None

    def drop(self, article: int, dated: datetime, keys: Sequence[int]) -> None:
        own = period(dated)
        self._dropped.add(article)
        for key in keys:
            self._entered.pop((own, key, article), None)
            self._new.pop((own, key, article), None)
            if article in self._held.get((own, key), ()):
                self._held[own, key].remove(article)
        held = sa.delete(_bands).where(_bands.c.period == own, _bands.c.key.in_(keys))
        if keys:
            self.connection.execute(held.where(_bands.c.article_id == article))
            recent.forget(self.connection, article)

    def apply(self) -> None:
        """``kept`` is to be told when that is committed."""
        if not self._may_wait():
            self._entered |= self._new
            self._new.clear()
        self._write(_bands, self._entered)
        self._write(schema.recent_bands, self._new)
        if self._new and len(self._latest) >= recent.MOST:
            recent.settle(self.connection)
        self._entered.clear()

    def kept(self) -> None:
        self._latest.add(self._new)
        self._new.clear()

    def _may_wait(self) -> bool:
        """Not in PostgreSQL, where a row costs the same wherever it goes, and where many come together."""
        return self.connection.dialect.name == "sqlite" and len(self._new) < recent.MANY

    def _write(self, table: sa.Table, rows: Collection[Row]) -> None:
        if rows and self.connection.dialect.name == "postgresql":
            columns = map(list, zip(*rows, strict=True))
            named = dict(zip(("periods", "keys", "articles"), columns, strict=True))
            _ADD_AT_ONCE[table.name].run(self.connection, [named])
        elif rows:
            execute(self.connection, _ADD.format(table.name), sorted(rows), many=True)
