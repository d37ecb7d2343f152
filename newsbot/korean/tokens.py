"""Search tokens: anchored bigrams, one scheme for every database.

A run of Hangul becomes its anchor (``_`` and its first syllable) and its overlapping bigrams, so that a
word of two or more syllables is found wherever it stands, inside another word too, and one of a single
syllable where a word begins with it. Han and kana are single characters; a run of other letters and
digits is one token: ``SK하이닉스가`` → ``sk _하 하이 이닉 닉스 스가``. Punctuation and spaces leave no
trace but that a run ends there. Words are phrases: tokens that stand side by side.

A change here, or in what an entry holds, needs a new ``SCHEME``: what was built by another is built anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from operator import add
from typing import Final, NamedTuple

from newsbot.items import Article

SCHEME: Final = "bigrams/1"

GAP: Final = "__"  # in the place of what no phrase may reach across, or no index holds
EVERY: Final = "_"  # each entry has it
CUT: Final = "_cut"  # an entry whose text is longer than an index can hold
OUTLET: Final = "@"  # begins the tokens of the outlet's name, and
SECTION: Final = "#"  # those of the section's: no text has them

MOST_PLACES: Final = 16_000  # of one entry: PostgreSQL's tsvector ends at 16,383
MOST_OF_ONE: Final = 255  # places of one token in an entry: the same, at 256
LONGEST: Final = 64  # letters of a run that is one token

_SIGNS: Final = (  # of scripts without spaces: Han and kana
    "々〇\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_NO_LETTERS: Final = "\u115f\u1160\u119e"  # fillers, and what NFKC makes of the separator ㆍ
_HANGUL: Final = re.compile("[가-힣]+")
_OTHERS: Final = (
    rf"[{_SIGNS}]"
    r"|(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
    rf"|[^\W_가-힣{_SIGNS}{_NO_LETTERS}]+"
)
_OTHER: Final = re.compile(f"({_OTHERS})")
_RUN: Final = re.compile(f"(?P<hangul>{_HANGUL.pattern})|{_OTHERS}")


class Token(NamedTuple):
    """A token and where it stands in the text it was made of: ``text[start:end]``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the index holds of an article: the tokens of its fields, in order, gaps included."""

    headline: tuple[str, ...]
    byline: tuple[str, ...]
    text: tuple[str, ...]  # deck, body, captions
    tags: tuple[str, ...]  # outlet and section, with their signs, and what says something of the entry


def tokens(text: str) -> list[str]:
    """The tokens of a text, in order: compatibility forms resolved (NFKC), lower case."""
    between, *rest = _OTHER.split(unicodedata.normalize("NFKC", text).lower())
    found = _of_hangul(between)
    for other, following in zip(rest[::2], rest[1::2], strict=True):
        found.append(_whole(other))
        found += _of_hangul(following)
    return found


def hangul_tokens(run: str) -> list[str]:
    """The anchor and the bigrams of one run of Hangul."""
    return ["_" + run[0], *map(add, run, run[1:])]


def _of_hangul(text: str) -> list[str]:
    """The tokens of all runs of a text that has no other letters: pairs, of which none may end a run."""
    runs = _HANGUL.findall(text)
    marked = "_".join(("", *runs))
    return [one + other for one, other in pairwise(marked) if other != "_"]


def places(text: str) -> Iterator[Token]:
    """The tokens of a text as ``tokens`` gives them, each with its place."""
    plain, at = _plain(text)
    for run in _RUN.finditer(plain):
        start, end = run.span()
        if run.lastgroup != "hangul":
            yield Token(_whole(run.group()), at[start], at[end - 1] + 1)
            continue
        yield Token("_" + plain[start], at[start], at[start] + 1)
        for here in range(start, end - 1):
            yield Token(plain[here : here + 2], at[here], at[here + 1] + 1)


def entry(article: Article) -> Entry:
    """What the index holds of an article.

    No field's phrase reaches into another, nor from one block into the next. A text that is longer than
    ``MOST_PLACES`` leaves room for is cut, and the entry marked with ``CUT``.
    """
    headline = _spaced([article.headline])
    byline = _spaced([line.name for line in article.bylines if line.name])
    captions = [image.caption for image in article.images if image.caption]
    text = _spaced([*article.deck, *(block.text for block in article.body), *captions])
    tags = [EVERY, *_tagged(OUTLET, article.source), GAP, *_tagged(SECTION, article.section)]
    room = max(0, MOST_PLACES - len(headline) - len(byline) - len(tags) - 4)
    if len(text) > room:
        tags.append(CUT)
    return _bounded(headline[:MOST_PLACES], byline[:MOST_PLACES], text[:room], tags)


@lru_cache(maxsize=1_000)  # they are few, and come with every article
def tagged(sign: str, text: str) -> tuple[str, ...]:
    """The tokens of an outlet's or a section's name."""
    return tuple(sign + token for token in tokens(text))


def _tagged(sign: str, text: str | None) -> tuple[str, ...]:
    return tagged(sign, text) if text else ()


def _spaced(texts: Iterable[str]) -> list[str]:
    spaced: list[str] = []
    for text in texts:
        spaced += tokens(text)
        spaced.append(GAP)
    return spaced[:-1]


def _bounded(*fields: list[str]) -> Entry:
    different = set().union(*fields)
    if sum(map(len, fields)) - len(different) >= MOST_OF_ONE:  # else none can stand there more often
        counts = Counter(chain.from_iterable(fields))
        often = {token for token, count in counts.items() if count > MOST_OF_ONE} - {GAP}
        fields = tuple(_thinned(fields, often)) if often else fields
    headline, byline, text, tags = map(tuple, fields)
    return Entry(headline=headline, byline=byline, text=text, tags=tags)


def _thinned(fields: Iterable[list[str]], often: set[str]) -> Iterator[list[str]]:
    """The fields with gaps for what stands there too often."""
    seen: Counter[str] = Counter()
    for field in fields:
        kept = []
        for token in field:
            seen[token] += token in often
            kept.append(GAP if seen[token] > MOST_OF_ONE else token)
        yield kept


def _whole(run: str) -> str:
    return run.replace(",", "") if "," in run else run[:LONGEST]  # only numbers have commas


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in plain letters, and of each of them which of the text's own it came from."""
    plain = unicodedata.normalize("NFKC", text).lower()
    if len(plain) == len(text):
        return plain, list(range(len(text)))
    parts = [unicodedata.normalize("NFKC", letter).lower() for letter in text]
    return "".join(parts), [at for at, part in enumerate(parts) for _ in part]
