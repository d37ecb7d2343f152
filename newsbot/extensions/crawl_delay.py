"""Obeys the Crawl-delay of robots.txt: no request to the host comes sooner after the last one."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.robotstxt import RobotParser

from newsbot.errors import ArchiveError
from newsbot.extensions.archive_run import ArchiveRun

LONGEST = 60.0  # seconds: a host that asks for more is asked no more often than that anyway


class CrawlDelay:
    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CrawlDelay:
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        asked = min(float(robotparser.crawl_delay(self._crawler.settings["USER_AGENT"]) or 0), LONGEST)
        self._note(asked, request)
        if not asked:
            return
        least = self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        delay = max(asked, least)
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(request)
        # An idle slot is thrown away and made anew from these; AutoThrottle stays above its least delay.
        downloader.per_slot_settings[key] = {"delay": delay, "jitter": 0.0}
        if slot := downloader.slots.get(key):
            slot.delay, slot.jitter = max(slot.delay, delay), 0.0
        throttle = self._crawler.get_extension(AutoThrottle)
        if throttle is not None:
            throttle.mindelay = max(throttle.mindelay, delay)

    def _note(self, asked: float, request: Request) -> None:
        """With the run: the crawl after one that was killed has to know before it asks anything."""
        run, spider = self._crawler.get_extension(ArchiveRun), self._crawler.spider
        host = urlsplit(getattr(spider, "url", "")).hostname
        if run is None or urlsplit(request.url).hostname != host:
            return
        try:
            run.seen_as.see_crawl_delay(asked)
        except ArchiveError as error:
            run.give_up(error)
