"""Stores a matched article: article, revision, links and its headline's state, in one transaction."""

from __future__ import annotations

from typing import cast

from scrapy.crawler import Crawler

from newsbot.extensions.archive_run import ArchiveRun
from newsbot.items import Candidate
from newsbot.pages.article import has_moved


class StorePipeline:
    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        return cls(crawler)

    async def process_item(self, candidate: Candidate) -> Candidate:
        run = cast(ArchiveRun, self._crawler.get_extension(ArchiveRun))
        await run.store(candidate)
        article = candidate.article
        if article.listing is not None and has_moved(article):
            run.gone(article.listing.document_id, "moved", detail=article.url)
        return candidate
