from datetime import UTC, datetime

import pytest

from newsbot.middlewares.retry_after import seconds_asked

NOW = datetime(2026, 11, 23, 3, 0, 0, tzinfo=UTC)

CASES: list[tuple[str, float | None]] = [
    ("0", 0),
    ("120", 120),
    (" 7 ", 7),
    ("Mon, 23 Nov 2026 03:05:00 GMT", 300),
    ("Mon, 23 Nov 2026 12:05:00 +0900", 300),
    ("Monday, 23-Nov-26 03:05:00 GMT", 300),
    ("Mon, 23 Nov 2026 02:00:00 GMT", 0),  # long past
    ("", None),
    ("soon", None),
    ("-5", None),
    ("1.5", None),
    ("Mon, 99 Nov 2026 03:05:00 GMT", None),
    ("²", None),
]


@pytest.mark.parametrize(("header", "seconds"), CASES)
def test_the_wait_that_a_host_asks_for(header: str, seconds: float | None) -> None:
    assert seconds_asked(header, now=NOW) == seconds
