"""Troubles of sources: begun, seen again, over; and what of it people have been told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Any, Final, Literal

import sqlalchemy as sa

from newsbot.archive.database import Database
from newsbot.archive.run_records import KeptTrouble, Run
from newsbot.archive.schema import RUN, capture_files, captures, ledger, runs, troubles
from newsbot.errors import ArchiveError

ENDED: Final = ("finished", "partial", "failed")
_IS_OPEN: Final = troubles.c.until.is_(None)
_UNTOLD: Final = (troubles.c.told.is_(None)) | (~_IS_OPEN & (troubles.c.told != "over"))


class Troubles(Database):
    def source_of(self, run: int) -> str:
        """What the archive calls the source that a run crawled. Raises ArchiveError: there is no such run."""
        with self.reading() as connection:
            found = connection.execute(sa.select(runs.c.source).where(runs.c.id == run)).scalar()
        if found is None:
            raise ArchiveError(f"there is no run {run} in the archive")
        return str(found)

    def ended_runs(self, source: str, *, before: int | None = None, limit: int) -> list[Run]:
        """The latest runs of a source that came to an end of themselves, ``before`` a run, newest first."""
        latest = sa.select(*RUN).where(runs.c.source == source, runs.c.state.in_(ENDED))
        if before is not None:
            latest = latest.where(runs.c.id < before)
        with self.reading() as connection:
            found = connection.execute(latest.order_by(runs.c.id.desc()).limit(limit)).mappings()
            return [Run(**row) for row in found]

    def brought_new(self, source: str, *, limit: int) -> list[datetime]:
        """When the latest runs began that brought something new, in order."""
        brought = sa.select(runs.c.started).where(runs.c.source == source, runs.c.brought > 0)
        with self.reading() as connection:
            found = connection.execute(brought.order_by(runs.c.id.desc()).limit(limit))
            return sorted(found.scalars())

    def troubles(
        self, source: str | None = None, *, only_open: bool = False, limit: int | None = None
    ) -> list[KeptTrouble]:
        """Troubles of a source, or of all, the latest first."""
        wanted = sa.select(troubles).order_by(troubles.c.id.desc()).limit(limit)
        if source is not None:
            wanted = wanted.where(troubles.c.source == source)
        return self._troubles(wanted.where(_IS_OPEN) if only_open else wanted)

    def untold_troubles(self, source: str) -> list[KeptTrouble]:
        """Those of a source that have begun, or are over, and nobody was told, the earliest first."""
        of_source = sa.select(troubles).where(troubles.c.source == source, _UNTOLD)
        return self._troubles(of_source.order_by(troubles.c.id))

    def current_troubles(self, name: str) -> list[KeptTrouble]:
        """Those of this name, of any source, of which people know no end yet, the earliest first."""
        told = troubles.c.told
        current = sa.select(troubles).where(troubles.c.name == name, told.is_(None) | (told != "over"))
        return self._troubles(current.order_by(troubles.c.id))

    def keep_troubles(
        self,
        run: Run,
        seen: Mapping[str, str],
        *,
        samples: Mapping[str, Mapping[str, Any]],
        well: Set[str],
        over: Set[str],
        when: datetime,
    ) -> None:
        """What a run showed: ``seen`` (lines by name) is there, ``well`` is not; of the rest nothing.

        ``over``: those of the well ones that have been so for long enough; they ended when they became so.
        """
        of_source = (troubles.c.source == run.source) & _IS_OPEN
        with self.writing() as connection:
            known = set(connection.execute(sa.select(troubles.c.name).where(of_source)).scalars())
            for name, line in seen.items():
                values: dict[str, Any] = {"last_seen": when, "detail": line}
                values |= {"well_runs": 0, "well_since": None}
                if name in known:
                    connection.execute(
                        sa.update(troubles).where(of_source, troubles.c.name == name).values(**values)
                    )
                    continue
                begun = {"source": run.source, "name": name, "run_id": run.id, "since": when}
                connection.execute(sa.insert(troubles).values(**begun, **values, sample=samples.get(name)))
            shown = sa.update(troubles).where(of_source, troubles.c.name.in_(sorted(well)))
            since = sa.func.coalesce(troubles.c.well_since, sa.literal(when, troubles.c.well_since.type))
            connection.execute(shown.values(well_runs=troubles.c.well_runs + 1, well_since=since))
            ended = sa.update(troubles).where(of_source, troubles.c.name.in_(sorted(over)))
            connection.execute(ended.values(until=troubles.c.well_since))

    def settle_trouble(self, trouble: KeptTrouble, *, note: str | None, when: datetime) -> None:
        """Ends an open trouble by a person's word: what it found is the usual from its beginning on."""
        ended = sa.update(troubles).where(troubles.c.id == trouble.id, _IS_OPEN)
        with self.writing() as connection:
            connection.execute(ended.values(until=when, settled=when, note=note))

    def settled_troubles(self, source: str) -> list[tuple[KeptTrouble, datetime]]:
        """What persons have settled of a source, the latest first, and when the run began that found it."""
        settled = (troubles.c.source == source) & troubles.c.settled.is_not(None)
        found = sa.select(troubles, runs.c.started).join(runs, runs.c.id == troubles.c.run_id).where(settled)
        with self.reading() as connection:
            rows = [dict(row) for row in connection.execute(found.order_by(troubles.c.id.desc())).mappings()]
        began = [row.pop("started") for row in rows]
        return [(KeptTrouble(**row), moment) for row, moment in zip(rows, began, strict=True)]

    def note_told(self, told: Sequence[KeptTrouble]) -> None:
        """Notes that people know of these troubles what their rows say."""
        with self.writing() as connection:
            for trouble in told:
                word = "begun" if trouble.until is None else "over"
                connection.execute(sa.update(troubles).where(troubles.c.id == trouble.id).values(told=word))

    def claim_telling(self, told: Sequence[KeptTrouble], word: Literal["begun", "over"]) -> bool:
        """Notes that people know this of these troubles, if nobody else has told them meanwhile."""
        ids = troubles.c.id.in_([trouble.id for trouble in told])
        with self.writing() as connection:
            now = connection.execute(sa.select(troubles.c.id, troubles.c.told).where(ids)).all()
            if {row.id: row.told for row in now} != {trouble.id: trouble.told for trouble in told}:
                return False
            connection.execute(sa.update(troubles).where(ids).values(told=word))
            return True

    def take_back_telling(self, told: Sequence[KeptTrouble]) -> None:
        """Notes that people know no more of these troubles than they did before."""
        with self.writing() as connection:
            for trouble in told:
                before = sa.update(troubles).where(troubles.c.id == trouble.id)
                connection.execute(before.values(told=trouble.told))

    def sample_page(self, run: int, source: str, place: str) -> dict[str, Any]:
        """``{"url", "capture"}`` of an address, or of a headline's id after "#", as this run fetched it."""
        with self.reading() as connection:
            url = place
            if place.startswith("#"):
                listed = sa.select(ledger.c.url).where(
                    ledger.c.source == source, ledger.c.document_id == place[1:]
                )
                url = connection.execute(listed).scalar() or place
            of_run = (
                sa.select(capture_files.c.name.label("file"), captures.c.offset)
                .join(captures, captures.c.file_id == capture_files.c.id)
                .where(capture_files.c.run_id == run, captures.c.url == url)
            )
            kept = connection.execute(of_run.order_by(captures.c.id.desc()).limit(1)).mappings().first()
            return {"url": url, "capture": None if kept is None else dict(kept)}

    def _troubles(self, wanted: sa.Select[Any]) -> list[KeptTrouble]:
        with self.reading() as connection:
            return [KeptTrouble(**row) for row in connection.execute(wanted).mappings()]
