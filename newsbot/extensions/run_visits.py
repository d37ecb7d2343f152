"""What a run asks the archive of the stored articles that are to be read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from newsbot.archive import Archive
from newsbot.archive.records import LedgerEntry
from newsbot.archive.visits import CHANGES_APART, ChangesToAsk
from newsbot.korean.dates import KST


class RunVisits:
    """``plan``: how long after their publication articles are read again."""

    def __init__(self, archive: Archive, run: int, source: str, plan: Sequence[timedelta]) -> None:
        self._archive = archive
        self._run = run
        self._source = source
        self._plan = plan

    def due(self, *, limit: int, told: bool) -> list[LedgerEntry]:
        return self._archive.visits(
            self._source, now=datetime.now(KST), run=self._run, limit=limit, plan=self._plan, told=told
        )

    def changed(self, changes: Mapping[str, datetime], *, limit: int) -> list[LedgerEntry]:
        return self._archive.changed(self._source, run=self._run, changes=changes, limit=limit)

    def changes_to_ask(self) -> ChangesToAsk | None:
        now = datetime.now(KST)
        return self._archive.changes_to_ask(self._source, run=self._run, now=now, plan=self._plan)

    def told_lately(self) -> bool:
        """Whether the change feed was read so short a time ago that it is not asked again."""
        read = self._archive.changes_read(self._source)
        return read is not None and datetime.now(KST) - read < CHANGES_APART

    def changes_are_read(self) -> None:
        """From the start of this run on the next one asks, if this one comes to its end."""
        self._archive.note_option(self._run, "changes", "read")
