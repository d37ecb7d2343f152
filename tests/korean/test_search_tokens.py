from datetime import datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.items import Article, Block, Byline, Image
from newsbot.korean.dates import KST
from newsbot.korean.tokens import (
    CUT,
    GAP,
    LONGEST,
    MOST_OF_ONE,
    MOST_PLACES,
    SCHEME,
    entry,
    places,
    tagged,
    tokens,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=KST)


def article(**fields: object) -> Article:
    values: dict[str, object] = {"uri": "newsbot:a/1", "url": "https://a/1", "site": "a", "document_id": "1"}
    values |= {"headline": "제목", "body": (), "date_fetched": NOON}
    return Article(**values | fields)  # type: ignore[arg-type]


def body(text: str) -> tuple[Block, ...]:
    return (Block(type="paragraph", text=text),)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("SK하이닉스가", "sk _하 하이 이닉 닉스 스가"),
        ("책", "_책"),
        ("책을 산 사람", "_책 책을 _산 _사 사람"),
        ("노란봉투법", "_노 노란 란봉 봉투 투법"),
        ("노란 봉투법", "_노 노란 _봉 봉투 투법"),
        ("李 대통령", "李 _대 대통 통령"),
        ("\uf9e1 대통령", "李 _대 대통 통령"),
        ("北·中 회담", "北 中 _회 회담"),
        ("トヨタ자동차", "ト ヨ タ _자 자동 동차"),
        ("5G·GPT4, 3nm", "5g gpt4 3nm"),
        ("1,234억원", "1234 _억 억원"),
        ("12,345,678명", "12345678 _명"),
        ("2,34 1,2345", "2 34 1 2345"),
        ("2026.3.2 3.5%", "2026 3 2 3 5"),
        ("２０２６년 ①번 ㈜한빛", "2026 _년 1 _번 _주 _한 한빛"),
        ("서울ㆍ부산…끝", "_서 서울 _부 부산 _끝"),
        ("snake_case", "snake case"),
        ("…!?\n", ""),
        ("", ""),
    ],
)
def test_tokens(text: str, made: str) -> None:
    assert tokens(text) == made.split()


def test_a_run_without_end_is_one_token_of_bounded_length() -> None:
    assert tokens("a" * 5_000) == ["a" * LONGEST]


@given(st.text() | st.text("가나다 李SK5,._-1㈜…"))
def test_places_are_those_of_the_tokens(text: str) -> None:
    found = list(places(text))
    if [len(letter.lower()) for letter in text] == [1] * len(text):
        assert [token.text for token in found] == tokens("".join(text))
    assert all(0 <= token.start < token.end <= len(text) for token in found)


@given(st.text())
def test_tokens_hold_nothing_that_an_index_would_take_apart(text: str) -> None:
    for token in tokens(text):
        assert token.removeprefix("_").replace("_", "").isalnum() or not token.isascii()
        assert not set(token) & set(" '\"\\:@#*()")


def test_an_entry_has_every_field_in_its_place() -> None:
    made = entry(
        article(
            headline="새 다리",
            deck=("봄에 연다",),
            body=body("첫 문단") + body("둘째"),
            bylines=(Byline(name="나그네", raw="나그네 기자"), Byline(name=None, raw="본보")),
            images=(Image(caption="다리 모습"), Image()),
            source="한강일보",
            section="사회",
        )
    )
    assert made.headline.split() == ["_새", "_다", "다리"]
    assert made.byline.split() == ["_나", "나그", "그네"]
    assert made.text.split() == [
        *tokens("봄에 연다"),
        GAP,
        *tokens("첫 문단"),
        GAP,
        *tokens("둘째"),
        GAP,
        *tokens("다리 모습"),
    ]
    assert made.tags.split() == ["_", *tagged("@", "한강일보"), GAP, *tagged("#", "사회")]


def test_an_entry_longer_than_an_index_is_cut_and_marked() -> None:
    whole = entry(article(body=body(" ".join(f"w{n}" for n in range(MOST_PLACES - 100)))))
    assert CUT not in whole.tags.split()
    cut = entry(article(body=body(" ".join(f"w{n}" for n in range(MOST_PLACES + 100)))))
    assert CUT in cut.tags.split()
    fields = [field.split() for field in (cut.headline, cut.byline, cut.text, cut.tags)]
    assert sum(map(len, fields)) <= MOST_PLACES
    assert cut.text.startswith("w0 w1 ")


def test_a_headline_longer_than_an_index_is_cut_and_leaves_no_room() -> None:
    made = entry(article(headline=" ".join(chr(0xAC00 + n % 11_000) for n in range(20_000)), body=body("끝")))
    assert len(made.headline.split()) == MOST_PLACES
    assert (made.text, CUT in made.tags.split()) == ("", True)


def test_a_token_keeps_so_many_places_as_every_index_holds() -> None:
    made = entry(article(headline="봄 봄", body=body("봄 " * 300 + "끝")))
    assert [*made.headline.split(), *made.text.split()].count("_봄") == MOST_OF_ONE
    assert len(made.text.split()) == 301  # the places of the others stay
    assert made.text.endswith(" _끝")


def test_what_an_entry_holds_is_tied_to_its_scheme() -> None:
    """An index forgets an entry by being told its tokens again: other tokens need another scheme."""
    text = "SK하이닉스가 李 대통령…AI·5G 1,234억원, 北 トヨタ ㈜한빛 노란 봉투법 2026년 3월 ㅋㅋ é naïve"
    made = entry(
        article(
            headline=f"[속보] {text}",
            deck=(text,),
            body=body(text) + body("둘째"),
            bylines=(Byline(name="나그네", raw="나그네 기자"),),
            images=(Image(caption=text),),
            source="한강일보",
            section="사회",
        )
    )
    fields = [tuple(field.split()) for field in (made.headline, made.byline, made.text, made.tags)]
    digest = sha256(repr(fields).encode()).hexdigest()[:16]
    assert (SCHEME, digest) == ("bigrams/1", "74d4f8e5217b00ad")
