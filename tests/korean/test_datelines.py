"""Leads: where, for whom and by whom, before the first sentence."""

from __future__ import annotations

import pytest

from newsbot.korean.datelines import closing_dateline, find_glued_lead, read_lead

TEXT = "가온시는 새 다리를 놓는다."

# lead as printed → names, place, outlet, dateline
LEADS = [
    ("(서울=연합뉴스) 한가람 기자 = ", ["한가람"], "서울", "연합뉴스", "(서울=연합뉴스)"),
    ("(서울=연합뉴스) 한가람 윤서진 기자 = ", ["한가람", "윤서진"], "서울", "연합뉴스", "(서울=연합뉴스)"),
    ("(서울·춘천=연합뉴스) 한가람 기자 = ", ["한가람"], "서울·춘천", "연합뉴스", "(서울·춘천=연합뉴스)"),
    ("[포구=뉴스물결] 한가람 기자 = ", ["한가람"], "포구", "뉴스물결", "[포구=뉴스물결]"),
    ("[서울=뉴시스]한가람 기자 = ", ["한가람"], "서울", "뉴시스", "[서울=뉴시스]"),
    ("【서울=뉴시스】한가람 리포터 = ", ["한가람"], "서울", "뉴시스", "【서울=뉴시스】"),
    ("(안성=뉴스1) 한가람 기자 = ", ["한가람"], "안성", "뉴스1", "(안성=뉴스1)"),
    ("[서울=뉴시스] 한가람 남빛나라 기자 = ", ["한가람", "남빛나라"], "서울", "뉴시스", "[서울=뉴시스]"),
    ("【베이징=신화/뉴시스】", [], "베이징", "뉴시스", "【베이징=신화/뉴시스】"),
    ("(워싱턴 AFP=연합뉴스) ", [], "워싱턴", "연합뉴스", "(워싱턴 AFP=연합뉴스)"),
    (
        "[도요하시(일본)=뉴시스] 한가람 기자 = ",
        ["한가람"],
        "도요하시(일본)",
        "뉴시스",
        "[도요하시(일본)=뉴시스]",
    ),
    ("[파이낸셜뉴스] ", [], None, "파이낸셜뉴스", "[파이낸셜뉴스]"),
    ("[인터풋볼] 한가람 기자 = ", ["한가람"], None, "인터풋볼", "[인터풋볼]"),
    ("[인터풋볼] 한가람 기자= ", ["한가람"], None, "인터풋볼", "[인터풋볼]"),
    ("[마을신문] 포구 한가람 기자 = ", ["한가람"], "포구", "마을신문", "[마을신문]"),
    ("[마을신문] 한가람 윤서진 기자 = ", ["한가람", "윤서진"], None, "마을신문", "[마을신문]"),
    ("[OSEN=잠실, 한가람 기자] ", ["한가람"], "잠실", "OSEN", None),
    ("[OSEN=한가람 기자] ", ["한가람"], None, "OSEN", None),
    ("[가나다라=한가람 기자] ", ["한가람"], None, "가나다라", None),
    ("[가나다라=한가람·윤서진 기자] ", ["한가람", "윤서진"], None, "가나다라", None),
    ("[점프볼=안양/한가람 기자] ", ["한가람"], "안양", "점프볼", None),
    ("[포포투=한가람] ", ["한가람"], None, "포포투", None),
    ("[마이데일리 = 대전 한가람 기자] ", ["한가람"], "대전", "마이데일리", None),
    ("[스포츠서울 | 한가람기자] ", ["한가람"], None, "스포츠서울", None),
    ("[스포츠서울 | 장충=한가람기자] ", ["한가람"], "장충", "스포츠서울", None),
    ("[점프볼=가온체육관/한가람 기자] ", ["한가람"], "가온체육관", "점프볼", None),
    ("[스타뉴스 | 수원=한가람 기자] ", ["한가람"], "수원", "스타뉴스", None),
    ("(엑스포츠뉴스 수원, 한가람 기자) ", ["한가람"], "수원", "엑스포츠뉴스", None),
    ("[수원=스포츠조선 한가람 기자] ", ["한가람"], "수원", "스포츠조선", None),
    ("[이데일리 스타in 한가람 기자] ", ["한가람"], None, "이데일리 스타in", None),
    ("[한국경제TV 한가람 외신캐스터] ", ["한가람"], None, "한국경제TV", None),
    ("[새벽고을신문 한가람 기자] ", ["한가람"], None, "새벽고을신문", None),
    ("[한가람 기자] ", ["한가람"], None, None, None),
    ("(지디넷코리아=한가람 미디어연구소)", ["한가람"], None, "지디넷코리아", None),
    ("(지디넷코리아=한가람 공공 전문기자) ", ["한가람"], None, "지디넷코리아", None),
    ("[골프한국 스포츠팀=한가람 기자] ", ["한가람"], None, "골프한국 스포츠팀", None),
    ("【도쿄=한가람 특파원】 ", ["한가람"], "도쿄", None, None),
    ("광주=한가람 기자 ", ["한가람"], "광주", None, None),
    ("도쿄/한가람 특파원 ", ["한가람"], "도쿄", None, None),
    ("한가람 기자 = ", ["한가람"], None, None, None),
    ("서울=연합뉴스 한가람 기자 = ", ["한가람"], "서울", "연합뉴스", None),
    ("(하노이=연합뉴스) 응우옌 반 통신원 = ", ["응우옌 반"], "하노이", "연합뉴스", "(하노이=연합뉴스)"),
    ("(서울=연합뉴스) 라파엘 오르테스 기자 = ", ["라파엘 오르테스"], "서울", "연합뉴스", "(서울=연합뉴스)"),
    ("［서울＝뉴시스］한가람 기자 ＝ ", ["한가람"], "서울", "뉴시스", "［서울＝뉴시스］"),
    ("서울=AP/뉴시스 ", [], "서울", "뉴시스", "서울=AP/뉴시스"),
    ("[뉴스물결] 한가람 기자 = ", ["한가람"], None, "뉴스물결", "[뉴스물결]"),
    ("[현장] 한가람 기자 = ", ["한가람"], None, None, "[현장]"),
    ("[마을신문ㅣ가온=한가람 기자] ", ["한가람"], "가온", "마을신문", None),
    ("마을신문 한가람 기자 | ", ["한가람"], None, "마을신문", None),
    ("◎가온=한가람 기자 = ", ["한가람"], "가온", None, None),
    ("【カオン聯合ニュース】", [], None, None, "【カオン聯合ニュース】"),
    ("(서울=연합뉴스) 온라인뉴스팀 = ", [None], "서울", "연합뉴스", "(서울=연합뉴스)"),
]


@pytest.mark.parametrize(
    ("printed", "names", "place", "outlet", "dateline"), LEADS, ids=[row[0].strip() for row in LEADS]
)
def test_a_lead_is_read_to_its_end(
    printed: str, names: list[str | None], place: str | None, outlet: str | None, dateline: str | None
) -> None:
    lead = read_lead(printed + TEXT)
    assert lead is not None
    assert (printed + TEXT)[lead.end :] == TEXT
    assert [b.name for b in lead.bylines] == names
    assert (lead.place, lead.outlet, lead.dateline) == (place, outlet, dateline)


NO_LEADS = [
    "(종합) 가온시는 새 다리를 놓는다.",
    "[속보] 가온시는 새 다리를 놓는다.",
    "(사진=연합뉴스) 가온시는 새 다리를 놓는다.",
    "[앵커] 가온시가 새 다리를 놓습니다.",
    "“우리는 기자다”라고 그는 말했다.",
    "<가온의 봄> 한가람 지음",
    "(x=y) 꼴로 쓴다.",
    "[편집자주] 이 글은 모두 네 차례 실린다.",
    "한가람 기자 | 입력 2026.03.05 07:30",
    "한가람 기자 | 010-0000",
    "(한국시간) 가온시는 새 다리를 놓는다.",
    "가온시 기자들은 새 다리를 놓는다고 썼다.",
]


@pytest.mark.parametrize("text", NO_LEADS)
def test_other_brackets_are_no_lead(text: str) -> None:
    lead = read_lead(text)
    assert lead is None or (not lead.bylines and lead.place is None)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("(서울=연합뉴스)", "서울"),
        ("[도요하시(일본)=뉴시스]", "도요하시(일본)"),
        ("(서울=연합뉴스) 한가람 기자 =", None),
        (f"(서울=연합뉴스) {TEXT}", None),
        ("[파이낸셜뉴스]", None),
        ("(끝)", None),
    ],
)
def test_a_dateline_may_stand_alone(text: str, place: str | None) -> None:
    lead = closing_dateline(text)
    assert (lead.place if lead else None) == place


def test_a_lead_glued_to_a_deck_is_found() -> None:
    deck = "다음 달 첫 삽…“주민과 약속”"
    assert find_glued_lead(f"{deck}[이데일리 한가람 기자] {TEXT}") == len(deck)
    assert find_glued_lead(f"{deck} (서울=연합뉴스) 한가람 기자 = {TEXT}") == len(deck) + 1


def test_a_bracket_inside_a_sentence_is_no_glued_lead() -> None:
    assert find_glued_lead("가온시는 새 다리(길이=120m)를 놓고 [사진] 설명을 붙였다.") is None
