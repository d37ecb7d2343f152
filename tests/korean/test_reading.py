"""Whole bodies, read as an editor would read them."""

from __future__ import annotations

import pytest

from newsbot.korean.passages import Kind, Passage, Reading
from newsbot.korean.reading import read_body

LEAD = "가온시는 새 다리를 다음 달 착공한다고 5일 밝혔다."
MORE = "다리는 길이 120m, 너비 12m로 2028년 문을 연다."
LAST = "시 관계자는 “공사 기간 불편을 줄이겠다”고 말했다."
CAPTION = "(가온=연합뉴스) 도윤 기자 = 5일 가온시 강변 모습. 2026.3.5 [촬영 도윤] photo@yna.co.kr"


def image(url: str = "https://img.example/1.jpg", alt: str = "") -> Passage:
    return Passage(kind="image", image_url=url, text=alt)


def read(*lines: str | Passage, **known: str) -> Reading:
    passages = [line if isinstance(line, Passage) else Passage(text=line) for line in lines]
    return read_body(passages, **known)


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.body]


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


def test_several_pictures_each_with_its_caption_wherever_they_stand() -> None:
    second = CAPTION.replace("강변", "시청")
    reading = read(
        image("1.jpg"),
        image("2.jpg"),
        CAPTION,
        second,
        LEAD,
        MORE,
        image("3.jpg"),
        CAPTION,
        "한가람 기자 a@x.kr",
    )
    assert [(i.url, i.caption) for i in reading.images] == [
        ("1.jpg", CAPTION),
        ("2.jpg", second),
        ("3.jpg", CAPTION),
    ]
    assert texts(reading) == [LEAD, MORE]
    assert [b.name for b in reading.bylines] == ["한가람"]


def test_a_caption_with_its_headline_above() -> None:
    reading = read(image(), "강변에 선 가온시장", CAPTION, f"(서울=연합뉴스) 한가람 기자 = {LEAD}")
    assert reading.images[0].caption == f"강변에 선 가온시장\n{CAPTION}"
    assert (reading.deck, texts(reading)) == ((), [LEAD])


@pytest.mark.parametrize("alt", ["", "강변에 선 가온시장", "(가온=연합뉴스) 도윤"])
def test_a_caption_headline_is_of_the_same_picture_whatever_the_alt_text(alt: str) -> None:
    reading = read(image(alt=alt), "강변에 선 가온시장", CAPTION, LEAD, MORE)
    assert [i.caption for i in reading.images] == [f"강변에 선 가온시장\n{CAPTION}"]


def test_two_pictures_whose_alt_texts_tell_their_captions_apart() -> None:
    reading = read(
        image("1.jpg", "강변에 선"), image("2.jpg", CAPTION[:20]), "강변에 선 가온시장", CAPTION, LEAD
    )
    assert [(i.url, i.caption) for i in reading.images] == [
        ("1.jpg", "강변에 선 가온시장"),
        ("2.jpg", CAPTION),
    ]


@pytest.mark.parametrize(
    ("alts", "captions"),
    [
        (("", ""), (None, "강변의 밤.")),
        (("", "강변의 밤"), (None, "강변의 밤.")),
        (("강변의 밤", ""), ("강변의 밤.", None)),
        (("강변의 밤", "강변의 밤"), ("강변의 밤.", None)),
    ],
)
def test_one_caption_under_two_pictures(alts: tuple[str, str], captions: tuple[str | None, ...]) -> None:
    reading = read(*(image(alt=alt) for alt in alts), "강변의 밤. (사진=연합뉴스)", LEAD, MORE)
    assert tuple(i.caption for i in reading.images) == captions


def test_what_credits_a_table_stays_below_it() -> None:
    table = Passage(kind="table", text="해 | 길이\n2026 | 120")
    reading = read(image(), LEAD, table, "(자료: 가온연구원)", MORE)
    assert texts(reading) == [LEAD, table.text, "(자료: 가온연구원)", MORE]
    assert [i.credit_line for i in reading.images] == [None]


def test_a_caption_without_date_is_told_by_the_lead_that_follows() -> None:
    caption = "(가온=연합뉴스) 도윤 기자 = 가온시청 전경"
    reading = read(image(), caption, f"(서울=연합뉴스) 한가람 기자 = {LEAD}", MORE)
    assert reading.images[0].caption == caption
    assert [b.name for b in reading.bylines] == ["한가람"]


def test_a_lead_directly_under_a_picture_stays_the_lead() -> None:
    reading = read(image(), f"(서울=연합뉴스) 한가람 기자 = {LEAD}", MORE, image(), CAPTION)
    assert [i.caption for i in reading.images] == [None, CAPTION]
    assert texts(reading) == [LEAD, MORE]


def test_a_caption_known_from_its_alt_text() -> None:
    reading = read(image(alt="가온시청 앞을 지나는"), "가온시청 앞을 지나는 시민들", LEAD, MORE)
    assert reading.images[0].caption == "가온시청 앞을 지나는 시민들"
    assert reading.deck == ()


def test_a_caption_parted_by_a_line_break_from_its_date() -> None:
    reading = read(
        image(), "한 시민이 강변을 걷고 있다.", "2026.3.5/뉴스1", f"[서울=뉴시스]한가람 기자 = {LEAD}"
    )
    assert reading.images[0].caption == "한 시민이 강변을 걷고 있다.\n2026.3.5/뉴스1"
    assert texts(reading) == [LEAD]


def test_a_caption_glued_to_the_lead() -> None:
    caption = "[서울=뉴시스] 5일 강변을 걷는 시민. (사진 = 가온시) photo@newsis.com *재판매 및 DB 금지"
    reading = read(image(), f"{caption}[서울=뉴시스]한가람 기자 = {LEAD}", MORE)
    assert texts(reading) == [LEAD, MORE]
    (picture,) = reading.images
    assert f"{picture.caption} {picture.credit_line}" == caption


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


def test_links_below_the_article_are_dropped() -> None:
    lines = ["[관련기사]", "☞ 가온시 새 다리 놓는다", "▶ 오늘의 운세"]
    reading = read(LEAD, "▶ 다리의 제원", MORE, "한가람 기자 g@x.kr", *lines)
    assert reading.promotion == tuple(lines)
    assert texts(reading) == [LEAD, "▶ 다리의 제원", MORE]


def test_a_credit_before_the_signature() -> None:
    reading = read(LEAD, MORE, "(사진=가온시) 한가람 기자 g@x.kr")
    assert [(b.name, b.email) for b in reading.bylines] == [("한가람", "g@x.kr")]
    assert [i.credit_line for i in reading.images] == ["(사진=가온시)"]


def test_a_sentence_between_a_picture_and_the_lead_is_its_caption() -> None:
    reading = read(image(), "강변을 걷는 시민들이 보인다.", f"[서울=뉴시스] 한가람 기자 = {LEAD}", MORE)
    assert reading.images[0].caption == "강변을 걷는 시민들이 보인다."
    assert texts(reading) == [LEAD, MORE]


def test_a_lead_below_an_editors_note() -> None:
    note = "[편집자주] 이 연재는 네 차례 실린다."
    reading = read(note, f"(서울=연합뉴스) 한가람 기자 = {LEAD}", MORE)
    assert [(b.type, b.text) for b in reading.body][:2] == [("note", note), ("paragraph", LEAD)]
    assert reading.located == "서울"


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


def test_a_sign_off_may_bear_an_address() -> None:
    reading = read("【 기자 】", "강변입니다.", "MBN뉴스 한가람입니다. [garam@mbn.co.kr]")
    assert [(b.name, b.agency, b.email) for b in reading.bylines] == [("한가람", "MBN", "garam@mbn.co.kr")]
    assert reading.source == "MBN"


def test_who_filmed_is_credited_and_no_byline() -> None:
    line = "촬영기자:윤서진/영상편집:도윤/그래픽:한결"
    reading = read(LEAD, MORE, "KBS 뉴스 한가람입니다.", line)
    assert ([b.name for b in reading.bylines], reading.byline_raw) == (["한가람"], line)


def test_a_correction_below_the_article() -> None:
    heading, text = "[정정보도]", "지난 3일 자 보도에서 다리 길이를 잘못 적었습니다."
    reading = read(LEAD, MORE, "한가람 기자 g@x.kr", heading, text, "연합뉴스")
    assert reading.corrections == (heading, text)
    assert texts(reading) == [LEAD, MORE]
    assert [b.name for b in reading.bylines] == ["한가람"]


def test_an_article_that_is_a_correction_keeps_its_body() -> None:
    reading = read("[바로잡습니다]", "지난 3일 자 기사에서 다리 길이를 잘못 적었습니다.", LAST)
    assert texts(reading)[1:] == ["지난 3일 자 기사에서 다리 길이를 잘못 적었습니다.", LAST]
    assert reading.corrections == ()


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


def test_the_outlet_of_the_page_alone_on_a_line_is_its_source() -> None:
    reading = read(LEAD, MORE, "새벽고을", outlet="새벽고을")
    assert (reading.source, texts(reading)) == ("새벽고을", [LEAD, MORE])


def test_an_empty_body_reads_empty() -> None:
    assert read_body([]) == Reading()


def test_a_signature_over_the_lead() -> None:
    reading = read("부제 한 줄", "한가람 기자", f"(서울=연합뉴스) 한가람 기자 = {LEAD}", MORE)
    assert (reading.deck, texts(reading), reading.located) == (("부제 한 줄",), [LEAD, MORE], "서울")
    assert [b.name for b in reading.bylines] == ["한가람"]


def test_thousands_of_signing_lines_are_read() -> None:
    reading = read(LEAD, *["한가람 기자 g@x.kr"] * 5_000, MORE)
    assert (len(reading.bylines), texts(reading)) == (1, [LEAD, MORE])


def test_nothing_of_the_article_stands_below_its_copyright_notice() -> None:
    reading = read(
        LEAD,
        MORE,
        LAST,
        "윤서진 기자 seojin@paper.example",
        "저작권자 © 샛강일보 무단전재 및 재배포 금지",
        Passage(kind="subhead", text="샛강일보 후원하기"),
        "▲ 둑길 벚나무, 올해는 일찍 핀다",
        Passage(kind="list", text="만원 후원하기\n오만원 후원하기"),
    )
    assert texts(reading) == [LEAD, MORE, LAST]
    assert [person.name for person in reading.bylines] == ["윤서진"]
    assert len(reading.promotion) == 3


def test_a_notice_within_the_text_ends_nothing() -> None:
    subhead = Passage(kind="subhead", text="강을 잇다")
    reading = read(LEAD, "ⓒ 샛강일보, 무단전재 및 재배포 금지", subhead, MORE, LAST)
    assert texts(reading) == [LEAD, "강을 잇다", MORE, LAST]


def test_how_the_newsroom_is_reached_is_no_text() -> None:
    contacts = Passage(kind="list", text="이메일 :desk@paper.example\n카카오톡 :@샛강\n전화 :02-000-0000")
    reading = read(LEAD, MORE, contacts, "샛강TV 기사문의 및 제보 : 카톡 saetgang")
    assert texts(reading) == [LEAD, MORE]
    assert len(reading.promotion) == 2


@pytest.mark.parametrize(
    "line", ["$$ARTICLEAD$$", "{{ad_slot_2}}", "[AD]", "봄맞이 둑길 잔치 #꽃(클릭!)", "좋아요 12"]
)
def test_what_a_template_left_standing_is_no_text(line: str) -> None:
    assert texts(read(LEAD, line, MORE)) == [LEAD, MORE]


@pytest.mark.parametrize("credit", ["(자료사진=가온시 새 다리)", "(사진제공-가온시)"])
def test_a_credit_glued_to_the_last_sentence(credit: str) -> None:
    reading = read(image(), LEAD, LAST + credit)
    assert texts(reading) == [LEAD, LAST]
    assert reading.images[0].credit_line == credit
