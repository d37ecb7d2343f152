"""The one measure for all readers: what of a page's truth they found, and what they took for it.

Words are what white space parts. A lead (``(서울=연합뉴스) 홍길동 기자 =``) and decks cost nothing in a body,
whether a reader keeps or drops them; captions, bylines at the end and everything else there count as wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from statistics import fmean
from typing import Any

from benchmarks.peers.corpus import Page, spaced, tight

Read = Mapping[str, Any]  # as ``read.py`` wrote it

_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+")
_ROLE = re.compile(
    r"\s*[가-힣]*(?:기자|특파원|논설위원|논설실장|편집위원|전문위원|통신원|리포터|앵커|캐스터|에디터|칼럼니스트|교수|작가|PD)$"
)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Score:
    """Of one page; ``None`` where its truth claims nothing of the kind."""

    body: float  # F1 of the words
    headline: bool
    bylines: tuple[int, int, int] | None  # right, read, there
    published: bool | None
    modified: bool | None
    deck: float | None
    captions: float | None
    boilerplate: bool


def score(page: Page, read: Read) -> Score:
    truth = page.truth
    body = spaced(unescape(read.get("body") or ""))
    return Score(
        body=_f1(_article_alone(body, page).split(), page.body.split()),
        headline=spaced(unescape(read.get("headline") or "")) == spaced(truth["headline"]),
        bylines=_bylines(page, read.get("bylines") or ()) if "bylines" in truth else None,
        published=_same_minute(read.get("published"), truth.get("date_published")),
        modified=_same_minute(read.get("modified"), truth.get("date_modified")),
        deck=_recall(spaced(read.get("deck") or "").split(), page.deck.split()),
        captions=_found(page.captions, read.get("captions") or ()),
        boilerplate=any(text in tight(body) for text in page.boilerplate),
    )


def _article_alone(body: str, page: Page) -> str:
    decks = (spaced(line) for line in page.truth.get("deck", ()))
    for text in (page.lead, page.deck, *decks):
        if text and text not in page.body:
            body = body.replace(text, " ", 1)
    return body


def _f1(read: Sequence[str], there: Sequence[str]) -> float:
    """An article of pictures alone has no words, and reading none is right."""
    right = (Counter(read) & Counter(there)).total()
    return 2 * right / (len(read) + len(there)) if read or there else 1.0


def _recall(read: Sequence[str], there: Sequence[str]) -> float | None:
    return (Counter(read) & Counter(there)).total() / len(there) if there else None


def _bylines(page: Page, read: Iterable[str]) -> tuple[int, int, int]:
    """A reader that names the outlet or the poster for want of a person is not wrong."""
    organisations = {page.truth.get("source"), page.truth.get("provider")}
    there = {_name(byline["name"]) for byline in page.truth["bylines"] if byline.get("name")}
    named = {_name(name) for name in read} - organisations - {""}
    return len(there & named), len(named), len(there)


def _name(printed: str) -> str:
    without_address = _EMAIL.sub(" ", printed)
    return _ROLE.sub("", spaced(re.sub(r"[()\[\]<>/|=,]", " ", without_address)))


def _same_minute(read: str | None, there: str | None) -> bool | None:
    """Whether it is the same moment, to the minute; one without a zone is none."""
    if there is None:
        return None
    try:
        moment = datetime.fromisoformat(read or "")
    except ValueError:
        return False
    wanted = datetime.fromisoformat(there).replace(second=0)
    return moment.tzinfo is not None and wanted <= moment < wanted + _MINUTE


def _found(there: Sequence[str], read: Iterable[str]) -> float | None:
    everything = " ".join(tight(caption) for caption in read)
    return fmean(tight(caption).rstrip(".") in everything for caption in there) if there else None


MEASURES: Mapping[str, tuple[str, Callable[[Sequence[Score]], float | None]]] = {
    "body F1": ("body", lambda scores: fmean(score.body for score in scores)),
    "least": ("body", lambda scores: min(score.body for score in scores)),
    "headline": ("headline", lambda scores: fmean(score.headline for score in scores)),
    "byline P": ("bylines", lambda scores: _share(scores, 0, of=1)),
    "byline R": ("bylines", lambda scores: _share(scores, 0, of=2)),
    "published": ("published", lambda scores: _mean(score.published for score in scores)),
    "modified": ("modified", lambda scores: _mean(score.modified for score in scores)),
    "deck": ("deck", lambda scores: _mean(score.deck for score in scores)),
    "captions": ("captions", lambda scores: _mean(score.captions for score in scores)),
    "boilerplate": ("body", lambda scores: fmean(score.boilerplate for score in scores)),
}
"""A column each, with the field that a reader must have: means over the pages that claim such a thing;
names are counted over all pages together."""


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _share(scores: Sequence[Score], part: int, *, of: int) -> float | None:
    counted = [score.bylines for score in scores if score.bylines]
    whole = sum(counts[of] for counts in counted)
    return sum(counts[part] for counts in counted) / whole if whole else None
