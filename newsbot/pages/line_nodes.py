"""What the element of a line says of it: a heading, a headline in bold, a member, a row of links."""

from __future__ import annotations

import functools
import re
from itertools import islice

from lxml.html import HtmlElement

from newsbot.pages.limits import LONGEST_NAMES
from newsbot.pages.selectors import text_of
from newsbot.pages.tables import role_of

_HEADINGS = frozenset("h1 h2 h3 h4".split())
_LESSER = re.compile(r"sub[-_]?(?:tit|head)|stit", re.I)
_HEADING_NAMES = re.compile(r"tit|headline|subject|(?:^|[-_])hd(?:$|[-_])", re.I)
_MEMBER = re.compile(r"(?:^|\s)(?:sv_member|sv_guest|member_\d+|nick[-_]?name)(?:$|\s)", re.I)
_LARGE_SIZES = frozenset("4 5 6 7 +1 +2 +3 +4".split())
_LONG_LINK = 10  # letters
_FEW_LINKS = 3
_LISTS = re.compile(
    r"(?<!journa)(?<!reporter[-_])(?<!byline[-_])list(?!-(?:inline|unstyled|style|none))", re.I
)
_OF_TABLES = frozenset("table tbody tr td th font".split())  # there it names a look: ``class=list_eng``
_WHOLE_DATE = re.compile(r"(?:19|20)\d\d\s?[.\-/년]\s?\d{1,2}\s?[.\-/월]\s?\d{1,2}일?")
_LARGEST = 200  # elements of a box that are looked at
_ELSEWHERE = re.compile(
    r"comment|reply|related|rank|popular|recommend|sidebar|aside|footer|gnb|lnb|banner|hot_?news|most"
    r"|layer|popup|modal|journalistcard|swiper|slide",
    re.I,
)


def is_elsewhere(node: HtmlElement) -> bool:
    """Whether an element calls itself something else: comments, a menu, a list (of a table: one of links)."""
    names = (node.get("class"), node.get("id"))
    if any(map(_names_list, names)) and (node.tag not in _OF_TABLES or _holds_links(node)):
        return True
    return any(map(_names_elsewhere, names))


@functools.lru_cache(maxsize=4096)
def _names_elsewhere(names: str | None) -> bool:
    return names is not None and _ELSEWHERE.search(names, 0, LONGEST_NAMES) is not None


@functools.lru_cache(maxsize=4096)
def _names_list(names: str | None) -> bool:
    return names is not None and _LISTS.search(names, 0, LONGEST_NAMES) is not None


def _holds_links(node: HtmlElement) -> bool:
    links = [part for part in islice(node.iter("*"), _LARGEST) if part.tag == "a"]
    return len(links) >= _FEW_LINKS


def _is_large(node: HtmlElement) -> bool:
    """Whether a page of an older day prints ``node`` in a large font."""
    fonts = (
        holder.get("size") for holder in islice((node, *node.iterancestors()), 3) if holder.tag == "font"
    )
    return any(size in _LARGE_SIZES for size in fonts)


def is_member(node: HtmlElement | None) -> bool:
    """Whether a board names an element a member, or opens a member's menu from it (Zeroboard)."""
    if node is None:
        return False
    return _MEMBER.search(node.get("class") or "") is not None or "ZB_layer" in node.get("onmousedown", "")


def is_beside_link(node: HtmlElement) -> bool:
    """Whether a line stands in a row with a link to something else: the next post, and its date."""
    rows = (holder for holder in islice(node.iterancestors(), 3) if holder.tag in ("tr", "li", "dl"))
    row = next(rows, None)
    return row is not None and any(len(text_of(link) or "") >= _LONG_LINK for link in row.iter("a"))


def holds_link(node: HtmlElement) -> bool:
    """Whether a line is a link, or holds one of words."""
    around = islice(node.iterancestors(), 3)
    return any(map(text_of, node.iter("a"))) or any(each.tag == "a" for each in around)


def is_bold(node: HtmlElement) -> bool:
    """Whether a line is printed in bold: by its tag, or as the header of several columns of a table."""
    around = [node, *islice(node.iterancestors(), 3)]
    is_header = node.tag == "th" and (node.get("colspan") or "1") != "1"
    return (is_header or any(each.tag in ("b", "strong") for each in around)) and all(
        each.tag != "a" for each in around
    )


def is_heading(node: HtmlElement) -> bool:
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    around = node.getparent()
    tags = {node.tag}
    if around is not None and len(around) == 1 and not (around.text or "").strip():
        tags.add(around.tag)  # <h1><span>…</span></h1>
        names = names if names.strip() else f"{around.get('class') or ''} {around.get('id') or ''}"
    return (
        not tags.isdisjoint(_HEADINGS)
        or _is_large(node)
        or (_HEADING_NAMES.search(names) is not None and not _LESSER.search(names))
    )


def is_label(text: str) -> bool:
    """Whether a line is the label of a value, be it in an element that is named a title."""
    return role_of("".join(text.split()).rstrip(":")) is not None


def whole_date(node: HtmlElement) -> str | None:
    """The whole date of which an element prints a part: ``<span title="2026년 3월 4일">03-04</span>``."""
    around = (part for part in (node, node.getparent()) if part is not None)
    titles = (part.get(name) or "" for part in around for name in ("title", "data-date-time"))
    return next((title for title in titles if _WHOLE_DATE.match(title)), None)
