"""The next page of a listing, as its pager links to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from lxml import etree

from newsbot.pages.document import Document
from newsbot.pages.links import LIST_STATE, Post, listing_key, numbered_page, page_number, with_page
from newsbot.pages.script_pagers import next_page_by_script
from newsbot.pages.select_pagers import next_page_by_menu
from newsbot.pages.selectors import attribute, first_text, select, text_of

_HREFS = etree.XPath("//a/@href", smart_strings=False)
_PAGE_OF = re.compile(r"(\d+)\s*/\s*([\d,]+)")
_PAGERS = "div.pn > strong, div.pagination > strong, div.paging > strong"
_OFFSET = re.compile(r"[?&;]((?:article\.?)?offset|start(?:row|index|no)?|skip)=(\d{1,9})(?=&|#|$)", re.I)
_HOW_SHOWN = LIST_STATE | frozenset(
    "mode q articlelimit pagesize pageunit pagerow rows limit perpage listcount listsize viewtype"
    " select_arrange desc asc sn ss sc sn1 prev_no page_num sst sod"
    " searchcondition searchcnd searchwrd searchkeyword".split()
)
_DEEDS = frozenset("command cmd act action task method".split())
_Key = tuple[str, str, frozenset[tuple[str, str]]]
_PATH_NUMBER = re.compile(r"(?<=/)\d{1,6}(?=/?$)")


def next_page(page: Document, post: Callable[[str], Post | None] | None) -> str | None:
    """The listing's next page: there is one where the page links to any with a higher number.

    ``post`` tells the links to posts of a known engine, which may carry a page number of their own.
    A pager's "next" means nothing: some lead to the last page, and some never end.
    """
    plain = _by_parameter(page, post) or _by_path(page)
    if plain or post:
        return plain
    here = listing_key(page.url)
    return (
        _by_offset(page)
        or next_page_by_script(page)
        or next_page_by_menu(page, lambda link: _is_same_listing(here, listing_key(link)))
    )


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
        if post(link) is None if post else _is_same_listing(here, listing_key(link)):
            later[number] = (link, name)
    if not later or ((last := _last_page(page)) is not None and current >= last):
        return None
    link, name = later[min(later)]
    return with_page(link, name, current + 1)


def _is_same_listing(here: _Key | None, there: _Key | None) -> bool:
    """Whether two addresses are of one listing; a pager's may say more of how it is shown."""
    if here is None or there is None or here[:2] != there[:2] or not here[2] <= there[2]:
        return False
    named = here[1].split("/")  # a board's number in the path may stand in a parameter as well
    return all(_shows_how(name, value) or value in named for name, value in there[2] - here[2])


def _shows_how(name: str, value: str) -> bool:
    """Whether a parameter only says how a listing is shown, or that it is one: ``command=list``."""
    return name.lower() in _HOW_SHOWN or (name.lower() in _DEEDS and "list" in value.lower())


def _by_offset(page: Document) -> str | None:
    """The next page of a listing that counts rows: ``?articleLimit=10&article.offset=10``."""
    here = listing_key(page.url)
    own = _offset(page.url)
    current = own[1] if own else 0
    later: dict[int, str] = {}
    for link in select(page.root, "a[href]"):
        if (
            not (text_of(link) or "").strip("[]() ").isdigit()
            or (found := _offset(link.get("href", ""))) is None
        ):
            continue
        name, offset = found
        address = page.absolute(link.get("href", ""))
        if offset > current and _is_same_listing(_without(here, name), _without(listing_key(address), name)):
            later.setdefault(offset, address)
    return later[min(later)] if later else None


def _offset(link: str) -> tuple[str, int] | None:
    for name, number in _OFFSET.findall(link):
        return name, int(number)
    return None


def _without(key: _Key | None, name: str) -> _Key | None:
    return (*key[:2], frozenset(pair for pair in key[2] if pair[0] != name)) if key else None


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
