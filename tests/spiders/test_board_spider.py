from datetime import date
from typing import Any

import pytest

from newsbot.errors import ConfigError
from newsbot.spiders.board import BoardSpider
from newsbot.spiders.walk import Limits

URL = "https://board.example/news"

# As scrapy -a gives them, all text, and as the command gives them.
ARGUMENTS: list[tuple[dict[str, Any], Limits]] = [
    ({}, Limits()),
    ({"pages": "3", "since": "2026-01-02"}, Limits(pages=3, since=date(2026, 1, 2))),
    ({"pages": 3, "until": date(2026, 1, 2)}, Limits(pages=3, until=date(2026, 1, 2))),
    ({"full": "true"}, Limits(full=True)),
    ({"full": "1"}, Limits(full=True)),
    ({"full": True}, Limits(full=True)),
    ({"full": "0", "pages": "", "since": "", "until": None}, Limits()),
]


@pytest.mark.parametrize(("arguments", "limits"), ARGUMENTS)
def test_arguments_become_limits(arguments: dict[str, Any], limits: Limits) -> None:
    assert BoardSpider(URL, **arguments).limits == limits


@pytest.mark.parametrize("url", ["", "notaurl", "ftp://board.example/news"])
def test_an_address_is_needed(url: str) -> None:
    with pytest.raises(ConfigError):
        BoardSpider(url)


def test_all_pages_of_a_listing_are_one_source() -> None:
    assert BoardSpider(f"{URL}/?page=4").source == BoardSpider(URL).source == "board.example/news"
