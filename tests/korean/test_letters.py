"""The law of the reading: no letter of a body is lost, none is made up, whatever the body is."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbot.korean.captions import is_dated, split_credit
from newsbot.korean.passages import Passage, Reading
from newsbot.korean.reading import read_body

PIECES = [
    "가온시는 새 다리를 놓는다고 5일 밝혔다.",
    "다음 달 첫 삽…“주민과 약속”",
    "(서울=연합뉴스) 한가람 기자 = ",
    "[OSEN=잠실, 한가람 기자] ",
    "(가온=연합뉴스) 도윤 기자 = 강변 모습. 2026.3.5 [촬영 도윤] photo@yna.co.kr",
    "한가람 기자 garam@x.kr",
    "garam@yna.co.kr",
    "[한가람 MK스포츠 기자]",
    "사진=가온시 제공",
    "(사진=연합뉴스)",
    "/garam@osen.co.kr",
    "▶제보는 카카오톡 okjebo",
    "연합뉴스",
    "(끝)",
    "<저작권자(c) 연합뉴스, 무단 전재-재배포, AI 학습 및 활용 금지> 2026/03/05 10:12 송고",
    "[정정보도]",
    "정정: 앞선 기사의 수치를 바로잡습니다.",
    "입력 2025.06.11 07:30",
    "◇ 강을 잇다",
    "[앵커]",
    "※ 이 기사는 로봇 시스템이 자동 작성한 기사입니다.",
    "온라인뉴스팀",
    "iMBC 한가람 | 사진캡쳐 봄",
    "☞공감언론 뉴시스 g@newsis.com",
    "기사제보 및 보도자료 d@x.kr copyrightⓒ 가온. 무단전재 & 재배포 금지",
    "영상기자 : 도윤 윤서진",
    "이미지 확대",
    "2026.3.5/뉴스1 ⓒ News1 도윤 기자",
    "*재판매 및 DB 금지",
    "(서울=연합뉴스)",
    "강변에 선 가온시장",
    "(자료: 가온연구원)",
    "◀ 앵커 ▶",
    "△나루연구소 책임연구원",
    "한가람 나루연구소 책임연구원",
    "네이버에서 가온신문 구독하기",
    "[",
    ")",
    "=",
    "@",
    " ",
    "\u3000",
    "기자",
    "·",
    "“",
    "가온시, 새 다리 놓는다",
]

line = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), min_size=1, max_size=4).map("".join)
passage = st.one_of(
    st.builds(
        Passage,
        text=line,
        kind=st.sampled_from(["text", "text", "text", "subhead", "quote", "caption", "table"]),
    ),
    st.builds(
        Passage,
        kind=st.just("image"),
        image_url=st.just("1.jpg"),
        text=st.sampled_from(["", PIECES[0], PIECES[4], "강변에 선"]),
    ),
)


def letters_of(reading: Reading) -> Counter[str]:
    """Every letter that the reading keeps, once.

    Bylines, place, source and usage terms are read out of the other fields and count nothing; a wire
    caption holds its own credit line.
    """
    kept = [*reading.deck, *(block.text for block in reading.body), *reading.corrections, *reading.promotion]
    kept += [
        reading.byline_raw or "",
        reading.dateline or "",
        reading.copyright_notice or "",
        reading.date_raw or "",
    ]
    for image in reading.images:
        caption, credit = image.caption or "", image.credit_line or ""
        wire = any(is_dated(split_credit(line)[0]) for line in caption.split("\n"))
        kept += [caption] if wire and caption.endswith(credit) else [caption, credit]
    return letters("".join(kept))


def letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


@settings(max_examples=400, deadline=None)
@given(
    st.lists(passage, max_size=12),
    st.sampled_from([None, "가온시, 새 다리 놓는다"]),
    st.sampled_from([(), ("한가람 기자",)]),
)
def test_no_letter_is_lost_or_made_up(
    body: list[Passage], headline: str | None, byline_lines: tuple[str, ...]
) -> None:
    reading = read_body(body, headline=headline, byline_lines=byline_lines)
    printed = "".join(p.text for p in body if p.kind != "image") + "".join(byline_lines)
    assert letters_of(reading) == letters(printed)


@settings(max_examples=200, deadline=None)
@given(st.lists(passage, max_size=8))
def test_every_name_and_address_was_printed(body: list[Passage]) -> None:
    printed = " ".join(p.text for p in body)
    for person in read_body(body).bylines:
        assert person.name is None or all(word in printed for word in person.name.split())
        assert person.email is None or person.email in printed


HOSTILE = [
    "(",
    "[",
    "기자 ",
    "한가람 ",
    "(서울=",
    "=",
    "a@",
    "a@b.",
    "2026.3.5 ",
    "사진=",
    "저작권자 ",
    "·",
    "\n",
    " ",
    "ⓒ",
    "/",
    "가",
    "<([",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_megabyte_of_one_thing_is_read_and_kept(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    around = [
        Passage(text="가온시는 새 다리를 놓는다."),
        Passage(text=text),
        Passage(text="다리는 곧 열린다."),
    ]
    for body in (around, around[1:], around[:2]):
        assert letters_of(read_body(body)) == letters("".join(p.text for p in body))
