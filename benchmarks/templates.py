"""Articles that a newsroom's machines write every day: the same but for numbers and names.

``<3-40>`` stands for a number, ``<name>``, ``<place>`` and ``<sky>`` for a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Final, TypeAlias

Lines: TypeAlias = list[str]

_SLOT: Final = re.compile(r"<(?:(\d+)-(\d+)|(name|place|sky|way))>")
_SURNAMES, _GIVEN = "김이박최정강조윤장임한오서신권황", "민서지현도윤하은준우재영수진아린"
_WORDS: Final = {
    "place": ("가온시", "나루군", "다솔구", "라온읍", "마루시", "바름군", "새벌구", "아라시", "자람군"),
    "sky": ("대체로 맑겠다", "가끔 구름이 많겠다", "흐리고 곳에 따라 비가 내리겠다"),
    "way": ("오른", "내린"),
}
_CITIES = "서울 인천 수원 춘천 강릉 청주 대전 전주 광주 대구 부산 제주".split()
_TEAMS = "곰들 매들 물결 바람 별빛 산들 소나무 파도 하늘 호랑".split()
_POSTS = "기획조정실장 운영지원과장 정책보좌관 감사담당관 홍보기획관 재정관리과장 국제협력과장".split()

_WEATHER: Final = [
    "<1-28>일 전국이 <sky>. 아침 최저기온은 평년과 비슷하거나 조금 높겠고 낮과 밤의 기온 차가 크겠다.",
    "주요 지역의 아침 최저기온은 " + ", ".join(f"{city} <1-12>도" for city in _CITIES) + "로 예상된다.",
    "낮 최고기온은 " + ", ".join(f"{city} <9-22>도" for city in _CITIES) + "로 예보됐다.",
    "기상청은 건조한 날씨가 이어지는 곳에서는 산불을 비롯한 화재가 나지 않게 불씨를 잘 살펴 달라고 당부했다.",
    "해안과 산지에는 바람이 세게 부는 곳이 있겠으니 간판과 비닐집 같은 시설물이 날아가지 않게 미리 묶어"
    " 두는 것이 좋겠다.",
    "안개가 낀 곳에서는 차의 속도를 줄이고 앞차와 거리를 넉넉히 두어야 하며 배를 타려는 사람은 운항 정보를"
    " 먼저 알아봐야 한다.",
    "미세먼지 농도는 전 권역이 '보통' 수준을 보이겠다. 바다의 물결은 동해 앞바다에서 0.<5-9>~<1-3>.5m로"
    " 일겠다.",
]
_LOTTERY: Final = [
    "제<900-1300>회 로또복권 추첨에서 '<1-9>, <10-15>, <16-22>, <23-30>, <31-38>, <39-45>'이 1등 당첨번호로"
    " 뽑혔다고 동행복권이 밝혔다. 2등 보너스 번호는 '<1-45>'이다.",
    "당첨번호 6개를 모두 맞힌 1등 당첨자는 <5-25>명으로 <10-40>억<100-9999>만원씩 받는다.",
    "당첨번호 5개와 보너스 번호가 일치한 2등은 <40-99>명으로 각 <3000-8000>만원씩을, 당첨번호 5개를"
    " 맞힌 3등은"
    " <2000-4000>명으로 <110-190>만원씩을 받는다.",
    "당첨금은 지급이 시작된 날부터 한 해 안에 받아야 하며 마지막 날이 쉬는 날이면 다음 영업일까지 받을"
    " 수 있다.",
    "당첨자는 신분증과 복권을 가지고 은행 본점이나 지점을 찾아야 하고 금액에 따라 세금을 먼저 뗀"
    " 나머지를 받는다.",
    "판매점 이름과 자리, 자동과 수동의 구분은 누리집에서 볼 수 있으며 지난 회차의 번호도 그곳에서"
    " 찾아볼 수 있다.",
    "복권을 지나치게 사면 생활에 해로울 수 있으니 한 사람이 한 번에 살 수 있는 액수를 정해 두고 있다.",
]
_MARKET: Final = [
    "<1-28>일 코스피는 전장보다 <1-60>.<10-99>포인트(<0-2>.<10-99>%) <way> <2400-3400>.<10-99>에 장을"
    " 마쳤다.",
    "유가증권시장에서 외국인은 <100-9000>억원, 기관은 <100-9000>억원을 순매수했고 개인은 <100-9000>억원을"
    " 순매도했다.",
    "코스닥지수는 전 거래일보다 <1-20>.<10-99>포인트 <way> <700-950>.<10-99>로 마감했다.",
    "서울 외환시장에서 원/달러 환율은 전날보다 <1-14>.<1-9>원 <way> <1300-1480>.<1-9>원에 거래를 끝냈다.",
    "이 기사는 거래소가 내놓은 자료를 바탕으로 기계가 스스로 쓴 것으로 사람이 고치지 않고 그대로 내보냈다.",
    "자료는 참고를 위한 것일 뿐 사고파는 것을 권하지 않으며 투자의 결과는 투자한 사람이 스스로 책임져야"
    " 한다.",
    "거래소의 사정에 따라 값이 뒤에 바로잡힐 수 있으며 자세한 것은 거래소와 각 회사의 공시를 보아야 한다.",
]
_OBITUARY: Final = [
    "▲ <name>씨 별세, <name>·<name>씨 부친상, <name>씨 장인상 = <1-28>일 <place> 한마음병원 장례식장"
    " <1-20>호실, 발인 <1-28>일 오전 <6-11>시. <200-999>-<1000-9999>",
    "※ 부고 게재 문의는 팩스나 전화로 받으며 장례식장과 유족 연락처를 적어 주시기 바랍니다.",
]
_APPOINTMENTS: Final = ["◇ 과장급 전보", *(f"▲ {post} <name>" for post in _POSTS)]


def _filled(lines: Lines) -> Callable[[Random], Lines]:
    return lambda chance: [_SLOT.sub(lambda slot: _word(slot, chance), line) for line in lines]


def _word(slot: re.Match[str], chance: Random) -> str:
    low, high, word = slot.groups()
    if word is None:
        return str(chance.randint(int(low), int(high)))
    return name(chance) if word == "name" else chance.choice(_WORDS[word])


def name(chance: Random) -> str:
    return chance.choice(_SURNAMES) + chance.choice(_GIVEN) + chance.choice(_GIVEN)


def _standings(chance: Random) -> Lines:
    teams = chance.sample(_TEAMS, len(_TEAMS))
    rows = [f"{n} {team} <30-80> <20-60> <0-4> 0.<300-650>" for n, team in enumerate(teams, 1)]
    return _filled(["◇ 프로야구 중간 순위(<1-28>일)", "순위 구단 승 패 무 승률", *rows])(chance)


TEMPLATES: Final[dict[str, Callable[[Random], Lines]]] = {
    "날씨": _filled(_WEATHER),
    "로또": _filled(_LOTTERY),
    "시황": _filled(_MARKET),
    "인사": _filled(_APPOINTMENTS),
    "부고": _filled(_OBITUARY),
    "순위표": _standings,
}
