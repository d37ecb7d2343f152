"""What tells in a row of a listing that it is a notice: a word, a sign, an icon."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_NOTICE_NUMBER = re.compile(
    r"\[?\s*(?:.{0,4}공지.{0,2}|알림|필독|중요|top|notice|안내|인기|광고|ad|설문|이벤트)\s*]?", re.I
)
_NOTICE_LABEL = re.compile(r"\[?\s?(?:공지(?:사항)?|필독|notice)\s?\]?", re.I)
_PINNED = re.compile(
    r"(?:^|[-_\s])(?:noti|pin(?:ned)?|sticky|thumb-?tacks?|megaphone|bullhorn|announce(?:ment)?)(?:$|[-_\s\d])",
    re.I,
)
_NOTICE_SIGN = re.compile(r"(?:[★☆※📌📍📢📣🔔⭐❗‼*]\ufe0f?\s?){1,3}")  # » and ▶ mark the post that is read
_NOTICE_ICON = re.compile(r"(?:^|[/_-])notice(?:[_-]\w{1,12}|\d{1,3})?\.(?:gif|png|svg)$", re.I)


def is_notice_label(text: str) -> bool:
    """Whether a label says that its row is a notice: ``공지``, ``[필독]``."""
    return _NOTICE_LABEL.fullmatch(text.strip()) is not None


def is_notice_sign(text: str) -> bool:
    """Whether nothing but signs of notices stands where other rows have their numbers: ``★``, ``📌``."""
    return _NOTICE_SIGN.fullmatch(text) is not None


def is_pinned(node: HtmlElement) -> bool:
    """Whether an element, or a picture's file, is called a notice's: ``<i class="fa-bullhorn">``."""
    file = (node.get("src") or node.get("href") or "").rpartition("/")[2].partition(".")[0]
    file = file.rpartition("#")[2]
    return _PINNED.search(node.get("class") or "") is not None or _PINNED.search(file) is not None


def is_notice_icon(node: HtmlElement) -> bool:
    """Whether a picture's file is called a notice's: ``notice_head.gif``."""
    return node.tag == "img" and _NOTICE_ICON.search(node.get("src") or "") is not None


def is_notice_number(text: str) -> bool:
    """Whether a cell of the 번호 column says that its row is a notice."""
    return _NOTICE_NUMBER.fullmatch(text) is not None
