"""Captions and credits told by their text."""

from __future__ import annotations

import pytest

from newsbot.korean.captions import (
    credit_at_end,
    is_caption,
    is_caption_beside_image,
    is_credit_line,
    split_credit,
)

SENTENCE = "한 어민이 5일 가온항에서 그물을 손질하고 있다."

CREDITED = [
    (
        f"{SENTENCE} 2025.5.26 [촬영 윤서진] photo@yna.co.kr",
        f"{SENTENCE} 2025.5.26",
        "[촬영 윤서진] photo@yna.co.kr",
    ),
    (
        f"{SENTENCE} (사진 = 가온시) photo@newsis.com *재판매 및 DB 금지",
        SENTENCE,
        "(사진 = 가온시) photo@newsis.com *재판매 및 DB 금지",
    ),
    (
        f"{SENTENCE} 2025.5.26/뉴스1 ⓒ News1 윤서진 기자",
        f"{SENTENCE} 2025.5.26",
        "/뉴스1 ⓒ News1 윤서진 기자",
    ),
    (f"{SENTENCE} ⓒ 뉴스1 윤서진 기자", SENTENCE, "ⓒ 뉴스1 윤서진 기자"),
    (f"{SENTENCE} 사진=가온시", SENTENCE, "사진=가온시"),
    (f"{SENTENCE} /사진=뉴스1", SENTENCE, "/사진=뉴스1"),
    (f"{SENTENCE} (사진=연합뉴스)", SENTENCE, "(사진=연합뉴스)"),
    (f"{SENTENCE} /연합뉴스", SENTENCE, "/연합뉴스"),
    (f"{SENTENCE} 뉴시스", SENTENCE, "뉴시스"),
    (f"{SENTENCE} 윤서진 기자", SENTENCE, "윤서진 기자"),
    (f"{SENTENCE} <윤서진 기자>", SENTENCE, "<윤서진 기자>"),
    (f"{SENTENCE} [연합뉴스 자료사진]", SENTENCE, "[연합뉴스 자료사진]"),
    (f"{SENTENCE} 가온시 제공", SENTENCE, "가온시 제공"),
    (f"{SENTENCE} 제공|가온시", SENTENCE, "제공|가온시"),
    (f"{SENTENCE} 사진|가온시", SENTENCE, "사진|가온시"),
    (f"{SENTENCE} 사진제공=가온시", SENTENCE, "사진제공=가온시"),
    (f"{SENTENCE} 가온신문 DB", SENTENCE, "가온신문 DB"),
    (f"{SENTENCE} 유튜브 캡처", SENTENCE, "유튜브 캡처"),
    (f"{SENTENCE} AP/뉴시스", SENTENCE, "AP/뉴시스"),
    (f"{SENTENCE} AFP 연합뉴스", SENTENCE, "AFP 연합뉴스"),
    ("가온항 전경 [가온시 제공. 재판매 및 DB 금지]", "가온항 전경", "[가온시 제공. 재판매 및 DB 금지]"),
    ("가온항 전경. 게티이미지뱅크", "가온항 전경.", "게티이미지뱅크"),
    (SENTENCE, SENTENCE, ""),
]


@pytest.mark.parametrize(("caption", "head", "credit"), CREDITED)
def test_a_caption_parts_from_its_credit(caption: str, head: str, credit: str) -> None:
    assert split_credit(caption) == (head, credit)


@pytest.mark.parametrize("caption", [caption for caption, _, credit in CREDITED if credit])
def test_a_credited_text_beside_a_picture_is_a_caption(caption: str) -> None:
    assert is_caption_beside_image(caption)


def test_a_long_paragraph_with_a_credit_is_no_caption() -> None:
    assert not is_caption_beside_image(f"{SENTENCE * 10} (사진=가온시)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"(서울=연합뉴스) 윤서진 기자 = {SENTENCE} 2025.5.26 hong@yna.co.kr", True),
        (f"[서울=뉴시스] {SENTENCE} (사진=가온시) *재판매 및 DB 금지", True),
        (f"(서울=연합뉴스) 윤서진 기자 = {SENTENCE}", False),
        ("접수 기간은 2024. 3. 18.", False),
        (SENTENCE + " yoon@daily.example", False),
    ],
)
def test_a_caption_apart_from_any_picture_needs_a_date_and_a_credit(text: str, expected: bool) -> None:
    assert is_caption(text) is expected


CREDIT_LINES = [
    "사진=가온시 제공",
    "(사진=연합뉴스)",
    "[사진=JTBC, 매직글로브]",
    "# 사진_점프볼 DB(윤서진 기자)",
    "#사진=윤서진 기자",
    "사진 = tvN 방송 화면",
    "[사진] MBC 제공.",
    "/사진=뉴스1",
    "사진=ⓒ GettyImagesKorea",
    "사진=수원, 윤서진 기자/한가람 기자",
    "사진=ⓒgettyImages/게티이미지코리아(무단 전재 및 재배포 금지)",
    "사진제공=가온시",
    "게티이미지뱅크",
]


@pytest.mark.parametrize("text", CREDIT_LINES)
def test_a_line_is_a_photo_credit(text: str) -> None:
    assert is_credit_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "사진은 말이 없다.",
        "사진을 찍는 사람들",
        "[ⓒ 가온신문, 무단전재 및 재배포 금지]",
        "자료를 보면 사진=증거라는 말은 옳지 않다.",
        SENTENCE,
    ],
)
def test_a_sentence_is_no_photo_credit(text: str) -> None:
    assert not is_credit_line(text)


def test_a_credit_after_the_last_sentence_of_a_paragraph() -> None:
    text = "전편이 공개된다. (사진=가온TV ‘봄’)"
    assert text[credit_at_end(text) :] == "(사진=가온TV ‘봄’)"
    assert credit_at_end("전편이 공개된다. (총 6회)") is None
