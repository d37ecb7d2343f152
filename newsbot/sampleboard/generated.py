"""A large board out of phrase lists: the same seed gives the same posts, none of them kept.

The sentences are invented and mean nothing; they have the length and the shape of wire copy, so that
a page of a generated board weighs and parses like a real one.
"""

from __future__ import annotations

from array import array
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random

from newsbot.sampleboard.articles import WrittenArticle
from newsbot.sampleboard.database import Post

_FIRST_ID = 120
_MINUTES_APART = 13
# fmt: off
_PLACES = ("서울", "세종", "부산", "대전", "광주", "대구", "울산", "제주", "춘천", "전주", "청주", "수원")
_BODIES = ("시의원단", "도교육청", "해양청", "관세청", "항만청", "소비자원", "예산실", "기상지청", "산림청")
_MATTERS = ("통학로 정비", "전기버스 보급", "하수관 교체", "도서관 확충", "벼 수매가", "항만 자동화",
            "청년 월세 지원", "산불 감시망", "심야 약국", "빈집 정비", "수소 충전소", "돌봄 교실")
_TURNS = ("내달 시작", "석 달 앞당겨", "예산 두 배로", "첫 삽", "다시 미뤄져", "합의 임박", "전면 재검토")
# fmt: on
_MARKS = ("", "", "", "", "[단독] ", "[속보] ", "[르포] ", "")
_TAILS = ("", "", "", "(종합)", "", "(종합2보)", "", "")
_SURNAMES = "김이박최정강조윤장임한오서신권황안송류홍"
_SYLLABLES = "민서지현도윤하은준우재영수진아린태경선호"
_SENTENCES = (
    "{place} {body}은 {matter} 계획을 담은 {count}쪽짜리 보고서를 {day}일 공개했다.",
    "사업비 {money}억원은 {body}과 {place}시가 절반씩 나눠 낸다.",
    "{body} 관계자는 “{matter} 문제를 미룰 수 없었다”며 “설명회를 {count}차례 더 열겠다”고 말했다.",
    "지난해 같은 사업에는 {money}억원이 쓰였지만 실제 집행률은 {count}0%에 못 미쳤다.",
    "{place}에서 가게를 하는 {name}({age})씨는 “공사가 길어질까 걱정”이라고 했다.",
    "반면 {place} 상인회는 {matter}에 찬성한다는 뜻을 {body}에 전달했다.",
    "{body}은 다음 달 {day}일까지 의견을 모아 최종안을 확정할 예정이다.",
    "전문가들은 {matter} 효과가 나타나려면 적어도 {count}년은 걸릴 것으로 내다봤다.",
)


class GeneratedPosts:
    """``count`` posts, the newest a few minutes old at ``now``, ids growing by irregular steps."""

    def __init__(self, count: int, now: datetime, seed: int = 20) -> None:
        steps = Random(seed)  # noqa: S311 - reproducible filler, not a secret
        self.ids = array("L")
        last = _FIRST_ID
        for _ in range(count):
            last += steps.randint(1, 5)
            self.ids.append(last)
        self._now = now
        self._seed = seed
        # Bounded: a crawl reads neighbours, and each article page repeats its neighbours' rows.
        self._cached = lru_cache(maxsize=256)(self._make)

    def post(self, index: int) -> Post:
        return self._cached(index)

    def _make(self, index: int) -> Post:
        age = (len(self.ids) - 1 - index) * _MINUTES_APART + index * 7 % _MINUTES_APART + 1
        posted = self._now - timedelta(minutes=age, seconds=index * 17 % 60)
        article = _article(index, Random(self._seed * 1_000_003 + index), posted)  # noqa: S311
        return Post(id=self.ids[index], article=article, posted=posted, modified=posted)


def _article(index: int, chance: Random, posted: datetime) -> WrittenArticle:
    place, name = chance.choice(_PLACES), _name(chance)
    photographer, email = _name(chance), f"desk{index}@yna.example"
    lead = f"({place}=연합뉴스) {name} 기자 = "
    caption = (
        f"({place}=연합뉴스) {photographer} 기자 = {place} 도심. {posted:%Y.%-m.%-d} photo{index}@yna.example"
    )
    body = [
        " ".join(_sentence(chance) for _ in range(chance.randint(1, 3))) for _ in range(chance.randint(5, 9))
    ]
    title = _title(index, chance)
    image = f"@image https://img.example/{index}.jpg | {place} 도심"
    return WrittenArticle(
        key=f"generated-{index}", title=title, kind="wire", markup=chance.choice(("br", "p", "div", "span")),
        paragraphs=(image, caption, lead + body[0], *body[1:], email, "연합뉴스"),
        truth={
            "headline": title, "deck": [], "located": place, "source": "연합뉴스",
            "body": [["paragraph", text] for text in body], "images": [{"caption": caption}],
            "bylines": [{"name": name, "role": "기자", "agency": "연합뉴스", "place": place, "email": email}],
        },
    )  # fmt: skip


def _title(index: int, chance: Random) -> str:
    subject = f"{chance.choice(_PLACES)} {chance.choice(_BODIES)}, {chance.choice(_MATTERS)}"
    return f"{chance.choice(_MARKS)}{subject} {index}호 안건 “{chance.choice(_TURNS)}”{chance.choice(_TAILS)}"


def _sentence(chance: Random) -> str:
    return chance.choice(_SENTENCES).format(
        place=chance.choice(_PLACES), body=chance.choice(_BODIES), matter=chance.choice(_MATTERS),
        name=_name(chance), day=chance.randint(1, 28),
        money=chance.randint(11, 980), count=chance.randint(2, 8), age=chance.randint(22, 79),
    )  # fmt: skip


def _name(chance: Random) -> str:
    return chance.choice(_SURNAMES) + chance.choice(_SYLLABLES) + chance.choice(_SYLLABLES)
