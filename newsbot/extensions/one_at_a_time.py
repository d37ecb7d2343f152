"""Makes sure that a host is asked one thing at a time, however fast a crawl goes, whoever comes next."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlsplit

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from newsbot.extensions.archive_run import ArchiveRun

LEAST = 0.001  # seconds between two requests


class OneAtATime:
    """Sees to a least delay: without any, Scrapy 2.19 sends all waiting requests to a host at once.

    It counts a request as being on its way only when its task has begun, so that
    CONCURRENT_REQUESTS_PER_DOMAIN does not hold back those that are begun in the same turn.

    The delay holds from one crawl to the next one at the host, too: the crawl keeps its hold so long. One
    that was killed could not: the next one of its source waits so long before it asks.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._asked: float | None = None  # when the last request had been answered
        self._known = 0.0  # what robots.txt asked for when it was last read

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OneAtATime:
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.request_left, signal=signals.request_left_downloader)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        delay = max(self._crawler.settings.getfloat("DOWNLOAD_DELAY"), LEAST)
        host = urlsplit(getattr(spider, "url", "")).hostname or ""
        self._crawler.engine.downloader.per_slot_settings.setdefault(host, {"delay": delay})
        if (run := self._crawler.get_extension(ArchiveRun)) is not None:
            run.resting = self.rest
            if run.seen_as.was_cut_off:
                self._asked, self._known = time.monotonic(), run.seen_as.crawl_delay

    def request_left(self) -> None:
        self._asked = time.monotonic()

    async def rest(self) -> None:
        """Until the host may be asked again."""
        if self._asked is None:
            return
        slots = self._crawler.engine.downloader.per_slot_settings.values()
        delay = max(self._known, *(float(slot.get("delay", LEAST)) for slot in slots))
        await asyncio.sleep(self._asked + delay - time.monotonic())
