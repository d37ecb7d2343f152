"""Reading a page of either kind: which one it is, is seen from the page."""

from __future__ import annotations

from typing import Literal

from newsbot.errors import NewsbotError, NotAListing, NotAnArticle
from newsbot.items import Article, Listing
from newsbot.pages.article import read_article
from newsbot.pages.document import Document
from newsbot.pages.engines import engine_of
from newsbot.pages.links import Post, plain_post
from newsbot.pages.listing import read_listing
from newsbot.pages.news_page import claims_article
from newsbot.pages.selectors import first
from newsbot.pages.sitemaps import SitemapIndex
from newsbot.pages.source_pages import kind_of_file, read_source

PageKind = Literal["article", "listing"]
_FEW = 6  # rows: links to files, to the posts before and after


def kind_of(page: Document) -> PageKind:
    """Whether a page is an article or a listing; a page that repeats its listing is an article."""
    return _likely(page)[0]


def _likely(page: Document) -> tuple[PageKind, Listing | NotAListing | None]:
    """The kind of a page, and the listing, or why it is none, where it had to be read to tell."""
    if kind_of_file(page.text) is not None:
        return "listing", None
    engine = engine_of(page)
    if engine is not None:
        has_body = any(first(page.named, css) is not None for css in engine.article.body)
        return "article" if has_body or engine.post(page.url) else "listing", None
    if claims_article(page):
        return "article", None
    try:
        listing = read_listing(page)
    except NotAListing as refusal:
        return "article", refusal
    here = plain_post(page.url)
    listed = {headline.url for headline in listing.headlines}
    is_own = here is not None and (here.url in listed or _links_around(listing, here))
    return "article" if is_own else "listing", listing


def _links_around(listing: Listing, here: Post) -> bool:
    """Whether few rows without numbers, on a page whose address names a post, are what stands around it."""
    numbered = sum(headline.number is not None for headline in listing.headlines)
    return here.document_id.isdecimal() and len(listing.headlines) <= _FEW and not numbered


def read_page(page: Document, kind: PageKind | None = None) -> Article | Listing:
    """The article or listing of ``page``; raises what ``read_article`` and ``read_listing`` raise.

    Without a ``kind``, a page that turns out not to be the likelier one is read as the other.
    """
    likely, listing = (kind, None) if kind is not None else _likely(page)
    if likely == "listing" and isinstance(listing, Listing):
        return listing
    try:
        return read_article(page) if likely == "article" else _listing(page)
    except (NotAnArticle, NotAListing) as error:
        if kind is not None or isinstance(listing, NotAListing):
            raise
        if listing is not None:
            return listing
        try:
            return _listing(page) if likely == "article" else read_article(page)
        except NewsbotError:
            raise error from None


def _listing(page: Document) -> Listing:
    """The listing, feed or sitemap that ``page`` is."""
    found = read_source(page)
    if isinstance(found, SitemapIndex):
        parts = f"{len(found.parts)} parts, the newest {found.parts[0].url}" if found.parts else "no parts"
        raise NotAListing(f"{page.url} is the index of a sitemap: {parts}")
    return found
