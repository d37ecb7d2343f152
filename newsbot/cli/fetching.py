"""Single pages over the network, with the manners of a crawl."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from newsbot.config import Config
from newsbot.errors import NewsbotError

if TYPE_CHECKING:
    from newsbot.spiders.page import FetchedPage


Look = Callable[["FetchedPage"], Iterable[str]]


def fetch_pages(starts: Sequence[tuple[str, Look]], config: Config) -> None:
    """Fetches each address, hands it to its ``look``, and whatever that asks for. To be called once."""
    from newsbot.cli.crawl import scrapy_settings
    from newsbot.crawl import fetch  # Scrapy takes half a second to load: only here

    fetch(starts, scrapy_settings(config))


def fetch_page(url: str, config: Config) -> FetchedPage:
    """The page at ``url``. Raises NewsbotError where there is no response."""
    pages: list[FetchedPage] = []

    def look(page: FetchedPage) -> Iterable[str]:
        pages.append(page)
        return ()

    fetch_pages([(url, look)], config)
    if not pages:
        raise NewsbotError(f"{url}: no response; see the log with -v")
    if pages[0].trouble:
        raise NewsbotError(f"{url}: {pages[0].trouble}")
    return pages[0]
