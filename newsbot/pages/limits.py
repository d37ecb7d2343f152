"""What is too much for a page of news: bytes, elements, links, levels, letters.

Readers walk a page several times, and some walk a part of it again for each element around it. So a page's
elements, its levels and its letters together bound the time that any page can take. The fullest pages of
outlets and boards have some 3,000 elements, 30 levels and 300,000 letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

MAX_BYTES = 16 * 1024 * 1024
MAX_ELEMENTS = 60_000
MAX_LINKS = 10_000  # each may be a row of a listing, which is the dearest of elements to read
MAX_LETTERS = 1_000_000  # of text; scripts and styles are left out
MAX_NESTED_LETTERS = 30_000_000  # each counted as often as there are elements around it
MAX_ATTRIBUTES = 500_000  # letters of classes, ids, styles and links, which are searched for words
MAX_DEPTH = 256  # levels: libxml2 ends there, and leaves out the rest of the page
LONGEST_NAMES = 2_000  # characters of a class attribute in which a name is looked for
LONGEST_URL = 8_000  # characters: what is longer leads nowhere

_UNREAD = ("script", "style")
_SHORTEST_TAG = 3  # bytes
_MAY_NEST = MAX_NESTED_LETTERS // MAX_DEPTH  # letters: fewer are within the limit however deep they lie
_MOST_MARKS = 8 * MAX_ELEMENTS  # "<" in a source: tags that open and close, comments, markup inside scripts
_MOST_ATTRIBUTES = 5_000  # of one element
_LONG = 200_000  # bytes: a shorter page has no room for so many that it would be felt
_TAG = re.compile(rb"""<[a-zA-Z][^>"']*+(?:"[^"]*+"?[^>"']*+|'[^']*+'?[^>"']*+)*+""")
_QUOTED = re.compile(rb""""[^"]*+"?|'[^']*+'?""")
_TOO_MANY_ATTRIBUTES = "a page of too many attributes to be one of news"
_TOO_MANY_ELEMENTS = "a page of too many elements to be one of news"
_count_elements = cast(Callable[[HtmlElement], float], etree.XPath("count(//*)"))
_count_links = cast(Callable[[HtmlElement], float], etree.XPath("count(/descendant::a)"))
# One at a time: XPath compares all that it joins by "|" with one another.
_attributes = tuple(
    cast(Callable[[HtmlElement], list[str]], etree.XPath(f"//@{name}", smart_strings=False))
    for name in ("class", "id", "style", "href")
)
_text = cast(Callable[[HtmlElement], str], etree.XPath("string()", smart_strings=False))


def excess_of_source(source: bytes, length: int) -> str | None:
    """What a page is that has too much in it to be parsed, in words for a person; else ``None``.

    ``length`` is that of the whole page, of which ``source`` may be the beginning.
    """
    if max(length, len(source)) > MAX_BYTES:
        return f"a page of more than {MAX_BYTES // 1024**2} MiB"
    if source.count(b"<") > _MOST_MARKS:
        return _TOO_MANY_ELEMENTS
    return _TOO_MANY_ATTRIBUTES if len(source) > _LONG and _has_crowded_tag(source) else None


def _has_crowded_tag(source: bytes) -> bool:
    """Whether a tag has attributes by the thousand: libxml2 compares each of them with all before it."""
    long_tags = (tag[0] for tag in _TAG.finditer(source) if tag.end() - tag.start() > 2 * _MOST_ATTRIBUTES)
    return any(len(_QUOTED.sub(b" ", tag).split()) > _MOST_ATTRIBUTES for tag in long_tags)


def excess_of_page(root: HtmlElement, source: bytes) -> str | None:
    """What a parsed page is that has too much in it to be read; else ``None``."""
    if len(source) > _SHORTEST_TAG * MAX_ELEMENTS and _count_elements(root) > MAX_ELEMENTS:
        return _TOO_MANY_ELEMENTS
    if len(source) > _SHORTEST_TAG * MAX_LINKS and _count_links(root) > MAX_LINKS:
        return f"a page of more than {MAX_LINKS:,} links"
    if _is_cut_at_depth(root):
        return "a page nested too deeply to be one of news"
    if (excess := _excess_of_letters(root, source)) is not None:
        return excess
    if len(source) > MAX_ATTRIBUTES and _letters_of_markup(root) > MAX_ATTRIBUTES:
        return f"a page of more than {MAX_ATTRIBUTES:,} letters of markup"
    return None


def _excess_of_letters(root: HtmlElement, source: bytes) -> str | None:
    letters = _letters(root) if len(source) > _MAY_NEST else 0
    if letters > MAX_LETTERS:
        return f"a page of more than {MAX_LETTERS:,} letters"
    if letters > _MAY_NEST and _nested_letters(root) > MAX_NESTED_LETTERS:
        return "a page of too much text nested too deeply to be one of news"
    return None


def _letters_of_markup(root: HtmlElement) -> int:
    return sum(len(value) for values in _attributes for value in values(root))


def _is_cut_at_depth(root: HtmlElement) -> bool:
    """Whether the page's last element is as deep as the parser goes, so that it went no further."""
    depth = 1
    node = root
    while len(node):
        node = node[-1]
        depth += 1
    return depth >= MAX_DEPTH - 1


def _letters(root: HtmlElement) -> int:
    return len(_text(root)) - sum(len(node.text or "") for node in root.iter(*_UNREAD))


def _nested_letters(root: HtmlElement) -> int:
    """The letters of all elements' texts together: what asking each of them for its text takes."""
    depth = letters = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "end":
            letters += depth * len(node.tail or "")
        elif node.tag not in _UNREAD:
            letters += depth * len(node.text or "")
    return letters
