"""What a source's address shows (a board's listing, a feed, a sitemap or its index), and what it lists."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from newsbot.errors import NotAnArticle
from newsbot.items import Article, Headline, Listing, Timestamp
from newsbot.pages.article import read_article
from newsbot.pages.document import Document
from newsbot.pages.engines import engine_of
from newsbot.pages.feeds import read_feed
from newsbot.pages.json_feeds import is_json_feed, read_json_feed
from newsbot.pages.links import Post, plain_post
from newsbot.pages.listing import read_listing
from newsbot.pages.sitemaps import (
    SitemapIndex,
    is_plain_sitemap,
    read_plain_sitemap,
    read_sitemap,
    read_sitemap_index,
)
from newsbot.pages.variants import usual_form
from newsbot.pages.xmltree import Kind, kind_of_xml

SourceKind = Literal["board", "feed", "sitemap"]
FileKind = Kind | Literal["json feed", "plain sitemap"]


def read_source(page: Document, *, above: Timestamp | None = None) -> Listing | SitemapIndex:
    """What ``page`` lists, of whichever kind; ``above`` is the last date of the page before.

    Raises ``NotAListing`` where it is none, or a part of one.
    """
    match kind_of_file(page.text):
        case "json feed":
            return read_json_feed(page)
        case "plain sitemap":
            return read_plain_sitemap(page)
        case "feed":
            return read_feed(page)
        case "sitemap":
            return read_sitemap(page)
        case "sitemapindex":
            return read_sitemap_index(page)
        case None:
            return read_listing(page, above=above)


def kind_of_file(text: str) -> FileKind | None:
    """Which of the files that list articles a text is, whatever it is served as; ``None``: none of them."""
    if kind := kind_of_xml(text):
        return kind
    if is_json_feed(text):
        return "json feed"
    return "plain sitemap" if is_plain_sitemap(text) else None


def kind_of_source(found: Listing | SitemapIndex) -> SourceKind:
    """The kind that ``found`` was read as; a listing in HTML is a board, whatever its engine."""
    if isinstance(found, SitemapIndex) or found.engine == "sitemap":
        return "sitemap"
    return "feed" if found.engine == "feed" else "board"


def listed_post(page: Document, listed: Headline) -> Post:
    """The post that ``listed`` promises, as the engine of ``page`` names it; elsewhere by its address.

    That address is the identity: every parameter of it may name the article, but those that ask for its
    mobile or printed form. Raises
    ``NotAnArticle`` where it names none.
    """
    engine = engine_of(page)
    if engine and (post := engine.post(listed.url)):
        return post
    post = plain_post(listed.url)
    if post is None:
        raise NotAnArticle("no identity", f"{listed.url} names no post")
    if post.site is not None:  # a portal's article, which has one name
        return replace(post, url=listed.url)
    key = usual_form(listed.url.partition("#")[0].partition("://")[2].partition("/")[2])
    # A number that the address does not carry (a feed's own for an entry) is on no page to be checked.
    checkable = not listed.document_id.isdigit() or listed.document_id == post.document_id
    return replace(post, document_id=listed.document_id if checkable else key, url=listed.url, key=key)


def read_listed(
    page: Document,
    asked: Post,
    listed: Headline,
    *,
    kind: SourceKind | None,
    outlet: str | None,
    software: str | None = None,
) -> Article:
    """The article behind a headline of a source of this ``kind``, which this ``software`` listed.

    Raises what ``read_article`` raises.
    """
    # What is listed without a title can neither confirm a page's headline nor stand for it.
    known = listed if listed.title else None
    if known is not None and kind == "feed":
        known = replace(known, poster=None)  # a feed names who wrote, not who delivers
    article = read_article(page, asked=asked, listed=known, outlet=outlet, software=software)
    return replace(article, listing=listed)
