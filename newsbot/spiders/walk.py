"""How far a run walks a listing: which headlines it wants, when it stops, and what it then settles.

Pure bookkeeping, without Scrapy and without the archive. A walk stops by ids alone: dates and numbers
move, and a backdated post may head page 1. It settles what it listed only if it came to where it was
meant to: to ground that an earlier run settled, to the listing's end, or to the day it was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import dropwhile, pairwise
from operator import or_

from newsbot.archive.records import Listed
from newsbot.items import Headline

KNOWN_IN_A_ROW = 10
"""So many known headlines, one after the other at a page's end, are settled ground."""

STALE_PAGES = 3
"""So many pages in a row without a new row are a listing that repeats itself: posts that arrive during
the walk push rows already read onto the next pages, but hardly onto that many."""

FEW_STEPS = 4  # from row to row, that show in which order a page is

MOST_ROUNDS = 3  # ways back over a listing that keeps moving


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a run was asked for. ``since`` and ``until`` are days, both included, of the listed date.

    ``full``: every page of the listing, and every article again. ``repair``: every page, and of the articles
    those that are missing. ``wanted``: the day from which on what the walk meets is fetched, or "all",
    though it goes no further back than ``since``: a back-fill does.
    """

    pages: int | None = None
    since: date | None = None
    until: date | None = None
    full: bool = False
    repair: bool = False
    wanted: date | str | None = None

    @property
    def whole(self) -> bool:
        """Whether the listing is walked to its end, whatever is known of it."""
        return self.full or self.repair

    def wants(self, headline: Headline) -> bool:
        """Whether a headline lies within the days asked for; one without a date does."""
        if headline.date_listed is None:
            return True
        day = headline.date_listed.date()
        first = self.since if self.wanted is None else self.wanted
        is_late = not isinstance(first, date) or day >= first
        return is_late and (self.until is None or day <= self.until)

    @property
    def reach(self) -> str:
        """How deep a run of these limits settles what it lists: "all", or the day it goes back to."""
        return self.since.isoformat() if self.since else "all"

    @property
    def settles(self) -> str | None:
        """The reach that a finished walk may settle.

        ``None`` with ``until``: newer headlines stay unfetched anywhere in the listing, so that a later
        run has to pass all of it.
        """
        return None if self.until else self.reach

    def is_past(self, headline: Headline) -> bool:
        return (
            self.since is not None
            and headline.date_listed is not None
            and headline.date_listed.date() < self.since
        )


def _is_upside_down(rows: Sequence[Listed]) -> bool:
    """Whether a page's rows come the oldest first: what is new is then at the listing's end."""
    ids = [int(row.headline.document_id) for row in rows if row.headline.document_id.isdecimal()]
    steps = [later > earlier for earlier, later in pairwise(ids)]
    return len(steps) >= FEW_STEPS and sum(steps) > len(steps) / 2


def _is_renumbered(rows: Sequence[Listed]) -> bool:
    """Whether every row has another headline than before: a board that was emptied, and counts anew."""
    return len(rows) > FEW_STEPS and all(row.fetch and row.state == "stored" for row in rows)


@dataclass(slots=True)
class Walk:
    """One run's way through a listing: forward page by page, then back over the pages it read.

    Posts deleted during the way forward pull unread ones onto pages already read; on the way back
    they come towards the reader, so that none is missed. A way back that met such posts is repeated. A
    walk that was limited to some pages leaves the rest to a later one, and needs no way back.
    """

    limits: Limits
    seen: set[str] = field(default_factory=set)
    visited: list[str] = field(default_factory=list)
    reach: str | None = None  # what the run may settle, once the walk has come to its end
    trouble: str | None = None
    ended: bool = False  # it came to its end, or to the page that it was limited to
    _stale: int = 0
    _back: list[str] = field(default_factory=list)
    _slid: bool = False
    _rounds: int = 1

    def forward(self, url: str, listed: Sequence[Listed], next_page: str | None) -> str | None:
        """Takes in a page of the way forward; returns the next to read, ``None`` at its end."""
        self.visited.append(url)
        rows = [row for row in listed if not row.headline.notice]
        fresh = [row for row in rows if row.headline.document_id not in self.seen]
        self.seen.update(row.headline.document_id for row in listed)
        self._stale = 0 if fresh else self._stale + 1
        over = self._is_over(rows)
        if not over and self._repeats(rows, fresh, next_page):
            self.fail(f"{url} only repeats earlier pages: no telling where the listing ends")
        elif over or next_page is None:
            self.ended, self.reach = True, self.limits.settles
            self._back = self.visited[:-1]
        elif self.limits.pages is not None and len(self.visited) >= self.limits.pages:
            self.ended = True
        else:
            return next_page
        return None

    def _is_over(self, rows: list[Listed]) -> bool:
        """Whether nothing is to be looked for below a page's rows; a page without rows is the end."""
        past = [self.limits.is_past(row.headline) for row in rows]
        if all(past):
            return True
        if _is_upside_down(rows) or _is_renumbered(rows):
            return False
        known = [row.known for row in rows[-KNOWN_IN_A_ROW:]]
        settled = map(or_, known, past[-KNOWN_IN_A_ROW:])
        return not self.limits.whole and any(known) and all(settled)

    def _repeats(self, rows: list[Listed], fresh: list[Listed], next_page: str | None) -> bool:
        """Whether a cache, or a server that takes no page number, shows the same rows again.

        The last page holds rows that stand on no page before it, whatever has arrived meanwhile.
        """
        return self._stale == STALE_PAGES or bool(next_page is None and rows and not fresh)

    def back(self, listed: Sequence[Listed] = ()) -> str | None:
        """Takes in a page of the way back; returns the next to read, ``None`` when all is read."""
        self._slid |= self._has_slid(listed)
        self.seen.update(row.headline.document_id for row in listed)
        if not self._back and self._slid and self._rounds < MOST_ROUNDS:
            self._back, self._slid = self.visited[:-1], False
            self._rounds += 1
        return self._back.pop() if self._back else None

    def _has_slid(self, listed: Sequence[Listed]) -> bool:
        """Whether a page of the way back holds an unread post that is not one just arrived at the head."""
        unread = [row.headline.document_id not in self.seen for row in listed if not row.headline.notice]
        is_first_page = not self._back
        return any(dropwhile(bool, unread) if is_first_page else unread)

    def fail(self, trouble: str) -> str | None:
        """The walk broke off: nothing of it is settled. Returns what to read all the same, if anything."""
        self.trouble, self.reach = trouble, None
        return None
