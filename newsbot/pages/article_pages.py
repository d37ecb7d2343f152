"""The further pages of an article that stands on several: what the pager beside its body leads to.

A pager of a listing stands under the listing, one of comments under the comments: what follows either of
them is not looked at. And an address is a page of an article only if nothing but a page's number sets it
apart from the article's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import cast
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from newsbot.errors import NotAnArticle
from newsbot.pages.article_links import article_url
from newsbot.pages.document import Document
from newsbot.pages.selectors import short_text, text_of

MOST_PAGES = 30  # of one article: more are a listing, or have no end
TOO_MANY = "too many pages"  # the reason of the failure

_LEVELS = 4  # from the body up
_NEIGHBOURS = 6  # siblings looked at on each level
_LONGEST_LABEL = 12  # letters of a pager's link
_LONGEST_PAGER = 120
_LONG_LINK = 8  # letters: a title's
_FEW_TITLES = 3

_HREFS = etree.XPath("descendant::a/@href", smart_strings=False)
_NEXT_LINK = etree.XPath("descendant::link[@rel='next']/@href", smart_strings=False)
_NUMBER = re.compile(r"[\[(<]?\s*(\d{1,3})\s*(?:페이지|쪽|page|p)?\s*[\])>]?", re.I)
_NEXT = re.compile(r"(?:다음\s*(?:페이지|쪽|장)?|next(?:\s*page)?|계속(?:\s*읽기)?|[>›»▶→]+|\s)+", re.I)
_PAGER = re.compile(
    r"(?:[\d\s\[\]()<>|/‹›«»◀▶◁▷←→·.…:,~-]|이전|다음|처음|맨|끝|앞|뒤|마지막|계속|읽기|페이지|쪽|장|page|prev(?:ious)?"
    r"|next|first|last)*",
    re.I,
)
_PAGE_NAME = re.compile(
    r"(?:now|cur|current|article|art|view|goto|go|news)?(?:page|pg|p|pn|part)(?:no|num|number|idx|index|cd)?"
)
_OTHERS = re.compile(r"comment|reply|relat|(?:^|[-_\s])(?:cmt|board|bbs|list)", re.I)
_FIRST_IN_PATH = re.compile(r"(?P<stem>.*\d{3,}.*)[/_-](?:p|pg|page)?[/_-]?1")
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|do|nhn)$", re.I)


@dataclass(frozen=True, slots=True)
class Pager:
    """``further``: the pages after this one, in order; ``nodes``: what a body has of the pager itself.

    ``first``: the article's first page, where that is another one.
    """

    further: tuple[str, ...] = ()
    nodes: frozenset[HtmlElement] = field(default=frozenset())
    first: str | None = None


NO_PAGER = Pager()


def find_pager(page: Document, body: HtmlElement, first: str | None = None) -> Pager:
    """The pager of the article whose text is ``body``; ``first`` is the address of its first page.

    Raises ``NotAnArticle`` where it has more than ``MOST_PAGES``.
    """
    start = first or _first_of(page.url)
    here = page_of(page.url, start) or 1
    if not _leads_on(page, start, here) and here == 1:
        return NO_PAGER
    found, nodes = _numbered(page, body, start, here)
    earlier = found.get(1) if here > 1 and first is None else None
    if here + 1 not in found:
        return Pager(first=earlier)
    if (last := max(found)) > MOST_PAGES:
        raise NotAnArticle(TOO_MANY, f"{page.url} says that it has {last} pages: no article has")
    # "1 2 3 … 7": those in between are named alike.
    further = (
        found.get(number) or _with_number(found[here + 1], start, number)
        for number in range(here + 1, last + 1)
    )
    return Pager(tuple(further), frozenset(nodes), earlier)


def page_of(url: str, start: str) -> int | None:
    """Which page of the article at ``start`` an address is; ``None`` where it is none of them."""
    one, other = _parts(start), _parts(url)
    if one is None or other is None or _site(one) != _site(other):
        return None
    if one.path == other.path:
        return _page_in_query(one, other)
    return _page_in_path(one.path, other.path) if one.query == other.query else None


def _first_of(url: str) -> str:
    """The address of the first page, as far as ``url`` itself tells."""
    if (parts := _parts(url)) is None:
        return url
    pairs = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _numbers(name, value)
    ]
    return parts._replace(query=urlencode(pairs)).geturl() if pairs or parts.path.count("/") > 1 else url


def _numbers(name: str, value: str) -> bool:
    return _names_page(name) and value.isdigit() and 1 <= int(value) <= MOST_PAGES


def _names_page(name: str) -> bool:
    return _PAGE_NAME.fullmatch(re.sub("[_-]", "", name.lower())) is not None


def _parts(url: str) -> SplitResult | None:
    plain = article_url(url)
    return urlsplit(plain) if plain else None


def _site(parts: SplitResult) -> str:
    return parts.netloc.removeprefix("www.")


def _page_in_query(one: SplitResult, other: SplitResult) -> int | None:
    own, its = (dict(parse_qsl(parts.query, keep_blank_values=True)) for parts in (one, other))
    apart = [name for name in {**own, **its} if own.get(name) != its.get(name)]
    if not apart:
        return 1
    [name, *more] = apart
    value = its.get(name) or "1"
    if more or not _names_page(name) or own.get(name, "1") != "1" or not value.isdigit() or len(value) > 4:
        return None
    return int(value)


def _page_in_path(one: str, other: str) -> int | None:
    extension = _EXTENSION.search(one)
    ending = extension[0] if extension else ""
    stem = one.removesuffix(ending).rstrip("/")
    marked = _FIRST_IN_PATH.fullmatch(stem)
    for base in (stem, marked["stem"] if marked else None, one):
        if base is None or not other.startswith(base):
            continue
        rest = other.removeprefix(base).removesuffix(ending).rstrip("/")
        if number := re.fullmatch(r"[/_.,-](?:(?:page|pg|p)[/_-]?)?(\d{1,3})", rest):
            return int(number[1])
    return None


def _with_number(address: str, start: str, number: int) -> str:
    """``address``, a page of the article at ``start``, with another page's number in the same place."""
    was = str(page_of(address, start))
    at = max(match.start() for match in re.finditer(rf"(?<!\d){was}(?!\d)", address))
    return f"{address[:at]}{number}{address[at + len(was) :]}"


def _leads_on(page: Document, start: str, here: int) -> bool:
    """Whether any link of the page may lead to the next one: almost no page has one."""
    mark = re.compile(rf"(?:=|[/_.,p-]){here + 1}(?!\d)")
    hrefs = cast(list[str], _HREFS(page.root) + _NEXT_LINK(page.root))
    if mark.search("\n".join(hrefs)) is None:
        return False
    return any(mark.search(href) and page_of(page.absolute(href), start) == here + 1 for href in hrefs)


def _numbered(
    page: Document, body: HtmlElement, start: str, here: int
) -> tuple[dict[int, str], set[HtmlElement]]:
    """The pages that the article's pager leads to by their numbers, and the pager's own elements."""
    found: dict[int, str] = {}
    nodes: set[HtmlElement] = set()
    for link in _links_near(body):
        address = page.absolute(link.get("href") or "")
        number = page_of(address, start)
        if number is None or number == here or not _is_labelled(link, number, here):
            continue
        holder = _holder(link, body)
        if number == here + 1 and not _shows_place(link, holder, here):
            continue
        found.setdefault(number, address)
        nodes.add(holder)
    for href in cast(list[str], _NEXT_LINK(page.root)):
        if page_of(address := page.absolute(href), start) == here + 1:
            found.setdefault(here + 1, address)
    return found, nodes


def _is_labelled(link: HtmlElement, number: int, here: int) -> bool:
    label = text_of(link) or next((node.get("alt") for node in link.iter("img")), None) or ""
    if len(label) > _LONGEST_LABEL:
        return False
    if printed := _NUMBER.fullmatch(label):
        return int(printed[1]) == number
    return number == here + 1 and _NEXT.fullmatch(label) is not None


def _holder(link: HtmlElement, body: HtmlElement) -> HtmlElement:
    """The outermost element around ``link``, within the body, that holds nothing but a pager."""
    held = link
    for above in islice(link.iterancestors(), _LEVELS):
        if above is body or above.tag in ("body", "html"):
            break
        text = short_text(above, _LONGEST_PAGER)
        if text is None or not is_pager_text(text):
            break
        held = above
    return held


def is_pager_text(text: str) -> bool:
    """Whether a text is a pager's: numbers, and words for back and forth."""
    return len(text) <= _LONGEST_PAGER and _PAGER.fullmatch(text) is not None


def _shows_place(link: HtmlElement, holder: HtmlElement, here: int) -> bool:
    """Whether the pager says on which page one is, or only offers the next one."""
    before = link.getprevious()
    around = link.getparent()
    text = (text_of(holder) or "") if holder is not link else ""
    if before is not None:
        text += f" {text_of(before) or ''} {before.tail or ''}"
    elif around is not None:
        text += f" {around.text or ''}"
    label = text_of(link) or ""
    return str(here) in re.findall(r"\d+", text) or not any(letter.isdigit() for letter in label)


def _links_near(body: HtmlElement) -> Iterator[HtmlElement]:
    """The links in a body, before and behind it, up to where a list or comments begin."""
    yield from body.iter("a")
    for node in islice((body, *body.iterancestors()), _LEVELS):
        if node.tag in ("body", "html"):
            return
        for above in islice(node.itersiblings("*", preceding=True), 3):
            if is_pager_text(text_of(above) or ""):
                yield from above.iter("a")
        for below in islice(node.itersiblings("*"), _NEIGHBOURS):
            if is_pager_text(text_of(below) or ""):
                yield from below.iter("a")
            elif _is_of_others(below):
                return
            else:
                yield from below.iter("a")


def _is_of_others(node: HtmlElement) -> bool:
    """Whether a list of posts, or comments, begin with ``node``."""
    if any(_OTHERS.search(name) for name in (node.get("class"), node.get("id")) if name):
        return True
    titles = (link for link in node.iter("a") if len(text_of(link) or "") >= _LONG_LINK)
    return len(list(islice(titles, _FEW_TITLES))) == _FEW_TITLES
