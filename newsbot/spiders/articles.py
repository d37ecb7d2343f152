"""The article half of a crawl: the page behind a headline, whole, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import cast

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from newsbot.errors import NotAnArticle, Unavailable
from newsbot.extensions.archive_run import ArchiveRun
from newsbot.items import Article, Headline
from newsbot.korean.dates import KST
from newsbot.middlewares.capture import capture_of
from newsbot.middlewares.retry_after import CrawlEnds
from newsbot.pages.document import Document, parse_document
from newsbot.pages.joining import PagedArticle
from newsbot.pages.links import Post
from newsbot.pages.sitemaps import unpacked
from newsbot.pages.source_pages import SourceKind, listed_post, read_listed
from newsbot.spiders.reasons import reason_of

ARTICLE_PRIORITY = 10  # before the next listing page, so that few requests wait in memory


class ArticleSpider(scrapy.Spider):
    """Requests articles and reads them; which ones, and how pages are to be read, a spider of it says."""

    encoding: str | None = None
    engine: str | None = None
    outlet: str | None = None
    kind: SourceKind | None = None  # of the source, once it is seen

    @property
    def run(self) -> ArchiveRun:
        return cast(ArchiveRun, self.crawler.get_extension(ArchiveRun))

    def article_request(
        self, url: str, document_id: str, headline: Headline, *, unlisted: bool = False
    ) -> scrapy.Request:
        """``unlisted``: the listing has it no more; that it can still be read makes it a vanished one."""
        return scrapy.Request(
            url,
            callback=self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"document_id": document_id, "listed": headline, "unlisted": unlisted},
            priority=ARTICLE_PRIORITY,
        )

    def parse_article(
        self, response: Response, document_id: str, listed: Headline, unlisted: bool
    ) -> Iterator[Article | scrapy.Request]:
        """One article page: the article, or where it goes on, its state, or a failure with its reason."""
        page = self.document(response)
        try:
            asked = listed_post(page, listed)
            article = self._read(page, asked, listed)
        except Unavailable as gone:
            take = self.run.gone if gone.by_engine else self.run.removals.hear
            take(document_id, gone.state, f"http {response.status}")
        except NotAnArticle as error:
            self.run.failed(document_id, error.reason, str(error))
        else:
            if unlisted and article.board == asked.board:
                self.run.removals.vanish(document_id)
            else:
                captured = replace(article, capture=capture_of(response))
                yield self._whole_or_next(PagedArticle(captured, outlet=self.outlet), document_id)

    def _read(self, page: Document, asked: Post, listed: Headline) -> Article:
        seen = self.run.seen_as
        kind = self.kind or seen.kind
        return read_listed(page, asked, listed, kind=kind, outlet=self.outlet, software=seen.software)

    def _whole_or_next(self, paged: PagedArticle, document_id: str) -> Article | scrapy.Request:
        """The article if all its pages are there, else the request for the next one."""
        if (url := paged.next_page) is None:
            return paged.whole
        return scrapy.Request(
            url,
            callback=self.parse_further_page,
            errback=self.further_page_failed,
            cb_kwargs={"document_id": document_id, "paged": paged},
            priority=ARTICLE_PRIORITY,
        )

    def parse_further_page(
        self, response: Response, document_id: str, paged: PagedArticle
    ) -> Iterator[Article | scrapy.Request]:
        """One more page of an article; half an article is none."""
        try:
            paged.take(self.document(response))
        except NotAnArticle as error:
            self.run.failed(document_id, error.reason, str(error))
        else:
            yield self._whole_or_next(paged, document_id)

    def further_page_failed(self, failure: Failure) -> None:
        if isinstance(failure.value, CrawlEnds):
            return
        arguments = failure.request.cb_kwargs  # type: ignore[attr-defined]
        error = arguments["paged"].missing(reason_of(failure))
        self.run.failed(arguments["document_id"], error.reason, str(error))

    def article_failed(self, failure: Failure) -> None:
        if isinstance(failure.value, CrawlEnds):
            return  # it was not asked for: the next run will
        request = failure.request  # type: ignore[attr-defined]
        self.run.failed(request.cb_kwargs["document_id"], reason_of(failure), request.url)

    def document(self, response: Response) -> Document:
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        return parse_document(
            unpacked(response.body),
            response.url,
            content_type=content_type,
            encoding=self.encoding,
            fetched=datetime.now(KST),
            date_header=(response.headers.get("Date") or b"").decode("latin-1"),
            status=response.status,
            engine_name=self.engine,
        )
