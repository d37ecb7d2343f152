"""Makes sure that a host is asked one thing at a time, however fast a crawl may go."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Spider, signals
from scrapy.crawler import Crawler

LEAST = 0.001  # seconds between two requests


class OneAtATime:
    """Sees to a least delay: without any, Scrapy 2.19 sends all waiting requests to a host at once.

    It counts a request as being on its way only when its task has begun, so that
    CONCURRENT_REQUESTS_PER_DOMAIN does not hold back those that are begun in the same turn.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OneAtATime:
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        delay = max(self._crawler.settings.getfloat("DOWNLOAD_DELAY"), LEAST)
        host = urlsplit(getattr(spider, "url", "")).hostname or ""
        self._crawler.engine.downloader.per_slot_settings.setdefault(host, {"delay": delay})
