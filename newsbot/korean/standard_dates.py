"""The two forms in which feeds and sitemaps are to write dates. Behind ``korean.dates``, and much quicker.

RFC 822 (RSS), and RFC 3339 (Atom, sitemaps), which is Korea's time where it comes without its zone.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from newsbot.korean.date_forms import KST, Reading

_MONTHS = {
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10,
    "Nov": 11, "Dec": 12,
}  # fmt: skip
_RFC_3339 = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d(?P<clock>[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?)?"
)
_RFC_822 = re.compile(
    rf"(?:[A-Z][a-z][a-z], )?(\d\d?) ({'|'.join(_MONTHS)}) ((?:19|20)\d\d)"
    r" (\d\d):(\d\d):(\d\d) (?:([+-]\d\d)([0-5]\d)|GMT|UTC?|Z)"
)


def read_standard(text: str) -> Reading | None:
    """What ``text`` means if it is in one of the two forms, to the second or a day alone."""
    try:
        if match := _RFC_822.fullmatch(text):
            return _read_rfc_822(*match.groups())
        match = _RFC_3339.fullmatch(text)
        return _read_rfc_3339(text, is_day=match["clock"] is None) if match else None
    except ValueError:  # a day or an hour that does not exist, or one that stands for another
        return None


def _read_rfc_822(day: str, month: str, year: str, *rest: str | None) -> Reading:
    hour, minute, second, hours, minutes = (int(part or 0) for part in rest)
    offset = timedelta(hours=hours, minutes=-minutes if (rest[3] or "").startswith("-") else minutes)
    zone = timezone(offset) if offset else UTC
    moment = datetime(int(year), _MONTHS[month], int(day), hour, minute, second, tzinfo=zone)
    return moment.astimezone(KST), "second"


def _read_rfc_3339(text: str, *, is_day: bool) -> Reading:
    moment = datetime.fromisoformat(text)
    if is_day:
        return moment.replace(tzinfo=KST), "day"
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=KST)
    return moment.replace(microsecond=0).astimezone(KST), "second"
