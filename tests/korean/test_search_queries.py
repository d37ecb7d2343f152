from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.errors import QueryError
from newsbot.korean.dates import KST
from newsbot.korean.days import days
from newsbot.korean.endings import bare_forms
from newsbot.korean.queries import Phrase, Query, Term, narrower, read_query
from newsbot.korean.tokens import tokens


def phrases(text: str) -> list[str]:
    """Of each word its phrases, written out."""
    return ["|".join(" ".join(phrase) for phrase in term.phrases) for term in read_query(text).terms]


def finds(query: str, text: str) -> bool:
    """What an index has to answer."""
    asked, standing = read_query(query), tokens(text)
    return all(_has(standing, term) for term in asked.terms) and not any(
        _has(standing, term) for term in asked.excluded
    )


def _has(standing: list[str], term: Term) -> bool:
    return any(_stands(standing, phrase) for phrase in term.phrases)


def _stands(standing: list[str], phrase: Phrase) -> bool:
    return any(tuple(standing[at : at + len(phrase)]) == phrase for at in range(len(standing)))


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("카카오와", "카카오"),
        ("검토했다", "검토"),
        ("한은", "한은"),
        ("카카오에서만", "카카오"),
        ("대통령은", "대통령"),
        ("전문가", "전문가"),  # 가 after a consonant is no particle
        ("역효과", "역효과"),  # nor 과 after a vowel
        ("서울로", "서울"),  # 로 after ㄹ is one
        ("부산로", "부산로"),
        ("김정은", "김정은"),  # a name
        ("정부도", "정부"),
        ("서울은", "서울"),
        ("경기도", "경기도"),
        ("숨졌다", "숨졌 숨져 숨지 숨진 숨질"),
        ("나왔다", "나왔 나와 나오 나온 나올"),
        ("배웠다고", "배웠 배워 배우 배운 배울"),
        ("재미있다", "재미있"),
        ("됐다", "됐다"),
        ("책", "책"),
    ],
)
def test_bare_forms(word: str, forms: str) -> None:
    assert " ".join(bare_forms(word)) == forms


@pytest.mark.parametrize(
    ("query", "made"),
    [
        ("민주당", ["민주 주당"]),
        ("책", ["_책"]),
        ("북한 미사일", ["북한", "미사 사일"]),
        ("노란봉투법을", ["노란 란봉 봉투 투법|노란 _봉 봉투 투법|노란 란봉 _투 투법"]),
        ('"노란 봉투법을"', ["노란 _봉 봉투 투법 법을"]),
        ("“노란 봉투법”", ["노란 _봉 봉투 투법"]),
        ('"끝이 없는 인용', ["끝이 _없 없는 _인 인용"]),
        ("SK하이닉스가,", ["sk _하 하이 이닉 닉스|sk _하 하이 _닉 닉스"]),
        ("AI가", ["ai"]),
        ("3월에", ["3 _월"]),
        ("10만", ["10 _만"]),
        ("李", ["李"]),
        ("코로나-19", ["코로 로나 19"]),
        ("https://a.example/b", ["https a example b"]),
        ("매체:연합뉴스 섹션: 정치", ["@연합 @합뉴 @뉴스", "#정치"]),
        ("매체:KBS", ["@kbs"]),
        ('기자:"김 현수"', ["_김 _현 현수"]),
        ("!!! 봄", ["_봄"]),
    ],
)
def test_words(query: str, made: list[str]) -> None:
    assert phrases(query) == made


def test_fields_in_both_languages() -> None:
    korean = read_query(
        "제목:검찰 기자:홍길동 매체:한강일보 섹션:사회 날짜:2025-06-01..2025-06-12 -제목:특검"
    )
    english = read_query(
        "Title:검찰 byline:홍길동 outlet:한강일보 section:사회 date:2025-06-01..2025-06-12 -title:특검"
    )
    assert korean == english
    assert [term.scope for term in korean.terms] == ["headline", "byline", "tag", "tag"]
    assert korean.excluded == (Term(phrases=(("특검",),), scope="headline"),)
    assert korean.since == datetime(2025, 6, 1, tzinfo=KST)
    assert korean.until == datetime(2025, 6, 13, tzinfo=KST)


def test_what_is_left_out_is_taken_to_the_letter() -> None:
    assert read_query("정부 -카카오와").excluded == (Term(phrases=(("카카", "카오", "오와"),)),)
    assert read_query('정부 -"노란 봉투"').excluded == (Term(phrases=(("노란", "_봉", "봉투"),)),)


def test_days_alone_find_all_of_them() -> None:
    asked = read_query("날짜:2025")
    assert asked.terms == (Term(phrases=(("_",),), scope="tag"),)
    assert read_query("날짜:2025-02.. 날짜:..2025-02 -봄").excluded


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2025", (2025, 1, 1), (2026, 1, 1)),
        ("2025-12", (2025, 12, 1), (2026, 1, 1)),
        ("2024-02-28", (2024, 2, 28), (2024, 2, 29)),
        ("2025-06..2026", (2025, 6, 1), (2027, 1, 1)),
        ("..2025-6-1", None, (2025, 6, 2)),
        ("2025-06-01..", (2025, 6, 1), None),
    ],
)
def test_days(text: str, since: tuple[int, int, int] | None, until: tuple[int, int, int] | None) -> None:
    assert days(text) == tuple(datetime(*day, tzinfo=KST) if day else None for day in (since, until))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "nothing to look for in ''"),
        ('"" - 제목: : "!?" --', "nothing to look for"),
        ("-북한", "nothing to look for in '-북한': a query needs a word, a name or a day"),
        ("가" * 10_000, "a query may have 200 characters, and this one has 10,000"),
        ("a b c d -e f g h i", "a query may have 8 words, and this one has 9"),
        ("날짜:어제", "no span of days: '어제'; write 2025-06-01..2025-06-12, 2025-06 or 2025"),
        ("날짜:2025-13", "no span of days"),
        ("날짜:9999", "no span of days"),
        ("날짜:..", "no span of days"),
        ("날짜:2026..2025", "the days '2026..2025' end before they begin"),
        ("봄 -날짜:2025", "days cannot be left out"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_line(query: str, said: str) -> None:
    with pytest.raises(QueryError, match=said.replace(".", r"\.").replace("?", r"\?")) as raised:
        read_query(query)
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("민주당", "더불어민주당은 오늘", True),
        ("카카오", "카카오톡이 멈췄다", True),
        ("카카오와", "카카오는 네이버를", True),
        ("노란봉투법", "노란 봉투법을 다시", True),
        ("노란 봉투법", "노란봉투법을 다시", True),
        ("숨졌다", "숨진 이들", True),
        ("책", "책을 읽는", True),
        ("책", "정책을 읽는", False),
        ('"노란 봉투"', "노란색 봉투", False),
        ("봄 -여름", "봄과 여름", False),
        ("1234", "1,234명", True),
        ("sk", "SK하이닉스", True),
    ],
)
def test_what_is_found(query: str, text: str, found: bool) -> None:
    assert finds(query, text) is found


_SYLLABLES = "가나다라은는이을를에서로도만와과했졌왔다한"


@given(st.lists(st.text(_SYLLABLES, min_size=1, max_size=9), min_size=1, max_size=8), st.data())
def test_every_word_of_a_text_finds_it(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    word = data.draw(st.sampled_from(words))
    assert finds(word, text)
    if len(word) >= 2:
        at = data.draw(st.integers(0, len(word) - 2))
        end = data.draw(st.integers(at + 2, len(word)))
        assert finds(word[at:end], text)
        assert finds(f'"{word[at:end]}"', text)


@given(st.text(max_size=220))
def test_any_text_is_a_query_or_an_error_of_one_line(text: str) -> None:
    try:
        asked = read_query(text)
    except QueryError as error:
        said = str(error)
    else:
        said = "an answer"
        assert asked.terms
        assert all(term.phrases and all(term.phrases) for term in asked.terms)
    assert len(said.splitlines()) == 1


def test_narrower_questions_for_the_order_by_relevance() -> None:
    asked = read_query("민주당 매체:연합 기자:김")
    by_score: dict[float, Query] = dict(narrower(asked))
    assert list(by_score) == [1.0, 0.75, 0.5, 0.25]
    assert by_score[0.25] == asked
    first, outlet, name = by_score[1.0].terms
    assert first == Term(phrases=(("_민", "민주", "주당"),), scope="headline")
    assert (outlet, name) == asked.terms[1:]
    assert by_score[0.75].terms[0] == Term(phrases=(("민주", "주당"),), scope="headline")
    assert by_score[0.5].terms[0] == Term(phrases=(("_민", "민주", "주당"),))
