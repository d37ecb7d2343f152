"""Reading a page whose engine is not known, by its structure alone.

The body is the element whose own text, links left out, outweighs what its children hold between them.
"""

from __future__ import annotations

import functools
import heapq
import re
from collections.abc import Mapping, Set
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from newsbot.korean.bylines import is_surely_signed
from newsbot.korean.tails import is_copyright
from newsbot.korean.text import letters
from newsbot.pages.labels import Labelled
from newsbot.pages.layout import Stand
from newsbot.pages.limits import LONGEST_NAMES
from newsbot.pages.selectors import first, holds, short_text, text_of

_NOT_BODY = frozenset(
    "script style noscript template iframe nav header footer aside form select option button textarea"
    " label title h1".split()
)
_ASIDE = re.compile(
    r"comment|repl(?:y|ies|e(?:$|[-_\s]))|related|sidebar|footer|header|menu|navi|gnb|lnb|banner|share|sns|copyright|breadcrumb|popular"
    r"|ranking|recommend|widget|login|search|paging|pagination",
    re.I,
)
_INLINE = frozenset(
    "a abbr b big br cite code em font i ins kbd mark q s small span strike strong sub sup tt u wbr"
    " img".split()
)
_PARAGRAPHS = frozenset("p li figure figcaption blockquote h1 h2 h3 h4 h5 h6".split())
_ENOUGH = 40  # letters without links: less than this is no body
_ENOUGH_STATED = 10  # … on a page that says that it is an article, or labels its parts
_CANDIDATES = 6
_OPENING_WITHIN = 3000  # characters of a candidate in which its opening is looked for
_MOST = 0.6
_NO_HOLDERS = frozenset("p html tr tbody li figure figcaption".split())
_SHORTEST_PROSE = 25  # letters
_LONGEST_SIGNATURE = 80  # letters
_LICENCE = "공공누리"  # the Korean open government licence, printed below what offices publish
_SENTENCE_END = re.compile(r"[가-힣][.!?][\"'”’)]*(?:\s|$)")
_REMOVED = r"(?:삭제된|삭제되었|존재하지 않는|존재하지 않습니다|없는 게시물|없는 글|찾을 수 없)"
_POST = r"(?:게시물|게시글|기사|뉴스|문서|자료|데이터|(?<![댓답구])글)"
# Under 200 a site's front door says "page not found" as well, of every address: a post has to be spoken of.
_POST_REMOVED = rf"{_POST}[^<>.]{{0,20}}{_REMOVED}|(?:{_REMOVED})[^<>.]{{0,6}}{_POST}"

_ANSWERS = frozenset({200, 401, 403, 404, 410})
PLAIN_STANDS = (
    Stand(state="deleted", pattern=re.compile(_REMOVED), statuses=frozenset({404, 410})),
    Stand(state="deleted", pattern=re.compile(_POST_REMOVED)),
    Stand(state="secret", pattern=re.compile(r"비밀글"), statuses=_ANSWERS),
    Stand(state="login", pattern=re.compile(r"로그인|권한이 없|type=[\"']?password"), statuses=_ANSWERS),
)
"""What a board of no known engine says in an article's stead, on a page without a body."""


def find_body(
    root: HtmlElement, labelled: Labelled, *, opening: str = "", is_article: bool = False
) -> HtmlElement | None:
    """The element that holds the article's text, ``None`` where the page has no running text.

    What stands in ``labelled`` is something else. ``opening``: how the page describes itself, which
    many take from their article's first lines. ``is_article``: the page says that it is one.
    """
    stated = first(root, "[itemprop=articleBody]") if is_article else None
    if stated is not None and len(text_of(stated) or "") >= _ENOUGH:
        return stated
    sure = is_article or (labelled.headline and (labelled.date or labelled.poster))
    enough = _ENOUGH_STATED if sure else _ENOUGH
    for named in (True, False):
        found = _heaviest(root, labelled.rows, opening, enough, named=named)
        if found is not None:
            return found
    return None


def _heaviest(
    root: HtmlElement, outside: Set[HtmlElement], opening: str, enough: int, *, named: bool
) -> HtmlElement | None:
    """The element with most text about it; with ``named``, what names itself something else is left out."""
    scores: dict[HtmlElement, float] = {}
    walk = etree.iterwalk(root, events=("start",))
    for _, node in walk:
        if node.tag in _NOT_BODY or node in outside or (named and _is_aside(node)):
            walk.skip_subtree()
        elif node.tag not in _INLINE and (own := _own_letters(node)) >= 10:
            for share, holder in zip((1.0, 0.8, 0.3), _holders(node), strict=False):
                scores[holder] = scores.get(holder, 0.0) + own * share
    ranked = heapq.nlargest(_CANDIDATES, scores, key=lambda node: scores[node])
    if not ranked or scores[ranked[0]] < enough:
        return None
    best = next((node for node in ranked if opening and opening in _beginning(node)), ranked[0])
    return _narrowed(_cell_of(best, scores), scores)


def _beginning(node: HtmlElement) -> str:
    return letters((text_of(node) or "")[:_OPENING_WITHIN])


def _cell_of(best: HtmlElement, scores: Mapping[HtmlElement, float]) -> HtmlElement:
    """Of a table that lays out heading, dates and text, the cell of the text."""
    if best.tag != "table":
        return best
    cells = [cell for cell in best.iter("td") if scores.get(cell, 0.0) >= _MOST * scores[best]]
    return cells[0] if cells else best


def _narrowed(best: HtmlElement, scores: Mapping[HtmlElement, float]) -> HtmlElement:
    """The part of ``best`` that holds most of it, if what stands around that part is no running text.

    A short article weighs little against what stands around its box: heading, dates, the page's foot.
    """
    while True:
        child = max(best.iterchildren("*"), key=lambda node: scores.get(node, 0.0), default=None)
        if child is None or child.tag in _PARAGRAPHS or scores.get(child, 0.0) < _MOST * scores[best]:
            return best
        if _has_loose_prose(best) or any(_is_prose(node) or _signs(node) for node in child.itersiblings("*")):
            return best
        best = child


def _has_loose_prose(node: HtmlElement) -> bool:
    """Whether sentences stand in ``node`` itself, in no block of theirs."""
    loose = [node.text or ""]
    for child in node:
        loose += [(text_of(child) or "") if child.tag in _INLINE else "\n", child.tail or ""]
    return any(_is_running(line) for line in "".join(loose).split("\n"))


def _is_running(text: str) -> bool:
    if len(text) < _SHORTEST_PROSE or _SENTENCE_END.search(text) is None:
        return False
    return not (is_copyright(text) or _LICENCE in text)


def whole_of(body: HtmlElement) -> tuple[HtmlElement, set[HtmlElement]]:
    """A body with the parts that stand in boxes of their own beside it, and what else is beside it.

    A lead or a photo stands before it; what follows belongs to it if it is made alike.
    """
    parent = body.getparent()
    if parent is None or parent.tag in ("html", "tr", "tbody"):
        return body, set()
    children = list(parent.iterchildren("*"))
    at = children.index(body)
    parts = {child for child in children[:at] if _is_prose(child)}
    parts |= {child for child in children[at + 1 :] if _is_alike(child, body) and _is_prose(child)}
    return (parent, set(children) - parts - {body}) if parts else (body, set())


def _is_alike(one: HtmlElement, other: HtmlElement) -> bool:
    return one.tag == other.tag and bool(one.get("class")) and one.get("class") == other.get("class")


def _is_prose(node: HtmlElement) -> bool:
    """Whether a box holds sentences and little else."""
    if node.tag not in ("div", "p", "section") or _is_aside(node) or holds(node, "h1, h2, form, ul"):
        return False
    text = text_of(node) or ""
    linked = sum(len(text_of(link) or "") for link in node.iter("a"))
    return _is_running(text) and 5 * linked < len(text)


def _signs(node: HtmlElement) -> bool:
    """Whether a paragraph signs the article whose text stands in a box before it."""
    text = short_text(node, _LONGEST_SIGNATURE) if node.tag == "p" else None
    return text is not None and is_surely_signed(text)


def _holders(node: HtmlElement) -> list[HtmlElement]:
    """``node`` as far as it can be a body itself, then its parent and grandparent."""
    chain = [node, *islice(node.iterancestors(), 3)]
    return [holder for holder in chain if holder.tag not in _NO_HOLDERS]


def _is_aside(node: HtmlElement) -> bool:
    named = _names_aside(node.get("class")) or _names_aside(node.get("id"))
    return named and node.tag not in ("html", "body")


@functools.lru_cache(maxsize=4096)
def _names_aside(names: str | None) -> bool:
    return names is not None and _ASIDE.search(names, 0, LONGEST_NAMES) is not None


def _own_letters(node: HtmlElement) -> int:
    """Letters of ``node``'s own text and of its inline children, links left out."""
    total = len((node.text or "").strip())
    for child in node:
        if child.tag in _INLINE and child.tag != "a":
            total += len(text_of(child) or "")
        total += len((child.tail or "").strip())
    return total
