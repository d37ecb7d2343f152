"""By which clock a page's dates are to be read: by that of the machine that printed them."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from newsbot.korean.dates import KST

_TOGETHER: Final = timedelta(minutes=30)  # clocks that go right
_ZONES: Final = timedelta(hours=14)  # the widest mistake of a time zone


def site_time(date_header: str | None, fetched: datetime) -> datetime:
    """The moment of a response by the site's clock, in Korean time; ours where that does not tell.

    ``date_header``: what HTTP calls so (RFC 9110, 6.6.1). Near midnight seconds decide which day 어제 is,
    and a machine whose clock is days off would read 12-31 in the wrong year. Where the two are hours apart
    the server has stated its local time as GMT, and prints the right one.
    """
    stated = _moment(date_header)
    if stated is None or _TOGETHER < abs(stated - fetched) <= _ZONES:
        return fetched
    return stated.astimezone(KST)


def _moment(date_header: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(date_header or "")
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
