"""Fetches single pages for a person who asks to see what newsbot reads from them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from newsbot.spiders.reasons import reason_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPage:
    """A response, or why there is none (``trouble``)."""

    url: str
    status: int = 0
    content_type: str = ""
    body: bytes = b""
    trouble: str | None = None


class PageSpider(scrapy.Spider):
    """Fetches ``url``, hands it to ``look``, and fetches whatever that asks for next."""

    name = "page"
    roams = True  # whoever asks for outlet.example wants what www.outlet.example shows
    custom_settings = {  # noqa: RUF012 - Scrapy's own form
        "EXTENSIONS": {"newsbot.extensions.archive_run.ArchiveRun": None},
        "ITEM_PIPELINES": {},
    }

    def __init__(self, url: str, look: Callable[[FetchedPage], Iterable[str]]) -> None:
        super().__init__()
        self.url = url
        self._look = look

    async def start(self) -> AsyncIterator[Any]:
        yield self._request(self.url)

    def _request(self, url: str) -> scrapy.Request:
        return scrapy.Request(url, callback=self.parse, errback=self.failed)

    def parse(self, response: Response) -> Iterator[scrapy.Request]:
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        page = FetchedPage(
            url=response.url, status=response.status, content_type=content_type, body=response.body
        )
        yield from map(self._request, self._look(page))

    def failed(self, failure: Failure) -> Iterator[scrapy.Request]:
        page = FetchedPage(url=failure.request.url, trouble=reason_of(failure))  # type: ignore[attr-defined]
        yield from map(self._request, self._look(page))
