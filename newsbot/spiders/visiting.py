"""Which stored articles a run reads again: those that the board tells of, and those whose time has come."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import cast

from newsbot.archive.records import LedgerEntry
from newsbot.archive.visits import ChangesToAsk
from newsbot.errors import NotAListing
from newsbot.extensions.run_visits import RunVisits
from newsbot.pages.changes import changes_since, read_changes
from newsbot.pages.document import Document

logger = logging.getLogger(__name__)

MOST_PAGES = 10  # of a change feed in one run
_PAGE_SIZES = 5  # those that sites set are round: a page of another size was not full

Step = str | list[LedgerEntry]
"""What to request next: the address of the change feed, or the articles, with which it is done."""


class Visiting:
    """``limit``: so many articles at the most, those that the feed names first."""

    def __init__(self, run: RunVisits, feed: str | None, limit: int) -> None:
        self._run = run
        self._feed = feed
        self._limit = limit
        self._asked = run.changes_to_ask() if feed else None
        self._changes: dict[str, datetime] = {}
        self._pages = 0
        self._size = 0  # of the first page

    def begin(self) -> Step:
        if self._asked is None:
            return self._run.due(limit=self._limit, told=self._feed is not None and self._run.told_lately())
        return self._page()

    def take(self, page: Document) -> Step:
        """A page of the change feed."""
        try:
            found = read_changes(page) if page.status == 200 else None
        except NotAListing as error:
            return self.go_without(str(error))
        if found is None:
            return self.go_without(f"{page.url} answered {page.status}")
        fresh = found.keys() - self._changes.keys()
        self._changes |= found
        self._pages += 1
        self._size = self._size or len(found)
        leads_on = bool(fresh) and len(found) == self._size and self._size % _PAGE_SIZES == 0
        if leads_on and self._pages < MOST_PAGES:
            return self._page()
        return self._read(whole=not leads_on)

    def go_without(self, reason: str) -> Step:
        """The feed cannot be read: no failure of the crawl, for then all is visited as planned."""
        logger.info("no change feed: %s", reason)
        return self._run.due(limit=self._limit, told=False)

    def _page(self) -> str:
        asked = cast(ChangesToAsk, self._asked)
        return changes_since(cast(str, self._feed), asked.since, self._pages + 1)

    def _read(self, *, whole: bool) -> list[LedgerEntry]:
        """What the feed names, then what is due. It told of everything if it named what it had to name."""
        asked = cast(ChangesToAsk, self._asked)
        changed = self._run.changed(self._changes, limit=self._limit)
        told = whole and asked.proof in self._changes
        if told and len(changed) < self._limit:
            self._run.changes_are_read()
        return changed + self._run.due(limit=self._limit - len(changed), told=told)
