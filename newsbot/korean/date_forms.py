"""The closed set of printed date forms, each a pattern with what it means. Behind ``korean.dates``."""

from __future__ import annotations

import calendar
import functools
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from newsbot.items import Precision

KST = ZoneInfo("Asia/Seoul")
_SKEW = timedelta(minutes=30)  # how far a server's clock may run ahead of ours
_FIRST_YEAR = 1900

Reading = tuple[datetime, Precision]
_Reader = Callable[[re.Match[str], datetime], Reading]

LONGEST = 80  # characters: no printed date is longer
# Each form has one of them: a sign between digits, a unit, a word of a day, a month's letters, a stamp.
_TELLING = re.compile(r"[월月시오전금제저A-Za-z]|\d\s?[-–./:]\s?\d|\d{8}")
_OTHER_TEXT = re.compile(r"\s(?!.*\d\s?[-:./시년월])(?!오[전후]|[AP]\.?M).*")
_WRAPPED = re.compile(r"[(\[<【](?P<inside>[^()\[\]<>【】]+)[)\]>】]")


def read_form(text: str, now: datetime) -> Reading | None:
    """What ``text`` means if the whole of it is one of the forms; ``now`` is in Korean time."""
    plain = plain_form(text)
    found = ((read, pattern.fullmatch(plain)) for pattern, read in (_FORMS if plain else ()))
    return next((_if_it_exists(read, match, now) for read, match in found if match), None)


def read_start(text: str, now: datetime) -> Reading | None:
    """What the date at the start of ``text`` means: ``2025.05.15 20:57 4면``, but no second time."""
    plain = plain_form(text)
    found = (pattern.match(plain) for pattern in (_NUMERIC, _SPELLED))
    whole = (match for match in found if match and _OTHER_TEXT.fullmatch(plain, match.end()))
    return next((_if_it_exists(_read_day, match, now) for match in whole), None)


def _if_it_exists(read: _Reader, match: re.Match[str], now: datetime) -> Reading | None:
    try:
        return read(match, now)
    except (ValueError, OverflowError):  # a day, an hour or a year that does not exist
        return None


def is_yearless(text: str) -> bool:
    """Whether a month and a day are printed without their year."""
    match = _NUMERIC.fullmatch(plain_form(text)) or _SPELLED.fullmatch(plain_form(text))
    return match is not None and match["year"] is None


def is_time_alone(text: str) -> bool:
    """Whether nothing but a time of day is printed."""
    return _TIME_ALONE.fullmatch(plain_form(text)) is not None


@functools.lru_cache(maxsize=64)  # one text is tried in several forms
def plain_form(text: str) -> str:
    """The text in plain letters and single spaces, out of its brackets; "" of what can be no date."""
    plain = " ".join(unicodedata.normalize("NFKC", text[: LONGEST + 1]).split())
    if len(text) > LONGEST or not _TELLING.search(plain):
        return ""
    wrapped = _WRAPPED.fullmatch(plain)
    return wrapped["inside"].strip() if wrapped else plain


# ---- the parts of a date --------------------------------------------------------------------------

_ZONES: dict[str, tzinfo] = {"Z": UTC, "UTC": UTC, "UT": UTC, "GMT": UTC, "KST": KST}
_ZONE = r"(?:\s?\(?(?P<zone>Z|UTC|UT|GMT|KST|[+-]\d{2}(?::?\d{2})?)\)?)?"
_CLOCK = (
    r"(?:(?P<noon>정오)"
    r"|(?:(?P<half>오전|오후|새벽|아침|낮|저녁|밤|[AP]\.?M\.?)\s?)?(?P<hour>\d{1,2})"
    r"(?:\s?:\s?(?P<minute>\d{2})(?:\s?:\s?(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"|시(?:\s?(?P<minutes>\d{1,2})분(?:\s?(?P<seconds>\d{1,2})초)?)?)"
    rf"(?:\s?(?P<half_after>[AP]\.?M\.?))?){_ZONE}"
)
_MAY_END = re.compile(r"-\d\d:\d\d")  # 10:00-11:00
_WEEKDAY = (
    r"(?:[\s,]*(?:[(\[](?P<weekday>[월화수목금토일月火水木金土日])(?:요일|曜日)?[)\]]"
    r"|(?P<weekday_word>[월화수목금토일])(?:요일|(?=\s|$))|\((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\)))?"
)
_WEEKDAYS = "월화수목금토일"
_HANJA_WEEKDAYS = str.maketrans("月火水木金土日", _WEEKDAYS)
_YEAR = r"(?P<year>\d{4}|['’]?\d{2})"
_TIME_AFTER = (
    rf"(?:(?:[\s,.|·T]+|\s[-/]\s|(?<=[일日)\]])|(?=[(\[]))[(\[]?{_CLOCK}[)\]]?\.?"
    r"(?:\s?\([월화수목금토일]\))?)?"
)

_NUMERIC = re.compile(
    rf"(?:{_YEAR}\s?(?P<mark>[-–./])\s?)?(?P<month>\d{{1,2}})\s?(?(mark)(?P=mark)|[-–./])\s?"
    rf"(?P<day>\d{{1,2}})\.?{_WEEKDAY}{_TIME_AFTER}",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    rf"(?:{_YEAR}\s?[년年],?\s?)?(?P<month>\d{{1,2}})\s?[월月]\s?(?P<day>\d{{1,2}})\s?[일日]자?"
    rf"{_WEEKDAY}{_TIME_AFTER}",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})"
    rf"(?:[T ]?(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?P<second>\d{{2}})?{_ZONE})?"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RFC_822 = re.compile(
    rf"(?:[A-Z][a-z]{{2}}, ?)?(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}}) {_CLOCK}"
)
_TIME_ALONE = re.compile(_CLOCK, re.IGNORECASE)
_NAMED_DAYS = {"오늘": 0, "today": 0, "어제": 1, "yesterday": 1, "그제": 2, "그저께": 2}
_NAMED = re.compile(rf"(?P<name>{'|'.join(_NAMED_DAYS)})(?:[\s,]*{_CLOCK})?", re.IGNORECASE)
_NOW = re.compile(r"방금(?:\s?전)?|지금|just now|now", re.IGNORECASE)
_UNITS = {
    "초": "seconds", "분": "minutes", "시간": "hours", "일": "days", "주": "weeks", "주일": "weeks",
    "개월": "months", "달": "months", "년": "years",
    "sec": "seconds", "second": "seconds", "min": "minutes", "minute": "minutes", "hour": "hours",
    "day": "days", "week": "weeks", "month": "months", "year": "years",
}  # fmt: skip
_KOREAN_UNIT = "초|분|시간|일|주일|주|개월|달|년"
_ENGLISH_UNIT = "second|sec|minute|min|hour|day|week|month|year"
_AGO = re.compile(
    rf"약?\s?(?:(?P<worded>하루|일주일|한 ?시간|한 ?달) ?전"
    rf"|(?P<korean>(?:\d{{1,4}}\s?(?:{_KOREAN_UNIT})\s?)+)전"
    rf"|(?P<english>(?:\d{{1,4}}|an?) (?:{_ENGLISH_UNIT}))s? ago)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(rf"(?P<number>\d{{1,4}}|an?)\s?(?P<unit>{_KOREAN_UNIT}|{_ENGLISH_UNIT})", re.IGNORECASE)
_WORDED = {"하루": "1일", "일주일": "1주일", "한시간": "1시간", "한달": "1달"}


class _Clock(NamedTuple):
    hour: int  # 0–24: 24:10 is ten past the midnight that ends the day
    minute: int
    second: int | None
    zone: tzinfo

    def on(self, day: date) -> Reading:
        if self.hour == 24:
            return self._replace(hour=0).on(day + timedelta(days=1))
        second = self.second or 0
        moment = datetime(day.year, day.month, day.day, self.hour, self.minute, second, tzinfo=self.zone)
        return moment.astimezone(KST), "minute" if self.second is None else "second"


def _clock(match: re.Match[str]) -> _Clock:
    """The time of day of a match; raises ValueError where it contradicts itself."""
    printed = match.groupdict()
    zone = _zone(printed["zone"])
    if printed.get("noon"):
        return _Clock(12, 0, None, zone)
    hour = _full_hour(int(printed["hour"]), _half(printed))
    second = printed.get("second") or printed.get("seconds")
    if second is None and _MAY_END.fullmatch(printed["zone"] or "") and "T" not in match[0]:
        raise ValueError("an offset, or the hour when something ends")
    minute = int(printed.get("minute") or printed.get("minutes") or 0)
    return _Clock(hour, minute, int(second) if second else None, zone)


def _zone(printed: str | None) -> tzinfo:
    if printed is None:
        return KST
    if (known := _ZONES.get(printed.upper())) is not None:
        return known
    hours, minutes = int(printed[1:3]), int(printed[3:].lstrip(":") or 0)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if printed[0] == "-" else offset)


def _half(printed: dict[str, str | None]) -> str | None:
    """The word that says which half of the day; two words must agree."""
    words = {word.upper().replace(".", "") for name in ("half", "half_after") if (word := printed.get(name))}
    if len(words) > 1:
        raise ValueError("two halves of the day")
    return words.pop() if words else None


def _full_hour(hour: int, half: str | None) -> int:
    """The hour of 24. ``오후 19:30`` is printed by some systems and clear; ``밤 12시`` has two readings."""
    match half:
        case None:
            return hour
        case "오전" | "AM" | "새벽" | "아침" if hour <= 12:
            return hour % 12
        case "오후" | "PM" | "낮" if hour <= 12:
            return hour if half == "낮" and hour in (10, 11) else hour % 12 + 12
        case "저녁" | "밤" if 5 <= hour <= 11:
            return hour + 12
        case "오후" | "PM" | "저녁" | "밤" if 13 <= hour <= 23:
            return hour
    raise ValueError("an hour that is not in that half of the day")


def _year(printed: str, now: datetime) -> int:
    """Four digits as they are; two are 20xx up to next year, else 19xx since boards exist."""
    year = int(printed.lstrip("'’"))
    if len(printed) == 4:
        low, high = _FIRST_YEAR, 2099
    else:
        year += 2000 if 2000 + year <= now.year + 1 else 1900
        low, high = 1980, now.year + 1
    if not low <= year <= high:
        raise ValueError("not a year of news")
    return year


# ---- what each form means -------------------------------------------------------------------------


def _read_day(match: re.Match[str], now: datetime) -> Reading:
    printed = match.groupdict()
    month, day = int(printed["month"]), int(printed["day"])
    clock = _clock(match) if printed["hour"] or printed.get("noon") else None
    if printed["year"]:
        return _at(date(_year(printed["year"], now), month, day), clock)
    latest = _latest(month, day, clock, now)
    weekday = printed["weekday"] or printed["weekday_word"]
    if weekday and _WEEKDAYS[latest[0].weekday()] != weekday.translate(_HANJA_WEEKDAYS):
        raise ValueError("the latest such day is another day of the week")
    return latest


def _at(day: date, clock: _Clock | None) -> Reading:
    if clock:
        return clock.on(day)
    return datetime(day.year, day.month, day.day, tzinfo=KST), "day"


def _latest(month: int, day: int, clock: _Clock | None, now: datetime) -> Reading:
    """The latest day of that name which is not in the future: this year's, or an earlier one's."""
    if month == 2 and day == 29:
        years = [year for year in range(now.year, now.year - 9, -1) if calendar.isleap(year)]
    else:
        years = [now.year + 1, now.year, now.year - 1]
    readings = (_at(date(year, month, day), clock) for year in years)
    limit = now + _SKEW if clock else now
    return next(reading for reading in readings if reading[0] <= limit)


def _read_stamp(match: re.Match[str], _: datetime) -> Reading:
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    return _at(day, _clock(match) if match["hour"] else None)


def _read_rfc_822(match: re.Match[str], _: datetime) -> Reading:
    return _clock(match).on(date(int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"])))


def _read_time_alone(match: re.Match[str], now: datetime) -> Reading:
    clock = _clock(match)
    reading = clock.on(now.date())
    return reading if reading[0] <= now + _SKEW else clock.on(now.date() - timedelta(days=1))


def _read_named(match: re.Match[str], now: datetime) -> Reading:
    day = now.date() - timedelta(days=_NAMED_DAYS[match["name"].lower()])
    return _at(day, _clock(match) if match["hour"] or match["noon"] else None)


def _read_now(_: re.Match[str], now: datetime) -> Reading:
    return now.replace(second=0, microsecond=0), "minute"


def _read_ago(match: re.Match[str], now: datetime) -> Reading:
    """``3시간 전``: as precise as its smallest unit, though an hour ago is no finer than "minute"."""
    amount = match["korean"] or match["english"] or _WORDED[match["worded"].replace(" ", "")]
    counted = _AMOUNT.findall(amount)
    ago = {_UNITS[unit.lower()]: int(number) if number.isdigit() else 1 for number, unit in counted}
    moment = _months_before(now, ago.pop("years", 0) * 12 + ago.pop("months", 0)) - timedelta(**ago)
    if "seconds" in ago:
        return moment.replace(microsecond=0), "second"
    is_timed = "minutes" in ago or "hours" in ago
    return (moment.replace(second=0, microsecond=0), "minute") if is_timed else _at(moment.date(), None)


def _months_before(now: datetime, months: int) -> datetime:
    """The same day so many months before, or the last of a shorter month."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    if year < _FIRST_YEAR:
        raise ValueError("before any news")
    last_day = calendar.monthrange(year, month + 1)[1]
    return now.replace(year=year, month=month + 1, day=min(now.day, last_day))


_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_NUMERIC, _read_day),
    (_TIME_ALONE, _read_time_alone),
    (_SPELLED, _read_day),
    (_AGO, _read_ago),
    (_NOW, _read_now),
    (_NAMED, _read_named),
    (_STAMP, _read_stamp),
    (_RFC_822, _read_rfc_822),
)
