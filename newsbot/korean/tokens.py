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
from itertools import chain
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
_LETTER: Final = rf"[^\W_가-힣{_SIGNS}{_NO_LETTERS}]"
_OTHERS: Final = (
    # What begins with one set of letters is looked for five times as fast as one of several forms.
    r"[^\s!-/:-@\[-`{-~가-힣](?:"
    rf"(?<=[{_SIGNS}])"
    r"|(?<=[0-9])(?<![0-9.,].)[0-9]{0,2}(?:,[0-9]{3})+(?![0-9])"
    rf"|(?<={_LETTER}){_LETTER}*)"
)
_OTHER: Final = re.compile(f"({_OTHERS})")
# Signs that no text is left with: where one text ends and the next begins, and where there was another token.
_SEAM, _HOLE = "\x01", "\x02"
_HANGUL_OR_SIGN: Final = re.compile(f"{_HANGUL.pattern}|[{_SEAM}{_HOLE}]")
_LAST_BITS: Final = bytes(code % 32 for code in range(256))
_RUN: Final = re.compile(f"(?P<hangul>{_HANGUL.pattern})|{_OTHERS}")


class Token(NamedTuple):
    """A token and where it stands in the text it was made of: ``text[start:end]``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the index holds of an article: the tokens of its fields, in order, gaps included.

    A space stands between tokens: they are hundreds, and to handle each takes long.
    """

    headline: str
    byline: str
    text: str  # deck, body, captions
    tags: str  # outlet and section, with their signs, and what says something of the entry


def tokens(text: str) -> list[str]:
    """The tokens of a text, in order: compatibility forms resolved (NFKC), lower case."""
    return _laid_out(_joined([text])).split()


def hangul_tokens(run: str) -> list[str]:
    """The anchor and the bigrams of one run of Hangul."""
    return ["_" + run[0], *map(add, run, run[1:])]


def _joined(texts: Iterable[str]) -> str:
    """Texts in plain letters, with seams between them."""
    plain = [unicodedata.normalize("NFKC", text).replace(_SEAM, " ").replace(_HOLE, " ") for text in texts]
    return _SEAM.join(plain).lower()


def _laid_out(plain: str) -> str:
    """The tokens of joined texts, a space between them, and a gap for each seam.

    All at once, as steps that take a whole text: the other tokens are taken out, and each letter of a run is
    laid beside the one before it, the first beside its anchor.
    """
    between, others = _parted(plain)
    runs = _HANGUL_OR_SIGN.findall(between)
    before = "_".join(["", *[run[:-1] for run in runs]])
    kept = _pairs(before, "".join(runs)).replace("_" + _SEAM, GAP)
    if others:
        pieces = kept.split("_" + _HOLE)
        kept = "".join(chain.from_iterable(zip(pieces, [*map(_whole, others), ""], strict=True)))
    return kept.rstrip(" ")


def _parted(plain: str) -> tuple[str, list[str]]:
    """What lies between the tokens that are not Hangul's, with holes in their places, and these."""
    parts = _OTHER.split(plain)
    return _HOLE.join(parts[::2]), parts[1::2]


def _pairs(before: str, letters: str) -> str:
    """Each letter after the one before it, and a space: of letters that take two bytes in UTF-16."""
    first, second = before.encode("utf-16-le"), letters.encode("utf-16-le")
    laid = bytearray(b" \0" * 3 * len(letters))
    laid[0::6], laid[1::6] = first[::2], first[1::2]
    laid[2::6], laid[3::6] = second[::2], second[1::2]
    return laid.decode("utf-16-le")


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
    captions = [image.caption for image in article.images if image.caption]
    headline = _joined([article.headline])
    byline = _joined([line.name for line in article.bylines if line.name])
    text = _joined([*article.deck, *(block.text for block in article.body), *captions])
    tags = [EVERY, *_tagged(OUTLET, article.source), GAP, *_tagged(SECTION, article.section)]
    made = Entry(
        headline=_laid_out(headline), byline=_laid_out(byline), text=_laid_out(text), tags=" ".join(tags)
    )
    return made if _fits(made, headline + byline + text) else _bounded(made)


@lru_cache(maxsize=1_000)  # they are few, and come with every article
def tagged(sign: str, text: str) -> tuple[str, ...]:
    """The tokens of an outlet's or a section's name."""
    return tuple(sign + token for token in tokens(text))


def _tagged(sign: str, text: str | None) -> tuple[str, ...]:
    return tagged(sign, text) if text else ()


def _fits(made: Entry, plain: str) -> bool:
    """Whether an entry is certainly no longer than an index can hold, nor has a token too often.

    No token can stand there more often than its first letter does, told here by one of its bytes; nor that
    than all whose last bits are the same, which are counted first: they are few.
    """
    places = sum(field.count(" ") for field in (made.headline, made.byline, made.text))
    if places > MOST_PLACES // 2 or made.tags.count(" ") >= MOST_OF_ONE:
        return False
    first = plain.replace(" ", "").encode("utf-16-le", "surrogatepass")[::2]
    if max(map(first.translate(_LAST_BITS).count, range(32))) <= MOST_OF_ONE:
        return True
    return max(Counter(first).values()) <= MOST_OF_ONE


def _bounded(made: Entry) -> Entry:
    headline, byline, text, tags = (
        field.split() for field in (made.headline, made.byline, made.text, made.tags)
    )
    room = max(0, MOST_PLACES - len(headline) - len(byline) - len(tags) - 4)
    if len(text) > room:
        tags.append(CUT)
    fields = [headline[:MOST_PLACES], byline[:MOST_PLACES], text[:room], tags]
    counts = Counter(chain.from_iterable(fields))
    often = {token for token, count in counts.items() if count > MOST_OF_ONE} - {GAP}
    headline, byline, text, tags = _thinned(fields, often)
    return Entry(
        headline=" ".join(headline), byline=" ".join(byline), text=" ".join(text), tags=" ".join(tags)
    )


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
