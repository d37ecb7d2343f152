"""The clock that a page's dates are read by, and what comes of it near midnight and far from the truth."""

from datetime import datetime, timedelta

import pytest

from newsbot.korean.dates import KST, read_date
from newsbot.pages.clocks import site_time
from newsbot.pages.document import parse_document

NEW_YEAR = datetime(2027, 1, 1, tzinfo=KST)
EVE = "Thu, 31 Dec 2026 14:59:58 GMT"  # two seconds before


def read(raw: str, header: str | None, ours: datetime) -> str:
    found = read_date(raw, now=site_time(header, ours))
    assert found is not None
    return f"{found.value:%Y-%m-%d %H:%M}"


def test_what_was_printed_before_midnight_and_read_after_it() -> None:
    ours = NEW_YEAR + timedelta(seconds=3)
    assert read("오늘 23:50", EVE, ours) == "2026-12-31 23:50"
    assert read("어제 23:50", EVE, ours) == "2026-12-30 23:50"
    assert read("12-31", EVE, ours) == "2026-12-31 00:00"


@pytest.mark.parametrize("days", [-9000, -365, -1, 1, 400])
def test_a_machine_whose_clock_is_days_off_reads_what_the_site_printed(days: int) -> None:
    ours = NEW_YEAR + timedelta(days=days)
    assert read("12-31", EVE, ours) == "2026-12-31 00:00"
    assert read("01-02", EVE, ours) == "2026-01-02 00:00"
    assert read("23:40", EVE, ours) == "2026-12-31 23:40"


@pytest.mark.parametrize("hours", [-9, -1, 2, 9])
def test_hours_between_the_clocks_are_a_servers_mistake_of_its_time_zone(hours: int) -> None:
    ours = NEW_YEAR + timedelta(hours=hours)
    assert site_time(EVE, ours) == ours


@pytest.mark.parametrize(
    "header", [None, "", "yesterday", "Thu, 31 Dec 2026 14:59:58", "Thu, 99 Dec 2026 15:00 GMT"]
)
def test_without_a_date_of_the_sites_ours_counts(header: str | None) -> None:
    assert site_time(header, NEW_YEAR) == NEW_YEAR


def test_a_document_keeps_both_moments() -> None:
    ours = NEW_YEAR + timedelta(seconds=3)
    page = parse_document("<html></html>", "https://board.example/news", fetched=ours, date_header=EVE)
    assert (page.fetched, page.now) == (ours, NEW_YEAR - timedelta(seconds=2))
    assert parse_document("<html></html>", "https://board.example/news", fetched=ours).now == ours
