"""News that nobody wrote, by the million: words by Zipf's law, names, hanja, in articles of a paragraph.

A word's tokens are made once and joined, so that filling an index takes as long as the database does; that
they are what ``tokens.entry`` makes of the same article is checked with each batch.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any, Final

from newsbot.archive.index import Step
from newsbot.items import Article, Block, Byline, article_from_json, as_json
from newsbot.korean.date_forms import KST
from newsbot.korean.tokens import EVERY, GAP, Entry, entry, tagged, tokens

WORDS: Final = 30_000  # different ones
HEADLINE: Final = 6  # words
BODY: Final = 40  # words
BETWEEN: Final = 79  # seconds from one article to the next: a million are two and a half years

_BEGIN: Final = 1_600_000_000
_SYLLABLES: Final = (
    "이다는의에가을한로하고사지은도정기리부시대인자서어해과전일장수보원주공상조중동국구성제유선학나안라위산계경"
    "방신여발내화영비세관회면문소민당업연금남생물용년통합북군미무진식재모관실우교외건포박명거권강월결오김최"
)
_PARTICLES: Final = ("", "", "", "은", "는", "을", "를", "에", "에서", "의", "도")
_SURNAMES: Final = "김이박최정강조윤장임한오서신권"
_HANJA: Final = "李朴金北美中日英獨佛軍靑檢黨與野"
_OUTLETS: Final = ("한강일보", "가람신문", "누리경제", "다솜방송", "마루뉴스")
_SECTIONS: Final = ("정치", "경제", "사회", "문화", "국제")


@dataclass(frozen=True, slots=True)
class Made:
    """An article of the corpus, as rows."""

    key: int
    dated: int
    headline: str
    text: str
    name: str
    step: Step
    json: str
    outlet: str
    section: str


class Corpus:
    """The same articles for the same seed. ``words`` are in order of how often they come, roughly."""

    def __init__(self, seed: int = 7) -> None:
        self._chance = random.Random(seed)
        self.words = list(dict.fromkeys(self._word() for _ in range(WORDS + 2_000)))[:WORDS]
        self.names = list(dict.fromkeys(self._name() for _ in range(4_000)))
        self.short_names = [name for name in self.names if len(name) == 2]
        self._ranks = list(accumulate(1 / (rank + 8) for rank in range(len(self.words))))
        self._tokens: dict[str, str] = {}

    def articles(self, first: int, last: int) -> Iterator[Made]:
        """Those from ``first`` to before ``last``, in order of date."""
        for key in range(first, last):
            made = self._article(key)
            if key == first:
                assert made.step.entry == entry(_read(made))
            yield made

    def _article(self, key: int) -> Made:
        headline, body = self.text(HEADLINE), self.text(BODY)
        name = self._chance.choice(self.names)
        outlet, section = self._chance.choice(_OUTLETS), self._chance.choice(_SECTIONS)
        tags = (EVERY, *tagged("@", outlet), GAP, *tagged("#", section))
        made = Entry(
            headline=self._joined(headline),
            byline=self._of(name),
            text=self._joined(body),
            tags=" ".join(tags),
        )
        dated = _BEGIN + key * BETWEEN
        text = " ".join(body)
        whole = json.dumps(
            _json(key, dated, " ".join(headline), text, name, outlet, section), ensure_ascii=False
        )
        step = Step(key, dated, made, enters=True)
        return Made(key, dated, " ".join(headline), text, name, step, whole, outlet, section)

    def text(self, count: int) -> list[str]:
        drawn = self._chance.choices(self.words, cum_weights=self._ranks, k=count)
        ends = self._chance.choices(_PARTICLES, k=count)
        text = [word + end for word, end in zip(drawn, ends, strict=True)]
        if self._chance.random() < 0.2:
            text[0] = self._chance.choice(self.names) + " " + text[0]
        if self._chance.random() < 0.1:
            text[-1] = self._chance.choice(_HANJA) + " " + text[-1]
        return text

    def _joined(self, words: list[str]) -> str:
        return " ".join(map(self._of, words))

    def _of(self, word: str) -> str:
        known = self._tokens.get(word)
        if known is None:
            known = self._tokens[word] = " ".join(tokens(word))
        return known

    def _word(self) -> str:
        length = self._chance.choices((1, 2, 3, 4), weights=(3, 55, 30, 12))[0]
        weights = [1 / (rank + 12) for rank in range(len(_SYLLABLES))]
        return "".join(self._chance.choices(_SYLLABLES, weights=weights, k=length))

    def _name(self) -> str:
        length = 1 if self._chance.random() < 0.1 else 2
        return self._chance.choice(_SURNAMES) + "".join(self._chance.choices(_SYLLABLES, k=length))


def _json(
    key: int, dated: int, headline: str, text: str, name: str, outlet: str, section: str
) -> dict[str, Any]:
    when = datetime.fromtimestamp(dated, KST)
    return as_json(
        Article(
            uri=f"newsbot:board.example/{key}",
            url=f"https://board.example/news/{key}",
            site="board.example",
            document_id=str(key),
            headline=headline,
            body=(Block(type="paragraph", text=text),),
            bylines=(Byline(name=name, raw=f"{name} 기자"),),
            source=outlet,
            section=section,
            date_published=when,
            date_fetched=when,
        )
    )


def _read(made: Made) -> Article:
    return article_from_json(json.loads(made.json))
