"""When: durations as people write them ("1h30m"), and cron's five fields, in Korean time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from newsbot.korean.date_forms import KST

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

LEAST_EVERY: Final = timedelta(seconds=10)  # a source is asked no oftener, whatever is asked for

_UNITS: Final = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_DURATION: Final = re.compile(r"(?:(\d{1,5})d)?(?:(\d{1,6})h)?(?:(\d{1,7})m)?(?:(\d{1,8})s)?")
_DAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")  # cron's numbers, from 0; 7 is Sunday too
_FIELDS: Final = ("minute", "hour", "day", "month", "day_of_week")


def duration(text: str) -> timedelta:
    """What "10m", "1h30m", "1d" or "45s" says. Raises ValueError for anything else."""
    parts = _DURATION.fullmatch(text.replace(" ", "").lower())
    seconds = sum(
        int(part or 0) * unit for part, unit in zip(parts.groups(), _UNITS.values(), strict=True)
    ) if parts else 0  # fmt: skip
    if not seconds:
        raise ValueError('should be a time such as "10m", "1h30m" or "1d"')
    return timedelta(seconds=seconds)


def check_bounds(shortest: timedelta | None, every: timedelta | None, longest: timedelta | None) -> None:
    """Raises ValueError where such durations make no sense together as a source's ``every``."""
    if every is None and (shortest or longest):
        raise ValueError("has every_min or every_max, so it should say every too")
    lengths = [each for each in (shortest, every, longest) if each]
    if lengths != sorted(lengths):
        raise ValueError("should have every_min, every and every_max in this order, the longest last")
    if lengths and lengths[0] < LEAST_EVERY:
        raise ValueError(f"should not be asked oftener than every {duration_text(LEAST_EVERY)}")


def duration_text(length: timedelta) -> str:
    """The reverse of ``duration``, to the second; "0s" for nothing."""
    seconds, text = int(length.total_seconds()), ""
    for unit, size in _UNITS.items():
        count, seconds = divmod(seconds, size)
        text += f"{count}{unit}" if count else ""
    return text or "0s"


def cron_fields(text: str) -> str:
    """``text``, if it is a cron expression that ever comes true; raises ValueError otherwise."""
    fields = text.split()
    if len(fields) != len(_FIELDS):
        raise ValueError('should be five fields as in crontab: "*/10 6-23 * * *"')
    if fields[2] != "*" and fields[4] != "*":
        raise ValueError("should say a day of the month or a day of the week, not both")
    try:
        never = next_tick(text, datetime.now(KST)) is None
    except ValueError as error:
        raise ValueError(f"should be five fields as in crontab ({error})") from None
    if never:
        raise ValueError("should be a time that ever comes")
    return text


def next_tick(text: str, after: datetime) -> datetime | None:
    """The first moment of a cron expression later than ``after``; None if there is none, ever."""
    start = after.astimezone(KST) + timedelta(microseconds=1)
    tick: datetime | None = _trigger(text).get_next_fire_time(None, start)
    return tick


@cache
def _trigger(text: str) -> CronTrigger:
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415 - most sources have no cron

    fields = dict(zip(_FIELDS, text.lower().split(), strict=True))
    # APScheduler counts the days of the week from Monday; crontab(5) from Sunday.
    fields["day_of_week"] = _day_names(fields["day_of_week"])
    return CronTrigger(**fields, timezone=KST)


def _day_names(field: str) -> str:
    if not re.search(r"\d", field):
        return field
    days = {day for part in field.split(",") for day in _numbers(part)}
    return ",".join(_DAYS[day] for day in sorted(days))


def _numbers(part: str) -> list[int]:
    """The days of "1-5", "*/2", "6" or "fri-0", as cron's numbers below 7."""
    found = re.fullmatch(r"(\*|(\w+)(?:-(\w+))?)(?:/([1-7]))?", part)
    if found is None:
        raise ValueError(f'"{part}" is no day of the week')
    whole, first, last, step = found.groups()
    start = 0 if whole == "*" else _number(first)
    end = 6 if whole == "*" else _number(last) if last else 6 if step else start
    if end < start:
        end += 7
    return [day % 7 for day in range(start, end + 1, int(step or 1))]


def _number(day: str) -> int:
    if day in _DAYS:
        return _DAYS.index(day)
    if not re.fullmatch("[0-7]", day):
        raise ValueError(f'"{day}" is no day of the week')
    return int(day)
