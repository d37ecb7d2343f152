"""Dates with an English month, in whatever order their parts are printed, read on a day in November."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.korean.date_forms import read_form
from newsbot.korean.dates import KST, read_date
from newsbot.korean.standard_dates import read_standard

NOW = datetime(2026, 11, 25, 18, tzinfo=KST)


def meaning(text: str) -> str | None:
    read = read_date(text, now=NOW)
    if read is None:
        return None
    assert read.raw == text.strip()
    return f"{read.value:%Y-%m-%dT%H:%M:%S}"[: {"day": 10, "minute": 16, "second": 19}[read.precision]]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("June 11, 2025", "2025-06-11"),
        ("2025 June 11", "2025-06-11"),
        ("2025.June.11", "2025-06-11"),
        ("11-Jun-2025", "2025-06-11"),
        ("11/Jun/2025:07:30:00 +0900", "2025-06-11T07:30:00"),
        ("(Sept. 3rd, 2025)", "2025-09-03"),
        ("11th of June, 2025 7:30 pm", "2025-06-11T19:30"),
        ("Wednesday, June 11, 2025 - 19:30:05", "2025-06-11T19:30:05"),
        ("Wed Jun 11 07:30:00 KST 2025", "2025-06-11T07:30:00"),
        ("Wed Jun 11 2025 07:30:00 GMT+0900 (Korean Standard Time)", "2025-06-11T07:30:00"),
        ("June 11, 2025 at 7.30pm", "2025-06-11T19:30"),
        ("7pm 11 June 2025", "2025-06-11T19:00"),
        ("2025 Jun 11 PM 07:30", "2025-06-11T19:30"),
        ("JUN 11 2025 12:05 AM", "2025-06-11T00:05"),
        ("11 June 2025, 07:30 +0000", "2025-06-11T16:30"),
        ("11 June 2025, 07:30 (UTC+9)", "2025-06-11T07:30"),
        ("11 June 2025, 07:30 GMT -4", "2025-06-11T20:30"),
        ("11 June 2025 07:30:15.250Z", "2025-06-11T16:30:15"),
        ("11 June 2025 10:00:00-04:00", "2025-06-11T23:00:00"),
        ("Wed, 11 Jun 2025 07:30 EST", "2025-06-11T21:30"),
        ("11 Jun 2025 07:30:00 +0900 (KST)", "2025-06-11T07:30:00"),
        ("June 11, 2025, 7:30 p.m. ET", "2025-06-12T08:30"),
        ("January 11, 2025, 7:30 p.m. ET", "2025-01-12T09:30"),
        ("9 Oct 2024 EST", "2024-10-09"),
    ],
)
def test_forms(printed: str, expected: str) -> None:
    assert meaning(printed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "June 2025", "May 2025 10:20", "June 31, 2025 10:00", "June 11, 2025 at 25:30", "Foo 11, 2025 07:30",
        "11 Jun 25 07:30", "June 9-10, 2025", "June 9, 2025 - June 10, 2025", "11 June 2025 12 30",
        "June 11 2025 0730", "11 June 2025 13:00 AM", "7 PM 11 June 2025", "June 11 PM 2025",
        "June 11, 2025 07:30 08:30", "June 11, 2025 10:00-11:00", "June 11, 2025 10:00 -11:00",
        "June 11, 2025 AM 7:30 PM", "June 11, 2025 07:30 -2500", "11 June 2025 1930", "June 2025, 2026 11",
        "Wed, 11 Jun 2025 07:30 CST",  # Chicago's or China's
        "Wed, 11 Jun 2025 07:30 IST",  # India's, Israel's or Ireland's
        "11 Jun 2025 07:30 +0900 EST",  # two zones
        "November 2, 2025 1:30 am ET",  # twice on that night
        "March 9, 2025 2:30 am ET",  # never on that night
        "Monsoon 11 June 2025", "June 11, 2025 by 3", "2025 June 11 " * 9,
    ],
)  # fmt: skip
def test_what_is_no_date_or_has_two_readings(text: str) -> None:
    assert meaning(text) is None


DAYS = st.dates(datetime(1990, 1, 1).date(), datetime(2099, 12, 30).date())
CLOCKS = [
    ("", None), ("7:30 pm", "19:30"), ("PM 7:30", "19:30"), ("12:05 a.m.", "00:05"), ("07:30", "07:30"),
    ("19:30:05", "19:30:05"), ("11PM", "23:00"), ("at 9:05 AM", "09:05"), ("7.30pm", "19:30"),
]  # fmt: skip
ZONES: list[tuple[str, tzinfo]] = [
    ("", KST), ("KST", KST), ("(KST)", KST), ("+0900", KST), ("GMT", UTC), ("UTC+9", KST),
    ("EST", timezone(timedelta(hours=-5))), ("EDT", timezone(timedelta(hours=-4))),
    ("-0730", timezone(-timedelta(hours=7, minutes=30))), ("JST", KST),
]  # fmt: skip
MONTHS = ["%B", "%b", "%b.", "%B,", "%b,"]
NUMBERS = ["{}", "{:02}", "{}{th}", "{},", "{}{th} of", "the {}{th}"]


def ordinal(day: int) -> str:
    return "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


@given(
    DAYS, st.sampled_from(MONTHS), st.sampled_from(NUMBERS), st.sampled_from(CLOCKS), st.sampled_from(ZONES),
    st.sampled_from(["", "%A", "%a,", "on %A"]), st.sampled_from([" ", ", ", " - ", " | "]), st.randoms(),
)  # fmt: skip
def test_parts_in_every_order(day, month, number, clock, zone, weekday, between, order) -> None:  # type: ignore[no-untyped-def]
    """The clock and its zone stand together; everything else where it may."""
    printed, hours = clock
    zoned = f"{printed} {zone[0]}".strip() if hours else ""
    parts = [
        day.strftime("%Y"), day.strftime(month), number.format(day.day, th=ordinal(day.day)), zoned,
        day.strftime(weekday),
    ]  # fmt: skip
    expected = day.isoformat()
    if hours:
        moment = datetime.fromisoformat(f"{day} {hours}").replace(tzinfo=zone[1]).astimezone(KST)
        expected = f"{moment:%Y-%m-%dT%H:%M:%S}"[: 19 if hours.count(":") > 1 else 16]
    order.shuffle(parts)
    assert meaning(between.join(filter(None, parts))) == expected


@pytest.mark.parametrize("parts", list(permutations(["2025", "June", "11"])))
@pytest.mark.parametrize("between", [" ", "-", "/", ".", ", "])
def test_a_day_in_any_order(parts: tuple[str, ...], between: str) -> None:
    assert meaning(between.join(parts)) == "2025-06-11"


TOKENS = (
    "2025 June May 11 9th 7 30 pm AM 7:30 10:00:05 EST KST CST +0900 -04:00 Wed at of , - ( ) . / soon"
).split()


@given(st.lists(st.sampled_from(TOKENS), max_size=9), st.sampled_from(["", " "]))
def test_what_is_read_is_printed_there(tokens: list[str], between: str) -> None:
    """A reading is of the one year, the one month and the one day of its text, which says nothing else."""
    text = between.join(tokens)
    read = read_date(text, now=NOW)
    if read is not None and any(month in text for month in ("June", "May")):
        assert text.count("2025") == 1
        assert text.count("June") + text.count("May") == 1
        assert "CST" not in text
        assert "soon" not in text
        near = timedelta(days=1, hours=1)  # another zone's day
        days = [datetime(2025, 5 if "May" in text else 6, day, tzinfo=KST) for day in (7, 9, 11, 30)]
        assert any(day - near <= read.value < day + timedelta(days=1) + near for day in days)


OFFSETS = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))


@given(st.datetimes(datetime(1950, 1, 1), datetime(2098, 1, 1)), OFFSETS)
def test_the_quick_reading_of_standard_forms_is_that_of_the_others(moment: datetime, zone: timezone) -> None:
    moment = moment.replace(microsecond=0, tzinfo=zone)
    for text in (
        moment.isoformat(), f"{moment:%Y-%m-%d %H:%M:%S}", f"{moment:%Y-%m-%d}",
        f"{moment:%a, %d %b %Y %H:%M:%S %z}", f"{moment:%d %b %Y %H:%M:%S} GMT",
        f"{moment:%Y-%m-%dT%H:%M:%S}.25Z",
    ):  # fmt: skip
        assert read_standard(text) == read_form(text, NOW) is not None


@pytest.mark.parametrize(
    "text", ["2025-02-30", "2025-06-11T24:10:00Z", "31 Jun 2025 07:30:00 GMT", "1024-10-09", "2025-W01-1", ""]
)
def test_the_quick_reading_leaves_the_rest_to_the_others(text: str) -> None:
    assert read_standard(text) is None
