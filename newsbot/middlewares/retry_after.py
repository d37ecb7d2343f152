"""Waits as long as a host asks for with Retry-After, before anything else is requested of it."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

STATUSES = {429, 503}
LEFT_ALONE = "newsbot/left_alone"  # in the stats: seconds that a crawl was asked for and did not wait
LOOK = 0.5  # seconds after which a waiting request looks whether the crawl goes on


def seconds_asked(value: str, *, now: datetime) -> float | None:
    """The wait that a Retry-After header asks for: seconds or an HTTP date; ``None`` if it is neither."""
    value = value.strip()
    if value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


class CrawlEnds(IgnoreRequest):
    """A request that was still waiting when the crawl was stopped. From ``RetryAfterMiddleware``."""


class RetryAfterMiddleware:
    """A wait longer than NEWSBOT_RETRY_AFTER_MAX seconds ends the crawl, and is left to the schedule."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._longest = crawler.settings.getfloat("NEWSBOT_RETRY_AFTER_MAX")
        self._not_before = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RetryAfterMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        while (wait := self._not_before - time.monotonic()) > 0:
            if not self._crawler.crawling:
                raise CrawlEnds("the crawl was stopped while it waited")
            await asyncio.sleep(min(wait, LOOK))

    def process_response(self, request: Request, response: Response) -> Response:
        header = response.headers.get("Retry-After")
        if response.status in STATUSES and header:
            asked = seconds_asked(header.decode("latin-1"), now=datetime.now(UTC))
            if asked is not None and asked <= self._longest:
                self._not_before = max(self._not_before, time.monotonic() + asked)
            elif asked is not None:
                self._crawler.stats.max_value(LEFT_ALONE, round(asked))
                reason = f"the host asks to be left alone for {asked:.0f} s"
                self._closing = asyncio.get_running_loop().create_task(
                    self._crawler.engine.close_spider_async(reason=reason)
                )
        return response
