"""One event told by several outlets: articles gathered by the words that they share and few others have.

TF-IDF over words without their particle; near-duplicate tests find hardly any of these pairs, since each
outlet writes in words of its own. An article is compared with the earliest articles of the stories before
it, never with what was linked to them: chains of likeness end in clusters of everything.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from math import log, sqrt
from typing import Final

from newsbot.korean.stems import stems

METHOD: Final = "tf-idf-words/1"
WINDOW: Final = timedelta(hours=72)  # between a story's earliest article and any other
LEAST: Final = 0.22  # cosine
_READ: Final = 2000  # characters of a body: what an article is about stands at its beginning
_FEWEST: Final = 6  # words that tell something
_MOST: Final = 80  # words of an article that count: those that weigh most
_COMMON: Final = 0.1  # of the articles: a word in more of them tells nothing of any
_HEADLINE: Final = 2  # times that a word of the headline counts

# Genres of their own: equal in form from day to day, each about many things or about none.
_GENRE: Final = re.compile(
    r"\s*[\[<〈【(]\s*(?:인사|부고|부음|포토|사진|화보|표|그래픽|날씨|운세|동정|게시판|알림|헤드라인|주요\s?일정"
    r"|(?:오늘|내일|주간)의?\s?\S{1,6}|신문\s?사설|조간\s?브리핑)[^\]>〉】)]{0,6}[\]>〉】)]"
    r"|\s*(?:오늘|내일|주간|이번\s?주)의?\s?(?:날씨|운세|주요\s?일정|경제\s?일정)"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """An article as a story sees it. ``words``: how often each of its words stands in it."""

    key: int
    published: datetime
    words: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Told:
    """That an article tells the story whose earliest article is ``story``; ``score``: cosine, 0 to 1."""

    key: int
    story: int
    score: float


def is_story(headline: str) -> bool:
    """Whether an article of this headline can tell a story: no 인사, 부고, 포토, 표, 날씨, 운세."""
    return _GENRE.match(headline) is None


def words_of(headline: str, body: str) -> Counter[str]:
    counted = Counter(stems(body[:_READ]))
    for word in stems(headline):
        counted[word] += _HEADLINE
    return counted


def gather(
    before: Sequence[Telling],
    tellings: Sequence[Telling],
    *,
    apart: Collection[tuple[int, int]] = (),
    told_before: Mapping[int, int] | None = None,
) -> Iterator[Told]:
    """Which of ``tellings`` (the earliest first) tells a story that an earlier article began.

    ``before``: the earliest articles of the stories, and those of none, of the 72 hours before; the words of
    all together say which word is rare. ``apart``: pairs that a person has parted, whose two never come to
    one story; ``told_before``: the stories that those of earlier days tell. Each comes to the story it is
    most like; of equals, to the earlier one.
    """
    parted = _parted(apart)
    told_in = dict(told_before or {})
    weigh = _Weights([*before, *tellings])
    heads = _Heads()
    for telling in before:
        heads.add(telling, weigh(telling.words))
    for telling in tellings:
        weights = weigh(telling.words)
        others = {told_in.get(key, key) for key in parted.get(telling.key, ())}
        told = heads.most_like(telling, weights, others) if len(weights) >= _FEWEST else None
        if told is None:
            heads.add(telling, weights)
        else:
            told_in[told.key] = told.story
            yield told


def _parted(apart: Iterable[tuple[int, int]]) -> Mapping[int, set[int]]:
    parted: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in apart:
        parted[one].add(other)
        parted[other].add(one)
    return parted


class _Weights:
    """Of an article's words the telling ones, each with its weight; their squares sum up to 1."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self._of = Counter(word for telling in tellings for word in telling.words)
        self._all = len(tellings)
        self._common = max(self._all * _COMMON, 20)

    def __call__(self, words: Mapping[str, int]) -> dict[str, float]:
        weights = {word: (1 + log(count)) * self._rarity(word) for word, count in words.items()}
        best = nlargest(_MOST, ((weight, word) for word, weight in weights.items() if weight))
        length = sqrt(sum(weight * weight for weight, _ in best)) or 1.0
        return {word: weight / length for weight, word in best}

    def _rarity(self, word: str) -> float:
        found = self._of[word]
        return 0.0 if found > self._common else log((1 + self._all) / (1 + found)) + 1


class _Heads:
    """The earliest articles of stories, found by their words."""

    def __init__(self) -> None:
        self._tellings: list[Telling] = []
        self._places: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)

    def add(self, telling: Telling, weights: Mapping[str, float]) -> None:
        place = len(self._tellings)
        self._tellings.append(telling)
        for word, weight in weights.items():
            self._places[word].append((place, weight))

    def most_like(
        self, telling: Telling, weights: Mapping[str, float], others: Collection[int]
    ) -> Told | None:
        likeness: defaultdict[int, float] = defaultdict(float)
        for word, weight in weights.items():
            for place, other in self._places.get(word, ()):
                likeness[place] += weight * other
        near = ((round(score, 4), place) for place, score in likeness.items() if score >= LEAST)
        fit = [(score, -place) for score, place in near if self._fits(place, telling, others)]
        if not fit:
            return None
        score, place = max(fit)
        return Told(telling.key, self._tellings[-place].key, min(score, 1.0))

    def _fits(self, place: int, telling: Telling, others: Collection[int]) -> bool:
        head = self._tellings[place]
        return telling.published - head.published <= WINDOW and head.key not in others
