"""One crawl's run in the archive: opened, held against other crawls, and closed with its figures."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newsbot import logs
from newsbot.archive import open_archive
from newsbot.archive.entries import LONGEST_RETRY
from newsbot.archive.records import LedgerEntry, Listed, Stored
from newsbot.captures import Exchange
from newsbot.config import source_host
from newsbot.errors import ArchiveError
from newsbot.extensions.run_backfill import RunBackfill
from newsbot.extensions.run_captures import RunCaptures, captures_directory
from newsbot.extensions.run_figures import RunFigures
from newsbot.extensions.run_options import options_of
from newsbot.extensions.run_removals import RunRemovals
from newsbot.extensions.run_report import FIGURES, RunReport, State
from newsbot.extensions.run_source import RunSource
from newsbot.extensions.run_visits import RunVisits
from newsbot.extensions.storing import Storing
from newsbot.items import Article, Candidate, Capture, Headline
from newsbot.korean.dates import KST

logger = logging.getLogger(__name__)

TROUBLES_KEPT = 20  # lines; the rest stand in the log and in the ledger


class ArchiveRun:
    """Raises ArchiveError when made: the archive cannot be opened, or another crawl holds the source
    or its host, or has been at it since the caller last looked.

    ``captures``: the directory in which the pages are kept as they come; None: they are not.
    """

    def __init__(self, crawler: Crawler, spider: Any, url: str, captures: Path | None = None) -> None:
        self._crawler = crawler
        self._spider = spider
        self._open = ExitStack()
        self._archive = self._open.enter_context(open_archive(url))
        self._source: str = spider.source
        self._troubles: list[str] = []
        self._broken = False  # the archive itself cannot be written
        self._errors = False  # newsbot's own, in a callback or a pipeline
        self._started = datetime.now(KST)
        self.report: RunReport | None = None
        self.leaving: asyncio.Task[None] | None = None
        self.resting: Callable[[], Awaitable[None]] | None = None  # until the host may be asked again
        try:
            host, known = source_host(spider.url), spider.unless_run_after
            self._open.enter_context(self._archive.hold(self._source, host=host, unless_run_after=known))
            self.seen_as = RunSource(self._archive, self._source)
            self._run = self._archive.start_run(
                source=self._source,
                name=spider.source_name,
                url=spider.url,
                options=options_of(spider, self.seen_as.options),
                started=self._started,
            )
            self.seen_as.run = self._run
            logs.about(source=spider.source_name or self._source, run=self._run)
            kept = captures and RunCaptures(self._archive, self._run, self._source, captures)
            self._captures = kept or None
        except ArchiveError:
            self._open.close()
            raise
        self._seen = RunFigures(crawler.stats)
        self.removals = RunRemovals(self.gone)
        self._storing = Storing(self._archive, self._run, self._source, self._captures, spider.revisit)
        self.backfill = RunBackfill(self._archive, self._run, self._source)
        self.visits = RunVisits(self._archive, self._run, self._source, spider.revisit)
        for line in self._captures.troubles if self._captures else ():
            self._trouble(line)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveRun:
        url, captures = crawler.settings["NEWSBOT_ARCHIVE"], crawler.settings["NEWSBOT_CAPTURES"]
        extension = cls(crawler, crawler.spider, url, captures_directory(url, captures))
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(extension._seen.response_received, signal=signals.response_received)
        crawler.signals.connect(extension.item_error, signal=signals.item_error)
        crawler.signals.connect(extension.spider_error, signal=signals.spider_error)
        return extension

    # --- what the spider asks and tells

    def due(self, *, limit: int, after: LedgerEntry | None, at_once: bool = False) -> list[LedgerEntry]:
        """What earlier runs left to fetch; ``at_once``: also what is to be tried again only later."""
        now = datetime.now(KST) + (LONGEST_RETRY if at_once else timedelta())
        return self._archive.due(self._source, now=now, before_run=self._run, limit=limit, after=after)

    def list_headlines(
        self, headlines: Sequence[Headline], *, wanted: Callable[[Headline], bool], reach: str
    ) -> list[Listed]:
        self._seen.rows(headlines)
        return self._archive.list_headlines(
            self._run, self._source, headlines, when=datetime.now(KST), wanted=wanted, reach=reach
        )

    def unseen(self) -> Iterator[LedgerEntry]:
        return self._archive.unseen(self._source, self._run)

    def failed(self, document_id: str, reason: str, detail: str) -> None:
        """A request brought no article: kept with its reason, and tried again later."""
        self._archive.record_failure(self._run, self._source, document_id, reason, when=datetime.now(KST))
        if self.backfill.has(document_id):
            self.backfill.count("failed")
        else:
            self.count("failed")
            self._seen.failure(reason, detail, document_id)
        self._trouble(f"{reason}: {detail}")

    def gone(self, document_id: str, state: Any, detail: str) -> None:
        """A post is out of reach: a state, not a failure."""
        when = datetime.now(KST)
        if self._archive.record_state(self._run, self._source, document_id, state, when=when, detail=detail):
            (self.backfill if self.backfill.has(document_id) else self).count("gone")

    # --- what the middleware tells

    @property
    def captures_pages(self) -> bool:
        return self._captures is not None

    def capture(self, exchange: Exchange) -> Capture | None:
        """Keeps a page as it came. Raises CaptureError, and the crawl ends: it could prove nothing more."""
        if self._captures is None:
            return None
        try:
            return self._captures.take(exchange)
        except ArchiveError as error:
            self.give_up(error)
            raise

    # --- what the pipelines tell

    async def store(self, candidate: Candidate) -> Stored:
        """Keeps an article, in one transaction with those that come at the same time. (``Storing``)."""
        stored = await self._storing.store(candidate)
        self.removals.believe()
        listing = candidate.article.listing
        if listing is not None and self.backfill.has(listing.document_id):
            self.backfill.count(stored.kind)
        else:
            self._seen.article(candidate)
            self.count(stored.kind)
        return stored

    def count(self, figure: str, by: int = 1) -> None:
        self._crawler.stats.inc_value(f"newsbot/{figure}", by)

    # --- signals

    def item_error(self, item: object, failure: Failure) -> None:
        """An article that could not be kept. When the archive itself is at fault the crawl ends."""
        if isinstance(failure.value, ArchiveError):
            self.give_up(failure.value)
            return
        if not isinstance(item, Article) or item.listing is None:
            self._errors = True
            self._trouble(f"not stored: {failure.value!r}")
            return
        try:
            self.failed(item.listing.document_id, "not stored", f"{item.url}: {failure.value}")
        except ArchiveError as error:
            self.give_up(error)

    def spider_error(self, failure: Failure, response: Response) -> None:
        """An error of newsbot's own in a callback: an article that it hit is tried again later."""
        if isinstance(failure.value, ArchiveError):
            self.give_up(failure.value)
            return
        self._errors = True
        document_id = (response.request.cb_kwargs if response.request else {}).get("document_id")
        try:
            if document_id is not None:
                self.failed(document_id, "error", f"{response.url}: newsbot's own: {failure.value!r}")
            else:
                self._trouble(f"{response.url}: an error of newsbot's own: {failure.value!r}")
        except ArchiveError as error:
            self.give_up(error)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Ends the run; its source and its host are free when the host has had its rest (``leaving``)."""
        self.end(reason)
        self.leaving = asyncio.get_running_loop().create_task(self._leave(rests=reason != "shutdown"))

    async def _leave(self, *, rests: bool) -> None:
        try:
            if self.resting is not None and rests:
                await self.resting()
        finally:
            self._open.close()

    def end(self, reason: str) -> None:
        """Ends the run in the archive, as the crawl has ended for this reason, and reports it."""
        self._close_captures()
        self._close_removals()
        walk = self._spider.walk
        if reason == "finished" and not (walk.ended or walk.trouble or self._broken):
            walk.fail("the listing was not read to its end: newsbot -v crawl … says why")
        for trouble in filter(None, (walk.trouble, self.backfill.trouble)):
            self._trouble(trouble)
        if reason != "finished" and not self._broken:
            self._trouble(f"stopped before its end ({reason})")
        state = self._state(reason)
        whole = reason == "finished" and not self._broken and not self._errors
        figures = self._figures() | self._seen.figures(walk.trouble, reason) | self.backfill.figures()
        try:
            self.backfill.close()
            self._archive.finish_run(
                self._run,
                state=state,
                reach=walk.reach if whole else None,
                figures=figures,
                finished=datetime.now(KST),
            )
        except ArchiveError as error:
            state, self._broken = "failed", True
            self._trouble(str(error))
        self.report = RunReport(
            run=self._run,
            source=self._spider.source_name or self._source,
            state=state,
            figures=figures,
            troubles=tuple(self._troubles),
            interrupted=reason == "shutdown",
            cause="archive" if self._broken else None,
        )
        logs.about(source=None, run=None)

    def _close_removals(self) -> None:
        try:
            for document_id, state, detail in self.removals.close():
                self.failed(
                    document_id, f"said to be {state}", f"{detail}, but so are all that were asked for"
                )
        except ArchiveError as error:
            self.give_up(error)

    def _close_captures(self) -> None:
        try:
            if self._captures:
                self._captures.close()
        except ArchiveError as error:
            if not self._broken:
                self._broken = True
                self._trouble(str(error))

    def _state(self, reason: str) -> State:
        figures = self._figures()
        broke_off = self._spider.walk.trouble or reason not in ("finished", "shutdown")
        if self._broken or (broke_off and not figures["pages"]):
            return "failed"
        failed = figures["failed"] or self._spider.walk.trouble or self.backfill.has_failed
        whole = reason == "finished" and not failed
        return "finished" if whole and not self._errors and not self._unanswered() else "partial"

    def _unanswered(self) -> int:
        """Headlines that the run asked for and knows no outcome of; none, unless newsbot itself failed it."""
        try:
            return self._archive.unanswered(self._run)
        except ArchiveError:
            return 0  # finish_run will say so

    def _figures(self) -> dict[str, Any]:
        stats = self._crawler.stats
        figures: dict[str, Any] = {name: stats.get_value(f"newsbot/{name}", 0) for name in FIGURES}
        figures["seconds"] = round((datetime.now(KST) - self._started).total_seconds(), 1)
        figures["requests"] = stats.get_value("downloader/request_count", 0)
        return figures

    def _trouble(self, line: str) -> None:
        logger.warning("%s", line)
        if len(self._troubles) < TROUBLES_KEPT:
            self._troubles.append(line)

    def give_up(self, error: ArchiveError) -> None:
        """The archive cannot be written: going on would only lose what is fetched."""
        if not self._broken:
            self._broken = True
            self._trouble(str(error))
            self._closing = asyncio.get_running_loop().create_task(
                self._crawler.engine.close_spider_async(reason="archive")
            )
