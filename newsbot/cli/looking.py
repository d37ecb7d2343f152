"""A look at what lies behind an address: what is listed there, and the first article of it."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from newsbot.cli.fetching import fetch_pages, trouble_of
from newsbot.config import Config, Source, source_key
from newsbot.errors import NewsbotError, NotAListing
from newsbot.items import Article, Listing
from newsbot.pages.document import Document, parse_document
from newsbot.pages.feeds import feed_links
from newsbot.pages.joining import PagedArticle
from newsbot.pages.sitemaps import SitemapIndex, sitemaps_of_robots, unpacked
from newsbot.pages.source_pages import kind_of_source, listed_post, read_listed, read_source

if TYPE_CHECKING:
    from newsbot.spiders.page import FetchedPage

_HOME = {"", "/", "/index.html", "/index.php", "/index.htm", "/main", "/main/"}
_MOST_TRIED = 5  # feeds of a home page
_MOST_INDEXES = 3  # one inside the other


@dataclass(slots=True)
class Sight:
    """What was seen at ``url``: what it lists, its first article that can be read, or the trouble."""

    url: str
    listing: Listing | None = None
    article: Article | None = None
    trouble: str | None = None


class Look:
    """Asks for one page after the other until it is seen what ``source`` is.

    ``search``: of a home page, what it names as its feeds and sitemaps is tried; ``others`` are those
    that were not chosen.
    """

    def __init__(self, source: Source, *, search: bool) -> None:
        self.source = source
        self.sight = Sight(url=source.url)
        self.others: tuple[str, ...] = ()
        self._steps = self._look(search)
        next(self._steps)

    def take(self, page: FetchedPage) -> Iterator[str]:
        """Takes in the page that was asked for; gives the next to fetch, if any."""
        try:
            yield self._steps.send(page)
        except StopIteration:
            return

    def _look(self, search: bool) -> Generator[str, FetchedPage, None]:
        page = yield self.source.url
        is_home = urlsplit(page.url).path in _HOME and not urlsplit(page.url).query
        if search and is_home and (yield from self._choose((yield from self._named(page)))):
            return
        self.sight = yield from self._see(page, self.source.url)
        if search and not is_home and self.sight.listing is None and _answers(page):
            yield from self._choose(feed_links(self._document(page)))

    def _named(self, page: FetchedPage) -> Generator[str, FetchedPage, Sequence[str]]:
        """The feeds that a home page names, else the sitemaps of its robots.txt, those of news first."""
        if not _answers(page):
            return ()
        if feeds := feed_links(self._document(page)):
            return feeds
        robots = yield urljoin(page.url, "/robots.txt")
        if not _answers(robots):
            return ()
        named = sitemaps_of_robots(robots.body.decode("utf-8", "replace"))
        return sorted(named, key=lambda url: "news" not in url.lower())

    def _choose(self, urls: Sequence[str]) -> Generator[str, FetchedPage, bool]:
        """Chooses the first of ``urls`` that can be read, best with an article; False: there is none."""
        sights = []
        for url in urls[:_MOST_TRIED]:
            seen = yield from self._see((yield url), url)
            sights.append(seen)
            if seen.article is not None:
                break
        useful = [seen for seen in sights if seen.listing is not None and seen.listing.headlines]
        if not useful:
            return False
        self.sight = max(useful, key=lambda seen: seen.article is not None)
        self.others = tuple(url for url in urls if url != self.sight.url)
        return True

    def _see(self, page: FetchedPage, asked: str) -> Generator[str, FetchedPage, Sight]:
        """What ``page`` shows, read as a source; its address is the one to which ``asked`` leads."""
        moved = not page.trouble and source_key(page.url) != source_key(asked)
        sight = Sight(url=page.url if moved else asked)
        try:
            listing = yield from self._listing(page)
            sight.listing = listing
            yield from self._first_article(sight, listing)
        except NewsbotError as error:
            sight.trouble = str(error)
        return sight

    def _listing(self, page: FetchedPage) -> Generator[str, FetchedPage, Listing]:
        """The listing of ``page``, or of the newest part of the index that it is."""
        for _ in range(_MOST_INDEXES):
            if page.status >= 400:
                raise NotAListing(f"{page.url} answered {page.status}")
            found = read_source(self._document(page))
            if isinstance(found, Listing):
                return found
            page = yield _newest(found)
        raise NotAListing(f"{page.url}: a sitemap index, within others")

    def _first_article(self, sight: Sight, listing: Listing) -> Generator[str, FetchedPage, None]:
        readable = [each for each in listing.headlines if not each.notice and "secret" not in each.flags]
        if not listing.headlines:
            sight.trouble = "the listing is empty"
        for headline in readable[:1]:
            page = self._document((yield headline.url))
            asked = listed_post(page, headline)
            kind = kind_of_source(listing)
            article = read_listed(page, asked, headline, kind=kind, outlet=self.source.outlet)
            paged = PagedArticle(article, outlet=self.source.outlet)
            while (url := paged.next_page) is not None:
                paged.take(self._document((yield url)))
            sight.article = paged.whole

    def _document(self, page: FetchedPage) -> Document:
        if page.trouble:
            raise NewsbotError(trouble_of(page))
        return parse_document(
            unpacked(page.body),
            page.url,
            content_type=page.content_type,
            encoding=self.source.encoding,
            status=page.status,
            engine_name=self.source.engine,
        )


def looks_at(sources: Sequence[Source], config: Config, *, search: bool = False) -> list[Look]:
    """A look at each source, by way of the network. To be called once in a process."""
    looks = [Look(source, search=search) for source in sources]
    fetch_pages([(look.source, look.take) for look in looks], config)
    return looks


def _answers(page: FetchedPage) -> bool:
    return not page.trouble and page.status < 400


def _newest(index: SitemapIndex) -> str:
    if not index.parts:
        raise NotAListing(f"{index.url} is a sitemap index that lists no sitemap")
    return index.parts[0].url
