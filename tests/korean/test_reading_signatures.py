"""Who signs a body, below it and above, and whose it is."""

from __future__ import annotations

import pytest
from bodies import LAST, LEAD, MORE, read, texts

from newsbot.korean.passages import Passage
from newsbot.korean.reading import read_body

# lines below the text → name, e-mail
TAILS = [
    (["한가람 기자 garam@x.kr"], ("한가람", "garam@x.kr")),
    (["한가람 기자 (garam@x.kr)"], ("한가람", "garam@x.kr")),
    (["한가람 기자(garam@x.kr)"], ("한가람", "garam@x.kr")),
    (["[ 한가람 기자 / garam@mbn.co.kr ]"], ("한가람", "garam@mbn.co.kr")),
    (["한가람 기자"], ("한가람", None)),
    (["한가람기자(garam@x.kr)"], ("한가람", "garam@x.kr")),
    (["뉴스엔 한가람 abc159@"], ("한가람", None)),
    (
        ["뉴스엔 한가람 abc159@", "기사제보 및 보도자료 desk@x.kr copyrightⓒ 뉴스엔. 무단전재 & 재배포 금지"],
        ("한가람", None),
    ),
    (["한가람 garam@x.kr"], ("한가람", "garam@x.kr")),
    (["[한가람 MK스포츠 기자]", "[ⓒ MK스포츠, 무단전재 및 재배포 금지]"], ("한가람", None)),
    (["한가람 기자 garam@x.kr / 사진 = ‘봄’ 방송화면 캡처"], ("한가람", "garam@x.kr")),
    (["iMBC 한가람 | 사진캡쳐 가온의 봄 인스타그램"], ("한가람", None)),
    (["한가람 기자 garam@x.kr", "사진=가온시 제공, 가온뉴스 윤서진 기자"], ("한가람", "garam@x.kr")),
    (["#사진=윤서진 기자", "한가람 기자"], ("한가람", None)),
    (["YTN 한가람 (garam@x.kr)", "영상기자 : 도윤 윤서진", "[메일] social@x.kr"], ("한가람", "garam@x.kr")),
    (["한가람 기자 garam@x.kr", "▷ 이메일 : jebo@x.kr"], ("한가람", "garam@x.kr")),
    (["이 기획은 언론진흥기금의 지원을 받았습니다.", "한가람 기자 garam@x.kr"], ("한가람", "garam@x.kr")),
    (["한가람 기자 garam@x.kr", "이 기획은 언론진흥기금의 지원을 받았습니다."], ("한가람", "garam@x.kr")),
    (["한가람 전북대 사학과 명예교수"], ("한가람", None)),
]


@pytest.mark.parametrize(("lines", "signed"), TAILS, ids=[rows[0][0] for rows in TAILS])
def test_the_lines_below_name_the_reporter(lines: list[str], signed: tuple[str, str | None]) -> None:
    reading = read(LEAD, MORE, LAST, *lines)
    assert [(b.name, b.email) for b in reading.bylines] == [signed]
    assert texts(reading)[:3] == [LEAD, MORE, LAST]
    assert not any("한가람" in text or "@" in text for text in texts(reading))


@pytest.mark.parametrize(
    ("tail", "signed"),
    [
        ("/garam@osen.co.kr", (None, "garam@osen.co.kr")),
        ("/ garam@osen.co.kr", (None, "garam@osen.co.kr")),
        ("garam@x.kr", (None, "garam@x.kr")),
        ("장충=한가람 기자 garam@x.kr/2026.03.05/", ("한가람", "garam@x.kr")),
        ("한가람 기자 garam@x.kr", ("한가람", "garam@x.kr")),
    ],
)
def test_a_signature_glued_to_the_last_sentence(tail: str, signed: tuple[str | None, str]) -> None:
    reading = read(LEAD, f"{LAST} {tail}")
    assert texts(reading) == [LEAD, LAST]
    assert [(b.name, b.email) for b in reading.bylines] == [signed]


@pytest.mark.parametrize("below", [["재미있는 가온 이야기"], ["▶ 제보하기", "재미있는 가온 이야기"]])
def test_the_tail_above_an_unknown_line_is_a_tail(below: list[str]) -> None:
    lead = f"(서울=연합뉴스) 한가람 윤서진 기자 = {LEAD}"
    reading = read(lead, MORE, "g@yna.co.kr y@yna.co.kr", "연합뉴스", *below)
    assert [b.email for b in reading.bylines] == ["g@yna.co.kr", "y@yna.co.kr"]
    assert texts(reading) == [LEAD, MORE, "재미있는 가온 이야기"]


def test_an_address_that_is_nobodys_stays_in_the_text() -> None:
    lines = [LEAD, "신청은 아래 주소로 하면 된다.", "desk@gaon.example", MORE]
    reading = read(*lines)
    assert (reading.bylines, texts(reading)) == ((), lines)


def test_the_agency_line_with_an_address_gives_it_to_the_reporter() -> None:
    reading = read(f"[서울=뉴시스] 한가람 기자 = {LEAD}", MORE, "☞공감언론 뉴시스 garam@newsis.com")
    assert [(b.name, b.email) for b in reading.bylines] == [("한가람", "garam@newsis.com")]


def test_the_byline_node_and_the_body_name_one_person_once() -> None:
    passages = [
        Passage(text=text) for text in (f"[서울=뉴시스] 한가람 기자 = {LEAD}", MORE, "garam@newsis.com")
    ]
    reading = read_body(passages, byline_lines=["한가람 기자"])
    assert [(b.name, b.email, b.place) for b in reading.bylines] == [("한가람", "garam@newsis.com", "서울")]


def test_a_credit_before_the_signature() -> None:
    reading = read(LEAD, MORE, "(사진=가온시) 한가람 기자 g@x.kr")
    assert [(b.name, b.email) for b in reading.bylines] == [("한가람", "g@x.kr")]
    assert [i.credit_line for i in reading.images] == ["(사진=가온시)"]


SOURCES = [
    ([f"(서울=연합뉴스) 한가람 기자 = {LEAD}", "뉴시스"], "연합뉴스"),
    ([LEAD, "출처 : 가온뉴스통신(https://www.gaon.example)"], "가온뉴스통신"),
    ([LEAD, "저작권자 © 가온일보 무단전재 및 재배포 금지"], "가온일보"),
    ([LEAD, "KBS 뉴스 한가람입니다."], "KBS"),
    ([f"[가나다라=한가람 기자] {LEAD}"], "가나다라"),
    ([LEAD, "한가람 가온대 교수"], None),
    ([LEAD, "가온국제공항=한가람 기자"], None),
    ([LEAD, "[피닉스(미국) =한가람 새벽나루 특파원]"], "새벽나루"),
    ([LEAD, "한가람 기자", "Copyright ⓒ 새벽고을. 무단전재 & 재배포 금지"], "새벽고을"),
    ([LEAD, "MBC뉴스 한가람입니다.", "영상취재: 윤서진 / 영상편집: 도윤"], "MBC"),
]


@pytest.mark.parametrize(("lines", "source"), SOURCES)
def test_the_outlet_that_wrote_it(lines: list[str], source: str | None) -> None:
    assert read(*lines).source == source


def test_a_dateline_alone_below_the_text() -> None:
    reading = read(LEAD, MORE, "(서울=연합뉴스)")
    assert (reading.dateline, reading.located, reading.source) == ("(서울=연합뉴스)", "서울", "연합뉴스")
    assert texts(reading) == [LEAD, MORE]


def test_a_dateline_below_a_text_that_has_one_stays() -> None:
    reading = read(f"(가온=뉴스1) 한가람 기자 = {LEAD}", MORE, "(서울=연합뉴스)")
    assert (reading.dateline, texts(reading)) == ("(가온=뉴스1)", [LEAD, MORE, "(서울=연합뉴스)"])


@pytest.mark.parametrize("line", ["△나루연구소 책임연구원", "●現 가온대 사학과 교수"])
def test_what_a_guest_writer_is_stands_with_the_signature(line: str) -> None:
    for tail in ([line, "한가람 나루연구소 책임연구원"], ["한가람 나루연구소 책임연구원", line]):
        reading = read(LEAD, MORE, *tail)
        assert (texts(reading), reading.byline_raw) == ([LEAD, MORE], "\n".join(tail))
        assert [b.name for b in reading.bylines] == ["한가람"]


def test_what_a_reporter_lists_above_the_signature_is_text() -> None:
    reading = read(LEAD, MORE, "▲ 가온대 사학과 교수", "한가람 기자")
    assert texts(reading) == [LEAD, MORE, "▲ 가온대 사학과 교수"]


FALSE_NAMES = [
    "본보 기자가 현장을 찾았다.",
    "한 기자가 손을 들었다.",
    "취재 기자 열 명이 모였다.",
    "기자회견은 오후에 열렸다.",
    "이날 만난 윤서진 기자는 말을 아꼈다.",
    "윤서진 교수는 “물길을 막으면 안 된다”고 했다.",
    "문의는 desk@gaon.example로 하면 된다.",
]


@pytest.mark.parametrize("text", FALSE_NAMES)
@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_sentence_about_reporters_names_none(text: str, place: int) -> None:
    lines = [LEAD, MORE, LAST]
    lines.insert(place, text)
    reading = read(*lines)
    assert (reading.bylines, texts(reading)) == ((), lines)


def test_a_desk_and_a_machine_are_no_persons() -> None:
    note = "※ 이 기사는 가온뉴스 로봇 시스템이 자동 작성한 기사입니다."
    reading = read(LEAD, MORE, note, "온라인뉴스팀 desk@x.kr")
    assert [b.name for b in reading.bylines] == [None, None]
    assert reading.bylines[0].role == "온라인뉴스팀"
    assert reading.bylines[0].email == "desk@x.kr"
    assert reading.body[-1].type == "note"


def test_a_sign_off_may_bear_an_address() -> None:
    reading = read("【 기자 】", "강변입니다.", "MBN뉴스 한가람입니다. [garam@mbn.co.kr]")
    assert [(b.name, b.agency, b.email) for b in reading.bylines] == [("한가람", "MBN", "garam@mbn.co.kr")]
    assert reading.source == "MBN"


def test_who_filmed_is_credited_and_no_byline() -> None:
    line = "촬영기자:윤서진/영상편집:도윤/그래픽:한결"
    reading = read(LEAD, MORE, "KBS 뉴스 한가람입니다.", line)
    assert ([b.name for b in reading.bylines], reading.byline_raw) == (["한가람"], line)


def test_the_outlet_of_the_page_alone_on_a_line_is_its_source() -> None:
    reading = read(LEAD, MORE, "새벽고을", outlet="새벽고을")
    assert (reading.source, texts(reading)) == ("새벽고을", [LEAD, MORE])


def test_a_signature_over_the_lead() -> None:
    reading = read("부제 한 줄", "한가람 기자", f"(서울=연합뉴스) 한가람 기자 = {LEAD}", MORE)
    assert (reading.deck, texts(reading), reading.located) == (("부제 한 줄",), [LEAD, MORE], "서울")
    assert [b.name for b in reading.bylines] == ["한가람"]


def test_thousands_of_signing_lines_are_read() -> None:
    reading = read(LEAD, *["한가람 기자 g@x.kr"] * 5_000, MORE)
    assert (len(reading.bylines), texts(reading)) == (1, [LEAD, MORE])


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("한가람 기자 garam AT maeul.example", [("한가람", "기자", "garam@maeul.example", None)]),
        ("한가람 발행인", [("한가람", "발행인", None, None)]),
        ("한가람 편집인 garam@maeul.example", [("한가람", "편집인", "garam@maeul.example", None)]),
        ("번역 한가람", [("한가람", None, None, "text")]),
        (
            "글=한가람 기자 / 사진=윤서진 기자",
            [("한가람", "기자", None, "text"), ("윤서진", "기자", None, "photo")],
        ),
    ],
)
def test_signatures_of_other_forms(line: str, people: list[tuple[str | None, ...]]) -> None:
    reading = read(LEAD, MORE, line)
    assert [(b.name, b.role, b.email, b.contribution) for b in reading.bylines] == people
    assert texts(reading) == [LEAD, MORE]


@pytest.mark.parametrize("line", ["발행인 한가람", "발행인: 한가람", "편집인 : 한가람", "LOOK AT THE RIVER"])
def test_an_imprint_signs_nothing(line: str) -> None:
    assert read(LEAD, MORE, line).bylines == ()
