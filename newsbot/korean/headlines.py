"""Headlines: the marks, the story form and the place in a series; the printed headline stays whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK_AT_HEAD = re.compile(
    r"\s*[\[【〔<〈]\s*(?P<mark>(?:[^\[\]【】〔〕<>〈〉\n]|[<〈](?:[상중하]|\d{1,2})[>〉]){1,24})\s*[\]】〕>〉]"
)
_MARK_AT_TAIL = re.compile(r"[\[【〔]\s*(?P<mark>[^\[\]【】〔〕\n]{1,24})\s*[\]】〕]\s*$")
_FORM = re.compile(r"(?:긴급|속보|[1-9]보|상보|종합(?:\s?[1-9]보)?|대체|고침|수정|전문취소|전문|끝)")
_FORM_AT_TAIL = re.compile(rf"[(（\[]\s*(?P<form>{_FORM.pattern})\s*[)）\]]\s*$")
_SERIES = re.compile(r"[①-⑳]|[(（<〈\[]\s*(?:상|중|하|완|끝|\d{1,3}|[ⅠⅡⅢⅣⅤ]+)\s*[)）>〉\]]")
_ROUND_AT_TAIL = re.compile(
    r"(?:[①-⑳]|[(（<〈]\s*(?:상|중|하|완|\d{1,2}|[ⅠⅡⅢⅣⅤ]+)\s*[)）>〉]|\[\s*(?:상|중|하|완|[①-⑳])\s*\])(?=\s*$)"
)
_ROUND_INSIDE = re.compile(
    r"[①-⑳]|[(（<〈\[]\s*(?:상|중|하|완)\s*[)）>〉\]](?=\s)|[<〈]\s*(?:\d{1,2}|[上中下])\s*[>〉]|(?<=\s)\(\d{1,2}\)(?=\s)"
)
_NUMBER_ONLY = re.compile(r"\d+")
_ROUND_ONLY = re.compile(r"상|중|하|완|[①-⑳]|[ⅠⅡⅢⅣⅤ]+")
_OPINION = re.compile(
    r"[\[<【(〈][^\[\]<>()【】〈〉]{0,14}(?:칼럼|기고|시론|시평|논단|논평|오피니언|에세이|수필|춘추|광장|산책|단상|시선|투고|포럼|발언대)"
    r"[^\[\]<>()【】〈〉]{0,8}[\]>】)〉]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineReading:
    """Marks without brackets ("단독"), the story form ("종합2보"), the series as printed ("②")."""

    marks: tuple[str, ...] = ()
    story_form: str | None = None
    series: str | None = None


def read_headline(text: str) -> HeadlineReading:
    """What the marks of a printed headline say."""
    head, at = _head_marks(text)
    body = text[at:]
    form, body = _story_form(body)
    tail = _MARK_AT_TAIL.search(body)
    if tail and tail.start() and not _is_number(tail["mark"]):
        head.append(tail["mark"].strip())
        body = body[: tail.start()]
        late, body = _story_form(body)
        form = form or late
    form = form or next((mark.replace(" ", "") for mark in head if _FORM.fullmatch(mark)), None)
    return HeadlineReading(marks=tuple(head), story_form=form, series=_series(head, body))


def without_marks(text: str) -> str:
    """A printed headline without the marks at its ends and its story form."""
    body = text[_head_marks(text)[1] :]
    for _ in range(2):
        body = _story_form(body)[1]
        tail = _MARK_AT_TAIL.search(body)
        body = body[: tail.start()] if tail and tail.start() and not _is_number(tail["mark"]) else body
    return body.strip()


def _head_marks(text: str) -> tuple[list[str], int]:
    marks: list[str] = []
    at = 0
    while len(marks) < 4 and (match := _MARK_AT_HEAD.match(text, at)):
        if match.end() >= len(text.rstrip()):
            break
        marks.append(match["mark"].strip())
        at = match.end()
    return marks, at


def _story_form(text: str) -> tuple[str | None, str]:
    match = _FORM_AT_TAIL.search(text)
    if match is None:
        return None, text
    return match["form"].replace(" ", ""), text[: match.start()].rstrip()


def _series(marks: list[str], body: str) -> str | None:
    """The number in a series: inside a mark (``[기획 ②]``), at either end of the words, or between them."""
    for mark in marks:
        if (match := _SERIES.search(mark)) is not None:
            return match.group()
    match = _SERIES.match(body.lstrip()) or _ROUND_AT_TAIL.search(body)
    if match is not None:
        return match.group()
    # Between the words a number is an age as often as a round, and several number a list.
    inside = _ROUND_INSIDE.findall(body)
    return inside[0] if len(inside) == 1 else None


def _is_number(mark: str) -> bool:
    """Whether a bracket at the end counts something, and is no mark: ``[3]``, ``[중]``."""
    return (_NUMBER_ONLY.fullmatch(mark) or _ROUND_ONLY.fullmatch(mark)) is not None


def is_opinion(headline: str) -> bool:
    """Whether a headline's mark says that somebody gives an opinion: [칼럼], [기고], [샛강시론] …"""
    return _OPINION.match(headline) is not None
