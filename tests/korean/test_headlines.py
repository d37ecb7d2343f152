"""Marks, story forms and series in headlines."""

from __future__ import annotations

import pytest

from newsbot.korean.headlines import HeadlineReading, read_headline

HEADLINES = [
    ("[단독] 가온시, 새 청사 계획 접는다", ("단독",), None, None),
    ("가온시 산불 이틀째…주민 300명 대피(종합2보)", (), "종합2보", None),
    ("가온시 산불 이틀째…주민 300명 대피(종합 2보)", (), "종합2보", None),
    ("[속보] 가온시 산불 진화", ("속보",), "속보", None),
    ("[1보] 가온시장 사퇴", ("1보",), "1보", None),
    ("가온시장 사퇴(2보)", (), "2보", None),
    ("가온시장 사퇴…“책임 통감”(상보)", (), "상보", None),
    ("[단독][르포] 새벽 어시장을 가다", ("단독", "르포"), None, None),
    ("[샷!] “이 맛에 새벽장 옵니다”", ("샷!",), None, None),
    ("【인터뷰】 첫 여성 선장의 겨울", ("인터뷰",), None, None),
    ("<사설> 물 관리에 왕도 없다", ("사설",), None, None),
    ("[섬마을 학교] ② 마지막 졸업식", ("섬마을 학교",), None, "②"),
    ("[섬마을 학교 ③] 아이들이 떠난 자리", ("섬마을 학교 ③",), None, "③"),
    ("사라지는 갯벌 (상)", (), None, "(상)"),
    ("[기획] 사라지는 갯벌(하)", ("기획",), None, "(하)"),
    ("갯벌의 귀환(상) 다시 걷는 아이들", (), None, "(상)"),
    ("[기획] 갯벌의 귀환 ③ 돌아온 낙지", ("기획",), None, "③"),
    ("갯벌의 귀환 <2> 돌아온 낙지", (), None, "<2>"),
    ("[갯벌의 귀환 <2>] 돌아온 낙지", ("갯벌의 귀환 <2>",), None, "<2>"),
    ("갯벌의 귀환<上> 돌아온 낙지", (), None, "<上>"),
    ("갯벌의 귀환 (2) 돌아온 낙지", (), None, "(2)"),
    ("갯벌의 귀환[중] 돌아온 낙지", (), None, "[중]"),
    ("[기획] 사라지는 갯벌 [중]", ("기획",), None, "[중]"),
    ("①주거 ②교육 ③교통…가온시 세 약속", (), None, "①"),
    ("가온시 약속 ①주거 ②교육 ③교통", (), None, None),
    ("한가람(34) 다시 뛴다(종합)", (), "종합", None),
    ("새 청사 계획 접는다 [가온의 하루]", ("가온의 하루",), None, None),
    ("[표] 주간 코스피 상위 [3]", ("표",), None, None),
    ("[부고] 한가람(가온뉴스 기자)씨 모친상", ("부고",), None, None),
    ("하루 만에 뒤집힌 판정(종합) [가온의 하루]", ("가온의 하루",), "종합", None),
    ("삼성전자(005930) 장중 반등", (), None, None),
    ("한가람(34) “다시 뛴다”", (), None, None),
    ("[]", (), None, None),
    ("", (), None, None),
]


@pytest.mark.parametrize(("text", "marks", "form", "series"), HEADLINES)
def test_a_headline_says(text: str, marks: tuple[str, ...], form: str | None, series: str | None) -> None:
    assert read_headline(text) == HeadlineReading(marks=marks, story_form=form, series=series)
