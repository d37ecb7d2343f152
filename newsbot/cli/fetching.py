"""Single pages, from a file or over the network with the manners of a crawl."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from newsbot.config import Config, Source, source_at
from newsbot.errors import ConfigError, NewsbotError
from newsbot.items import Article
from newsbot.pages.document import Document, parse_document
from newsbot.pages.joining import PagedArticle
from newsbot.pages.metadata import stated_url
from newsbot.pages.sitemaps import unpacked

if TYPE_CHECKING:
    from newsbot.spiders.page import FetchedPage


Look = Callable[["FetchedPage"], Iterable[str]]
Outcome = TypeVar("Outcome")


LegacyTlsOption = Annotated[
    bool, typer.Option("--legacy-tls", help="The site speaks https as of an older day (TLS 1.0, short keys).")
]


def fetch_pages(starts: Sequence[tuple[Source, Look]], config: Config) -> None:
    """Fetches each address, hands it to its ``look``, and whatever that asks for. To be called once."""
    from newsbot.cli.ordering import scrapy_settings
    from newsbot.crawl import PageOrder, fetch  # Scrapy takes half a second to load: only here
    from newsbot.tls import LEGACY_SETTINGS

    orders = [
        PageOrder(url=source.url, look=look, settings=LEGACY_SETTINGS if source.legacy_tls else None)
        for source, look in starts
    ]
    fetch(orders, scrapy_settings(config))


def trouble_of(page: FetchedPage) -> str:
    """Why there is no response, and what to do about it."""
    from newsbot.spiders.reasons import LEGACY_TLS

    hint = " (a single page: with --legacy-tls)" if LEGACY_TLS in (page.trouble or "") else ""
    return f"{page.url}: {page.trouble}{hint}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPage:
    """A page as it came, and parsed."""

    document: Document
    body: bytes
    content_type: str | None = None


Steps = Generator[str, LoadedPage, Outcome]
"""Asks for addresses, is sent what stands there, and returns what it made of it."""


def fetch_for(steps: Steps[Outcome], source: Source, config: Config) -> Outcome:
    """What ``steps`` return, given the pages that they ask for. To be called once; raises what they raise.

    Where there is no response they are sent a NewsbotError.
    """
    returned: list[Outcome] = []
    raised: list[NewsbotError] = []

    def look(page: FetchedPage) -> Iterator[str]:
        try:
            if page.trouble:
                yield steps.throw(NewsbotError(trouble_of(page)))
            else:
                yield steps.send(_loaded(page, source.encoding))
        except StopIteration as done:
            returned.append(done.value)
        except NewsbotError as error:  # Scrapy would only log it
            raised.append(error)

    fetch_pages([(source.model_copy(update={"url": next(steps)}), look)], config)
    if raised:
        raise raised[0]
    if not returned:
        raise NewsbotError(f"{source.url}: no response; see the log with -v")
    return returned[0]


def further_pages(article: Article, pages: list[LoadedPage] | None = None) -> Steps[Article]:
    """The article with all its pages; raises ``NotAnArticle`` where one cannot be had.

    The pages behind the first are added to ``pages``.
    """
    paged = PagedArticle(article)
    while (url := paged.next_page) is not None:
        try:
            loaded = yield url
        except NewsbotError as error:
            raise paged.missing(str(error)) from None
        paged.take(loaded.document)
        if pages is not None:
            pages.append(loaded)
    return paged.whole


def saved_page(page: str, url: str | None, encoding: str | None = None) -> LoadedPage:
    """The page in a file, whose own address is ``url`` or what it states as its own."""
    try:
        body = Path(page).read_bytes()
    except OSError as error:
        hint = "give a file, or an address that begins with http(s)://"
        raise ConfigError(f"{page or 'no name'}: {error.strerror}; {hint}") from None
    document = parse_document(unpacked(body), url or Path(page).resolve().as_uri(), encoding=encoding)
    if url is None and (stated := stated_url(document.root)):
        document = replace(document, url=stated, base_url=stated)
    return LoadedPage(document=document, body=body)


def is_address(page: str) -> bool:
    """Whether what a person gave is an address to fetch, not a file."""
    return page.startswith(("http://", "https://"))


def address(url: str, encoding: str | None, *, legacy_tls: bool = False) -> Source:
    """A single address, and how it is to be fetched and read."""
    return source_at(url).model_copy(update={"encoding": encoding, "legacy_tls": legacy_tls})


def _loaded(page: FetchedPage, encoding: str | None) -> LoadedPage:
    document = parse_document(
        unpacked(page.body), page.url, content_type=page.content_type, encoding=encoding, status=page.status
    )
    return LoadedPage(document=document, body=page.body, content_type=page.content_type)
