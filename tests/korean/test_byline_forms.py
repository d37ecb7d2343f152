"""Rarer forms of bylines: hidden addresses, work without a role, offices, long names."""

from __future__ import annotations

import pytest
from bodies import LAST, LEAD, MORE, read, texts

from newsbot.korean.addresses import addresses_in, plain_address
from newsbot.korean.bylines import is_surely_signed, read_byline, sign_off
from newsbot.korean.passages import Passage

# the last line of an article → (name, role, place, e-mail, contribution) of each
SIGNED = [
    ("한가람 기자 garam(at)mail.example", [("한가람", "기자", None, "garam@mail.example", None)]),
    ("한가람 기자 garam[at]mail.example", [("한가람", "기자", None, "garam@mail.example", None)]),
    ("한가람 기자 garam＠mail.example", [("한가람", "기자", None, "garam@mail.example", None)]),
    ("한가람 기자 garam @ mail.example", [("한가람", "기자", None, "garam@mail.example", None)]),
    ("한가람기자 garam골뱅이mail.example", [("한가람", "기자", None, "garam@mail.example", None)]),
    ("한가람 기자 ☎ 02-000-0000 g@x.example", [("한가람", "기자", None, "g@x.example", None)]),
    ("한가람 기자 (g@x.example) 다른 기사 보기", [("한가람", "기자", None, "g@x.example", None)]),
    ("ⓒ한가람 기자 g@x.example", [("한가람", "기자", None, "g@x.example", None)]),
    ("사진=한가람 기자 g@x.example", [("한가람", "기자", None, "g@x.example", "photo")]),
    ("취재=한가람, 편집=윤서진", [("한가람", None, None, None, "text"), ("윤서진", None, None, None, None)]),
    ("취재 한가람 / 편집 윤서진", [("한가람", None, None, None, "text"), ("윤서진", None, None, None, None)]),
    (
        "취재: 한가람 기자, 촬영: 윤서진 기자",
        [("한가람", "기자", None, None, "text"), ("윤서진", "기자", None, None, "video")],
    ),
    ("번역=한가람", [("한가람", None, None, None, "text")]),
    ("기획·제작 한가람 기자 g@x.example", [("한가람", "기자", None, "g@x.example", None)]),
    (
        "에디터 한가람 / 포토그래퍼 윤서진",
        [("한가람", "에디터", None, None, None), ("윤서진", "포토그래퍼", None, None, "photo")],
    ),
    (
        "EDITOR 한가람  PHOTO 윤서진",
        [("한가람", None, None, None, "text"), ("윤서진", None, None, None, "photo")],
    ),
    ("한가람 전국부장", [("한가람", "전국부장", None, None, None)]),
    ("한가람 편집국장", [("한가람", "편집국장", None, None, None)]),
    ("한가람 산업2부 차장", [("한가람", "산업2부 차장", None, None, None)]),
    ("한가람 사회부장 g@x.example", [("한가람", "사회부장", None, "g@x.example", None)]),
    ("시민기자 한가람", [("한가람", "시민기자", None, None, None)]),
    ("한가람 학생기자(나루고 2)", [("한가람", "학생기자", None, None, None)]),
    (
        "한가람(나루고 2)·윤서진(가온여고 1) 학생기자",
        [("한가람", "학생기자", None, None, None), ("윤서진", "학생기자", None, None, None)],
    ),
    (
        "한가람 기자(부산), 윤서진 기자(대구)",
        [("한가람", "기자", "부산", None, None), ("윤서진", "기자", "대구", None, None)],
    ),
    (
        "한가람 기자 · 도움 윤서진 인턴기자",
        [("한가람", "기자", None, None, None), ("윤서진", "인턴기자", None, None, None)],
    ),
    ("황보라온누리 기자", [("황보라온누리", "기자", None, None, None)]),
    ("한하늘별님 기자 b@x.example", [("한하늘별님", "기자", None, "b@x.example", None)]),
    ("라파엘 오르테스 기자 r@x.example", [("라파엘 오르테스", "기자", None, "r@x.example", None)]),
    ("마리나 코스타 객원기자", [("마리나 코스타", "객원기자", None, None, None)]),
    ("샘 오크레이 프리랜서 기자", [("샘 오크레이", "프리랜서 기자", None, None, None)]),
    ("한가람 기자·변호사", [("한가람", "기자", None, None, None)]),
    ("한가람 기후환경전문기자", [("한가람", "기후환경전문기자", None, None, None)]),
    ("한가람 반려동물 전문기자", [("한가람", "반려동물 전문기자", None, None, None)]),
    ("JIBS 나루방송 한가람(g@x.example) 기자", [("한가람", "기자", None, "g@x.example", None)]),
    ("한가람 부장기자", [("한가람", "부장기자", None, None, None)]),
    ("담당기자 한가람", [("한가람", "담당기자", None, None, None)]),
    ("한가람 베이징특파원 g@x.example", [("한가람", "특파원", "베이징", "g@x.example", None)]),
    ("한가람 통신원(파리)", [("한가람", "통신원", "파리", None, None)]),
    ("글·그림 한가람", [("한가람", None, None, None, "text")]),
    ("Han Ga-ram 기자 g@x.example", [("Han Ga-ram", "기자", None, "g@x.example", None)]),
    ("한가람 나루연구원 부연구위원", [("한가람", "부연구위원", None, None, None)]),
    ("한가람 객원논설위원·가온대 명예교수", [("한가람", "객원논설위원", None, None, None)]),
]


@pytest.mark.parametrize(("line", "people"), SIGNED, ids=[line for line, _ in SIGNED])
def test_the_last_line_signs(line: str, people: list[tuple[str | None, ...]]) -> None:
    reading = read(LEAD, MORE, LAST, line)
    found = [(b.name, b.role, b.place, b.email, b.contribution) for b in reading.bylines]
    assert (found, texts(reading)) == (people, [LEAD, MORE, LAST])


@pytest.mark.parametrize(
    "line",
    [
        "윤서진 산업부 차관",
        "한가람 가온시 문화국장",
        "한가람 나루전자 기획팀장",
        "한가람(나루고 2)",
        "편집국장 한가람",  # in news: an appointment as well
        "사회부장 한가람, 경제부장 윤서진",
        "취재 결과 한가람",
        "정리 = 해고",
        "글·사진 공모전",
        "글·사진전 한가람",
        "연출 한가람 · 극본 윤서진",
        "라파엘 오르테스",
        "한하늘별님 기자",
        "우리가만든 기자",
        "마트 카드 할인",
    ],
)
def test_the_last_line_signs_nothing(line: str) -> None:
    reading = read(LEAD, MORE, LAST, line)
    assert (reading.bylines, texts(reading)) == ((), [LEAD, MORE, LAST, line])


@pytest.mark.parametrize("line", ["한가람 | 가온대 교수", "한가람·가온대 교수", "한가람 (가온시 나루동)"])
def test_a_guest_of_an_opinion_piece(line: str) -> None:
    reading = read(LEAD, MORE, line, headline="[독자투고] 그늘의 값")
    assert [b.name for b in reading.bylines] == ["한가람"]


def test_an_office_before_the_name_signs_an_opinion_piece() -> None:
    reading = read(LEAD, MORE, "편집국장 한가람", headline="[칼럼] 그늘의 값")
    assert [(b.name, b.role) for b in reading.bylines] == [("한가람", "편집국장")]


@pytest.mark.parametrize(
    "tail", ["/가온=한가람 기자", "[가온=한가람 기자]", "(가온=한가람 기자)", " 가온=한가람 기자"]
)
def test_who_signs_behind_the_last_sentence_without_an_address(tail: str) -> None:
    reading = read(LEAD, f"{LAST} {tail}")
    assert ([b.name for b in reading.bylines], texts(reading)) == (["한가람"], [LEAD, LAST])


@pytest.mark.parametrize("end", ["이 다리를 본 이는 많다. 그 기자", "그렇게 말했다. (가온시 기자단)"])
def test_what_else_may_stand_behind_the_last_sentence(end: str) -> None:
    assert texts(read(LEAD, end)) == [LEAD, end]


def test_who_wrote_and_who_photographed_sign_below_a_first_sentence() -> None:
    line = "글 한가람 기자 사진 윤서진 기자"
    assert is_surely_signed(line)
    reading = read(LEAD, line, MORE)
    assert [(b.name, b.contribution) for b in reading.bylines] == [("한가람", "text"), ("윤서진", "photo")]
    assert not is_surely_signed("글 쓰는 사람이 찍은 사진")


def test_a_portrait_tells_who_wrote_an_opinion_piece_that_nobody_signs() -> None:
    portrait = [
        Passage(kind="image", image_url="https://x.kr/1.jpg"),
        Passage(kind="caption", text="한가람 가온대 교수"),
    ]
    opinion, news = (read(*portrait, LEAD, MORE, headline=mark + "그늘의 값") for mark in ("[시론] ", ""))
    assert [(b.name, b.role) for b in opinion.bylines] == [("한가람", "가온대 교수")]
    assert (news.bylines, opinion.images[0].caption) == ((), "한가람 가온대 교수")


@pytest.mark.parametrize(
    "text",
    [
        "지금까지 가온시청에서 YTN 한가람이었습니다.",
        "MBC뉴스 한가람입니다. (영상취재: 윤서진 / 영상편집: 도윤)",
    ],
)
def test_a_broadcast_is_signed_off_whatever_follows(text: str) -> None:
    found = sign_off(text)
    assert found is not None
    assert found.name == "한가람"


@pytest.mark.parametrize("text", ["라파엘 오르테스", "라파엘 오르테스 기자"])
def test_a_byline_node_may_name_a_foreigner(text: str) -> None:
    assert [person.name for person in read_byline(text)] == ["라파엘 오르테스"]


def test_a_hidden_address_is_read_as_mail_is_sent_to_it() -> None:
    assert plain_address("garam (at) mail．example") == "garam@mail.example"
    assert addresses_in("문의 garam[at]x.example, seojin@x.example") == (
        "garam@x.example",
        "seojin@x.example",
    )
    assert addresses_in("가온시 at home") == ()


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Han Ga-ram and Yoon Seo-jin", [("Han Ga-ram", None), ("Yoon Seo-jin", None)]),
        (
            "By Han Ga-ram, Yoon Seo-jin & Noh Eul-bit",
            [("Han Ga-ram", None), ("Yoon Seo-jin", None), ("Noh Eul-bit", None)],
        ),
        ("Han Ga-ram, Staff Reporter", [("Han Ga-ram", "Staff Reporter")]),
        (
            "Han Ga-ram, Yoon Seo-jin, Staff Reporters",
            [("Han Ga-ram", "Staff Reporters"), ("Yoon Seo-jin", "Staff Reporters")],
        ),
    ],
)
def test_an_english_edition_names_its_reporters(line: str, people: list[tuple[str, str | None]]) -> None:
    assert [(b.name, b.role) for b in read_byline(line)] == people


@pytest.mark.parametrize("line", ["Seoul Forest and Han River", "Gaon City, Naru Dong", "The End"])
def test_english_words_name_nobody(line: str) -> None:
    assert read(LEAD, MORE, line).bylines == ()
