"""What ends an article, or stands below it."""

from __future__ import annotations

import pytest
from bodies import LAST, LEAD, MORE, read, texts

from newsbot.korean.passages import Passage


def test_links_below_the_article_are_dropped() -> None:
    lines = ["[관련기사]", "☞ 가온시 새 다리 놓는다", "▶ 오늘의 운세"]
    reading = read(LEAD, "▶ 다리의 제원", MORE, "한가람 기자 g@x.kr", *lines)
    assert reading.promotion == tuple(lines)
    assert texts(reading) == [LEAD, "▶ 다리의 제원", MORE]


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


def test_what_an_agency_prints_behind_the_end_is_no_text() -> None:
    below = ["(끝)", "본 기사는 가온인포 단말기로 16시 28분에 서비스된 기사입니다.", "서비스 문의 (398-5209)"]
    reading = read(LEAD, MORE, "doyun@gaon.example", *below, headline="둑길")
    assert [block.text for block in reading.body] == [LEAD, MORE]


@pytest.mark.parametrize(
    "line",
    [
        "March 5, 2026 3:05 PM",
        "Published: Mar. 5, 2026 15:05",
        "Last updated on March 5, 2026 - 3:05 p.m. KST",
    ],
)
def test_the_date_line_of_an_english_edition_is_no_text(line: str) -> None:
    reading = read(line, LEAD, MORE, "(END)")
    assert (texts(reading), reading.date_raw) == ([LEAD, MORE], line)


def test_the_facts_of_an_event_keep_where_to_ask() -> None:
    facts = ["장소 : 가온 나루터", "문의 : 가온시 공원과 000-0000"]
    assert texts(read(LEAD, *facts)) == [LEAD, *facts]
    assert texts(read(LEAD, MORE, "문의 : 샛강일보 000-0000")) == [LEAD, MORE]


def test_lines_that_label_facts_behind_one_mark_are_a_list() -> None:
    facts = ["◇ 일시 : 3월 7일", "◇ 장소 : 가온 나루터"]
    assert [block.type for block in read(LEAD, *facts, MORE).body] == [
        "paragraph",
        "list",
        "list",
        "paragraph",
    ]


def test_what_somebody_says_behind_a_mark_is_no_heading() -> None:
    turns = ["◇ 한가람> 어떤 길인가요?", "◆ 윤서진> 누구나 걷는 길입니다."]
    assert [block.type for block in read(LEAD, *turns).body] == ["paragraph"] * 3


@pytest.mark.parametrize(
    "line", ["출처: 가온시", "출처 : 가온시청 홍보담당관", "[출처] 마을소식", "기사 출처 = 가온신문"]
)
def test_who_else_wrote_it_is_said_below(line: str) -> None:
    reading = read(LEAD, MORE, line)
    assert (texts(reading), reading.byline_raw, reading.bylines) == ([LEAD, MORE], line, ())


@pytest.mark.parametrize(
    "line",
    [
        "https://www.maeul.example/news/1234",
        "원문보기: https://www.maeul.example/news/1234",
        "▶ 기사 원문 https://www.maeul.example/news/1234",
        "[출처] 가온시 산책로 열려|작성자 가온이",
        "페이스북 maeul.example/a1 X(트위터) @maeul_graphics",
        "◀ 끝 ▶",
    ],
)
def test_addresses_below_the_article_are_none_of_it(line: str) -> None:
    reading = read(LEAD, MORE, line)
    assert (texts(reading), reading.promotion) == ([LEAD, MORE], (line,))


def test_an_address_within_the_text_stays() -> None:
    assert texts(read(LEAD, "https://www.maeul.example/1", MORE)) == [
        LEAD,
        "https://www.maeul.example/1",
        MORE,
    ]


def test_a_notice_may_be_a_sentence() -> None:
    notice = "Copyright ⓒ 부산일보. All rights reserved. 무단 전재, 복사, 배포 등을 금지합니다."
    assert read(LEAD, MORE, notice).copyright_notice == notice


def test_a_starred_line_that_says_how_an_article_was_made_is_a_note() -> None:
    assert read(LEAD, MORE, "*이 기사는 기계로 번역되었습니다.").body[-1].type == "note"


def test_buttons_that_were_copied_with_an_article_are_none_of_it() -> None:
    buttons = [
        "기사공유하기",
        "본문 글자 크기 조절",
        "이 기사를 추천합니다",
        "쏠쏠정보 0",
        "구독",
        "기자 프로필",
        "(계속)",
    ]
    reading = read(*buttons[:2], LEAD, MORE, "한가람 기자 g@x.kr", *buttons[2:])
    assert (reading.deck, texts(reading), reading.promotion) == ((), [LEAD, MORE], tuple(buttons))
    assert [b.name for b in reading.bylines] == ["한가람"]


def test_who_signs_and_when_on_one_line_above_the_text() -> None:
    reading = read("기자명 한가람 기자 입력 2026.11.20 10:11 수정 2026.11.20 11:00", LEAD, MORE)
    assert ([b.name for b in reading.bylines], reading.deck) == (["한가람"], ())
    assert reading.date_raw == "입력 2026.11.20 10:11 수정 2026.11.20 11:00"


def test_where_it_is_from_may_stand_above_the_text() -> None:
    reading = read("출처 : 마을신문", LEAD, MORE)
    assert (reading.source, reading.deck, texts(reading)) == ("마을신문", (), [LEAD, MORE])


@pytest.mark.parametrize(
    "line",
    [
        "기사제보 jebo@x.kr",
        "샛강일보 홈페이지 바로가기",
        "▶ 영상으로 보기",
        "이 기사가 좋았다면 ‘좋아요’를 눌러주세요",
    ],
)
def test_calls_below_the_article(line: str) -> None:
    reading = read(LEAD, MORE, "한가람 기자 g@x.kr", line)
    assert ([b.name for b in reading.bylines], texts(reading)) == (["한가람"], [LEAD, MORE])
    assert reading.promotion == (line,)


def test_plain_lines_under_a_head_of_links() -> None:
    lines = ("[많이 본 기사]", "오리 열두 마리 돌아왔다", "둑길에 느티나무 심는다")
    reading = read(LEAD, MORE, *lines, "한가람 기자 g@x.kr")
    assert (texts(reading), reading.promotion) == ([LEAD, MORE], lines)
    assert [b.name for b in reading.bylines] == ["한가람"]
