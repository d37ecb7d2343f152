"""What stands between the headline and the body of a page that no layout knows: deck, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from newsbot.korean.bylines import read_signing_line
from newsbot.korean.text import letters
from newsbot.pages.selectors import text_of
from newsbot.pages.surroundings import DATED, Line, is_signed

_NAMES = re.compile(
    r"sub[-_]?(?:tit|head|ject?_|line|copy|box)|summ[au]ry|(?:^|[-_\s])(?:sub|deck|stit|lead_?tit|subs)(?:$|[-_\s])",
    re.I,
)
_HEADINGS = frozenset("h2 h3 h4 h5".split())
_SHORTEST, _LONGEST = 8, 160  # letters
_MOST = 6  # lines
_NO_DECK = re.compile(r"[.。][\"'”’)\]]*$|요약|구독|댓글|공유|관련\s?기사|글자\s?크기")
_NO_PLAIN_DECK = re.compile(
    r"기자|승인|입력|등록|수정|조회|호수|스크랩|인쇄|듣기|저장|추천|홈\s?>|>\s|바로가기|[:：|]\s"
)
_SHORTEST_PLAIN = 12


def deck_between(above: Sequence[Line], headline: str) -> list[HtmlElement]:
    """The elements of the deck in printed order. ``above``: the lines over the body, the nearest first.

    They are headings of their own below the headline, or named as a deck, and neither link nor date nor sign.
    """
    at = _place_of(above, headline)
    is_lesser = at > 0 and above[at].node.tag in ("h1", "h2", "h3")
    found = [line.node for line in above[:at] if _is_deck(line, is_lesser=is_lesser)]
    return list(dict.fromkeys(reversed(found))) if len(found) <= _MOST else []


def signed_between(above: Sequence[Line], headline: str) -> list[str]:
    """The lines there that sign as a whole: a name with a reporter's role or an address."""
    lines = (line.text for line in above[: _place_of(above, headline)])
    signatures = ((text, read_signing_line(text)) for text in lines if is_signed(text))
    return [text for text, signature in signatures if signature is not None and signature.certain]


def _place_of(above: Sequence[Line], headline: str) -> int:
    """Which line is the headline; 0 where none is, so that nothing stands below it."""
    wanted = letters(headline)
    return next((n for n, line in enumerate(above) if wanted and letters(line.text) == wanted), 0)


def _is_deck(line: Line, *, is_lesser: bool) -> bool:
    text, node = line.text, line.node
    if (
        not _SHORTEST <= len(text) <= _LONGEST
        or DATED.search(text)
        or is_signed(text)
        or _NO_DECK.search(text)
    ):
        return False
    if node.tag == "a" or next(node.iter("a"), None) is not None:
        return False
    if any(map(_NAMES.search, _names(node))):
        return True
    if node.tag == "p" and (is_lesser or _follows_headline(node)):
        return _is_plain_deck(text) and _follows_headline(node)
    return is_lesser and node.tag in _HEADINGS and not _heads_something(node)


def _is_plain_deck(text: str) -> bool:
    return len(text) >= _SHORTEST_PLAIN and not _NO_PLAIN_DECK.search(text)


def _follows_headline(node: HtmlElement) -> bool:
    """Whether a paragraph stands right below a heading, or below other paragraphs that do.

    A parser takes ``<h2><p>…</p></h2>`` apart, into an empty heading and the paragraph.
    """
    before = node.getprevious()
    for _ in range(_MOST):
        if before is None or before.tag != "p":
            break
        before = before.getprevious()
    return before is not None and before.tag in ("h1", "h2", "h3", "h4")


def _heads_something(node: HtmlElement) -> bool:
    """Whether text or a list stands below a heading, other than who wrote the article, and when."""
    following = node.getnext()
    if following is None or following.tag not in ("p", "ul", "ol"):
        return False
    text = text_of(following) or ""
    return not (DATED.search(text) or is_signed(text))


def _names(node: HtmlElement) -> Iterator[str]:
    """What a node and the ones around it, which hold nothing else, are called."""
    for holder in islice((node, *node.iterancestors()), 3):
        yield f"{holder.get('class') or ''} {holder.get('id') or ''}"
