"""Where a query's words stand in an article's own text: marks in its headline, and the passage to show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from newsbot.items import Article
from newsbot.korean.queries import Phrase, Query, Scope, Term
from newsbot.korean.tokens import Token, places, tokens

WIDTH: Final = 110  # letters of a passage
_LEAD: Final = 24  # of them before the first mark

Mark: TypeAlias = tuple[int, int]  # from the first letter to before the one after the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A passage of an article, and the marks in it; those in the headline as well."""

    text: str
    marks: tuple[Mark, ...]
    headline: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    term: int  # which one of the query's


def snippet(query: Query, article: Article) -> Snippet:
    """The passage with most of the query's words, the earliest of several; else how the article begins."""
    line, found = "", list[_Place]()
    most = 0
    wanted = sum(term.scope == "any" for term in query.terms)
    for number, text in enumerate(_lines(article)):
        here = list(_places(text, query.terms, "any")) if most < wanted else []
        words = len({place.term for place in here})
        if words > most or number == 0:
            line, found, most = text, here, words
    text, marks = _passage(line, found)
    headline = _merged(_places(article.headline, query.terms, "headline"))
    return Snippet(text=text, marks=marks, headline=headline)


def _lines(article: Article) -> Iterator[str]:
    yield from article.deck
    yield from (block.text for block in article.body)
    yield from (image.caption for image in article.images if image.caption)


def _places(text: str, terms: Sequence[Term], scope: Scope) -> Iterator[_Place]:
    asked = [(number, term) for number, term in enumerate(terms) if term.scope in ("any", scope)]
    phrases = _standing(text, asked)
    if not phrases:
        return
    standing = list(places(text))
    at: defaultdict[str, list[int]] = defaultdict(list)
    for place, token in enumerate(standing):
        at[token.text].append(place)
    for number, phrase in phrases:
        yield from (_Place(*span, number) for span in _spans(standing, at[phrase[0]], phrase))


def _standing(text: str, asked: Iterable[tuple[int, Term]]) -> list[tuple[int, Phrase]]:
    """The phrases that stand in the text, each with its term's number: seen at once, most texts have none."""
    line = f" {' '.join(tokens(text))} "
    phrases = ((number, phrase) for number, term in asked for phrase in term.phrases)
    return [(number, phrase) for number, phrase in phrases if f" {' '.join(phrase)} " in line]


def _spans(standing: list[Token], starts: Iterable[int], phrase: Phrase) -> Iterator[Mark]:
    for start in starts:
        run = standing[start : start + len(phrase)]
        if tuple(token.text for token in run) == phrase:
            yield run[0].start, run[-1].end


def _merged(found: Iterable[_Place]) -> tuple[Mark, ...]:
    merged: list[Mark] = []
    for start, end in sorted((place.start, place.end) for place in found):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def _passage(text: str, found: list[_Place]) -> tuple[str, tuple[Mark, ...]]:
    """So much of a text as shows most words; cut between words, each cut with its "…"."""
    start = _begin(text, found)
    end = min(len(text), start + WIDTH)
    if end < len(text):
        space = text.rfind(" ", start + WIDTH // 2, end)
        end = space if space > max((place.end for place in found if place.end <= end), default=0) else end
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(head) - start
    inside = (place for place in found if place.start >= start and place.end <= end)
    marks = tuple((first + shift, last + shift) for first, last in _merged(inside))
    return head + text[start:end].replace("\n", " ") + tail, marks


def _begin(text: str, found: list[_Place]) -> int:
    """Where the passage with most words begins: a little before the first of them."""
    if not found:
        return 0
    first = max(found, key=lambda place: (_words_from(place.start, found), -place.start)).start
    start = max(0, min(first - _LEAD, len(text) - WIDTH))
    if not start or first < start:
        return min(start, first)
    space = text.find(" ", start, first)
    return space + 1 if space >= 0 else start


def _words_from(start: int, found: list[_Place]) -> int:
    end = start + WIDTH - _LEAD
    return len({place.term for place in found if start <= place.start and place.end <= end})
