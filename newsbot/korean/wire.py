"""Wire stories that grow: 속보 → 1보 → 2보 → 3보 → 상보 → (종합) → (종합2보), each with an id of its own.

The later supersedes the earlier. A note (고침, 전문취소) speaks of an article and replaces none; 대체 is the
article anew. Titles alone are weak evidence: few grown stories keep theirs, so the words of a headline are
looked for in the later version's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final

from newsbot.korean.headlines import read_headline, without_marks
from newsbot.korean.nearness import Nearness
from newsbot.korean.stems import stems
from newsbot.korean.text import letters

METHOD: Final = "wire/1"
NOTES: Final = frozenset({"고침", "전문취소"})
_REPLACING: Final = frozenset({"수정", "대체"})
NEAR_WINDOW: Final = timedelta(hours=72)  # between two versions of near text
WINDOW: Final = timedelta(hours=24)  # between two of which only the headline and its words tell

_RANKS: Final = {
    "속보": 0,
    "긴급": 0,
    "1보": 1,
    "2보": 2,
    "3보": 3,
    "상보": 10,
    "종합": 30,
    "수정": 80,
    "대체": 90,
}
_PLAIN: Final = 20
_GROWN: Final = re.compile(r"종합(?P<times>[1-9])보")
_QUOTED: Final = re.compile(r"[‘'“\"「『〈<]([^‘’'“”\"「」『』〈〉<>\n]{6,80})[’'”\"」』〉>]")
_SHORTEST_STEM: Final = 6  # letters: 오늘의 운세 is nobody's
_MOST_WORDS: Final = 8
_LEAST_SHARED: Final = 2  # words of both headlines
_LEAST_TOLD: Final = 0.6  # of the earlier headline's words, three at least, in the later version
_TOLD_IN: Final = 800  # characters of the later body


@dataclass(frozen=True, kw_only=True)
class Version:
    outlet: str
    headline: str
    story_form: str | None
    published: datetime
    body: str

    @cached_property
    def stem(self) -> str:
        """The letters of the headline without its marks: what versions of a story may share."""
        return letters(without_marks(self.headline))

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(stems(without_marks(self.headline))))

    @property
    def is_note(self) -> bool:
        return self.story_form in NOTES

    @property
    def is_marked(self) -> bool:
        """Whether the headline itself says that this is a version: 1보, 종합, 대체."""
        return self.is_note or rank(self.story_form) != _PLAIN

    @property
    def order(self) -> tuple[Any, ...]:
        return self.published, rank(self.story_form)


def rank(form: str | None) -> int:
    """The place of a story form in its chain; an article without one stands before (종합)."""
    grown = _GROWN.fullmatch(form or "")
    if grown is not None:
        return _RANKS["종합"] + int(grown["times"])
    return _RANKS.get(form or "", _PLAIN)


def furthest_grown(versions: Sequence[Version]) -> int:
    """The place, among versions by date, of the one that supersedes all others: the last of the highest form.

    What comes after a (종합) without being one is no newer version of it. A 수정 or 대체 stands as high as
    what it replaces.
    """
    highest = place = 0
    for at, version in enumerate(versions):
        if version.story_form in _REPLACING or rank(version.story_form) >= highest:
            place = at
        if version.story_form not in _REPLACING:
            highest = max(highest, rank(version.story_form))
    return place


def bears_mark(headline: str) -> bool:
    """Whether a printed headline says that its article is a version, or a note."""
    form = read_headline(headline).story_form
    return form in NOTES or rank(form) != _PLAIN


def stem_key(version: Version) -> tuple[int, ...]:
    """The key that versions of the same outlet and the same headline share; none of a short headline."""
    return _keys(version.outlet, version.stem) if len(version.stem) >= _SHORTEST_STEM else ()


def word_keys(version: Version) -> tuple[int, ...]:
    """The keys under which marked versions find one another, and the stems that a note quotes."""
    if version.is_note:
        quoted = (letters(without_marks(text)) for text in _QUOTED.findall(version.body))
        return _keys(version.outlet, *(text for text in quoted if len(text) >= _SHORTEST_STEM))[:_MOST_WORDS]
    if not version.is_marked:
        return ()
    return _keys(version.outlet, *(f"#{word}" for word in version.words[:_MOST_WORDS]))


def likeness(one: Version, other: Version, nearness: Callable[[], Nearness]) -> float | None:
    """How surely the two are versions of one story, 0 to 1; None when they are not.

    ``nearness``: how their texts compare; asked for only where that decides, since it costs most.
    """
    earlier, later = sorted((one, other), key=lambda version: version.order)
    apart = later.published - earlier.published
    if one.outlet != other.outlet or apart > NEAR_WINDOW or not (one.is_marked or other.is_marked):
        return None
    if one.is_note or other.is_note:
        return _noted(one, other)
    if rank(earlier.story_form) >= rank(later.story_form):
        return None
    compared = nearness()
    if compared.kind is not None:
        return compared.containment
    if apart > WINDOW:
        return None
    return 1.0 if len(one.stem) >= _SHORTEST_STEM and one.stem == other.stem else _told(earlier, later)


def _told(earlier: Version, later: Version) -> float | None:
    if not (earlier.is_marked and later.is_marked):
        return None
    shared = set(earlier.words) & set(later.words)
    text = letters(later.headline + later.body[:_TOLD_IN])
    told = [word for word in earlier.words if word in text]
    share = len(told) / max(len(earlier.words), 1)
    if len(shared) < _LEAST_SHARED or len(told) < 3 or share < _LEAST_TOLD:
        return None
    return round(share, 4)


def _noted(one: Version, other: Version) -> float | None:
    note, article = (one, other) if one.is_note else (other, one)
    if article.is_note or article.published > note.published or len(article.stem) < _SHORTEST_STEM:
        return None
    quoted = {letters(without_marks(text)) for text in _QUOTED.findall(note.body)}
    return 1.0 if article.stem in quoted else None


def _keys(outlet: str, *texts: str) -> tuple[int, ...]:
    return tuple(
        int.from_bytes(blake2b(f"{outlet}\0{text}".encode(), digest_size=8).digest(), "big", signed=True)
        for text in texts
    )
