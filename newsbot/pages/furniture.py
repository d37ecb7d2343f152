"""What stands inside a body without being of it: advertisements, related articles, buttons."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from newsbot.korean.addresses import may_hold_address
from newsbot.pages.hung import hung_on
from newsbot.pages.limits import LONGEST_NAMES
from newsbot.pages.selectors import short_text, text_of

_NAMES = re.compile(
    r"relat|(?:^|[-_\s])rel(?:$|[-_\s])|recommend|banner|subscri|(?:^|[-_\s])(?:sns|share|ads?|adv|advert|promo|promotion)(?:$|[-_\s\d])"
    r"|ad[-_]?(?:box|area|wrap|slot)|advertis|popular|rank|(?:^|[-_\s])tags?(?:$|[-_\s])|poll|vote"
    r"|tooltip|layer|popup|modal|newsletter|more[-_]?(?:news|article)|hot[-_]?news|btn|button"
    r"|link[-_]?(?:card|box|preview)|og[-_]?(?:card|link|box)|oembed|instagram-media|fb-post|(?:^|[-_\s])toc(?:$|[-_\s])|table-of-contents|paywall|sharedaddy|addtoany|jp-relatedposts|sound_only|blind|sr-only|(?:journalist|reporter|writer|editor)[-_]?(?:card|box|info|profile|area|wrap|zone|photo)"
    r"|view[-_]editors|profile[-_]?(?:images?|photo|box|area)|(?:^|[-_\s])(?:support|donat|sponsor)",
    re.I,
)
_MACHINE = re.compile(r"(?:AI|인공지능|뉴스)\s?(?:가\s)?(?:기사\s)?요약|요약(?:쏙|봇|해 드립니다)")
_HEADS_BOX = re.compile(
    r"\W{0,3}(?:(?:AI|인공지능)(?:가|로)?\s?(?:기사\s?)?(?:자동\s?)?요약(?:한|된|본|문|봇)?[^.]{0,24}"
    r"|AI\s?(?:브리핑|서머리|핵심)[^.]{0,12}|AI(?:가|에게)? (?:묻|답)[^.]{0,12}"
    r"|(?:기사|뉴스|핵심|본문)\s?(?:한눈에\s?)?요약|[세3]\s?줄\s?요약|한눈에 보는 (?:기사|뉴스)|요약쏙"
    r"|자주 (?:묻는|하는) 질문[^.]{0,8}|FAQ|핵심 질문(?:과 답(?:변)?)?)\W{0,3}",
    re.I,
)
_HEADS_LINKS = re.compile(
    r"\W{0,3}(?:관련|추천|주요|인기|최신|핫|연관|이 시각 (?:주요|추천|인기)?)\s?(?:기사|뉴스|콘텐츠|이슈)"
    r"|\W{0,3}(?:(?:함께|같이) (?:보면|볼|읽)|많이 본)[^.]{0,12}"
)
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_BOXES = frozenset("div section details dl aside table ul".split())
_ASKS = frozenset(("email", "text", "tel"))
_LONGEST_HEAD = 40  # letters
_LONGEST_ASKING = 200
_REPORTER_BOX = re.compile(r"journalist|reporter|writer|byline|view[-_]editors", re.I)
_INLINE = frozenset("b em font i small span strong u".split())
_POINTS = re.compile(r"[▶▷►☞➡→▲△●■◆※◎☎\-–·>\s]{1,6}")  # what may stand before a link to something else
_PARAGRAPHS = frozenset(("p", "div", "li", "dd", "h3", "h4", "h5"))
_FEWEST_LINKS = 2
_MOST_BUTTONS = 12
_LONGEST_MARK = 6
_NESTED = 6  # inline elements around a link
_SHORTEST_LINK = 8  # letters
_HEADLINE = 14  # letters of one, on the average
_SHARE = 0.35  # of a body's letters: what is more is the article, whatever it is called


def furniture(body: HtmlElement) -> set[HtmlElement]:
    """The elements of ``body`` that name themselves something else, and hold little of its text."""
    found: set[HtmlElement] = set()
    asking = _boxes_that_ask(body)
    limit = max(len(text_of(body) or "") * _SHARE, 60)
    walk = etree.iterwalk(body, events=("start",))
    for _, node in walk:
        if node is body or not isinstance(node.tag, str):
            continue
        named = node.tag in ("aside", "nav") or _is_named(node) or _is_summary(node) or _is_headed(node)
        named = named or (node in asking and short_text(node, _LONGEST_ASKING) is not None)
        if named and len(text_of(node) or "") <= limit:
            found.add(node)
            walk.skip_subtree()
    lists = {node for node in _link_lists(body) if len(text_of(node) or "") <= limit}
    heads = {head for node in lists if (head := node.getprevious()) is not None and head.tag in _HEADINGS}
    return found | _link_lines(body) | set(_button_rows(body)) | lists | heads | hung_on(body)


def signed_boxes(outside: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    """The boxes about reporters among what was left out."""
    return (node for node in outside if _REPORTER_BOX.search(node.get("class") or ""))


def _button_rows(body: HtmlElement) -> Iterator[HtmlElement]:
    """Lists of buttons, and of links that lead nowhere: a page's tools."""
    for node in body.iter("ul", "ol"):
        items = list(islice(node.iterchildren("li"), _MOST_BUTTONS + 1))
        if 1 < len(items) <= _MOST_BUTTONS and all(map(_is_button, items)):
            yield node


def _link_lists(body: HtmlElement) -> Iterator[HtmlElement]:
    """Lists of links that are as long as headlines, and of nothing else: other articles."""
    for node in body.iter("ul", "ol"):
        items = list(islice(node.iterchildren("li"), _MOST_BUTTONS + 1))
        letters = sum(len(text_of(item) or "") for item in items)
        is_long = 1 < len(items) <= _MOST_BUTTONS and letters >= _HEADLINE * len(items)
        if is_long and all(map(_is_link, items)):
            yield node


def _is_button(item: HtmlElement) -> bool:
    text = "".join((text_of(item) or "").split())
    buttons = [node for node in item.iter("button", "a") if node.tag == "button" or _is_dead(node)]
    return bool(buttons) and text == "".join("".join((text_of(node) or "").split()) for node in buttons)


def _is_link(item: HtmlElement) -> bool:
    text = text_of(item) or ""
    links = [node for node in item.iter("a") if _leads_on(node)]
    return len(links) == 1 and len(text) >= _SHORTEST_LINK and text == text_of(links[0]) and "://" not in text


def _is_dead(link: HtmlElement) -> bool:
    return (link.get("href") or "#").strip().lower().startswith(("#", "javascript:"))


def _leads_on(link: HtmlElement) -> bool:
    href = (link.get("href") or "").strip().lower()
    return bool(href) and not href.startswith(("#", "javascript:", "mailto:", "/cdn-cgi/"))


def _link_lines(body: HtmlElement) -> set[HtmlElement]:
    """Links to other articles that stand on lines of their own, where there are several or a mark points."""
    lines = {line for link in body.iter("a") if (line := _line_of(link, body)) is not None}
    pointed = {line for link in body.iter("a") if (line := _pointed(link, body)) is not None}
    is_below = len(lines) >= _FEWEST_LINKS or all(_is_last(line, body) for line in lines)
    return pointed | lines if is_below else pointed


def _is_last(line: HtmlElement, body: HtmlElement) -> bool:
    """Whether no text stands in ``body`` behind ``line``: a link below the article."""
    for node in (line, *line.iterancestors()):
        if node is body:
            return True
        behind = node.itersiblings("*")
        if (node.tail or "").strip() or any(text_of(part) or (part.tail or "").strip() for part in behind):
            return False
    return False


def _pointed(link: HtmlElement, body: HtmlElement) -> HtmlElement | None:
    """The paragraph that holds a mark and ``link``, and nothing else: ``▶ 샛강에 오리 돌아와``."""
    text = (text_of(link) or "").strip()
    if not _leads_on(link) or len(text) < _SHORTEST_LINK or may_hold_address(text):
        return None
    for above in islice(link.iterancestors(), _NESTED):
        if above is body:
            return None
        if above.tag in _PARAGRAPHS:
            shown = short_text(above, len(text) + _LONGEST_MARK) or ""
            is_whole = shown.endswith(text) and _POINTS.fullmatch(shown[: -len(text)]) is not None
            return above if is_whole else None
        if above.tag not in _INLINE:
            return None
    return None


def _line_of(link: HtmlElement, body: HtmlElement) -> HtmlElement | None:
    """The outermost inline element that holds nothing but ``link``, if that fills its line."""
    text = (text_of(link) or "").strip()
    if not _leads_on(link) or len(text) < _SHORTEST_LINK or "://" in text or may_hold_address(text):
        return None
    node = link
    for above in islice(link.iterancestors(), _NESTED):
        if above is body or above.tag not in _INLINE or short_text(above, len(text)) != text:
            break
        node = above
    above = node.getparent()
    before, after = node.getprevious(), node.getnext()
    text_before = before.tail if before is not None else (above.text if above is not None else "")
    alone = not (text_before or "").strip() and not (node.tail or "").strip()
    return node if alone and _breaks(before) and _breaks(after) else None


def _breaks(node: HtmlElement | None) -> bool:
    return node is None or node.tag not in _INLINE | {"a", "img"}


def _is_named(node: HtmlElement) -> bool:
    return _names_furniture(node.get("class")) or _names_furniture(node.get("id"))


@functools.lru_cache(maxsize=4096)
def _names_furniture(names: str | None) -> bool:
    return names is not None and _NAMES.search(names, 0, LONGEST_NAMES) is not None


def _is_headed(node: HtmlElement) -> bool:
    """Whether a box says by its first words that it is none of the article."""
    if node.tag not in _BOXES or len(node) == 0:
        return False
    pieces = (text.strip() for text in islice(node.itertext("*"), 6))
    head = next((text for text in pieces if text), "")
    if len(head) <= _LONGEST_HEAD and _HEADS_BOX.fullmatch(head):
        return True
    if len(head) <= _LONGEST_HEAD and _HEADS_LINKS.fullmatch(head.rstrip(" ]>:")):
        return next(node.iter("a"), None) is not None
    return False


def _boxes_that_ask(body: HtmlElement) -> set[HtmlElement]:
    """The boxes around fields that a reader is to fill in: a newsletter's, a poll's."""
    fields = (field for field in body.iter("input") if field.get("type") in _ASKS)
    around = (above for field in fields for above in islice(field.iterancestors(), _NESTED))
    return {box for box in around if box.tag in _BOXES}


def _is_summary(node: HtmlElement) -> bool:
    return "summary" in (node.get("class") or "") and _MACHINE.search((text_of(node) or "")[:80]) is not None
