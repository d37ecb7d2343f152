"""What a board hangs on the text of a post, within the same box: its files and its neighbours."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from newsbot.pages.selectors import short_text, text_of

_SUFFIX = r"\.(?:hwpx?|pdf|docx?|xlsx?|pptx?|zip|7z|egg|alz|jpe?g|png|gif|tiff?|mp4|mp3|txt|csv)"
_MAY_HANG = re.compile(rf"첨부|붙임|이전|다음|{_SUFFIX}", re.I)
_HEADS_FILES = re.compile(
    r"\W{0,3}(?:첨부(?:\s?(?:파일|문서|자료))?|파일\s?첨부|붙임(?:\s?(?:파일|문서))?)(?=\W|\d|$)"
)
_HEADS_NEIGHBOURS = re.compile(r"\W{0,3}(?:이전|다음)\s?(?:글|게시물|게시글|기사)?\W{0,3}")
_FILE = re.compile(rf"{_SUFFIX}\s*(?:[(\[][^()\[\]]{{0,40}}[)\]])?\s*$", re.I)
_BESIDE_FILES = re.compile(
    r"(?:[\d.,]+\s?(?:[KMG]?i?B|바이트|건|회)|다운로드(?:\s?(?:횟수|수))?|다운|미리\s?보기|바로\s?(?:보기|듣기)|내려받기|파일|\W|\d)*",
    re.I,
)
_BOXES = frozenset("dl ul ol div p table section".split())
_LONGEST = 600  # letters of what is hung on a text
_MOST_LINKS = 30
_PIECES = 6  # of a box's text, before its first words


def hung_on(body: HtmlElement) -> set[HtmlElement]:
    """The elements of ``body`` that hold a post's files, or the posts before and after it.

    None of them where there would be no text left.
    """
    whole = text_of(body) or ""
    if _MAY_HANG.search(whole) is None:
        return set()
    found: set[HtmlElement] = set()
    left = len(whole)
    walk = etree.iterwalk(body, events=("start",))
    for _, node in walk:
        if (
            node is not body
            and node.tag in _BOXES
            and (text := short_text(node, _LONGEST))
            and _is_hung(node, text)
        ):
            found.add(node)
            left -= len(text)
            walk.skip_subtree()
    return found if left > 0 else set()


def _is_hung(node: HtmlElement, text: str) -> bool:
    links = [link for link in islice(node.iter("a"), _MOST_LINKS) if link.get("href")]
    head = next((piece for piece in islice(node.itertext("*"), _PIECES) if piece.strip()), "").strip()
    if _HEADS_NEIGHBOURS.fullmatch(head):
        return bool(links)
    names = [name for link in links if _FILE.search(name := text_of(link) or "")]
    if not names:
        return False
    return _HEADS_FILES.match(head) is not None or _is_of_files(text, [text_of(link) or "" for link in links])


def _is_of_files(text: str, linked: list[str]) -> bool:
    """Whether a box holds links to files, and beside them nothing but their sizes and buttons."""
    for name in linked:
        text = text.replace(name, " ", 1)
    return _BESIDE_FILES.fullmatch(text) is not None
