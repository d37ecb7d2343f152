import sys
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.items import Article, Block, Image
from newsbot.korean.dates import KST
from newsbot.korean.queries import read_query
from newsbot.korean.snippets import WIDTH, Snippet, snippet

FILLER = "시는 하천 산책로를 넓히고 조명을 바꾸기로 했다고 밝혔다. " * 6


def article(headline: str, *texts: str) -> Article:
    return Article(
        uri="newsbot:a/1",
        url="https://a/1",
        site="a",
        document_id="1",
        headline=headline,
        body=tuple(Block(type="paragraph", text=text) for text in texts),
        images=(Image(caption="새 다리의 모습"),),
        date_fetched=datetime(2026, 3, 2, tzinfo=KST),
    )


def shown(query: str, one: Article) -> tuple[Snippet, list[str], list[str]]:
    made = snippet(read_query(query), one)
    marked = [made.text[start:end] for start, end in made.marks]
    return made, marked, [one.headline[start:end] for start, end in made.headline]


@pytest.mark.parametrize(
    ("query", "marked", "headline"),
    [
        ("노란봉투법을", ["노란 봉투법"], ["노란 봉투법"]),  # split, and without its particle
        ("숨졌다", ["숨진"], []),
        ("제목:노란", [], ["노란"]),
        ("다리", ["다리"], []),  # of the caption
        ("매체:한강일보 이들", ["이들"], []),
        ("㈜한빛", ["㈜한빛"], ["㈜한빛"]),
        ("없는말", [], []),
    ],
)
def test_the_match_that_counted_is_marked(query: str, marked: list[str], headline: list[str]) -> None:
    one = article(
        "노란 봉투법…㈜한빛도", FILLER, f"{FILLER}노란 봉투법 논의로 숨진 이들, ㈜한빛의 가족. {FILLER}"
    )
    assert shown(query, one)[1:] == (marked, headline)


def test_the_passage_has_most_of_the_words_and_says_where_it_is_cut() -> None:
    one = article("제목", f"봄이 왔다. {FILLER}", f"{FILLER}봄과 여름이 함께 왔다. {FILLER}")
    made, marked, _ = shown("여름 봄", one)
    assert marked == ["봄", "여름"]
    assert made.text.startswith("…")
    assert made.text.endswith("…")
    assert len(made.text) <= WIDTH + 2


def test_without_a_match_it_is_how_the_article_begins() -> None:
    made, marked, _ = shown("기자:김현수", article("제목", FILLER))
    assert made.text.startswith("시는 하천")
    assert marked == []
    bare = Article(
        uri="a", url="a", site="a", document_id=None, headline="제목", body=(), date_fetched=datetime.now(KST)
    )
    assert snippet(read_query("제목"), bare).text == ""


@given(st.text("가나다 나라李SK ㈜…\n", max_size=400), st.text("가나다라李S ㈜", min_size=1, max_size=12))
def test_marks_lie_within_what_is_shown(text: str, query: str) -> None:
    if not query.strip(" ㈜"):
        return
    one = article(text, text)
    made = snippet(read_query(query), one)
    for whole, marks in ((made.text, made.marks), (one.headline, made.headline)):
        ends = [0, *(edge for mark in marks for edge in mark), sys.maxsize]
        assert ends[1:] == sorted(ends[1:])
        assert all(start < end <= len(whole) for start, end in marks)
