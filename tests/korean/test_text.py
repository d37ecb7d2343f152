from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.items import Article, Block, Byline, Headline, Image
from newsbot.korean.dates import KST
from newsbot.korean.text import candidate, content_hash, letters, text_hash, tidy


@pytest.mark.parametrize(
    ("printed", "tidied"),
    [
        ("  두  칸\u00a0띄운\u3000제목\r\n\t", "두 칸 띄운 제목"),
        ("\ufeff보이지\u200b않는\u200d글\u00ad자\u2060", "보이지않는글자"),
        ("\u202e거꾸로\u202c \u2067쓴\u2069 제목\u200f", "거꾸로 쓴 제목"),
        ("제\x00어\x1f문\x7f자\x9b", "제어문자"),
        ("줄\x85바꿈\u2028들\x0c은 빈칸", "줄 바꿈 들 은 빈칸"),
        ("채움\u3164문자\u2800도", "채움 문자 도"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
        ("\uf9e1 대통령, \uf981배우 \u1112\u1161\u11ab", "\uf9e1 대통령, \uf981배우 한"),
        ("㈜한빛 ① ２０２４：‥…···ㆍ“”", "㈜한빛 ① ２０２４：‥…···ㆍ“”"),
        ("홀로 된 \ud83d반쪽", "홀로 된 반쪽"),
        ("\u200b", ""),
        ("", ""),
    ],
)
def test_tidy(printed: str, tidied: str) -> None:
    assert tidy(printed) == tidied


@given(st.text())
def test_tidied_text_is_tidy_and_can_be_stored(text: str) -> None:
    tidied = tidy(text)
    assert tidy(tidied) == tidied
    tidied.encode()
    assert letters(tidied) == letters(letters(tidied))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("\uf9e1 대통령, “AI·5G” 키운다…", "李대통령ai5g키운다"),
        ("수출ㆍ수입・생산‧소비·투자", "수출수입생산소비투자"),
        ("㈜한빛 ① ２０２４", "주한빛12024"),
        ("\u1112\u1161\u11ab_글", "한글"),
        ("…!?", ""),
    ],
)
def test_letters(printed: str, expected: str) -> None:
    assert letters(printed) == expected


SENTENCES = [
    "한빛시는 16일 낡은 수도관 40㎞를 내년 말까지 모두 바꾸겠다고 밝혔다.",
    "시는 예산 120억원을 들여 원도심 세 개 동부터 공사를 시작할 계획이다.",
    "박새봄 상수도과장은 “물이 끊기는 시간을 하루 네 시간 아래로 줄이겠다”고 말했다.",
]


def paragraphs(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(type="paragraph", text=text) for text in texts)


ARTICLE = Article(
    uri="newsbot:board.example/7",
    url="https://board.example/news/7",
    site="board.example",
    document_id="7",
    headline="한빛시, 낡은 수도관 바꾼다",
    body=paragraphs(*SENTENCES),
    date_fetched=datetime(2024, 10, 16, 9, tzinfo=KST),
    deck=("내년 말까지 40㎞",),
    bylines=(Byline(name="나루리", email="naru@example.com", raw="나루리 기자 naru@example.com"),),
    images=(Image(url="https://board.example/a.jpg", caption="공사 현장", credit_line="한빛시 제공"),),
)

MATTERS: list[dict[str, Any]] = [
    {"headline": "한빛시, 낡은 수도관 다 바꾼다"},
    {"deck": ()},
    {"body": ARTICLE.body[:2]},
    {"body": (Block(type="subhead", text=SENTENCES[0]), *ARTICLE.body[1:])},
    {"body": ARTICLE.body[::-1]},
    {"bylines": ()},
    {"bylines": (Byline(name="나루리", email="ri@example.com", raw="나루리 기자"),)},
    {"images": (Image(caption="공사가 끝난 현장"),)},
    {"corrections": ("바로잡습니다: 예산은 102억원입니다.",)},
]
DOES_NOT_MATTER: list[dict[str, Any]] = [
    {"headline": " 한빛시,  낡은\u00a0수도관 바꾼다\u200b"},
    {"url": "https://board.example/news/7?token=1", "canonical_url": "https://board.example/7"},
    {"date_fetched": datetime(2024, 10, 17, tzinfo=KST), "date_modified": datetime(2024, 10, 17, tzinfo=KST)},
    {"listing": Headline(document_id="7", url="https://board.example/news/7", title="…", views=9)},
    {"images": (Image(url="https://board.example/a.jpg?w=640", caption="공사 현장"), Image(url="b.gif"))},
    {"bylines": (Byline(name="나루리", email="naru@example.com", raw="나루리", role="선임기자"),)},
    {"copyright_notice": "ⓒ 한빛일보"},
]


@pytest.mark.parametrize("change", MATTERS)
def test_a_change_that_makes_a_revision(change: dict[str, Any]) -> None:
    assert content_hash(replace(ARTICLE, **change)) != content_hash(ARTICLE)


@pytest.mark.parametrize("change", DOES_NOT_MATTER)
def test_a_change_that_makes_none(change: dict[str, Any]) -> None:
    assert content_hash(replace(ARTICLE, **change)) == content_hash(ARTICLE)


def test_the_hash_is_the_same_in_every_release() -> None:
    """Archives keep it: a change here would make a revision of every article there is."""
    assert content_hash(ARTICLE) == "5a2539768478b77d036c036b1f34d095eb3fd33abd1d257c0c5cbbbc6e9b67cc"
    assert text_hash(ARTICLE.body) == "b6a9b31cc1ec7ab5cf1fde3a65c51c0f17406660a03216ecbdb95929bf4d0e4a"


@pytest.mark.parametrize(
    "tail",
    [
        ["나루리 기자 naru@example.com"],
        ["naru@example.com"],
        ["<저작권자 ⓒ 한빛일보, 무단 전재 및 재배포 금지>"],
        ["연합뉴스", "▶ 관련기사 보기"],
        ["※ 제보는 카카오톡 hanbit", "나루리·도하람 기자", "Copyright ⓒ 한빛일보. All rights reserved."],
    ],
)
def test_what_an_outlet_hangs_on_the_end_is_no_other_text(tail: list[str]) -> None:
    sentences = SENTENCES * 2
    assert text_hash(paragraphs(*sentences, *tail)) == text_hash(paragraphs(*sentences))
    assert text_hash(paragraphs("\n".join([*sentences, *tail]))) == text_hash(paragraphs(*sentences))


def test_a_signature_glued_to_the_last_sentence() -> None:
    glued = paragraphs(*SENTENCES[:2], SENTENCES[2] + " 나루리 기자 naru@example.com")
    assert text_hash(glued) == text_hash(paragraphs(*SENTENCES))


def test_the_form_of_the_text_does_not_matter_but_its_letters_do() -> None:
    plain = text_hash(paragraphs(*SENTENCES))
    assert text_hash(paragraphs(" ".join(SENTENCES).replace("“", '"').replace("㎞", "km"))) == plain
    assert text_hash(paragraphs(*(text.replace("120억", "102억") for text in SENTENCES))) != plain


def test_a_tail_is_looked_for_in_the_last_six_lines_only() -> None:
    early = paragraphs(SENTENCES[0], "나루리 기자 naru@example.com", *SENTENCES, *SENTENCES)
    assert text_hash(early) != text_hash(paragraphs(SENTENCES[0], *SENTENCES, *SENTENCES))


def test_a_text_of_nearly_nothing_but_tails_is_taken_whole() -> None:
    notices = [f"<저작권자 ⓒ 한빛일보 {number}판, 무단 전재 및 재배포 금지>" for number in range(5)]
    first = text_hash(paragraphs(SENTENCES[0], *notices))
    assert first
    assert first != text_hash(paragraphs(SENTENCES[0], *notices[:4]))


@pytest.mark.parametrize(("count", "hashed"), [(59, False), (60, True)])
def test_a_flash_is_too_short_to_be_the_same_text(count: int, hashed: bool) -> None:
    assert bool(text_hash(paragraphs("가" * count))) is hashed
    assert text_hash(()) is None


def test_a_candidate_carries_both_keys() -> None:
    keys = candidate(ARTICLE)
    assert (keys.article, keys.content_hash, keys.text_hash) == (
        ARTICLE,
        content_hash(ARTICLE),
        text_hash(ARTICLE.body),
    )
