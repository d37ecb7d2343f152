"""How sources stand: which there are, what they brought day by day, what waits to be fetched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from newsbot.archive.database import Database
from newsbot.archive.run_records import Look, Run
from newsbot.archive.schema import RUN, articles, days, ledger, runs

_DAY: Final = 86_400  # seconds
_KOREAN: Final = 9 * 3600  # seconds by which Korea is ahead of UTC
_EPOCH: Final = date(1970, 1, 1)
_ENDED_EARLY: Final = runs.c.state.in_(("failed", "partial"))
LOOK: Final = (
    runs.c.id,
    runs.c.source,
    runs.c.state,
    runs.c.started,
    runs.c.finished,
    runs.c.brought,
    runs.c.revised,
    sa.case((runs.c.state == "failed", runs.c.figures["ended"].as_string())).label("ended"),
    sa.case((_ENDED_EARLY, runs.c.figures["left_alone"].as_integer())).label("left_alone"),
)
_LOOKS: Final = (
    sa.select(*LOOK)
    .where(runs.c.source == sa.bindparam("of_source"))
    .order_by(runs.c.id.desc())
    .limit(sa.bindparam("most"))
)


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
        """New articles of each source by the Korean day of the run, of the days since then."""
        wanted = sa.select(days.c.source, days.c.day, days.c.brought).where(days.c.day >= day_of(since))
        found: dict[str, dict[date, int]] = {}
        with self.reading() as connection:
            for source, number, count in connection.execute(wanted):
                found.setdefault(source, {})[_EPOCH + timedelta(days=number)] = count
        return found

    def latest_looks(self, sources: Iterable[str], *, limit: int) -> dict[str, list[Look]]:
        """The latest runs of each source, newest first, by what says when it is to be asked next."""
        found: dict[str, list[Look]] = {}
        with self.reading() as connection:
            for key in sources:
                rows = connection.execute(_LOOKS, {"of_source": key, "most": limit}).mappings()
                found[key] = [Look(**row) for row in rows]
        return found

    def last_runs(self) -> list[Run]:
        """The last run of every source there is."""
        last = sa.select(*RUN).where(runs.c.source == sa.bindparam("of_source"))
        last = last.order_by(runs.c.id.desc()).limit(1)
        keys = self.sources()
        with self.reading() as connection:
            rows = [connection.execute(last, {"of_source": key}).mappings().one() for key in keys]
        return [Run(**row) for row in rows]

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


def day_of(moment: datetime) -> int:
    """The Korean day of a moment, counted from 1970-01-01."""
    return (int(moment.timestamp()) + _KOREAN) // _DAY


def day_in_sql(moment: sa.Column[datetime]) -> sa.ColumnElement[int]:
    """The same in SQL; moments are kept in seconds."""
    return (sa.type_coerce(moment, sa.BigInteger) + _KOREAN) // _DAY


def add_to_day(connection: sa.Connection, source: str, started: datetime, counts: Mapping[str, int]) -> None:
    """Adds a run that has ended to its day."""
    of_day = (days.c.source == source) & (days.c.day == day_of(started))
    more = {"runs": days.c.runs + 1} | {name: days.c[name] + count for name, count in counts.items()}
    if not connection.execute(sa.update(days).where(of_day).values(**more)).rowcount:
        first = {"source": source, "day": day_of(started), "runs": 1}
        connection.execute(sa.insert(days).values(**first, **counts))
