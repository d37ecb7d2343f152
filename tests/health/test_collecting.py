from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from histories import NOON
from hypothesis import given
from hypothesis import strategies as st

from newsbot.health.collecting import KINDS, VALUES, Collector, Spread
from newsbot.health.damage import is_damaged
from newsbot.items import Article, Block, Headline

TEXT = "마을 도서관이 새봄을 맞아 문을 열고 늦은 밤까지 불을 밝히기로 했다고 관장이 밝혔다."
ARTICLE = Article(
    uri="newsbot:board.example/1",
    url="https://board.example/1",
    site="board.example",
    document_id="1",
    headline="도서관 개관",
    body=(Block(type="paragraph", text=TEXT),),
    date_fetched=NOON,
    date_published=NOON - timedelta(hours=2),
)


def row(number: int, **more: Any) -> Headline:
    return Headline(document_id=str(number), url=f"https://board.example/{number}", title="소식", **more)


def test_articles_are_counted_by_what_ails_them() -> None:
    seen = Collector()
    seen.article(ARTICLE, "a", ["deck", "bylines"])
    seen.article(
        replace(ARTICLE, uri="newsbot:board.example/2", url="https://board.example/2"), "a", ["deck"]
    )
    seen.article(ARTICLE, "a", [])  # read again: its own text is none of another
    ahead = replace(ARTICLE, uri="x", url="https://board.example/3", date_published=NOON + timedelta(days=2))
    seen.article(ahead, "b", [])
    found = seen.figures(NOON)
    assert (found["articles"], found["repeated"], found["future"], found["damaged"]) == (4, 1, 1, 0)
    assert found["missing"] == {"deck": 2, "bylines": 1}
    assert found["letters"]["p50"] == len(TEXT)
    assert seen.samples["repeated"] == "https://board.example/2"
    assert found["newest_age"] == 7200


def test_rows_are_counted_by_their_dates() -> None:
    seen = Collector()
    moments = (None, NOON - timedelta(days=1), NOON + timedelta(days=300))
    seen.rows([row(n, date_listed=moment) for n, moment in enumerate(moments)], NOON)
    found = seen.figures(NOON)
    assert (found["rows"], found["undated_rows"], found["future_rows"]) == (3, 1, 1)
    assert found["newest_age"] == 86400


def test_what_stands_in_an_articles_place_is_told_apart() -> None:
    seen = Collector()
    for detail in ("no article on https://b.example/1: it is a login page", "it is a page titled “x”"):
        seen.failure("no body", detail, "1")
    assert seen.figures(NOON)["failures"] == {"no body: a login page": 1, "no body": 1}
    assert seen.samples["failure no body"] == "#1"


def test_the_sites_clock_is_read_where_no_cache_answers() -> None:
    seen = Collector()
    date = {"date": "Mon, 02 Mar 2026 04:00:00 GMT"}  # 13:00 in Korea
    seen.response("https://b.example/", 200, date, 0.1, NOON)
    seen.response("https://b.example/", 200, {"date": "Sun, 01 Mar 2026 04:00:00 GMT", "age": "9"}, 0.1, NOON)
    seen.response("https://b.example/", 200, {"date": "yesterday"}, None, NOON)
    assert seen.figures(NOON)["clock"] == 3600


def test_nothing_grows_without_bound() -> None:
    seen = Collector()
    for number in range(3000):
        seen.failure(f"reason {number}", "", str(number))
        seen.response(f"https://b.example/{number}", 400 + number % 200, {}, number, NOON)
        seen.article(ARTICLE, str(number), [f"field {number % 7}"])
    found = seen.figures(NOON)
    assert len(found["failures"]) == len(found["statuses"]) == KINDS + 1
    assert sum(found["failures"].values()) == 3000
    assert len(seen.samples) <= 2 * KINDS
    assert len(str(found)) < 3000


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50))
def test_quantiles_are_values_in_order(values: list[float]) -> None:
    spread = Spread()
    for value in values:
        spread.add(value)
    found = list(spread.quantiles().values())
    assert found == sorted(found)
    assert set(map(float, found)) <= {float(round(value)) for value in values}


def test_quantiles_of_many_values_are_near_the_true_ones() -> None:
    spread = Spread()
    for value in range(100_000):
        spread.add(value)
    assert spread.quantiles()["p50"] == pytest.approx(50_000, rel=0.02)
    assert len(spread._values) <= VALUES


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        (TEXT, False),
        (f"{TEXT} {TEXT} 똠방각하와 펲시", False),
        ("A library opened its doors in spring, the mayor said at a café.", False),
        ("漢字로 쓴 題目과 本文이 있는 옛 記事도 그대로 둔다", False),
        (TEXT.encode().decode("cp949", "replace"), True),
        (TEXT.encode("cp949").decode("utf-8", "replace"), True),
        (TEXT.encode().decode("latin-1"), True),
        (TEXT.encode("cp949").decode("cp1252", "replace"), True),
        (TEXT.encode().decode("cp949", "ignore"), True),
    ],
)
def test_text_of_the_wrong_table_is_seen(text: str, damaged: bool) -> None:
    assert is_damaged(text) is damaged
