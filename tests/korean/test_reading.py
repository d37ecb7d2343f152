"""Whole bodies, read as an editor would read them."""

from __future__ import annotations

import pytest
from bodies import CAPTION, LAST, LEAD, MORE, image, read, texts

from newsbot.korean.passages import Kind, Passage, Reading
from newsbot.korean.reading import read_body


def test_a_wire_story() -> None:
    reading = read(
        "다음 달 첫 삽…“주민과 약속”",
        image(alt="(가온=연합뉴스) 도윤"),
        CAPTION,
        f"(서울·춘천=연합뉴스) 한가람 윤서진 기자 = {LEAD}",
        "◇ 강을 잇다",
        MORE,
        "garam@yna.co.kr seojin@yna.co.kr",
        "▶제보는 카카오톡 okjebo",
        "<저작권자(c) 연합뉴스, 무단 전재-재배포, AI 학습 및 활용 금지> 2026/03/05 10:12 송고",
        "연합뉴스",
        "(끝)",
    )
    assert reading.deck == ("다음 달 첫 삽…“주민과 약속”",)
    assert [(b.type, b.text) for b in reading.body] == [
        ("paragraph", LEAD),
        ("subhead", "◇ 강을 잇다"),
        ("paragraph", MORE),
    ]
    assert [(b.name, b.role, b.agency, b.place, b.email) for b in reading.bylines] == [
        ("한가람", "기자", "연합뉴스", "서울·춘천", "garam@yna.co.kr"),
        ("윤서진", "기자", "연합뉴스", "서울·춘천", "seojin@yna.co.kr"),
    ]
    assert reading.byline_raw == "한가람 윤서진 기자 =\ngaram@yna.co.kr seojin@yna.co.kr\n연합뉴스"
    assert (reading.dateline, reading.located, reading.source) == (
        "(서울·춘천=연합뉴스)",
        "서울·춘천",
        "연합뉴스",
    )
    (picture,) = reading.images
    assert (picture.url, picture.caption) == ("https://img.example/1.jpg", CAPTION)
    assert picture.credit_line == "[촬영 도윤] photo@yna.co.kr"
    assert reading.copyright_notice == "<저작권자(c) 연합뉴스, 무단 전재-재배포, AI 학습 및 활용 금지>"
    assert reading.usage_terms == ("무단 전재-재배포 금지", "AI 학습 및 활용 금지")
    assert reading.date_raw == "2026/03/05 10:12 송고"
    assert reading.promotion == ("▶제보는 카카오톡 okjebo", "(끝)")


def test_a_deck_glued_to_the_lead() -> None:
    reading = read("첫 줄 부제", f"둘째 줄 부제[이데일리 한가람 기자] {LEAD}", MORE)
    assert (reading.deck, texts(reading)) == (("첫 줄 부제", "둘째 줄 부제"), [LEAD, MORE])


def test_short_lines_without_a_story_below_are_no_deck() -> None:
    lines = ["무라벨 생수 12개", "10,990원", "무료 배송"]
    reading = read(*lines)
    assert (reading.deck, texts(reading)) == ((), lines)


def test_the_headline_printed_again_is_dropped() -> None:
    reading = read("가온시, 새 다리 놓는다", LEAD, MORE, headline="가온시, 새 다리 놓는다")
    assert (reading.deck, texts(reading), reading.promotion) == (
        (),
        [LEAD, MORE],
        ("가온시, 새 다리 놓는다",),
    )


def test_a_lead_below_an_editors_note() -> None:
    note = "[편집자주] 이 연재는 네 차례 실린다."
    reading = read(note, f"(서울=연합뉴스) 한가람 기자 = {LEAD}", MORE)
    assert [(b.type, b.text) for b in reading.body][:2] == [("note", note), ("paragraph", LEAD)]
    assert reading.located == "서울"


def test_a_broadcast() -> None:
    reading = read(
        "[앵커]",
        "다리가 놓입니다.",
        "[기자]",
        "강변입니다.",
        "지금까지 강변에서 YTN 한가람입니다.",
        "YTN 한가람 (g@ytn.co.kr)",
    )
    assert [b.type for b in reading.body] == ["speaker", "paragraph", "speaker", "paragraph", "paragraph"]
    assert [(b.name, b.agency, b.email) for b in reading.bylines] == [("한가람", "YTN", "g@ytn.co.kr")]


@pytest.mark.parametrize(
    ("opening", "turn"),
    [
        ("◀ 앵커 ▶", "◀ 리포트 ▶"),
        ("【 앵커멘트 】", "【 기자 】"),
        ("[앵커]", "[리포트]"),
        ("<앵커>", "<기자>"),
        ("◀ANC▶", "◀END▶"),
    ],
)
def test_a_turn_of_a_speaker_is_no_deck(opening: str, turn: str) -> None:
    reading = read(opening, "다리가 놓입니다.", turn, "강변입니다.")
    assert (reading.deck, [b.type for b in reading.body]) == ((), ["speaker", "paragraph"] * 2)


BLOCKS: list[tuple[str, Kind, str]] = [
    ("◇ 강을 잇다", "text", "subhead"),
    ("■ 시민의 말", "text", "subhead"),
    ("강을 잇다", "subhead", "subhead"),
    ("사라진 나루터", "text", "subhead"),
    ("※ 우울감 등 말하기 어려운 고민이 있으면 109로 전화하면 된다.", "text", "note"),
    ("[편집자주] 이 연재는 네 차례 실린다.", "text", "note"),
    ("“길은 사람을 잇는다”", "quote", "quote"),
    ("첫째\n둘째", "list", "list"),
    ("해 | 길이\n2026 | 120", "table", "table"),
    ("[앵커]", "text", "speaker"),
    ("▶ 일시: 5월 3일 오전 10시", "text", "subhead"),
    (f"{LEAD} {LAST}", "text", "paragraph"),
]


@pytest.mark.parametrize(("text", "kind", "expected"), BLOCKS)
def test_what_a_block_of_the_body_is(text: str, kind: Kind, expected: str) -> None:
    reading = read(LEAD, Passage(text=text, kind=kind), MORE)
    assert [(b.type, b.text) for b in reading.body][1] == (expected, text)


def test_an_empty_body_reads_empty() -> None:
    assert read_body([]) == Reading()


def test_a_flash_that_only_repeats_its_headline_has_it_for_a_body() -> None:
    line = "[속보] 가온시, 새 다리 다음 달 착공"
    assert texts(read(line, headline=line)) == [line]
    assert texts(read(line, LEAD, headline=line)) == [LEAD]
    assert texts(read(line, image(), headline=line)) == []


def test_a_heading_above_the_text_with_others_like_it_below_is_no_deck() -> None:
    heads = [Passage(kind="subhead", text=text) for text in ("턱 없는 길", "더 잇는 길")]
    reading = read(heads[0], LEAD, heads[1], MORE)
    assert (reading.deck, [b.type for b in reading.body]) == ((), ["subhead", "paragraph"] * 2)
    signed = read(heads[0], f"(가온=연합뉴스) 한가람 기자 = {LEAD}", heads[1], MORE)
    assert signed.deck == ("턱 없는 길",)


def test_a_deck_may_end_in_what_somebody_said() -> None:
    reading = read('"새 다리 놓는다"…시민 "걷기 좋다"', LEAD, MORE)
    assert (reading.deck, texts(reading)) == (('"새 다리 놓는다"…시민 "걷기 좋다"',), [LEAD, MORE])
