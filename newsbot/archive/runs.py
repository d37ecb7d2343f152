"""Runs: begun, ended with their figures, or killed; and what an ended one settles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive import bands
from newsbot.archive.database import Database
from newsbot.archive.indexing import settle_latest
from newsbot.archive.run_records import Run
from newsbot.archive.schema import RUN, Outcome, ledger, runs
from newsbot.archive.standing import add_to_day
from newsbot.errors import ArchiveError, NewerRun

_REACH: Final = re.compile(r"all|\d{4}-\d\d-\d\d")


class Runs(Database):
    def start_run(
        self, *, source: str, name: str | None, url: str, options: Mapping[str, object], started: datetime
    ) -> int:
        """A new run's number. Runs of this source that never ended are marked as killed.

        A moment at which nothing waits: some keys are dropped under which nothing is looked for any more.
        """
        unended = (runs.c.source == source) & (runs.c.state == "running")
        row = {"source": source, "name": name, "url": url, "options": dict(options), "started": started}
        with self.writing() as connection:
            settle_latest(connection)
            bands.drop_old(connection, started)
            connection.execute(sa.update(runs).where(unended).values(state="killed"))
            added = sa.insert(runs).values(**row, state="running", figures={}).returning(runs.c.id)
            return int(connection.execute(added).scalar_one())

    def note_option(self, run: int, name: str, value: str) -> None:
        """Adds to a run's options what it found out on its way."""
        with self.writing() as connection:
            options = connection.execute(sa.select(runs.c.options).where(runs.c.id == run)).scalar_one()
            connection.execute(
                sa.update(runs).where(runs.c.id == run).values(options={**options, name: value})
            )

    def finish_run(
        self,
        run: int,
        *,
        state: Outcome,
        reach: str | None,
        figures: Mapping[str, Any],
        finished: datetime,
    ) -> None:
        """Ends a run. With a ``reach``, every headline it listed is settled that deep.

        Only what a finished run left behind counts as known to later ones: a ``reach`` ("all", or the
        date back to which its listing was walked, "YYYY-MM-DD") says that the walk came that far.
        Raises ArchiveError when the run has ended already, or was taken for killed by a later one.
        """
        if reach is not None and not _REACH.fullmatch(reach):
            raise ValueError(f"a reach is 'all' or YYYY-MM-DD, not {reach!r}")
        values = {"state": state, "reach": reach, "figures": dict(figures), "finished": finished}
        brought = {"brought": _count(figures, "new"), "revised": _count(figures, "revised")}
        running = (runs.c.id == run) & (runs.c.state == "running")
        with self.writing() as connection:
            ended = connection.execute(
                sa.update(runs)
                .where(running)
                .values(**values, **brought)
                .returning(runs.c.source, runs.c.started)
            ).one_or_none()
            if ended is None:
                raise ArchiveError(
                    f"run {run} is not running: it has ended, or a later run of its source began"
                )
            add_to_day(
                connection, ended.source, ended.started, brought | {"failed": _count(figures, "failed")}
            )
            settle_latest(connection)
            if reach is not None:
                _settle(connection, run, ended.source, reach)

    def unanswered(self, run: int) -> int:
        """How many headlines this run took and neither stored, failed nor found gone: 0 when it is done."""
        waiting = (ledger.c.taken_run == run) & ledger.c.next_try.is_not(None) & ledger.c.failure.is_(None)
        of_source = ledger.c.source == sa.select(runs.c.source).where(runs.c.id == run).scalar_subquery()
        with self.reading() as connection:
            counted = connection.execute(sa.select(sa.func.count()).where(of_source, waiting))
            return int(counted.scalar_one())

    def expect_no_run_after(self, run: int, source: str) -> None:
        """Raises NewerRun if a run of this source that is newer than ``run`` has ended of itself."""
        newer = (
            (runs.c.source == source)
            & (runs.c.id > run)
            & runs.c.state.in_(("finished", "partial", "failed"))
        )
        with self.reading() as connection:
            found = connection.execute(sa.select(sa.func.max(runs.c.id)).where(newer)).scalar_one()
        if found is not None:
            raise NewerRun(f"{source} was crawled meanwhile, by run {found}")

    def runs(self, source: str | None = None, *, limit: int = 20) -> list[Run]:
        """The latest runs, newest first."""
        latest = sa.select(*RUN).order_by(runs.c.id.desc()).limit(limit)
        if source is not None:
            latest = latest.where(runs.c.source == source)
        with self.reading() as connection:
            return [Run(**row) for row in connection.execute(latest).mappings()]


def _count(figures: Mapping[str, Any], name: str) -> int:
    return int(figures.get(name) or 0)


def settle_source(connection: sa.Connection, source: str, reach: str) -> None:
    """All that is known of a source is settled so deep: a walk has passed all of it."""
    _deepen(connection, (ledger.c.source == source) & (ledger.c.state != "listed"), reach)


def _settle(connection: sa.Connection, run: int, source: str, reach: str) -> None:
    _deepen(connection, (ledger.c.source == source) & (ledger.c.listed_run == run), reach)


def _deepen(connection: sa.Connection, chosen: sa.ColumnElement[bool], reach: str) -> None:
    settled = ledger.c.settled_reach
    shallower = settled.is_(None) | ((settled != "all") & (sa.literal(reach) < settled))
    if reach == "all":
        shallower = settled.is_(None) | (settled != "all")
    connection.execute(sa.update(ledger).where(chosen, shallower).values(settled_reach=reach))
