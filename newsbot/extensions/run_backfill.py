"""What a run asks and tells the archive of its source's back-fill, with figures of its own.

They are kept apart from the run's: what was posted years ago says nothing of how a source fares today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from newsbot.archive import Archive
from newsbot.archive.records import Listed
from newsbot.archive.run_records import Backfill
from newsbot.items import Headline
from newsbot.korean.dates import KST

FIGURES: Final = ("pages", "headlines", "new", "revised", "unchanged", "failed", "gone")


class RunBackfill:
    def __init__(self, archive: Archive, run: int, source: str) -> None:
        self._archive = archive
        self._run = run
        self._source = source
        self._ids: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._oldest: datetime | None = None
        self._now: Backfill | None = None
        self._stretched = False
        self.trouble: str | None = None

    def begin(self, goal: str) -> Backfill:
        """The source's back-fill, which goes to ``goal`` from now on."""
        self._now = self._archive.begin_backfill(self._source, goal, when=datetime.now(KST))
        return self._now

    def passed(self, document_ids: Collection[str]) -> dict[str, str | None]:
        return self._archive.passed(self._source, document_ids)

    def unlisted(self, headlines: Sequence[Headline]) -> list[Headline]:
        """Those that the ledger does not know, or knows as not wanted."""
        known = self._archive.wanted_before(self._source, [each.document_id for each in headlines])
        return [each for each in headlines if each.document_id not in known]

    def list_headlines(
        self, headlines: Sequence[Headline], *, wanted: Callable[[Headline], bool], reach: str
    ) -> list[Listed]:
        listed = self._archive.list_headlines(
            self._run, self._source, headlines, when=datetime.now(KST), wanted=wanted, reach=reach
        )
        self.take(row.headline.document_id for row in listed if row.fetch)
        dates = [each.date_listed for each in headlines if each.date_listed and not each.notice]
        self._oldest = min((each for each in (self._oldest, *dates) if each), default=None)
        return listed

    def take(self, document_ids: Iterable[str]) -> None:
        """These articles are the back-fill's."""
        self._ids.update(document_ids)

    def has(self, document_id: str) -> bool:
        return document_id in self._ids

    def count(self, figure: str, by: int = 1) -> None:
        self._stretched = True
        self._counts[figure] += by

    def end_stretch(
        self, *, seen: Collection[str], trail: Sequence[tuple[int, str]], reach: str | None
    ) -> None:
        """The stretch has come to its end: its place is kept."""
        self._stretched = True
        self._now = self._archive.end_stretch(
            self._source,
            seen=seen,
            trail=trail,
            oldest=self._oldest,
            when=datetime.now(KST),
            reach=reach,
        )

    def close(self) -> None:
        """The run is over: the last articles of its stretch have come."""
        if self._counts["new"]:
            self._archive.count_backfilled(self._source, self._counts["new"])

    def fail(self, trouble: str) -> None:
        self._stretched = True
        self.trouble = f"back-fill: {trouble}"

    @property
    def has_failed(self) -> bool:
        """Whether anything of it, a page or an article, has."""
        return self.trouble is not None or self._counts["failed"] > 0

    def figures(self) -> dict[str, Any]:
        """``{"backfill": {…}}`` of a run that was at it, else nothing."""
        if self._now is None or not self._stretched:
            return {}
        oldest = self._now.oldest and self._now.oldest.isoformat()
        reached = {"goal": self._now.goal, "depth": self._now.pages, "oldest": oldest}
        done = {"done": self._now.ended is not None, "trouble": self.trouble}
        return {"backfill": {name: self._counts[name] for name in FIGURES} | reached | done}
