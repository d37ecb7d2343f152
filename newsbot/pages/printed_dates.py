"""Dates as pages print them: found in other text, compared, and in the zone of who printed them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import tzinfo

from newsbot.items import Timestamp
from newsbot.korean.dates import KST
from newsbot.korean.text import tidy

_DATE = re.compile(
    r"(?<!\d)(?:\d{4}|\d{2})\s?[.\-/년]\s?\d{1,2}\s?[.\-/월]\s?\d{1,2}(?!\d)(?:일|\.)?"
    r"(?:\s*\([월화수목금토일]\))?(?:\s+(?:오전|오후|AM|PM)?\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_BRACKETED_TIME = re.compile(r"[(\[](\d{1,2}:\d{2}(?::\d{2})?)[)\]]")  # 2010.01.02 (12:33:44)

_ZONED = re.compile(r"(?:Z|UTC|GMT|KST|[+-]\d{2}:?\d{2})\s*$", re.I)
_EXACTNESS = {"day": 0, "minute": 1, "second": 2}


def date_in(text: str) -> str | None:
    """The first date in ``text`` as printed, its time included."""
    match = _DATE.search(_BRACKETED_TIME.sub(r"\1", text))
    return tidy(match[0]) if match else None


def in_zone(moment: Timestamp | None, zone: tzinfo) -> Timestamp | None:
    """A moment that was read as Korean time, in ``zone`` where it was put without one."""
    if moment is None or zone is KST or _ZONED.search(moment.raw):
        return moment
    return replace(moment, value=moment.value.replace(tzinfo=zone).astimezone(KST))


def same_day(one: Timestamp, other: Timestamp) -> bool:
    return one.value.date() == other.value.date()


def refines(stated: Timestamp | None, printed: Timestamp) -> bool:
    """Whether the stated moment says the printed one more exactly."""
    if stated is None or _EXACTNESS[stated.precision] <= _EXACTNESS[printed.precision]:
        return False
    if printed.precision == "day":
        return same_day(stated, printed)
    return abs((stated.value - printed.value).total_seconds()) < 60
