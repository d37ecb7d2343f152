"""Search, by the same tests on both databases."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from archive_desk import NOON, TEXTS, Desk, article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from searching import ask, news, numbers

from newsbot.archive import indexing
from newsbot.archive.schema import links
from newsbot.items import Article, Byline
from newsbot.korean.queries import read_query
from newsbot.korean.text import candidate
from newsbot.korean.tokens import CUT, GAP, MOST_PLACES, entry


@pytest.fixture
def desk(place: str) -> Iterator[Desk]:
    with Desk(place).start() as opened:
        yield opened


def test_the_newest_come_first(desk: Desk) -> None:
    desk.store(*(news(number, "민주당이 논의했다.") for number in (3, 1, 4, 2, 5)))
    assert ask(desk, "민주당") == [5, 4, 3, 2, 1]
    assert ask(desk, "민주당", limit=2) == [5, 4]
    assert ask(desk, "국민의힘") == []


ANSWERS = {
    "민주당": [1],
    "카카오와": [2],
    "노란봉투법": [3],
    '"노란 봉투법"': [3],
    '"노란봉투법"': [],
    "숨졌다": [3],
    "책": [4],
    "李": [5],
    "\uf9e1": [5],
    "1,234": [5],
    "sk하이닉스": [4],
    "논의 -노란": [1],
    "제목:개혁": [2],
    "제목:민주당": [],
    "기자:김현수": [2],
    "김현수": [4, 2],
    "매체:한강": [4, 1],
    "매체:한강일보 -섹션:정치": [4],
    "섹션:정치": [1],
    "한강일보": [],  # the outlet is a field, not a word of the text
    "정치": [],
    "날짜:2026-03-02": [5, 4, 3, 2, 1],
    "날짜:2026-03-03..": [],
    "날짜:..2026-03-01": [],
    "날짜:2026 -논의": [5, 4, 2],
    "첫째 둘째": [5],
    '"첫째 둘째"': [],  # two paragraphs
    '"개혁 카카오"': [],  # nor from headline to text
}


def test_what_is_found(desk: Desk) -> None:
    desk.store(
        news(1, "더불어민주당이 논의했다.", source="한강일보", section="정치"),
        news(2, "카카오는 다르다.", "개혁", bylines=(Byline(name="김현수", raw="김현수 기자"),)),
        news(3, "노란 봉투법 논의, 숨진 이들."),
        news(4, "SK하이닉스가 낸 책, 김현수 씨.", source="한강일보"),
        news(5, "李 대통령, 1,234명. 첫째", deck=("둘째",)),
    )
    assert {query: ask(desk, query) for query in ANSWERS} == ANSWERS


def test_hits_tell_what_was_found(desk: Desk) -> None:
    desk.store(news(1, "노란 봉투법 논의가 이어졌다.", "노란봉투법…숨진 이들", source="한강일보"))
    (hit,) = desk.archive.search(read_query("노란봉투법을"), limit=5)
    said, printed = hit.snippet, hit.stored.article.headline
    assert [said.text[start:end] for start, end in said.marks] == ["노란 봉투법"]
    assert [printed[start:end] for start, end in said.headline] == ["노란봉투법"]
    assert (hit.dated, hit.score, hit.duplicates) == (NOON + timedelta(hours=1), None, 0)


def test_by_relevance_the_headline_and_a_words_start_come_first(desk: Desk) -> None:
    desk.store(
        news(1, "글", "민주당 오늘"),
        news(2, "글", "더불어민주당 오늘"),
        news(3, "민주당 오늘"),
        news(4, "더불어민주당 오늘"),
        news(5, "글", "민주당 내일"),
    )
    hits = desk.archive.search(read_query("민주당"), limit=10, by="relevance")
    assert numbers(hits) == [5, 1, 2, 3, 4]
    assert [hit.score for hit in hits] == [1.0, 1.0, 0.75, 0.5, 0.25]
    assert ask(desk, "민주당", by="relevance", limit=3) == [5, 1, 2]
    assert ask(desk, "민주당") == [5, 4, 3, 2, 1]


def test_an_edit_is_found_by_its_new_words_alone(desk: Desk) -> None:
    desk.store(news(1, "산책로를 넓힌다."), news(2, "산책로를 넓힌다."))
    desk.store(news(1, "자전거길을 넓힌다.", date_published=NOON + timedelta(days=9)))
    assert ask(desk, "산책로") == [2]
    assert ask(desk, "자전거길") == [1]
    assert ask(desk, "넓힌다") == [1, 2]
    assert ask(desk, "날짜:2026-03-11") == [1]
    desk.store(news(1, "산책로를 넓힌다."))
    assert ask(desk, "산책로") == [2, 1]
    assert ask(desk, "자전거길") == []


def test_one_batch_may_hold_an_article_and_its_edit(desk: Desk) -> None:
    batch = [
        news(2, "산책로"),
        news(1, "산책로"),
        news(2, "자전거길"),
        news(1, "운동장", date_published=NOON),
    ]
    desk.archive.store_together(desk.run, "s", [candidate(one) for one in batch], when=desk.now)
    assert [ask(desk, word) for word in ("산책로", "자전거길", "운동장")] == [[], [2], [1]]


def _take_out_and_fail(desk: Desk) -> None:
    with desk.archive.writing() as connection:
        changes = indexing.Changes(connection)
        changes.leave(1)
        changes.apply()
        raise RuntimeError


def test_a_transaction_that_fails_leaves_everything_to_be_found(desk: Desk) -> None:
    desk.store(news(1, "산책로"))
    with pytest.raises(RuntimeError):
        _take_out_and_fail(desk)
    assert ask(desk, "산책로") == [1]


def test_what_is_withheld_is_found_by_nobody_and_what_is_deleted_is(desk: Desk) -> None:
    desk.store(*(news(number, "산책로") for number in (1, 2, 3)))
    desk.archive.withhold("2", "court order", when=desk.now)
    assert ask(desk, "산책로") == [3, 1]
    assert ask(desk, "산책로", by="relevance") == [3, 1]
    assert [one.article.document_id for one in desk.archive.found(read_query("산책로"))] == ["3", "1"]
    assert desk.archive.tally(read_query("산책로")).total == 2
    desk.archive.release("2", "settled", when=desk.now)
    assert ask(desk, "산책로") == [3, 2, 1]
    with desk.archive.writing() as connection:
        connection.execute(sa.text("UPDATE articles SET removed = 1 WHERE document_id = '1'"))
    removed = desk.archive.search(read_query("산책로"), limit=5)[-1]
    assert removed.stored.removed is not None


def repost(number: int, headline: str = "시정") -> Article:
    published = NOON + timedelta(hours=number)
    return article(number, TEXTS[0], headline=headline, date_published=published)


def test_reposts_are_folded_under_the_earliest(desk: Desk) -> None:
    desk.store(repost(1), repost(2), repost(3), news(4, "산책로"))
    assert ask(desk, "산책로") == [4, 1]
    assert ask(desk, "산책로", folded=False) == [4, 3, 2, 1]
    assert ask(desk, "산책로", by="relevance") == [4, 1]
    (_, first) = desk.archive.search(read_query("산책로"), limit=5)
    assert first.duplicates == 2
    assert desk.archive.tally(read_query("산책로")).total == 2


def test_a_repost_stands_for_an_earliest_that_does_not_answer(desk: Desk) -> None:
    desk.store(repost(1), repost(2, "자전거길"), repost(3, "자전거길"))
    assert ask(desk, "자전거길") == [3]
    assert ask(desk, "자전거길", by="relevance") == [3]
    desk.store(repost(40))
    assert ask(desk, "산책로 날짜:2026-03-03..") == [40]  # the earliest is of another day
    desk.archive.withhold("1", "court order", when=desk.now)
    assert ask(desk, "산책로") == [40]


def test_an_update_is_no_duplicate(desk: Desk) -> None:
    desk.store(news(1, "산책로"), news(2, "산책로"))
    row = {
        "article_id": 2,
        "earliest_id": 1,
        "kind": "update",
        "score": 1.0,
        "method": "m",
        "found": desk.now,
    }
    with desk.archive.writing() as connection:
        connection.execute(sa.insert(links), row)
    assert ask(desk, "산책로") == [2, 1]


def test_counts_by_outlet_section_byline_and_day(desk: Desk) -> None:
    kim, lee = (Byline(name=name, raw=f"{name} 기자") for name in ("김현수", "이봄"))
    desk.store(
        news(1, "산책로", source="한강일보", section="사회", bylines=(kim, lee)),
        news(2, "산책로", source="한강일보", bylines=(kim,)),
        news(30, "산책로", source="가람신문", section="정치"),
    )
    tally = desk.archive.tally(read_query("산책로"))
    assert (tally.total, tally.more) == (3, False)
    assert list(tally.outlets.items()) == [("한강일보", 2), ("가람신문", 1)]
    assert tally.sections == {"사회": 1, "정치": 1}
    assert list(tally.bylines.items()) == [("김현수", 2), ("이봄", 1)]
    assert list(tally.days.items()) == [("2026-03-03", 1), ("2026-03-02", 2)]
    capped = desk.archive.tally(read_query("산책로"), most=3)
    assert (capped.total, capped.more) == (2, True)


def test_only_of_a_source_or_a_site(desk: Desk) -> None:
    desk.store(news(1, "산책로"), news(2, "산책로", site="other.example"))
    assert ask(desk, "산책로", site="other.example") == [2]
    assert ask(desk, "산책로", source="board.example/news") == [2, 1]
    assert ask(desk, "산책로", source="elsewhere") == []


def test_a_long_article_is_found_by_how_it_begins(desk: Desk) -> None:
    words = " ".join(f"w{number}" for number in range(MOST_PLACES))
    desk.store(news(1, f"산책로 {words} 자전거길"))
    assert (ask(desk, "산책로"), ask(desk, "자전거길")) == ([1], [])
    assert CUT == "_cut"


def test_dates_far_apart_and_long_ago(desk: Desk) -> None:
    years = (1000, 1945, 1969, 1970, 1999, 2026, 2099, 9990)
    dates = [datetime(year, 1, 2, tzinfo=NOON.tzinfo) for year in years]
    desk.store(*(news(number, "산책로", date_published=date) for number, date in enumerate(dates)))
    assert ask(desk, "산책로") == [7, 6, 5, 4, 3, 2, 1, 0]
    assert ask(desk, "산책로 날짜:1945..1970") == [3, 2, 1]
    assert ask(desk, "산책로 날짜:2026..") == [7, 6, 5]
    assert list(desk.archive.verify()) == []


def test_many_answers_come_in_order_and_once(desk: Desk) -> None:
    many = [
        news(number, "산책로" if number % 3 else "산책로 다리", date_published=date)
        for number, date in ((number, NOON - timedelta(minutes=number**2)) for number in range(1, 800))
    ]
    desk.archive.store_together(desk.run, "s", [candidate(one) for one in many], when=desk.now)
    assert ask(desk, "산책로", limit=1_000) == list(range(1, 800))
    assert ask(desk, "다리", limit=1_000) == list(range(3, 800, 3))
    assert ask(desk, "다리", limit=3) == [3, 6, 9]
    assert ask(desk, '"산책로 다리" 산책', limit=1_000) == list(range(3, 800, 3))
    assert ask(desk, "산책로 -다리", limit=1_000) == [number for number in range(1, 800) if number % 3]
    assert [int(one.article.document_id or 0) for one in desk.archive.found(read_query("다리"))] == list(
        range(3, 800, 3)
    )


def test_an_empty_archive_has_no_answer(desk: Desk) -> None:
    assert ask(desk, "산책로") == []
    assert desk.archive.tally(read_query("산책로")).total == 0


_WORDS = "가나 나다라 다 라마바사 李 AI 5G 1,234 가나다".split()
_TEXTS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map(" ".join)
_QUERIES = st.sampled_from(
    [*_WORDS, '"나다라 다"', "가나 -李", "나다", "마바 5g", "라마바사는", "제목:다 나다"]
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=9), _QUERIES)
def test_it_finds_what_the_tokens_say(desk: Desk, texts: list[tuple[str, str]], query: str) -> None:
    stored = [news(number, text, title) for number, (title, text) in enumerate(texts)]
    desk.archive.store_together(desk.run, "s", [candidate(one) for one in stored], when=desk.now)
    wanted = [number for number in reversed(range(len(texts))) if _answers(stored[number], query)]
    assert [number for number in ask(desk, query, folded=False) if number < len(texts)] == wanted


def _answers(one: Article, query: str) -> bool:
    asked, made = read_query(query), entry(one)
    headline, text = tuple(made.headline.split()), tuple(made.text.split())
    fields = {"headline": headline, "any": (*headline, GAP, *text)}
    has = [any(_stands(fields[term.scope], phrase) for phrase in term.phrases) for term in asked.terms]
    left = [any(_stands(fields[term.scope], phrase) for phrase in term.phrases) for term in asked.excluded]
    return all(has) and not any(left)


def _stands(field: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return any(field[at : at + len(phrase)] == phrase for at in range(len(field)))
