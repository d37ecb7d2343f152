"""Pagers that are a menu of numbers: ``<select onchange="goPage(this.value)"><option>2</option>``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from lxml.html import HtmlElement

from newsbot.pages.document import Document
from newsbot.pages.links import PAGE_PARAMETERS, numbered_page
from newsbot.pages.script_pagers import page_behind, place_of, place_of_form
from newsbot.pages.selectors import select, text_of

_MENUS, _OPTIONS = 20, 2000
_FEWEST = 2  # numbers of a pager
_NUMBER = re.compile(r"[\[(]?\s*(\d{1,5})\s*(?:페이지|쪽|page)?(?:\s*/\s*[\d,]{1,7})?\s*[\])]?", re.I)
_HANDS_ON = re.compile(r"(?<![\w$.])(?P<name>[A-Za-z_$][\w$.]{0,40})\(\s*this\.(?:value|options)")
_PAGE_NAMES = frozenset(PAGE_PARAMETERS)

Option = tuple[int, str]  # the number that a reader sees, and what it stands for


def next_page_by_menu(page: Document, is_listing: Callable[[str], bool]) -> str | None:
    """The listing's next page where a menu leads there; ``is_listing`` tells addresses of the listing."""
    menus = ((menu, list(_options(menu))) for menu in islice(select(page.root, "select"), _MENUS))
    found = (_behind(page, menu, options, is_listing) for menu, options in menus if len(options) >= _FEWEST)
    return next(filter(None, found), None)


def _options(menu: HtmlElement) -> Iterator[Option]:
    for option in islice(menu.iter("option"), _OPTIONS):
        if label := _NUMBER.fullmatch(text_of(option) or ""):
            yield int(label[1]), (option.get("value") or label[1]).strip()


def _behind(
    page: Document, menu: HtmlElement, options: list[Option], is_listing: Callable[[str], bool]
) -> str | None:
    linked = [(number, page.absolute(value)) for number, value in options if numbered_page(value)]
    if linked:
        current = _number_in(page.url)
        following = (
            link for number, link in sorted(linked) if number > current and _number_in(link) == number
        )
        return next(filter(is_listing, following), None)
    numbers = [number for number, value in options if value == str(number)]
    if len(numbers) < len(options):
        return None  # a menu of something else: of years, of rows a page
    name, form = menu.get("name") or "", next(menu.iterancestors("form"), None)
    if call := _HANDS_ON.search(menu.get("onchange") or ""):
        return page_behind(page, place_of(page, call["name"]), numbers)
    if form is not None and name.lower() in _PAGE_NAMES:
        return page_behind(page, place_of_form(page, form, name), numbers)
    return None


def _number_in(link: str) -> int:
    found = numbered_page(link)
    return found[1] if found else 1
