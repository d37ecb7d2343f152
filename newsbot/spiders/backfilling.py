"""A stretch of a back-fill at the end of a run: after all that is new, holding source and host once.

So the regular crawl comes first always, and a source's host is never asked by two. A stretch is short; it is
the schedule's turns that take a back-fill on, and each of them begins with what is new.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from newsbot.archive.database import WINDOW
from newsbot.archive.run_records import Backfill
from newsbot.errors import NotAListing
from newsbot.items import Headline, Listing, Timestamp
from newsbot.middlewares.retry_after import CrawlEnds
from newsbot.pages.sitemaps import SitemapIndex
from newsbot.spiders.reasons import reason_of
from newsbot.spiders.stretch import OVERLAP, PAGES, Goal, Parts, Stretch

if TYPE_CHECKING:
    from newsbot.spiders.board import BoardSpider

ARTICLES_A_PAGE: Final = 25  # of a sitemap's parts, which hold 50,000


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much a stretch may take. ``seconds``: of the whole run, None: as long as it takes."""

    pages: int = PAGES
    seconds: float | None = None


class Backfilling:
    """Of one run. ``begin`` gives its first request; from there its callbacks go on by themselves."""

    def __init__(self, spider: BoardSpider, place: Backfill, goal: Goal, budget: Budget) -> None:
        self._spider = spider
        self._run = spider.run.backfill
        self._goal = goal
        self._budget = budget
        self._started = time.monotonic()
        self._parts = Parts(
            trail=place.trail,
            pages=budget.pages,
            rows=budget.pages * ARTICLES_A_PAGE,
            enough=self._is_enough,
            goal=goal,
        )
        self._stretch = Stretch(
            goal.limits(budget.pages + (OVERLAP if place.trail else 0)),
            goal=goal,
            first=spider.url,
            trail=place.trail,
            enough=self._is_enough,
        )
        self._above: dict[str, Timestamp | None] = {}

    def _is_enough(self) -> bool:
        seconds = self._budget.seconds
        return seconds is not None and time.monotonic() - self._started >= seconds

    def begin(self) -> Iterator[scrapy.Request]:
        if self._spider.kind == "sitemap":
            yield from self._next_part(self._spider.url)
        else:
            yield self._ask(self._stretch.begin(), self.parse_first, self.first_failed)

    def _ask(
        self, url: str, callback: Callable[..., Any], errback: Callable[..., Any], **given: Any
    ) -> scrapy.Request:
        return scrapy.Request(url, callback=callback, errback=errback, cb_kwargs=given)

    # --- a listing's pages

    def parse_first(self, response: Response) -> Iterator[scrapy.Request]:
        """The page with which the stretch begins, if nothing is missing above it."""
        try:
            listing = self._listing(response)
        except NotAListing as error:
            yield from self._further_up(str(error))
            return
        ids = _ids(listing.headlines)
        passed = self._run.passed(ids)
        if not self._stretch.stands(ids, passed):
            yield from self._further_up("")
            return
        # Dates without a year are read under the one above them: here, under one that is known.
        self._above[response.url] = _dated(listing.headlines, passed)
        yield from self._take(response, self._listing(response), back=False)

    def _further_up(self, trouble: str) -> Iterator[scrapy.Request]:
        if (url := self._stretch.further_up()) is not None:
            yield self._ask(url, self.parse_first, self.first_failed)
        else:
            self._run.fail(trouble)

    def parse_page(self, response: Response, back: bool) -> Iterator[scrapy.Request]:
        try:
            listing = self._listing(response)
        except NotAListing as error:
            self._run.fail(str(error))
            return
        yield from self._take(response, listing, back=back)

    def _take(self, response: Response, listing: Listing, *, back: bool) -> Iterator[scrapy.Request]:
        limits = self._goal.limits()
        listed = self._run.list_headlines(listing.headlines, wanted=limits.wants, reach=limits.reach)
        yield from self._spider.requests_of(listed)
        if back:
            following = self._stretch.back(listed)
        else:
            self._run.count("pages")
            fresh = {*_ids(listing.headlines)} - self._stretch.seen
            self._run.count("headlines", len(fresh))
            following = self._stretch.forward(response.url, listed, self._next_page(listing, fresh))
            if following is not None:
                self._above[following] = last_date(listing) or self._above.get(response.url)
            back = following is None
            following = following or self._stretch.back()
        if following is not None:
            yield self._ask(following, self.parse_page, self.page_failed, back=back)
        else:
            self._end()

    def _next_page(self, listing: Listing, fresh: set[str]) -> str | None:
        """A feed's further pages that only repeat are its end."""
        return None if self._spider.kind == "feed" and not fresh else listing.next_page

    def _end(self) -> None:
        stretch = self._stretch
        if stretch.trouble is not None:
            self._run.fail(stretch.trouble)
        else:
            self._run.end_stretch(seen=stretch.seen, trail=stretch.place, reach=stretch.reach)

    def first_failed(self, failure: Failure) -> Iterator[scrapy.Request]:
        if not isinstance(failure.value, CrawlEnds):
            yield from self._further_up(_said(failure))

    def page_failed(self, failure: Failure) -> None:
        if not isinstance(failure.value, CrawlEnds):
            self._run.fail(_said(failure))

    # --- a sitemap's parts

    def parse_part(self, response: Response, part: str) -> Iterator[scrapy.Request]:
        try:
            found = self._spider.found(response)
        except NotAListing as error:
            self._parts.trouble = str(error)
            yield from self._next_part(self._parts.following())
            return
        if isinstance(found, SitemapIndex):
            day = self._goal.day
            old = [each.url for each in found.parts if _may_hold(each.modified, day)]
            yield from self._next_part(self._parts.index(old))
            return
        self._run.count("pages")
        yield from self._rows(found, part)
        yield from self._next_part(self._parts.following())

    def _rows(self, found: Listing, part: str) -> Iterator[scrapy.Request]:
        limits = self._goal.limits()
        wanted = [each for each in found.headlines if limits.wants(each)]
        left = self._run.unlisted(wanted)
        taken = left[: self._parts.take(len(left))]
        self._run.count("headlines", len(taken))
        for start in range(0, len(taken), WINDOW):
            listed = self._run.list_headlines(
                taken[start : start + WINDOW], wanted=limits.wants, reach=limits.reach
            )
            yield from self._spider.requests_of(listed)
        if len(taken) == len(left):
            self._parts.done(part)

    def _next_part(self, url: str | None) -> Iterator[scrapy.Request]:
        if url is not None:
            yield self._ask(url, self.parse_part, self.part_failed, part=url)
            return
        if self._parts.trouble is not None:
            self._run.fail(self._parts.trouble)
        self._run.end_stretch(seen=(), trail=self._parts.place, reach=self._parts.reach)

    def part_failed(self, failure: Failure) -> Iterator[scrapy.Request]:
        if not isinstance(failure.value, CrawlEnds):
            self._parts.trouble = _said(failure)
            yield from self._next_part(self._parts.following())

    def _listing(self, response: Response) -> Listing:
        self._spider.expect_same_source(response)
        found = self._spider.found(response, above=self._above.get(response.url))
        if isinstance(found, SitemapIndex):
            raise NotAListing(f"{response.url} is a sitemap index")
        return found


def last_date(listing: Listing) -> Timestamp | None:
    """The date of the last dated row: dates without a year on the next page are read under it."""
    for row in reversed(listing.headlines):
        if row.date_listed and row.date_precision and not row.notice:
            return Timestamp(value=row.date_listed, precision=row.date_precision, raw=row.date_raw or "")
    return None


def _dated(rows: Sequence[Headline], known: dict[str, str | None]) -> Timestamp | None:
    """The date that the ledger has of the first row that it has one of."""
    from_ledger = (known.get(row.document_id) for row in rows if not row.notice)
    first = next(filter(None, from_ledger), None)
    return None if first is None else Timestamp(value=datetime.fromisoformat(first), precision="day", raw="")


def _may_hold(modified: datetime | None, day: date | None) -> bool:
    """Whether a part of an index, last changed then, may hold what was published on that day or later."""
    return modified is None or day is None or modified.date() >= day


def _ids(rows: Sequence[Headline]) -> list[str]:
    return [row.document_id for row in rows if not row.notice]


def _said(failure: Failure) -> str:
    return f"{failure.request.url}: {reason_of(failure)}"  # type: ignore[attr-defined]
