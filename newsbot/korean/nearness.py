"""How near two texts are: sketches by which near ones are found, and the comparison that decides.

A text is here always the letters of a body without its tail (``text.matching_letters``). The measures
and their limits were chosen on labelled pairs of Korean news: reposts, edits, rewritten leads, grown
and cut stories against daily templates (weather, lottery, markets), which differ in their numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from rensa import RMinHash

Kind: TypeAlias = Literal["exact", "near", "contains"]

METHOD: Final = "shingles-5/1"
SHINGLE: Final = 5  # letters
FEWEST: Final = 60  # shingles: less says nothing about sameness
BANDS: Final = 32
_ROWS: Final = 3
_SEED: Final = 5
SKETCHES: Final = f"rminhash-{RMinHash.ALGORITHM_VERSION}/{BANDS}x{_ROWS}/{METHOD}"

_LEAST: Final = 0.8  # of shingles: Jaccard's measure, or the share of the shorter text
_LEAST_NUMBERS: Final = 0.6  # of the numbers of the text that has fewer
_EVERY: Final = 16
_LEAST_SEEN: Final = 0.55
# A number with what it counts: 서울 12도 is not 부산 12도.
_NUMBER: Final = re.compile(r"(?<=(\D\D))?(\d+)(?=(\D))?")

_WORD: Final = (1 << 64) - 1
# Odd, from the digits of pi: they spread three minima and the band over 64 bits.
_SPREAD: Final = (0x243F6A8885A308D3, 0x13198A2E03707345, 0xA4093822299F31D1, 0x082EFA98EC4E6C89)
_OF_BAND: Final = tuple(band * _SPREAD[3] for band in range(1, BANDS + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """How two texts compare. All but ``kind`` are shares, 0 to 1.

    ``kind`` is None of texts that are not near. ``contains``: the shorter text lies within the longer one,
    which says more than ``near`` only where their lengths differ.
    """

    kind: Kind | None
    jaccard: float  # shared shingles of all
    containment: float  # shared shingles of the shorter text's
    numbers: float  # shared numbers of the text's that has fewer; 1 where it has none

    @property
    def score(self) -> float:
        return self.containment if self.kind == "contains" else self.jaccard


@dataclass(frozen=True, slots=True)
class Text:
    """A text made ready to be compared."""

    letters: str
    shingles: frozenset[str]
    numbers: frozenset[str]


def text_of(letters: str) -> Text:
    return Text(letters, frozenset(_shingles(letters)), frozenset(_numbers(letters)))


def sketch(letters: str) -> tuple[int, ...]:
    """The keys under which a text is found again: ``BANDS`` signed 64-bit numbers, none of a short text.

    Texts that share three of four shingles share a key almost surely, texts that share a fifth hardly.
    """
    if len(letters) < FEWEST + SHINGLE - 1:
        return ()
    minima = RMinHash(num_perm=BANDS * _ROWS, seed=_SEED)
    minima.update(_shingles(letters))
    rows = iter(minima.digest())
    a, b, c, _ = _SPREAD
    mixed = [
        (first * a + second * b + third * c + band) & _WORD
        for band, first, second, third in zip(_OF_BAND, rows, rows, rows, strict=True)
    ]
    spread = [((each ^ each >> 29) * a) & _WORD for each in mixed]
    return tuple([each - (each >> 63 << 64) for each in spread])


def may_be_near(one: str, other: str) -> bool:
    """Whether two texts' letters are worth comparing: a look at every 16th shingle of the shorter one.

    Far cheaper than ``compare``, and false of hardly any text that ``compare`` calls near.
    """
    shorter, longer = sorted((one, other), key=len)
    looked_at = range(0, len(shorter) - SHINGLE + 1, _EVERY)
    found = sum(shorter[start : start + SHINGLE] in longer for start in looked_at)
    return found >= _LEAST_SEEN * len(looked_at)


def compare(one: Text, other: Text) -> Nearness:
    """Whether two texts are the same, near, or one a part of the other."""
    if one.letters == other.letters:
        return Nearness(kind="exact", jaccard=1.0, containment=1.0, numbers=1.0)
    shared = len(one.shingles & other.shingles)
    fewest = min(len(one.shingles), len(other.shingles))
    jaccard = _share(shared, len(one.shingles) + len(other.shingles) - shared)
    containment = _share(shared, fewest)
    numbers = _shared_numbers(one.numbers, other.numbers)
    kind: Kind | None = "near" if jaccard >= _LEAST else "contains" if containment >= _LEAST else None
    # A text that lies in the other whole may have been cut in the middle of a number.
    if fewest < FEWEST or (numbers < _LEAST_NUMBERS and containment < 1):
        kind = None
    return Nearness(kind=kind, jaccard=jaccard, containment=containment, numbers=numbers)


def _shingles(letters: str) -> list[str]:
    return [letters[start : start + SHINGLE] for start in range(len(letters) - SHINGLE + 1)]


def _numbers(letters: str) -> list[str]:
    """The numbers, those of one digit only where there are hardly others: 1등, 3명 stand in any template."""
    found = _NUMBER.findall(letters)
    telling = [parts for parts in found if len(parts[1]) > 1]
    return ["".join(parts) for parts in (telling if len(telling) > 2 else found)]


def _shared_numbers(one: frozenset[str], other: frozenset[str]) -> float:
    fewest = min(len(one), len(other))
    return _share(len(one & other), fewest) if fewest else 1.0


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
