"""Any markup into passages: what stands in a body, block by block, before it is understood.

Boards strip every class and some bodies have no block element at all, so a line ends wherever a
reader sees it end: at ``br`` and around block elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import replace

from lxml import etree
from lxml.html import HtmlElement

from newsbot.korean.passages import Kind, Passage
from newsbot.korean.text import tidy
from newsbot.pages.caption_nodes import (
    BLOCKS,
    CAPTION_TAGS,
    IMAGES,
    LONGEST_CAPTION,
    is_bare_caption,
    is_caption,
    is_photo_box,
    stands_as_caption,
)
from newsbot.pages.selectors import holds, select, text_of

_SKIPPED = frozenset(
    "script style noscript template iframe object embed svg canvas video audio button select option input"
    " textarea head title link meta".split()
)
_KINDS: dict[str, Kind] = {
    "figcaption": "caption",
    "blockquote": "quote",
    "h1": "subhead",
    "h2": "subhead",
    "h3": "subhead",
    "h4": "subhead",
    "h5": "subhead",
    "h6": "subhead",
}
_STRONG = frozenset(("b", "strong"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_LONGEST_HEADING = 60  # letters
_IMAGE_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-lazy", "src")
_CF_LINK = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-fA-F]+)")


def passages(
    body: HtmlElement, absolute: Callable[[str], str], outside: Set[HtmlElement] = frozenset()
) -> list[Passage]:
    """The passages of ``body`` in printed order, elements ``outside`` it left out.

    ``absolute`` makes whole URLs of image links.
    """
    writer = _Writer(absolute)
    walk = etree.iterwalk(body, events=("start", "end", "comment"))
    for event, node in walk:
        if event == "start":
            if node in outside or writer.open(node):
                walk.skip_subtree()
        elif event == "end":
            writer.close(node)
        if event != "start" and node is not body:
            writer.behind(node)
    writer.end_line()
    return writer.passages


class _Writer:
    """Collects running text into lines, and lines into passages."""

    def __init__(self, absolute: Callable[[str], str]) -> None:
        self.passages: list[Passage] = []
        self._absolute = absolute
        self._line: list[str] = []
        self._bold: list[HtmlElement] = []  # the ``strong`` around
        self._is_plain = False  # some of the line stands in none
        self._kinds: list[tuple[HtmlElement, Kind]] = []  # what the elements around say, innermost last
        self._preformatted: list[HtmlElement] = []  # the ``pre`` around
        self._captioned: HtmlElement | None = None  # the element whose caption was written last

    def open(self, node: HtmlElement) -> bool:
        """Enter ``node``; true where what is inside has been dealt with whole."""
        tag = node.tag
        kind = _kind(node)
        if tag in BLOCKS or tag == "br" or kind == "caption":
            self.end_line()
        if tag in _SKIPPED or _is_hidden(node):
            return True
        if (address := _masked_email(node)) is not None:
            self.text(address)
            return True
        if tag in IMAGES:
            self._image(node)
        elif tag in ("table", "ul", "ol") and (whole := _whole(node)) is not None:
            self.passages.append(whole)
            return True
        if kind is not None:
            self._kinds.append((node, kind))
        if tag == "pre":
            self._preformatted.append(node)
        elif tag in _STRONG:
            self._bold.append(node)
        self.text(node.text)
        return False

    def close(self, node: HtmlElement) -> None:
        if self._preformatted and self._preformatted[-1] is node:
            self._preformatted.pop()
        elif self._bold and self._bold[-1] is node:
            self._bold.pop()
        says_kind = bool(self._kinds) and self._kinds[-1][0] is node
        if node.tag in BLOCKS or says_kind:
            self.end_line()
        if says_kind:
            self._kinds.pop()

    def behind(self, node: HtmlElement) -> None:
        """The text that stands behind ``node``."""
        if node.tag in IMAGES and is_bare_caption(node):
            self.passages.append(Passage(text=tidy(node.tail), kind="caption"))
        else:
            self.text(node.tail)

    def text(self, text: str | None) -> None:
        if not text:
            return
        first, *others = _BLANK_LINE.split(text) if self._preformatted else (text,)
        self._line.append(first)
        self._is_plain = self._is_plain or not (self._bold or text.isspace())
        for paragraph in others:
            self.end_line()
            self._line.append(paragraph)

    def end_line(self) -> None:
        text, is_strong = tidy("".join(self._line)), not self._is_plain
        self._line.clear()
        self._is_plain = False
        if not text:
            return
        said: tuple[HtmlElement | None, Kind] = self._kinds[-1] if self._kinds else (None, "text")
        holder, kind = said
        if kind == "caption" and holder is self._captioned and self.passages[-1].kind == "caption":
            caption = self.passages[-1]
            self.passages[-1] = replace(caption, text=f"{caption.text}\n{text}")
        else:
            self.passages.append(Passage(text=text, kind=kind, strong=is_strong and kind == "text"))
        self._captioned = holder if holder is not None and is_caption(holder) else None

    def _image(self, node: HtmlElement) -> None:
        sources = (node.get(name, "").strip() for name in _IMAGE_SOURCES)
        source = next((s for s in sources if s and not s.startswith("data:")), None)
        if source:
            self.end_line()
            alt = tidy(node.get("alt") or "")
            self.passages.append(Passage(kind="image", text=alt, image_url=self._absolute(source)))


def _kind(node: HtmlElement) -> Kind | None:
    """What the markup says of the text inside ``node``: by its tag, or as a caption by its class or place."""
    if (kind := _KINDS.get(node.tag)) is not None:
        return kind
    if node.tag == "p" and (before := node.getprevious()) is not None and _was_heading(node, before):
        return "subhead"
    names = node.get("class")
    if stands_as_caption(node):
        return "caption"
    if not (names or node.tag == "table") or node.tag not in CAPTION_TAGS:
        return None
    says_so = is_caption(node) or is_photo_box(node, names or "")
    return "caption" if says_so and len(text_of(node) or "") <= LONGEST_CAPTION else None


def _was_heading(paragraph: HtmlElement, before: HtmlElement) -> bool:
    """Whether a paragraph stood in a heading: a parser takes ``<h2><p>…</p></h2>`` apart."""
    if before.tag == "p" or _KINDS.get(before.tag) != "subhead" or len(before):
        return False
    is_empty = not ((before.text or "") + (before.tail or "")).strip()
    return is_empty and len(text_of(paragraph) or "") <= _LONGEST_HEADING


def _is_hidden(node: HtmlElement) -> bool:
    style = node.get("style")
    return node.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)


def _masked_email(node: HtmlElement) -> str | None:
    """The address behind Cloudflare's mask, if ``node`` is one."""
    masked = node.get("data-cfemail")
    if masked is None and node.tag == "a":
        match = _CF_LINK.search(node.get("href") or "")
        masked = match[1] if match and not holds(node, "[data-cfemail]") else None
    return unmask(masked) if masked else None


def unmask(masked: str) -> str | None:
    """The e-mail address in Cloudflare's hexadecimal mask: the first byte is the key of the rest.

    >>> unmask("2a42434b6a43")
    'hia@i'
    """
    try:
        key, *rest = bytes.fromhex(masked)
        return bytes(byte ^ key for byte in rest).decode("utf-8")
    except ValueError:
        return None


def _whole(node: HtmlElement) -> Passage | None:
    """A list or a table of data as one passage; ``None`` where the markup only lays out."""
    if holds(node, "img, figure, iframe, table table, blockquote, h1, h2, h3"):
        return None
    if node.tag == "table":
        rows = [list(_cells(row)) for row in select(node, "tr")]
        rows = [row for row in rows if any(row)]
        if len(rows) < 2 or min(len(row) for row in rows) < 2 or _has_prose(node):
            return None
        titles = [text for title in node.iterchildren("caption") if (text := _inline(title))]
        return Passage(kind="table", text="\n".join([*titles, *(" | ".join(row) for row in rows)]))
    items = [text for item in select(node, ":scope > li") if (text := _inline(item))]
    if not items or holds(node, "li li, li p + p, li br"):
        return None
    return Passage(kind="list", text="\n".join(items))


def _cells(row: HtmlElement) -> Iterator[str]:
    return (_inline(cell) for cell in row.iterchildren("td", "th"))


def _inline(node: HtmlElement) -> str:
    """The text of a cell or an item, masked addresses unmasked."""
    if not holds(node, "[data-cfemail], a[href*='email-protection']") and not holds(node, "script, style"):
        return text_of(node) or ""
    return " ".join(passage.text for passage in passages(node, str) if passage.kind != "image")


def _has_prose(table: HtmlElement) -> bool:
    """Whether a table lays out paragraphs: a cell with line breaks or of more than 200 letters."""
    return any(holds(cell, "br, p + p") or len(text_of(cell) or "") > 200 for cell in select(table, "td"))
