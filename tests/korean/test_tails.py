"""Lines around an article: copyright, source, promotion, dates, corrections."""

from __future__ import annotations

import pytest

from newsbot.korean.tails import (
    holders,
    is_correction,
    line_kind,
    opens_correction,
    source_of,
    split_notice,
    usage_terms,
)

KINDS = {
    "copyright": [
        "<저작권자(c) 연합뉴스, 무단 전재-재배포, AI 학습 및 활용 금지>",
        "저작권자 ⓒ 가온신문 무단 전재 및 재배포 금지",
        "[ⓒ 세계일보 & Segye.com, 무단전재 및 재배포 금지]",
        "Copyright © 뉴스1. All rights reserved.",
        "Copyright ⓒ 가온신문. All rights reserved. 무단 전재 및 재배포 금지.",
        "ⓒ 가온신문(https://www.gaon.example 무단전재 및 재배포금지",
        "[게임과 사람을 잇습니다. 가온게임│무단 전재 및 재배포 금지] ⓒ",
        "<저작권자 ⓒ '새벽을 여는 경제 뉴스' 가온경제, 무단전재 및 재배포 금지>",
        "[저작권자(c) 가온TV 무단전재, 재배포 및 AI 데이터 활용 금지]",
        "저작권자(c) 가온뉴스(시민기자), 무단 전재 및 재배포 금지",
        "Gaon paper ⓒ 가온일보(www.gaon.example), 무단전재 및 수집, 재배포금지",
        "[가온게임│무단 전재 및 재배포 금지]",
        "저작권자 ⓒ(주)가온일레븐. 무단 전재/재배포 금지-www.gaon.example",
    ],
    "promotion": [
        "▶제보는 카카오톡 okjebo",
        "제보는 카카오톡 okjebo",
        "▶ 관련기사",
        "☞가온 뉴스레터 구독하기. 검색창에 ‘가온’을 쳐보세요.",
        "▶ 네이버에서 가온신문 구독하기",
        "※ 가온뉴스에 제보하기",
        "[카카오톡] YTN 검색해 채널 추가",
        "[메일] social@gaon.example",
        "[전화] 02-000-0000",
        "▷ 이메일 : jebo@gaon.example",
        "△ 이메일 : jebo@gaon.example",
        "사이트 :https://gaon.example/j",
        "▶ 기자와 카톡 채팅하기▶ 가온뉴스 영상 구독하기",
        "기사제보 및 보도자료 desk@gaon.example",
        "네이버에서 가온신문 구독하기",
        "유튜브 채널 ‘가온뉴스’ 구독하기!",
        "카카오톡에서 가온뉴스 채널 추가하기",
        "가온뉴스 앱 지금 바로 다운받기~",
        "가온뉴스는 24시간 여러분의 제보를 기다립니다.",
        "▷ 전화 02-000-0000",
        "▷ 이메일 jebo@gaon.example",
        "기사 원문 - https://gaon.example/1",
    ],
    "end": ["(끝)", "<끝>", "끝"],
    "date": [
        "2023/06/23 10:12 송고",
        "입력 2025.06.11 07:30 수정 2025.06.11 08:00",
        "기사입력 : 2025-06-11 07:30",
        "[2025.06.11 07:30]",
    ],
    "staff": [
        "영상기자 : 한가람 윤서진",
        "영상편집 : 도윤",
        "촬영기자:한가람/영상편집:도윤/그래픽:윤서진",
        "영상취재: 한가람 / 영상편집: 도윤",
        "(영상취재 한가람 / 영상편집 도윤)",
    ],
    None: [
        "가온시는 무단 전재를 금지하는 조례를 만들었다.",
        "▶ 일시: 5월 3일 오전",
        "2025.06.11 회의가 열린다.",
        "끝까지 간다",
        "경찰은 제보를 받아 수사에 나섰다.",
        "※ 우울감 등 말하기 어려운 고민이 있으면 109로 전화하면 된다.",
        "구독 경제가 자란다",
        "카카오톡, 선물 되돌리는 기능 추가",
        "경찰은 시민들의 제보를 기다립니다.",
        "▷ 전화 받는 사람들",
        "영상편집 수업",
        "네이버 검색 점유율 오르고 유튜브 구독자 줄어",
        "유튜브 구독료가 오르자 이용자들은 구독을 끊고 있다.",
        "ⓒ표시는 저작권을 뜻한다고 그는 설명했다.",
        "영상: 바다가 부른다",
        "연합뉴스",
    ],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts])
def test_what_a_line_is(kind: str | None, text: str) -> None:
    assert line_kind(text) == kind


def test_a_notice_parts_from_what_is_glued_to_it() -> None:
    notice = "<저작권자(c) 연합뉴스, 무단 전재-재배포 금지>"
    assert split_notice(f"{notice} 2023/06/23 10:12 송고") == ("", notice, "2023/06/23 10:12 송고")
    assert split_notice("기사제보 및 보도자료 desk@gaon.example copyrightⓒ 가온. 무단전재 & 재배포 금지") == (
        "기사제보 및 보도자료 desk@gaon.example",
        "copyrightⓒ 가온. 무단전재 & 재배포 금지",
        "",
    )


@pytest.mark.parametrize(
    ("notice", "terms"),
    [
        ("<저작권자(c) 연합뉴스, 무단 전재-재배포 금지>", ("무단 전재-재배포 금지",)),
        (
            "<저작권자(c) 연합뉴스, 무단 전재-재배포, AI 학습 및 활용 금지>",
            ("무단 전재-재배포 금지", "AI 학습 및 활용 금지"),
        ),
        ("저작권자 ⓒ 가온신문 무단 전재 및 재배포 금지", ("무단 전재 및 재배포 금지",)),
        (
            "Copyright ⓒ 가온. All rights reserved. 무단 전재 및 재배포 금지.",
            ("All rights reserved", "무단 전재 및 재배포 금지"),
        ),
        (
            "[저작권자(c) 가온TV 무단전재, 재배포 및 AI 데이터 활용 금지]",
            ("무단전재 금지", "재배포 및 AI 데이터 활용 금지"),
        ),
        ("Copyright © 뉴스1", ()),
    ],
)
def test_usage_terms_stand_each_by_itself(notice: str, terms: tuple[str, ...]) -> None:
    assert usage_terms(notice) == terms


@pytest.mark.parametrize(
    ("notice", "names"),
    [
        ("저작권자 ⓒ 가온일보 무단 전재 및 재배포 금지", ["가온일보"]),
        ("Copyright ⓒ 새벽고을. All rights reserved.", ["새벽고을"]),
        ("ⓒ 새벽고을(https://dawn.example), 무단전재 및 재배포금지", ["새벽고을"]),
        ("<저작권자 ⓒ 2026 (주)새벽고을 무단 전재 금지>", ["새벽고을"]),
        ("<저작권자(c) '아침을 여는 글' 새벽고을, 무단전재 금지>", ["새벽고을"]),
        ("저작권자 ⓒ 무단 전재 및 재배포 금지", []),
        ("무단 전재 및 재배포 금지", []),
    ],
)
def test_a_notice_names_its_holder(notice: str, names: list[str]) -> None:
    assert holders(notice) == names


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("연합뉴스", "연합뉴스"),
        ("출처 : 뉴스1", "뉴스1"),
        ("<가온일보>", "가온일보"),
        ("가온 사람들", None),
        ("연합뉴스에 따르면", None),
    ],
)
def test_a_source_line_names_an_outlet(text: str, outlet: str | None) -> None:
    assert source_of(text) == outlet


@pytest.mark.parametrize(
    "text", ["[정정보도]", "정정보도문", "<바로잡습니다>", "바로잡습니다", "[반론보도]", "※ 고침: 둘째 문단"]
)
def test_a_correction_has_a_heading(text: str) -> None:
    assert opens_correction(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("정정: 앞선 기사의 수치를 고칩니다", True),
        ("[고침] 셋째 문단의 날짜를 5일로 고침.", True),
        ("지난 3일 자 기사에서 이름을 잘못 적었기에 바로잡습니다.", True),
        ("정정 보도를 요구하는 목소리가 커졌다.", False),
        ("그는 정정당당한 승부를 다짐했다.", False),
        ("바로잡습니다. 앞서 나간 기사의 다리 이름을 강변교로 고칩니다.", True),
    ],
)
def test_a_line_is_a_correction(text: str, expected: bool) -> None:
    assert is_correction(text) is expected
