"""The next page of a listing, as its pager links to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from lxml import etree

from newsbot.pages.document import Document
from newsbot.pages.links import Post, listing_key, numbered_page, page_number, with_page
from newsbot.pages.selectors import attribute, first_text, select, text_of

_HREFS = etree.XPath("//a/@href", smart_strings=False)
_PAGE_OF = re.compile(r"(\d+)\s*/\s*([\d,]+)")
_PAGERS = "div.pn > strong, div.pagination > strong, div.paging > strong"
_PATH_NUMBER = re.compile(r"(?<=/)\d{1,6}(?=/?$)")


def next_page(page: Document, post: Callable[[str], Post | None] | None) -> str | None:
    """The listing's next page: there is one where the page links to any with a higher number.

    ``post`` tells the links to posts of a known engine, which may carry a page number of their own.
    A pager's "next" means nothing: some lead to the last page, and some never end.
    """
    return _by_parameter(page, post) or _by_path(page)


def _by_parameter(page: Document, post: Callable[[str], Post | None] | None) -> str | None:
    current = page_number(page.url) or 1
    here = listing_key(page.url)
    later: dict[int, tuple[str, str]] = {}
    for href in cast(list[str], _HREFS(page.root)):
        found = numbered_page(href)
        if found is None or found[1] <= current or found[1] in later:
            continue
        name, number = found
        link = page.absolute(href)
        if post(link) is None if post else listing_key(link) == here:
            later[number] = (link, name)
    if not later or ((last := _last_page(page)) is not None and current >= last):
        return None
    link, name = later[min(later)]
    return with_page(link, name, current + 1)


def _last_page(page: Document) -> int | None:
    """The last page's number where a pager prints it as "2 / 158"."""
    match = _PAGE_OF.fullmatch(first_text(page.root, _PAGERS) or "")
    return int(match[2].replace(",", "")) if match else None


def _by_path(page: Document) -> str | None:
    """The next page of a listing that numbers its pages in the path: ``/section/all/2``."""
    if stated := attribute(page.root, 'link[rel="next"][href]', "href"):
        return page.absolute(stated)
    path = page.url.partition("?")[0].rstrip("/")
    match = _PATH_NUMBER.search(path)
    for base, current in (
        (path, 1),
        *(((path[: match.start()].rstrip("/"), int(match[0])),) if match else ()),
    ):
        for link in select(page.root, "a[href]"):
            address = page.absolute(link.get("href", ""))
            if text_of(link) == str(current + 1) and address.partition("?")[0].rstrip("/") in (
                f"{base}/{current + 1}",
                f"{base}/page/{current + 1}",
            ):
                return address
    return None
