"""The board spider: a listing's pages until nothing is new, and the article behind every headline.

An outlet's feed or sitemap is crawled in the same way: what a source's address shows is seen from the
response to it.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

import scrapy
from scrapy import signals
from scrapy.http import Response
from twisted.python.failure import Failure

from newsbot.archive.entries import VISITS
from newsbot.archive.records import LedgerEntry, Listed
from newsbot.config import source_key
from newsbot.errors import ArchiveError, ConfigError, NotAListing
from newsbot.items import Listing, Timestamp
from newsbot.middlewares.own_host import same_place
from newsbot.middlewares.retry_after import CrawlEnds
from newsbot.pages.changes import change_feed
from newsbot.pages.document import Document
from newsbot.pages.mistaken import what_instead
from newsbot.pages.sitemaps import SitemapIndex
from newsbot.pages.source_pages import kind_of_source, read_source
from newsbot.spiders.arguments import day, goal, is_true
from newsbot.spiders.articles import ArticleSpider
from newsbot.spiders.backfilling import Backfilling, Budget, last_date
from newsbot.spiders.files import FileWalk, parts_to_read
from newsbot.spiders.reasons import reason_of
from newsbot.spiders.stretch import PAGES
from newsbot.spiders.visiting import Step, Visiting
from newsbot.spiders.walk import Limits, Walk

logger = logging.getLogger(__name__)

BACKLOG_BATCH = 50  # headlines left by earlier runs that are requested at a time
VISITS_A_RUN = 20  # stored articles that are read again to see edits, at the most


class BoardSpider(ArticleSpider):
    """Crawls one board, feed or sitemap: ``scrapy crawl board -a url=https://board.example/news``."""

    name = "board"

    def __init__(
        self,
        url: str = "",
        *,
        pages: str | int | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        full: str | bool = False,
        repair: str | bool = False,
        encoding: str | None = None,
        engine: str | None = None,
        outlet: str | None = None,
        source_name: str | None = None,
        unless_run_after: str | int | None = None,
        backfill: str | None = None,
        backfill_pages: str | int = PAGES,
        backfill_seconds: str | float | None = None,
        visits: str | int = VISITS_A_RUN,
        revisit: Sequence[timedelta] = VISITS,
    ) -> None:
        super().__init__()
        if not url:
            raise ConfigError("the board spider needs an address: scrapy crawl board -a url=https://…")
        self.url = url
        self.source = source_key(url)
        self.source_name = source_name
        self.unless_run_after = None if unless_run_after is None else int(unless_run_after)
        self.visits = int(visits)
        self.revisit = tuple(revisit)
        self.encoding = encoding
        self.engine = engine
        self.outlet = outlet
        self.limits = Limits(
            pages=int(pages) if pages else None,
            since=day(since),
            until=day(until),
            full=is_true(full),
            repair=is_true(repair),
        )
        self.goal = goal(backfill)
        seconds = None if backfill_seconds is None else float(backfill_seconds)
        self.budget = Budget(pages=int(backfill_pages), seconds=seconds)
        self._backfilling: Backfilling | None = None
        self.walk = Walk(self.limits)
        self._above: dict[str, Timestamp | None] = {}  # of a listing page: the last date of the page before
        self._change_feed: str | None = None  # as the listing names it
        self.roams = False  # over the hosts of an outlet's domain; a board stays on its own

    async def start(self) -> AsyncIterator[Any]:
        """What earlier runs left comes first, in batches; then the listing from its first page."""
        if self.run.resting is not None:  # one that was killed could not wait itself
            await self.run.resting()
        self._begin_backfill()
        after = None
        while batch := self._due(after):
            for entry in batch:
                if self.goal is not None and self.limits.is_past(entry.headline):
                    self.run.backfill.take([entry.document_id])
                self.roams |= not same_place(entry.url, self.url)  # only a feed lists what lies elsewhere
                yield self.article_request(entry.url, entry.document_id, entry.headline)
            after = batch[-1]
            await self.crawler.signals.wait_for(signals.scheduler_empty)
        yield self._listing_request(self.url)

    def _due(self, after: LedgerEntry | None) -> list[LedgerEntry]:
        try:
            return self.run.due(limit=BACKLOG_BATCH, after=after, at_once=self.limits.repair)
        except ArchiveError as error:  # Scrapy only logs what start raises
            self.run.give_up(error)
            return []

    def _begin_backfill(self) -> None:
        """What is older than the source's ``since`` is the back-fill's; without one, than its first day."""
        if self.goal is None or self.limits.whole or self.limits.until:
            return
        try:
            place = self.run.backfill.begin(self.goal.text)
        except ArchiveError as error:
            self.run.give_up(error)
            return
        since = self.limits.since or place.begun.date()
        self.limits = replace(self.limits, since=since, wanted=self.goal.wanted)
        self.walk = Walk(self.limits)
        if place.ended is None and self.budget.pages:
            self._backfilling = Backfilling(self, place, self.goal, self.budget)

    # --- listings

    def _listing_request(self, url: str, *, back: bool = False) -> scrapy.Request:
        return scrapy.Request(
            url, callback=self.parse_listing, errback=self.listing_failed, cb_kwargs={"back": back}
        )

    def parse_listing(self, response: Response, back: bool) -> Iterator[scrapy.Request]:
        """One listing page: its headlines into the ledger, requests for what is to be fetched."""
        try:
            found = self.found(response, above=self._above.get(response.url))
            if isinstance(found, SitemapIndex):
                part = self._parts(found)
                yield from self._further(part)
                yield from self._at_end(part)
                return
            self._check(response, found)
        except NotAListing as error:
            yield from self._further(self.walk.fail(str(error)))
            return
        for warning in found.warnings:
            logger.warning("%s: %s", response.url, warning)
        listed = self.run.list_headlines(found.headlines, wanted=self.limits.wants, reach=self.limits.reach)
        yield from self.requests_of(listed)
        self._count(listed, pages=0 if back else 1)
        if back:
            following = self.walk.back(listed)
        else:
            following = self.walk.forward(response.url, listed, found.next_page)
            if following is not None:
                self._above[following] = last_date(found) or self._above.get(response.url)
            back = following is None
            following = following or self.walk.back()
        yield from self._further(following, back=back)
        yield from self._at_end(following)

    def _at_end(self, following: str | None) -> Iterator[scrapy.Request]:
        """What is done when the listing has been read: what is asked again, then what is older."""
        if following is not None:
            return
        if self.limits.whole and self.walk.reach == "all" and self.kind == "board":
            yield from self._unlisted()
        if not self.limits.full:
            yield from self._visits()
        if self._backfilling is not None and self.walk.trouble is None:
            yield from self._backfilling.begin()

    def found(self, response: Response, *, above: Timestamp | None = None) -> Listing | SitemapIndex:
        """What the response lists; the first one decides of which kind the others have to be."""
        page = self.document(response)
        if response.status >= 300:
            raise NotAListing(f"{response.url} answered {response.status}{_asking(page)}")
        found = read_source(page, above=above)
        if self._change_feed is None and (feed := change_feed(page)) and same_place(feed, self.url):
            self._change_feed = feed
        kind = kind_of_source(found)
        if self.kind is None:
            self.kind = kind
            self.run.seen_as.see(kind, _software(found))
            if kind == "sitemap":  # its parts hold old and new: what is old is left to the back-fill
                self.limits = replace(self.limits, wanted=None)
            if kind != "board":
                self.roams, self.walk = True, FileWalk(self.limits)
        elif kind != self.kind:
            raise NotAListing(f"{response.url} is a {kind}, not the {self.kind} that was asked for")
        return found

    def _parts(self, index: SitemapIndex) -> str | None:
        walk = cast(FileWalk, self.walk)
        read_before = self.run.seen_as.read_before(self.limits.reach)
        return walk.index(index.url, parts_to_read(index.parts, self.limits, read_before))

    def _further(self, url: str | None, *, back: bool = False) -> Iterator[scrapy.Request]:
        if url is not None:
            yield self._listing_request(url, back=back)

    def _check(self, response: Response, listing: Listing) -> None:
        """Raises ``NotAListing`` where a page with a listing is not the listing that was asked for."""
        first_page = not self.walk.visited
        if not first_page or self.run.seen_as.has_ledger():
            self.expect_same_source(response)
        # A news sitemap holds two days: after a quiet weekend it is rightly empty.
        empty = self.kind != "sitemap" and not any(not h.notice for h in listing.headlines)
        if first_page and empty and self.run.seen_as.has_ledger():
            raise NotAListing(f"{response.url} lists nothing, though articles of it are known")

    def expect_same_source(self, response: Response) -> None:
        """Raises ``NotAListing`` where a page of a board led to another board."""
        asked = _first_url(response)
        if self.kind == "board" and source_key(response.url) != source_key(asked):
            there = f"{asked} leads to {response.url}"
            raise NotAListing(f"{there}: if the board has moved there, give that address")

    def _count(self, listed: Sequence[Listed], *, pages: int) -> None:
        new = [row for row in listed if row.headline.document_id not in self.walk.seen]
        self.run.count("pages", pages)
        self.run.count("headlines", len(new))
        self.run.count("known", sum(not row.fetch for row in new))

    def requests_of(self, listed: Sequence[Listed]) -> Iterator[scrapy.Request]:
        for row in listed:
            again = self.limits.full and row.state == "stored" and self.limits.wants(row.headline)
            if row.fetch or (again and row.headline.document_id not in self.walk.seen):
                yield self.article_request(row.headline.url, row.headline.document_id, row.headline)

    def _unlisted(self) -> Iterator[scrapy.Request]:
        """Stored posts that a walk over the whole listing did not meet: what became of them is asked."""
        for entry in self.run.unseen():
            yield self.article_request(entry.url, entry.document_id, entry.headline, unlisted=True)

    def _visits(self) -> Iterator[scrapy.Request]:
        """Stored articles of which the board tells a change, or whose time has come."""
        if self.visits:
            self._visiting = Visiting(self.run.visits, self._change_feed, self.visits)
            yield from self._again(self._visiting.begin())

    def _again(self, step: Step) -> Iterator[scrapy.Request]:
        if isinstance(step, str):
            yield scrapy.Request(step, callback=self.parse_changes, errback=self.changes_failed)
            return
        for entry in step:
            yield self.article_request(entry.url, entry.document_id, entry.headline)

    def parse_changes(self, response: Response) -> Iterator[scrapy.Request]:
        yield from self._again(self._visiting.take(self.document(response)))

    def changes_failed(self, failure: Failure) -> Iterator[scrapy.Request]:
        if not isinstance(failure.value, CrawlEnds):
            yield from self._again(self._visiting.go_without(reason_of(failure)))

    def listing_failed(self, failure: Failure) -> Iterator[scrapy.Request]:
        request = failure.request  # type: ignore[attr-defined]
        asked = request.meta.get("redirect_urls", [request.url])[0]
        yield from self._further(self.walk.fail(f"{asked}: {reason_of(failure)}"))


def _software(found: Listing | SitemapIndex) -> str:
    return "sitemap" if isinstance(found, SitemapIndex) else found.engine or ""


def _asking(page: Document) -> str:
    """What an error page asks of who reads it: to log in, to prove that he is a person."""
    instead = what_instead(page)
    return f": it is {instead}" if instead in ("a login page", "a check for robots") else ""


def _first_url(response: Response) -> str:
    """The address that was asked for, before any redirect."""
    urls = response.meta.get("redirect_urls")
    return cast(str, urls[0]) if urls else response.url
