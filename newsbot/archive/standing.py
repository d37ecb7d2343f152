"""How sources stand: which there are, what they brought day by day, what waits to be fetched."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from newsbot.archive.database import Database
from newsbot.archive.schema import articles, ledger, runs

_DAY: Final = 86_400  # seconds
_KOREAN: Final = 9 * 3600  # seconds by which Korea is ahead of UTC
_EPOCH: Final = date(1970, 1, 1)


class Standing(Database):
    def sources(self) -> list[str]:
        """The keys of all sources that were ever crawled, by a jump in the index for each."""
        found: list[str] = []
        with self.reading() as connection:
            next_one = sa.select(sa.func.min(runs.c.source))
            while (name := connection.execute(next_one).scalar()) is not None:
                found.append(str(name))
                next_one = sa.select(sa.func.min(runs.c.source)).where(runs.c.source > name)
        return found

    def new_by_day(self, since: datetime) -> dict[str, dict[date, int]]:
        """New articles of each source by the Korean day of the run, of runs that began since then."""
        started = sa.type_coerce(runs.c.started, sa.BigInteger)
        day = ((started + _KOREAN) // _DAY).label("day")
        brought = sa.func.sum(runs.c.figures["new"].as_integer())
        first = self._first_run(since)
        counted = (
            sa.select(runs.c.source, day, brought).where(runs.c.id >= first).group_by(runs.c.source, day)
        )
        found: dict[str, dict[date, int]] = {}
        with self.reading() as connection:
            for source, number, count in connection.execute(counted):
                found.setdefault(source, {})[_EPOCH + timedelta(days=number)] = int(count or 0)
        return found

    def waiting(self) -> dict[str, dict[str, int]]:
        """Of each source, how many headlines wait to be fetched, by state ("pending", "failed" …)."""
        counted = sa.select(ledger.c.source, ledger.c.state, sa.func.count()).where(
            ledger.c.next_try.is_not(None)
        )
        found: dict[str, dict[str, int]] = {}
        with self.reading() as connection:
            for source, state, count in connection.execute(counted.group_by(ledger.c.source, ledger.c.state)):
                found.setdefault(source, {})[state] = count
        return found

    def articles_kept(self) -> int:
        """How many articles the archive has, by the number of the last."""
        with self.reading() as connection:
            return int(connection.execute(sa.select(sa.func.max(articles.c.id))).scalar() or 0)

    def _first_run(self, since: datetime) -> int:
        """The first run that began since then, found by halving: runs are numbered as they begin."""
        with self.reading() as connection:
            low, high = 1, int(connection.execute(sa.select(sa.func.max(runs.c.id))).scalar() or 0) + 1
            while low < high:
                middle = (low + high) // 2
                of = sa.select(runs.c.id, runs.c.started).where(runs.c.id >= middle).order_by(runs.c.id)
                row = connection.execute(of.limit(1)).first()
                if row is None or row.started >= since:
                    high = middle
                else:
                    low = row.id + 1
        return low
