"""Days as a reader of an archive writes them: 2025, 2025-06, 2025-06-01, and from .. to."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from newsbot.errors import QueryError
from newsbot.korean.date_forms import KST

_WRITE: Final = "write 2025-06-01..2025-06-12, 2025-06 or 2025"
_DAY: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")


def days(text: str) -> tuple[datetime | None, datetime | None]:
    """The span of days: its first moment, and the first after it, in Korean time; None: without bound.

    Raises QueryError of what is no such span.
    """
    first, dots, last = text.partition("..")
    try:
        start = _span(first)[0] if first or not dots else None
        end = _span(last if dots else first)[1] if last or not dots else None
    except (ValueError, OverflowError):
        raise QueryError(f"no span of days: {text!r}; {_WRITE}") from None
    if start is None and end is None:
        raise QueryError(f"no span of days: {text!r}; {_WRITE}")
    if start and end and start >= end:
        raise QueryError(f"the days {text!r} end before they begin")
    return start, end


def _span(text: str) -> tuple[datetime, datetime]:
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)
    start = datetime(year, month, day, tzinfo=KST)
    if match["day"]:
        return start, start + timedelta(days=1)
    if match["month"]:
        return start, datetime(year + month // 12, month % 12 + 1, 1, tzinfo=KST)
    return start, datetime(year + 1, 1, 1, tzinfo=KST)
