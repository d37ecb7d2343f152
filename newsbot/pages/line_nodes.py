"""What the element of a line says of it: a heading, a headline in bold, a member, a row of links."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from newsbot.pages.selectors import text_of

_HEADINGS = frozenset("h1 h2 h3 h4".split())
_LESSER = re.compile(r"sub[-_]?(?:tit|head)|stit", re.I)
_HEADING_NAMES = re.compile(r"tit|headline|subject|(?:^|[-_])hd(?:$|[-_])", re.I)
_MEMBER = re.compile(r"(?:^|\s)(?:sv_member|sv_guest|member_\d+|nick[-_]?name)(?:$|\s)", re.I)
_LARGE_SIZES = frozenset("4 5 6 7 +1 +2 +3 +4".split())
_LONG_LINK = 10  # letters


def _is_large(node: HtmlElement) -> bool:
    """Whether a page of an older day prints ``node`` in a large font."""
    fonts = (
        holder.get("size") for holder in islice((node, *node.iterancestors()), 3) if holder.tag == "font"
    )
    return any(size in _LARGE_SIZES for size in fonts)


def is_member(node: HtmlElement) -> bool:
    """Whether a board names an element a member, or opens a member's menu from it (Zeroboard)."""
    return _MEMBER.search(node.get("class") or "") is not None or "ZB_layer" in node.get("onmousedown", "")


def is_beside_link(node: HtmlElement) -> bool:
    """Whether a line stands in a row with a link to something else: the next post, and its date."""
    rows = (holder for holder in islice(node.iterancestors(), 3) if holder.tag in ("tr", "li", "dl"))
    row = next(rows, None)
    return row is not None and any(len(text_of(link) or "") >= _LONG_LINK for link in row.iter("a"))


def is_bold(node: HtmlElement) -> bool:
    around = [node, *islice(node.iterancestors(), 3)]
    return any(each.tag in ("b", "strong") for each in around) and all(each.tag != "a" for each in around)


def is_heading(node: HtmlElement) -> bool:
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    around = node.getparent()
    if not names.strip() and around is not None and len(around) == 1 and not (around.text or "").strip():
        names = (
            f"{around.get('class') or ''} {around.get('id') or ''}"  # <span id="font_title"><b>…</b></span>
        )
    return (
        node.tag in _HEADINGS
        or _is_large(node)
        or (_HEADING_NAMES.search(names) is not None and not _LESSER.search(names))
    )
