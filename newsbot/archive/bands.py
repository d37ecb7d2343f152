"""The keys under which near texts find one another: rows of a period, a key and an article.

A period is 90 days of the articles' dates. A lookup reaches 45 days to either side and so asks two
periods, whatever the archive holds; periods that no lookup asks for any more can be dropped whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from newsbot.archive.schema import bands

PERIOD: Final = timedelta(days=90)
REACH: Final = timedelta(days=45)
COMMONEST: Final = 16  # articles of a period under one key: more share a phrase, and say nothing

_ADD: Final = sa.insert(bands)


def period(moment: datetime) -> int:
    return int(moment.timestamp() // PERIOD.total_seconds())


def periods(moment: datetime) -> tuple[int, int]:
    """The two periods that a lookup for an article of this date asks."""
    return period(moment - REACH), period(moment + REACH)


def find(connection: sa.Connection, dated: datetime, keys: Sequence[int]) -> tuple[list[int], set[int]]:
    """The articles that share a key, those that share most first; and the keys that are common already."""
    first, second = periods(dated)
    values = {f"k{n}": key for n, key in enumerate(keys)} | {"first": first, "second": second}
    rows = connection.execute(_lookup(len(keys)), values).all() if keys else []
    shared = Counter(row.article_id for row in rows)
    own = period(dated)
    holders = Counter(row.key for row in rows if row.period == own)
    found = sorted(shared, key=lambda key: (-shared[key], key))
    return found, {key for key, count in holders.items() if count >= COMMONEST}


def enter(connection: sa.Connection, key: int, dated: datetime, keys: Sequence[int]) -> None:
    own = period(dated)
    rows = [{"period": own, "key": each, "article_id": key} for each in dict.fromkeys(keys)]
    if rows:
        connection.execute(_ADD, rows)


def drop(connection: sa.Connection, key: int, dated: datetime, keys: Sequence[int]) -> None:
    held = sa.delete(bands).where(bands.c.period == period(dated), bands.c.key.in_(keys))
    if keys:
        connection.execute(held.where(bands.c.article_id == key))


_LOOKUPS: Final[dict[int, sa.Select[tuple[int, int, int]]]] = {}


def _lookup(count: int) -> sa.Select[tuple[int, int, int]]:
    """The statement for so many keys; made once, since making it takes longer than asking it."""
    if count not in _LOOKUPS:
        keys = [sa.bindparam(f"k{n}", type_=bands.c.key.type) for n in range(count)]
        asked = [sa.bindparam(name, type_=bands.c.period.type) for name in ("first", "second")]
        _LOOKUPS[count] = sa.select(bands.c.period, bands.c.key, bands.c.article_id).where(
            bands.c.period.in_(asked), bands.c.key.in_(keys)
        )
    return _LOOKUPS[count]
