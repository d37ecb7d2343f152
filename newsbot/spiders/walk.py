"""How far a run walks a listing: which headlines it wants, when it stops, and what it then settles.

Pure bookkeeping, without Scrapy and without the archive. A walk stops by ids alone: dates and numbers
move, and a backdated post may head page 1. It settles what it listed only if it came to where it was
meant to: to ground that an earlier run settled, to the listing's end, or to the day it was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from newsbot.archive.records import Listed
from newsbot.items import Headline

KNOWN_IN_A_ROW = 10
"""So many known headlines, one after the other at a page's end, are settled ground."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a run was asked for. ``since`` and ``until`` are days, both included, of the listed date."""

    pages: int | None = None
    since: date | None = None
    until: date | None = None
    full: bool = False

    def wants(self, headline: Headline) -> bool:
        """Whether a headline lies within the days asked for; one without a date does."""
        if headline.date_listed is None:
            return True
        day = headline.date_listed.date()
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    @property
    def reach(self) -> str:
        """How deep a run of these limits settles what it lists: "all", or the day it goes back to."""
        return self.since.isoformat() if self.since else "all"

    def is_past(self, headline: Headline) -> bool:
        return (
            self.since is not None
            and headline.date_listed is not None
            and headline.date_listed.date() < self.since
        )


@dataclass(slots=True)
class Walk:
    """One run's way through a listing: forward page by page, then back over the pages it read.

    Posts deleted during the way forward pull unread ones onto pages already read; on the way back
    they come towards the reader, so that none is missed. A way back that met new ids is repeated.
    """

    limits: Limits
    seen: set[str] = field(default_factory=set)
    visited: list[str] = field(default_factory=list)
    reach: str | None = None  # what the run may settle, once the walk has come to its end
    trouble: str | None = None
    _back: list[str] = field(default_factory=list)
    _met_new: bool = False
    _rounds: int = 0

    def forward(self, url: str, listed: Sequence[Listed], next_page: str | None) -> str | None:
        """Takes in a page of the way forward; returns the next to read, ``None`` at its end."""
        self.visited.append(url)
        rows = [row for row in listed if not row.headline.notice]
        fresh = [row for row in rows if row.headline.document_id not in self.seen]
        self.seen.update(row.headline.document_id for row in listed)
        if self._is_over(rows, fresh) or next_page is None:
            self.reach = self.limits.reach
            return None
        if self.limits.pages is not None and len(self.visited) >= self.limits.pages:
            return None
        return next_page

    def _is_over(self, rows: list[Listed], fresh: list[Listed]) -> bool:
        if not fresh or all(self.limits.is_past(row.headline) for row in rows):
            return True
        return not self.limits.full and all(row.known for row in rows[-KNOWN_IN_A_ROW:])

    def back(self, listed: Sequence[Listed] = ()) -> str | None:
        """Takes in a page of the way back; returns the next to read, ``None`` when all is read."""
        new = {row.headline.document_id for row in listed} - self.seen
        self.seen |= new
        self._met_new |= bool(new)
        if not self._back:
            if self._rounds and not (self._met_new and self._rounds < 3):
                return None
            self._back, self._met_new = self.visited[:-1], False
            self._rounds += 1
        return self._back.pop() if self._back else None

    def fail(self, trouble: str) -> None:
        """The walk broke off: nothing of it is settled."""
        self.trouble, self.reach = trouble, None
