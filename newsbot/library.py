"""newsbot as a library: a page in, an article or a listing out. No network, no Scrapy, no archive."""

from __future__ import annotations

from datetime import datetime

from newsbot.errors import NoAddress
from newsbot.items import Article, Listing
from newsbot.pages import article, listing
from newsbot.pages.document import Document, parse_document
from newsbot.pages.encoding import is_known
from newsbot.pages.joining import join_pages
from newsbot.pages.links import is_address

__all__ = ["join_pages", "read_article", "read_listing"]


def read_article(
    page: bytes | str,
    url: str,
    *,
    content_type: str | None = None,
    encoding: str | None = None,
    fetched: datetime | None = None,
    outlet: str | None = None,
    continues: Article | None = None,
) -> Article:
    """The article on a page of a board, a portal or an outlet.

    ``page``: the response's body, best as the bytes that came. ``url``: where it came from; its host says
    whose layout to read by. ``content_type``: the header of that name; ``encoding`` goes before it.
    ``fetched``: the aware moment of the response (default: now), against which dates like 07:30 are read.
    ``outlet``: who wrote it, where the page does not say. ``Article.provenance`` says where each field came
    from: the outlet's layout, JSON-LD, metadata or the text.

    ``Article.further_pages`` says where an article goes on that stands on several pages. Read each of them
    with the first as ``continues``, and ``join_pages([first, second, …])`` is the whole article.

    Raises ``errors.NotAnArticle`` (with a reason) for any other page, ``errors.Unavailable`` where the site
    says that the post is deleted or secret, ``errors.NoAddress`` for a ``url`` that is none, ValueError for a
    naive ``fetched`` or an unknown ``encoding``.
    """
    document = _document(page, url, content_type, encoding, fetched)
    return article.read_article(document, outlet=outlet, continues=continues)


def read_listing(
    page: bytes | str,
    url: str,
    *,
    content_type: str | None = None,
    encoding: str | None = None,
    fetched: datetime | None = None,
) -> Listing:
    """The headlines on a page of a board or a list of articles, in printed order, notices included.

    The arguments are those of ``read_article``, and so are the errors for them. Raises
    ``errors.NotAListing`` for any other page.
    """
    return listing.read_listing(_document(page, url, content_type, encoding, fetched))


def _document(
    page: bytes | str, url: str, content_type: str | None, encoding: str | None, fetched: datetime | None
) -> Document:
    if encoding is not None and not is_known(encoding):
        raise ValueError(f"{encoding!r} is no character encoding")
    if not is_address(url):
        raise NoAddress(f"{url!r} is no address: give the whole one that the page came from")
    return parse_document(page, url, content_type=content_type, encoding=encoding, fetched=fetched)
