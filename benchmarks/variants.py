"""Labelled pairs of generated articles: what re-posts, edits and growing wire stories do to a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Final, TypeAlias

from benchmarks.templates import Lines, name
from newsbot.items import Block

Pair: TypeAlias = tuple[Lines, Lines]


def _phrases(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.split("|")]


_PLACES = "가온시 나루군 다솔구 라온읍 마루시 바름군 새벌구 아라시 자람군 차오름시 큰들군 한빛구".split()
_BODIES = "교통국 항만청 교육청 기상청 소비자원 산림청 관세청 보건소 도서관 박물관 경찰서 소방서".split()
_MATTERS = _phrases(
    "통학로 정비|전기버스 보급|하수관 교체|벼 수매가|항만 자동화|청년 월세 지원|산불 감시망|심야 약국 운영"
    "|빈집 정비|수소 충전소|돌봄 교실|노후 교량 보수|미세먼지 측정|전통시장 주차장|어린이 병동"
)
_HOWS = _phrases(
    "예정대로|석 달 앞당겨|예산을 두 배로 늘려|주민 뜻을 물어|단계를 나누어|시범으로|전문가와 함께"
    "|민간에 맡겨|직접"
)
_DOES = _phrases(
    "시작하기로 했다|마치겠다고 밝혔다|다시 살펴보고 있다|내년으로 미뤘다|넓혀 가기로 뜻을 모았다"
    "|그만두기로 했다"
    "|먼저 알리겠다고 약속했다|안건으로 올렸다|두고 다투고 있다"
)
_WHY = _phrases(
    "안전을 걱정하는 목소리가 커졌기 때문이다|예산이 모자란 데다 일손도 부족해서다"
    "|지난해보다 찾는 사람이 늘었기 때문이다|다른 고장에서 좋은 결과가 나왔다는 까닭에서다"
    "|장마가 오기 전에 끝내야 하기 때문이다|이웃 고장과 말이 맞지 않아서다"
)
_SAID = _phrases(
    "서두를 일이 아니라 제대로 할 일|주민이 먼저 느낄 수 있어야 하는 일|숫자만으로 말할 수 없는 일"
    "|늦었지만 반드시 해야 할 일|모두가 조금씩 양보해야 풀릴 일|해마다 되풀이되어 온 일"
)
_SENTENCES = (
    "{place} {body}은 {matter} 사업을 {how} {does}.",
    "{matter} 문제를 서두르는 것은 {why}.",
    "{name} {body}장은 “{matter} 문제는 {said}”이라고 말했다.",
    "{place}에 드는 돈은 {money}억원이며 {few}곳이 함께 낸다.",
    "{place}에서 가게를 하는 {name}({age})씨는 “{said}”로 여겼다.",
    "{body}에 따르면 {month}월까지 {many}명이 {matter} 소식을 물어 왔다.",
    "앞서 {place}와 {other}는 {matter} 계획을 {how} {does}.",
)
_SWAPS = (
    ("밝혔다", "설명했다"), ("했다", "하였다"), ("주민", "시민"), ("예정", "계획"), ("까닭", "이유"),
    ("함께", "더불어"), ("먼저", "우선"), ("걱정", "염려"), ("늘었기", "많아졌기"), ("반드시", "꼭"),
    ("지난해", "작년"), ("모두", "다들"),
)  # fmt: skip
_TAILS: Final[tuple[Lines, ...]] = (
    ["연합뉴스"],
    ["마루신문 한가람 기자 garam@maru.example", "저작권자 ⓒ 마루신문, 무단 전재 및 재배포 금지"],
    ["▶ 제보는 카카오톡 maru", "도윤 기자 doyun@news.example"],
    ["<저작권자(c) 바름통신, 무단 전재-재배포 금지>"],
    [],
)


def blocks(lines: Lines) -> tuple[Block, ...]:
    return tuple(Block(type="paragraph", text=line) for line in lines)


def story(chance: Random, paragraphs: int | None = None) -> Lines:
    """A story of 3 to 9 paragraphs, each of one to three sentences."""
    return [paragraph(chance) for _ in range(paragraphs or chance.randint(3, 9))]


def paragraph(chance: Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(1, 3)))


def _sentence(chance: Random) -> str:
    return chance.choice(_SENTENCES).format(
        place=chance.choice(_PLACES), other=chance.choice(_PLACES), body=chance.choice(_BODIES),
        matter=chance.choice(_MATTERS), how=chance.choice(_HOWS), does=chance.choice(_DOES),
        why=chance.choice(_WHY), said=chance.choice(_SAID), name=name(chance), age=chance.randint(22, 79),
        money=chance.randint(11, 980), few=chance.randint(2, 40), month=chance.randint(1, 12),
        many=chance.randint(200, 9000),
    )  # fmt: skip


def repost(lines: Lines, chance: Random) -> Lines:
    """The same text under another outlet's tail, its lines broken otherwise."""
    body = lines if chance.random() < 0.5 else [" ".join(lines)]
    return [*body, *chance.choice(_TAILS)]


def light_edit(lines: Lines, chance: Random) -> Lines:
    """A few words replaced, spacing changed, and another tail."""
    swaps = chance.sample(_SWAPS, 3)
    return [*(_swapped(line, swaps) for line in lines), *chance.choice(_TAILS)]


def _swapped(line: str, swaps: list[tuple[str, str]]) -> str:
    for old, new in swaps:
        line = line.replace(old, new, 1)
    return line.replace("억원", "억 원")


def rewritten_lead(lines: Lines, chance: Random) -> Lines:
    """The first paragraph written anew, the rest as it was."""
    return [paragraph(chance), *lines[1:]]


def grown(lines: Lines, chance: Random) -> Lines:
    """(종합): paragraphs added after the first and at the end, and the first one edited."""
    more = light_edit(lines[:1], chance)[:1] + lines[1:]
    for _ in range(chance.randint(1, len(lines))):
        more.insert(chance.randint(1, len(more)), paragraph(chance))
    return more


def cut(lines: Lines, chance: Random) -> Lines:
    """The beginning of a text, as a portal or a board cuts it: a third of it at the least."""
    whole = "\n".join(lines)
    return (whole[: int(len(whole) * chance.uniform(0.35, 0.8))] + "…").split("\n")


VARIANTS: Final[dict[str, Callable[[Lines, Random], Lines]]] = {
    "repost": repost,
    "light edit": light_edit,
    "(종합)": grown,
    "truncated": cut,
    "rewritten lead": rewritten_lead,
}


def pairs(kind: str, count: int, seed: int = 1) -> Iterator[Pair]:
    """``count`` pairs of a text and its variant. Where a lead is rewritten or a part cut it is longer."""
    chance = Random(f"{kind}{seed}")
    longer = kind in {"rewritten lead", "truncated"}
    for _ in range(count):
        first = story(chance, chance.randint(5, 10) if longer else None)
        yield first, VARIANTS[kind](first, chance)
