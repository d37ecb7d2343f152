"""Dates whose month is an English word, with their parts in any order. Behind ``korean.dates``.

Each part is known by its own shape: a year of four digits, a month's word, a day, a clock, a zone. A date is
read if all its parts are known and none of them stands in it twice; so nothing rests on their order, and
nothing is guessed. A second day, a word that is not known, or a zone of two meanings (``CST`` is Chicago's
and China's) leave it unread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from newsbot.korean.date_forms import KST, Reading, plain_form, read_form

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_OF = {word: n for n, name in enumerate(_MONTHS, 1) for word in (name, name[:3])} | {"sept": 9}
_SILENT = frozenset(
    [*_WEEKDAYS, *(day[:3] for day in _WEEKDAYS), "tues", "weds", "thur", "thurs", "at", "on", "of", "the"]
)
_HOURS_FROM_GREENWICH = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2,
    "eest": 3, "msk": 3, "hkt": 8, "sgt": 8, "jst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
_ZONES: dict[str, tzinfo] = {name: timezone(timedelta(hours=n)) for name, n in _HOURS_FROM_GREENWICH.items()}
_ZONES |= {"kst": KST, "et": ZoneInfo("America/New_York"), "pt": ZoneInfo("America/Los_Angeles")}
_BEFORE_OFFSETS = ("clock", "half", "zone")
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)  # no zone lies beyond

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD = re.compile(r"[A-Za-z]{3}")
_MOST_PARTS = 9  # a year, a month, a day, a clock, its half, a zone: some name it twice
_BETWEEN = " ,./()|[]–-"
_PART = re.compile(
    rf"[{re.escape(_BETWEEN)}]*(?::(?=\d\d:))?(?:"
    r"(?P<half>[ap]\.?m(?![a-z])\.?)"
    r"|(?P<word>[a-z]+)"
    r"|(?P<year>(?:19|20)\d\d)(?!\d)"
    r"|(?P<clock>\d{1,2} ?: ?\d\d(?: ?: ?\d\d(?:[.,]\d{1,9})?)?(?![\d:])|\d{1,2}\.\d\d(?= ?[ap]\.?m)"
    r"|\d{1,2}(?=[ap]\.?m(?![a-z])))"
    r"|(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
    r")"
)
_OFFSET = re.compile(
    r" ?\(?(?P<greenwich>utc|gmt)? ?"
    r"(?P<sign>[+-])(?P<hours>\d\d?)(?:(?P<colon>:?)(?P<minutes>[0-5]\d))?(?![\d:])"
    r"(?: \([a-z ]+ time\))?"  # as a browser puts it: GMT+0900 (Korean Standard Time)
)

_Part = tuple[str, str]  # its kind, and what is printed


def read_english(text: str, now: datetime) -> Reading | None:
    """What ``text`` means, if the whole of it is a date with its year and the word of its month."""
    may_be = _YEAR.search(text) and _WORD.search(text)
    parts = _parts(plain_form(text).lower()) if may_be else None
    if parts is None or (parts := _with_whole_clock(parts)) is None:
        return None
    zones = [printed for kind, printed in parts if kind == "zone"]
    single = {kind: printed for kind, printed in parts if kind != "zone"}
    if len(single) + len(zones) < len(parts) or single.keys() - {"clock"} != {"year", "month", "day"}:
        return None
    day = f"{single['year']}-{_MONTH_OF[single['month']]}-{single['day']}"
    reading = read_form(f"{day} {single.get('clock', '')}", now)
    return _in_zone(reading, zones, single.get("clock", "")) if reading and zones else reading


def _parts(text: str) -> list[_Part] | None:
    """What tells something, in order; ``None`` where anything in the text is not known."""
    parts: list[_Part] = []
    here, end = 0, len(text.rstrip(_BETWEEN))
    while here < end:
        offset = _OFFSET.match(text, here) if parts and parts[-1][0] in _BEFORE_OFFSETS else None
        match = offset or _PART.match(text, here)
        if match is None or (kind := "zone" if offset else _kind(match)) is None:
            return None
        if kind and len(parts) == _MOST_PARTS:
            return None
        if kind:
            parts.append((kind, match[0] if offset else match[match.lastgroup or 0]))
        here = match.end()
    return parts


def _kind(match: re.Match[str]) -> str | None:
    """What a part is, "" where it tells nothing, ``None`` of a word that is not known."""
    if (word := match["word"]) is None:
        return match.lastgroup
    return "" if word in _SILENT else "month" if word in _MONTH_OF else "zone" if word in _ZONES else None


def _with_whole_clock(parts: list[_Part]) -> list[_Part] | None:
    """With the clock and the AM or PM beside it as one part: ``7:30 pm``, ``PM 7:30``, ``7 pm``."""
    kinds = [kind for kind, _ in parts]
    if "half" not in kinds:
        return parts
    at = kinds.index("half")
    before, after = kinds[at - 1 : at], kinds[at + 1 : at + 2]
    if before == ["clock"] or (before == ["day"] and after != ["day"] and "clock" not in kinds):
        first = at - 1
    elif after == ["clock"]:
        first = at
    else:
        return None
    clock = " ".join(_clock(*part) for part in parts[first : first + 2])
    return [*parts[:first], ("clock", clock), *parts[first + 2 :]]


def _clock(kind: str, printed: str) -> str:
    if kind == "half":
        return printed
    return (
        f"{printed}:00" if printed.isdecimal() else printed if ":" in printed else printed.replace(".", ":")
    )


def _in_zone(reading: Reading, zones: Sequence[str], clock: str) -> Reading | None:
    """The moment where it was printed in these zones; they must agree, and name one moment alone."""
    moment, precision = reading
    if precision == "day":
        return reading
    known = [_zone(printed, clock) for printed in zones]
    moments = {
        moment.replace(tzinfo=zone, fold=fold).astimezone(UTC) for zone in known if zone for fold in (0, 1)
    }
    return (moments.pop().astimezone(KST), precision) if None not in known and len(moments) == 1 else None


def _zone(printed: str, clock: str) -> tzinfo | None:
    """A zone's word or offset; ``10:00-11:00`` is no offset but a span of time, or may be one."""
    match = _OFFSET.fullmatch(printed)
    if match is None:
        return _ZONES[printed]
    is_sure = match["sign"] == "+" or not match["colon"] or clock.count(":") > 1
    is_whole = len(match["hours"]) > 1 and (match["minutes"] or match["sign"] == "+")
    if not match["greenwich"] and not (is_sure and is_whole):
        return None
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    offset = -offset if match["sign"] == "-" else offset
    return timezone(offset) if _WEST <= offset <= _EAST else None
