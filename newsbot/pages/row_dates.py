"""The date that a row of a listing prints somewhere, in no cell or element that is known to hold it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from newsbot.korean.text import tidy
from newsbot.pages.selectors import elements

_DATE = re.compile(
    r"(?![\d.]+\s?[kKm만천])\D{0,12}(?:(?:\d{4}|\d{2})\s?[.\-/년]\s?)?\d{1,2}\s?[.\-/월]\s?\d{1,2}일?\.?(?:\s*\([월화수목금토일]\))?"
    r"(?:\s+(?:오전|오후)?\s?\d{1,2}:\d{2}(?::\d{2})?)?\D{0,4}"
    r"|(?:[A-Z][a-z]{2,8}\.? \d{1,2}, |\d{1,2} [A-Z][a-z]{2,8}\.? )(?:19|20)\d\d"
    r"(?:,?\s\d{1,2}:\d\d(?:\s?[AaPp][Mm])?)?"
    r"|\D{0,4}\d{1,2}:\d{2}(?::\d{2})?\D{0,4}|\d{1,2}\s?(?:초|분|시간|일)\s?전|방금\s?전?|어제(?:\s\d{1,2}:\d{2})?"
)
_OPENING = re.compile(r"(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}\.?\s")
_MONTH = r"(?P<year>(?:19|20)\d\d)\s?[./년-]\s?(?P<month>\d{1,2})월?\.?"
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})일?\s{_MONTH}")
_DAY_LAST = re.compile(rf"{_MONTH}\s(?P<day>\d{{1,2}})일?")
_PIECES = 8  # of the text of a date
SIGNED = re.compile(r"기자|특파원|위원|@|^By [A-Z]")
EDGES = " /|·ㆍ,:[]"
_BARS = re.compile(r"\s+[·|ㅣ/]\s+")


def is_row_date(text: str) -> bool:
    """Whether a short text is nothing but a date or a time, as rows print them."""
    return _DATE.fullmatch(text) is not None


def opens_with_date(text: str) -> bool:
    """Whether a text begins with a date, as what a gallery shows of a post when pointed at does."""
    return _OPENING.match(text) is not None


def printed_date(parts: Sequence[HtmlElement], link: HtmlElement) -> tuple[str | None, str | None]:
    """The first short text of a row that is a date and stands outside the headline; who signs beside it."""
    inside = set(elements(link)) if len(link) else {link}
    for part in parts:
        if part in inside and part.tag != "time" and "date" not in (part.get("class") or ""):
            continue
        for text in (part.text, *(child.tail for child in part)):
            short = tidy(text or "")[:60].strip(EDGES)
            beside = _BARS.split(short)
            date = next((one for one in (*beside, short) if one and _DATE.fullmatch(one)), None)
            if date is not None:
                return date, next((one for one in beside if SIGNED.search(one)), None)
    return _parted_date(parts), None


def _parted_date(parts: Sequence[HtmlElement]) -> str | None:
    """A date whose day stands apart from its month (``24`` above ``2026.11``), in its usual order."""
    for part in parts:
        if "date" in (part.get("class") or "") and len(part) > 1:
            text = " ".join(tidy(piece) for piece in islice(part.itertext("*"), _PIECES))
            if match := _DAY_FIRST.fullmatch(tidy(text)) or _DAY_LAST.fullmatch(tidy(text)):
                return f"{match['year']}.{match['month']}.{match['day']}"
    return None
