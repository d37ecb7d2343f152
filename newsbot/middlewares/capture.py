"""Keeps every response as it came over the wire: listings, articles, error pages, robots.txt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.headers import Headers

from newsbot.captures import Exchange
from newsbot.errors import ArchiveError
from newsbot.extensions.archive_run import ArchiveRun
from newsbot.items import Capture
from newsbot.korean.dates import KST
from newsbot.middlewares.retry_after import CrawlEnds

META: Final = "newsbot_capture"  # of a request: where the response to it was captured


def capture_of(response: Response) -> Capture | None:
    """Where a response was captured, if it was."""
    return cast("Capture | None", response.meta.get(META))


class CaptureMiddleware:
    """Stands nearest to the wire: what comes after it changes bodies, and takes responses away."""

    def __init__(self, run: ArchiveRun) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CaptureMiddleware:
        run = crawler.get_extension(ArchiveRun)
        if run is None or not run.captures_pages:
            raise NotConfigured("no captures are kept")
        return cls(run)

    def process_response(self, request: Request, response: Response) -> Response:
        if "cached" in response.flags:  # by Scrapy's cache: nothing came over the wire
            return response
        try:
            request.meta[META] = self._run.capture(_exchange(request, response))
        except ArchiveError as error:
            raise CrawlEnds(str(error)) from error
        return response


def _exchange(request: Request, response: Response) -> Exchange:
    return Exchange(
        url=response.url,
        status=response.status,
        headers=tuple(_pairs(response.headers)),
        body=response.body,
        fetched=datetime.now(KST).replace(microsecond=0),
        method=request.method,
        request_headers=tuple(_pairs(request.headers)),
        request_body=request.body,
        ip_address=str(response.ip_address) if response.ip_address else None,
    )


def _pairs(headers: Headers) -> Iterator[tuple[str, str]]:
    for name, values in headers.items():
        for value in values:
            yield name.decode("latin-1"), value.decode("latin-1")
