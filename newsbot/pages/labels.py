"""The labels 제목, 글쓴이, 날짜 and the values behind them, wherever a page prints them."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from itertools import islice
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from newsbot.korean.text import tidy
from newsbot.korean.words import is_name
from newsbot.pages.selectors import classes, text_of

_LABELS = {
    "headline": re.compile(r"(?:글|기사)?제목|subject|title", re.I),
    "poster": re.compile(r"글쓴이|(?:작성|등록|게시)자(?:명)?|이름|성명|name|writer|author", re.I),
    "views": re.compile(r"조회(?:수)?|추천(?:수)?|hits?|views?|read", re.I),
    "modified": re.compile(r"(?:최종)?수정(?:일(?:시|자)?)?|변경일(?:시|자)?", re.I),
    "date": re.compile(r"날짜|(?:작성|등록|게시|입력)일(?:시|자)?|일시|일자|date", re.I),
}
_NEXT_LABEL = re.compile(
    r"\s+[|/·]?\s*(작성자|글쓴이|등록자|게시자|사진가|이름|(?:작성|등록|게시)(?:일시?|시간)|날짜|조회수?|추천수?|첨부(?:파일)?|파일|분류)\s?:\s?"
)
_OFFICES = frozenset("담당부서 작성부서 등록부서 부서 부서명 담당자".split())
_ADDRESS_BEHIND = re.compile(r"\s*\(\s*ip\s*:.*$", re.I)
_PROSE = re.compile(r"[가-힣]{2}다\.(?:\s|$)")
_FILLED_IN = frozenset("text password email tel url search".split())  # types of fields
_LONGEST_LABEL = 10
_LONGEST_ROW = 400  # letters of a label and its value
# What cannot be seen may stand before a label, and Hangul may be parted.
_LABEL_START = re.compile(
    r"[^\w(\[<.,:;'\"·※▶■]*\u3164*(?:[글기제작등게이조추최수변날입일담부\u1100-\u11ff]|[stnwahvrd])|[\W\u3164]*$",
    re.I,
)
_FIRST_TEXT = cast(
    Callable[[HtmlElement], list[str]],
    etree.XPath("descendant::text()[normalize-space()][1]", smart_strings=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """The values that a page prints behind labels."""

    headline: str | None = None
    poster: str | None = None
    date: str | None = None
    modified: str | None = None
    rows: Set[HtmlElement] = frozenset()  # where labels and values stand: no part of a body


def labelled_values(root: HtmlElement) -> Labelled:
    """The headline, poster and date that stand behind their labels: in the next cell, or after a colon."""
    found: dict[str, str] = {}
    rows: set[HtmlElement] = set()
    is_short = functools.cache(_is_short)
    for node in root.iter("th", "td", "dt", "dd", "li", "span", "b", "strong", "em", "div", "p"):
        if len(node) > 3 or not _may_open_label(node) or len(text := text_of(node) or "") > 300:
            continue
        label, colon, rest = text.partition(":")
        label = "".join(label.split())
        if len(label) > _LONGEST_LABEL:
            continue
        name = next((n for n, p in _LABELS.items() if p.fullmatch(label)), None)
        is_reporter = label == "기자" and node.tag in ("dt", "th")
        if name is None and label in _OFFICES and _is_beside_date(node):
            name = "poster"
        if (name is None and not is_reporter) or _asks(node):
            continue
        value = _to_next_label(tidy(rest), found) if colon and rest.strip() else _next_text(node)
        if value and not _is_label(value):
            found.setdefault(name or "poster", f"{value} 기자" if is_reporter and is_name(value) else value)
            rows.update(_row_of(node, is_short))
    found.pop("views", None)
    if "poster" in found:
        found["poster"] = _ADDRESS_BEHIND.sub("", found["poster"])
    return Labelled(**found, rows=frozenset(rows))


def _is_short(row: HtmlElement) -> bool:
    """Whether a row has room for labels and their values only: some hold the text below them as well."""
    text = text_of(row) or ""
    return len(text) < _LONGEST_ROW and (len(row) > 1 or _PROSE.search(text) is None)


def _is_beside_date(label: HtmlElement) -> bool:
    """Whether an office's label stands in one row of a table with a date's: pages name their keepers, too."""
    row = next((holder for holder in islice(label.iterancestors(), 2) if holder.tag == "tr"), None)
    return row is not None and any(
        _LABELS["date"].fullmatch("".join((text_of(cell) or "").split()))
        for cell in row.iterchildren("th", "td")
    )


def _asks(node: HtmlElement) -> bool:
    """Whether a label is that of a field to be filled in, as in the form for comments."""
    fields = node.iter("label", "input", "textarea", "select")
    return any(field.tag == "label" or field.get("type", "text") in _FILLED_IN for field in fields)


def _is_label(text: str) -> bool:
    """Whether what stands behind a label is one too: they head the columns of a listing."""
    return len(text) <= _LONGEST_LABEL and any(p.fullmatch(text) for p in _LABELS.values())


def _to_next_label(text: str, found: dict[str, str]) -> str:
    """What stands before the next label on a line of several, whose values are entered in ``found``."""
    value, *others = _NEXT_LABEL.split(text)
    for label, other in zip(others[::2], others[1::2], strict=True):
        name = next((n for n, p in _LABELS.items() if p.fullmatch(label)), None)
        if name is not None and other.strip():
            found.setdefault(name, tidy(other))
    return tidy(value)


def _may_open_label(node: HtmlElement) -> bool:
    """Whether the first letter inside ``node`` is one of a label's; quickly, for hardly any is."""
    text = node.text
    if text is None or not text.strip():
        if not len(node) or not (found := _FIRST_TEXT(node)):
            return False
        text = found[0]
    return _LABEL_START.match(text) is not None


def _row_of(label: HtmlElement, is_short: Callable[[HtmlElement], bool]) -> Iterator[HtmlElement]:
    """The elements that a label and its value take up: a table's whole row, else the two themselves."""
    row = next((holder for holder in islice(label.iterancestors(), 4) if holder.tag == "tr"), None)
    if row is not None and is_short(row):
        yield row
        return
    yield label
    if (value := next(label.itersiblings("*"), None)) is not None and value.tag == "dd":
        yield value


def _is_pair(label: HtmlElement, value: HtmlElement) -> bool:
    """Whether a box holds a label and its value, and nothing else."""
    around = label.getparent()
    return label.tag == "div" == value.tag and around is not None and len(around) == 2


def _next_text(node: HtmlElement) -> str | None:
    tail = tidy(node.tail or "").lstrip(": ")
    if tail:
        return tail
    sibling = next(node.itersiblings("*"), None)
    if sibling is None or "sound_only" in classes(sibling):
        return None
    if node.tag in ("div", "p", "li") and not _is_pair(node, sibling):
        return None
    return text_of(sibling)
