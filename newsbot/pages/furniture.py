"""What stands inside a body without being of it: advertisements, related articles, buttons."""

from __future__ import annotations

import functools
import re

from lxml import etree
from lxml.html import HtmlElement

from newsbot.pages.selectors import text_of

_NAMES = re.compile(
    r"relat|recommend|banner|subscri|(?:^|[-_\s])(?:sns|share|ads?|adv|advert|promo|promotion)(?:$|[-_\s\d])"
    r"|ad[-_]?(?:box|area|wrap|slot)|advertis|popular|rank|journalist_?card|reporter[-_]?(?:card|box)|tag[-_]?(?:list|group|area|wrap)|poll|vote"
    r"|tooltip|layer|popup|modal|newsletter|more[-_]?(?:news|article)|hot[-_]?news|btn|button|sound_only|blind|sr-only",
    re.I,
)
_MACHINE = re.compile(r"(?:AI|인공지능|뉴스)\s?(?:가\s)?(?:기사\s)?요약|요약(?:쏙|봇|해 드립니다)")
_SHARE = 0.35  # of a body's letters: what is more is the article, whatever it is called


def furniture(body: HtmlElement) -> set[HtmlElement]:
    """The elements of ``body`` that name themselves something else, and hold little of its text."""
    found: set[HtmlElement] = set()
    limit = max(len(text_of(body) or "") * _SHARE, 60)
    walk = etree.iterwalk(body, events=("start",))
    for _, node in walk:
        if node is body or not isinstance(node.tag, str):
            continue
        named = node.tag in ("aside", "nav") or _is_named(node) or _is_summary(node)
        if named and len(text_of(node) or "") <= limit:
            found.add(node)
            walk.skip_subtree()
    return found


def _is_named(node: HtmlElement) -> bool:
    return any(name and _names_furniture(name) for name in (node.get("class"), node.get("id")))


@functools.lru_cache(maxsize=4096)
def _names_furniture(names: str) -> bool:
    return _NAMES.search(names) is not None


def _is_summary(node: HtmlElement) -> bool:
    return "summary" in (node.get("class") or "") and _MACHINE.search((text_of(node) or "")[:80]) is not None
