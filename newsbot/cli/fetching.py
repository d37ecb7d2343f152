"""Single pages, from a file or over the network with the manners of a crawl."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsbot.config import Config, Source, load, source_at
from newsbot.errors import ConfigError, NewsbotError
from newsbot.pages.document import Document, parse_document
from newsbot.pages.metadata import stated_url
from newsbot.pages.sitemaps import unpacked

if TYPE_CHECKING:
    from newsbot.spiders.page import FetchedPage


Look = Callable[["FetchedPage"], Iterable[str]]


LegacyTlsOption = Annotated[
    bool, typer.Option("--legacy-tls", help="The site speaks https as of an older day (TLS 1.0, short keys).")
]


def fetch_pages(starts: Sequence[tuple[Source, Look]], config: Config) -> None:
    """Fetches each address, hands it to its ``look``, and whatever that asks for. To be called once."""
    from newsbot.cli.crawl import scrapy_settings
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

    hint = " (a single page: with --legacy-tls)" if page.trouble == LEGACY_TLS else ""
    return f"{page.url}: {page.trouble}{hint}"


def fetch_page(source: Source, config: Config) -> FetchedPage:
    """The page of ``source``. Raises NewsbotError where there is no response."""
    pages: list[FetchedPage] = []

    def look(page: FetchedPage) -> Iterable[str]:
        pages.append(page)
        return ()

    fetch_pages([(source, look)], config)
    if not pages:
        raise NewsbotError(f"{source.url}: no response; see the log with -v")
    if pages[0].trouble:
        raise NewsbotError(trouble_of(pages[0]))
    return pages[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPage:
    """A page as it came, and parsed."""

    document: Document
    body: bytes
    content_type: str | None = None


def load_page(
    page: str, url: str | None, encoding: str | None, config: Path | None, *, legacy_tls: bool = False
) -> LoadedPage:
    """The page at an address, or in a file, whose own address is ``url`` or what it states as its own."""
    if page.startswith(("http://", "https://")):
        source = source_at(page).model_copy(update={"legacy_tls": legacy_tls})
        fetched = fetch_page(source, load(config))
        document = parse_document(
            unpacked(fetched.body),
            fetched.url,
            content_type=fetched.content_type,
            encoding=encoding,
            status=fetched.status,
        )
        return LoadedPage(document=document, body=fetched.body, content_type=fetched.content_type)
    try:
        body = Path(page).read_bytes()
    except OSError as error:
        hint = "give a file, or an address that begins with http(s)://"
        raise ConfigError(f"{page}: {error.strerror}; {hint}") from None
    document = parse_document(unpacked(body), url or Path(page).resolve().as_uri(), encoding=encoding)
    if url is None and (stated := stated_url(document.root)):
        document = replace(document, url=stated, base_url=stated)
    return LoadedPage(document=document, body=body)
