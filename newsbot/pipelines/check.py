"""Counts what an article lacks, and refuses one that has neither text nor a captioned picture."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from newsbot.errors import NotAnArticle
from newsbot.items import Article

WATCHED = ("bylines", "date_published", "source", "provider", "located", "images", "deck")


def missing(article: Article) -> tuple[str, ...]:
    """The watched fields that are absent."""
    return tuple(name for name in WATCHED if not getattr(article, name))


class CheckPipeline:
    def __init__(self, stats: StatsCollector) -> None:
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CheckPipeline:
        return cls(crawler.stats)

    def process_item(self, article: Article) -> Article:
        captioned = any(image.caption for image in article.images)
        if not article.headline or not (article.body or captioned or article.dateline):
            raise NotAnArticle("nothing to keep", f"{article.url} has no text")
        for name in missing(article):
            self._stats.inc_value(f"newsbot/missing/{name}")
        return article
