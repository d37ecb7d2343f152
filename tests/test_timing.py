from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.korean.dates import KST
from newsbot.timing import cron_fields, duration, duration_text, next_tick

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=KST)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("10m", 600), ("1h30m", 5400), ("1d", 86400), ("45s", 45), ("1d 2h", 93600), ("90M", 5400)],
)
def test_a_duration(text: str, seconds: int) -> None:
    assert duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "10", "m", "0m", "-5m", "1.5h", "30m1h", "ten minutes", "1w"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match='should be a time such as "10m"'):
        duration(text)


@given(st.integers(1, 10**7))
def test_a_duration_is_written_as_it_is_read(seconds: int) -> None:
    length = timedelta(seconds=seconds)
    assert duration(duration_text(length)) == length


def ticks(text: str, count: int = 3, after: datetime = MONDAY) -> list[str]:
    found = []
    for _ in range(count):
        tick = next_tick(cron_fields(text), after)
        assert tick is not None
        after = tick
        found.append(f"{tick:%a %d %H:%M}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*/10 6-23 * * *", ["Mon 02 09:40", "Mon 02 09:50", "Mon 02 10:00"]),
        ("30 9 * * *", ["Tue 03 09:30", "Wed 04 09:30", "Thu 05 09:30"]),
        ("0 7 * * 1-5", ["Tue 03 07:00", "Wed 04 07:00", "Thu 05 07:00"]),
        ("0 7 * * 0", ["Sun 08 07:00", "Sun 15 07:00", "Sun 22 07:00"]),
        ("0 7 * * 7", ["Sun 08 07:00", "Sun 15 07:00", "Sun 22 07:00"]),
        ("0 7 * * 5-7", ["Fri 06 07:00", "Sat 07 07:00", "Sun 08 07:00"]),
        ("0 7 * * */3", ["Wed 04 07:00", "Sat 07 07:00", "Sun 08 07:00"]),
        ("0 7 * * SAT,2", ["Tue 03 07:00", "Sat 07 07:00", "Tue 10 07:00"]),
        ("0 7 * * mon-fri", ["Tue 03 07:00", "Wed 04 07:00", "Thu 05 07:00"]),
        ("0 0 1 * *", ["Wed 01 00:00", "Fri 01 00:00", "Mon 01 00:00"]),
    ],
)
def test_the_ticks_of_a_cron_expression(text: str, expected: list[str]) -> None:
    assert ticks(text) == expected


def test_cron_is_in_korean_time_wherever_the_clock_stands() -> None:
    from datetime import UTC

    assert next_tick("0 6 * * *", datetime(2026, 3, 1, 20, 59, tzinfo=UTC)) == datetime(
        2026, 3, 2, 6, tzinfo=KST
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("* * * *", "five fields"),
        ("* * * * * *", "five fields"),
        ("61 * * * *", "five fields as in crontab"),
        ("x * * * *", "five fields as in crontab"),
        ("0 7 * * 8", '"8" is no day of the week'),
        ("0 7 * * 1-9", '"9" is no day of the week'),
        ("0 7 1 * 1", "not both"),
        ("0 0 31 2 *", "that ever comes"),
        ("@daily", "five fields"),
    ],
)
def test_what_is_no_cron_expression(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        cron_fields(text)


@given(st.integers(1, 59), st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_ticks_come_later_and_later(minute: int, start: datetime) -> None:
    after = start.replace(tzinfo=KST)
    following = [after]
    for _ in range(3):
        tick = next_tick(f"*/{minute} * * * *", following[-1])
        assert tick is not None
        following.append(tick)
    assert all(one < other for one, other in pairwise(following))
