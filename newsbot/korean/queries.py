"""A reader's query → what to look for: one tree for every database.

Words are joined by "and"; each is any one of several phrases (``Term``), as a reader means it: without its
particle, written apart or together. ``"…"`` is exactly that; ``-`` leaves out; ``제목:``, ``기자:``,
``매체:``, ``섹션:`` and ``날짜:`` look into a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal, TypeAlias, cast

from newsbot.errors import QueryError
from newsbot.korean.days import days
from newsbot.korean.endings import bare_forms
from newsbot.korean.text import tidy
from newsbot.korean.tokens import EVERY, OUTLET, SECTION, hangul_tokens, tagged, tokens

MOST_WORDS: Final = 8
MOST_LETTERS: Final = 200
MOST_SPLITS: Final = 8  # of one word

Phrase: TypeAlias = tuple[str, ...]  # tokens that stand side by side
Scope: TypeAlias = Literal["any", "headline", "byline", "tag"]

FIELDS: Final = {
    **dict.fromkeys(("제목", "title", "headline"), "headline"),
    **dict.fromkeys(("기자", "byline", "by"), "byline"),
    **dict.fromkeys(("매체", "outlet"), OUTLET),
    **dict.fromkeys(("섹션", "section"), SECTION),
    **dict.fromkeys(("날짜", "date"), "date"),
}

_SPELLINGS: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "＂": '"', "：": ":", "－": "-", "−": "-"})
_PART: Final = re.compile(
    r"(?P<minus>-?)"
    rf"(?:(?P<field>{'|'.join(FIELDS)})\s*:\s*)?"
    r'(?:"(?P<exact>[^"]*)(?:"|$)|(?P<word>[^\s"]+))',
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(
    rf"-?(?:{'|'.join(FIELDS)})\s*:$", re.IGNORECASE
)  # a field, and nothing asked of it
_LAST_RUN: Final = re.compile(r"[가-힣]+$")
_TRAILING: Final = re.compile(r"\W+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of a query: any of the phrases, in that part of an article ("tag": outlet or section)."""

    phrases: tuple[Phrase, ...]
    scope: Scope = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Articles with all ``terms`` and none ``excluded``, dated from ``since`` until before ``until``."""

    terms: tuple[Term, ...]
    excluded: tuple[Term, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(slots=True)
class _Parts:
    terms: list[Term] = field(default_factory=list)
    excluded: list[Term] = field(default_factory=list)
    days: list[tuple[datetime | None, datetime | None]] = field(default_factory=list)


def read_query(text: str) -> Query:
    """What a reader asks for. Raises QueryError, one line: nothing to look for, too long, no such day."""
    asked = tidy(text).translate(_SPELLINGS)
    if len(asked) > MOST_LETTERS:
        raise QueryError(f"a query may have {MOST_LETTERS} characters, and this one has {len(asked):,}")
    parts = _Parts()
    for part in _PART.finditer(asked):
        if not _EMPTY.fullmatch(part.group()):
            _take(part, parts)
    if len(parts.terms) + len(parts.excluded) > MOST_WORDS:
        words = len(parts.terms) + len(parts.excluded)
        raise QueryError(f"a query may have {MOST_WORDS} words, and this one has {words}")
    if not parts.terms and not parts.days:
        raise QueryError(f"nothing to look for in {asked!r}: a query needs a word, a name or a day")
    terms = tuple(parts.terms) or (Term(phrases=((EVERY,),), scope="tag"),)
    since, until = _overlap(parts.days)
    return Query(terms=terms, excluded=tuple(parts.excluded), since=since, until=until)


def narrower(query: Query) -> Iterator[tuple[float, Query]]:
    """The query ever wider, each with its score: in the headline at a word's start, in the headline, at a
    word's start, anywhere. An article's score is that of the first that finds it.
    """
    at_start = tuple(replace(term, phrases=tuple(map(_at_start, term.phrases))) for term in query.terms)
    yield 1.0, replace(query, terms=tuple(map(_in_headline, at_start)))
    yield 0.75, replace(query, terms=tuple(map(_in_headline, query.terms)))
    yield 0.5, replace(query, terms=at_start)
    yield 0.25, query


def _take(part: re.Match[str], parts: _Parts) -> None:
    name = FIELDS.get((part["field"] or "").lower(), "any")
    printed = part["exact"] if part["exact"] is not None else part["word"]
    if name == "date":
        if part["minus"]:
            raise QueryError("days cannot be left out, only chosen: 날짜:2025-06-01..2025-06-12")
        parts.days.append(days(printed))
        return
    exact = part["exact"] is not None or bool(part["minus"])
    phrases = tuple(dict.fromkeys(_phrases(printed, name, exact=exact)))
    if phrases:
        scope = "tag" if name in (OUTLET, SECTION) else cast("Scope", name)
        (parts.excluded if part["minus"] else parts.terms).append(Term(phrases=phrases, scope=scope))


def _phrases(printed: str, name: str, *, exact: bool) -> Iterator[Phrase]:
    if name in (OUTLET, SECTION):
        if named := tagged(name, printed):
            yield _anywhere(named)
    elif exact:
        if made := tokens(printed):
            yield _anywhere(tuple(made))
    else:
        yield from _forms(_TRAILING.sub("", printed))


def _forms(word: str) -> Iterator[Phrase]:
    """The phrases of a word: in each of its bare forms, and that written in two."""
    run = _LAST_RUN.search(word)
    if run is None:
        if made := tokens(word):
            yield _anywhere(tuple(made))
        return
    before = tokens(word[: run.start()])
    for form in bare_forms(run.group(), least=_least(before)):
        yield _anywhere((*before, *hangul_tokens(form))) if form else tuple(before)
        for at in list(range(2, len(form) - 1))[:MOST_SPLITS]:
            yield _anywhere((*before, *hangul_tokens(form[:at]), *hangul_tokens(form[at:])))


def _least(before: list[str]) -> int:
    """How many syllables have to remain: none of AI가, one of 3월에, two of 카카오와."""
    if not before:
        return 2
    return 1 if before[-1].isdigit() else 0


def _anywhere(phrase: Phrase) -> Phrase:
    """The phrase wherever it stands in a word; one syllable only where a word begins."""
    anchor, *rest = phrase
    sign = anchor[0] if anchor[0] in OUTLET + SECTION else ""
    inside = rest and anchor[len(sign)] == "_" and rest[0].startswith(sign + anchor[len(sign) + 1 :])
    return tuple(rest) if inside else phrase


def _at_start(phrase: Phrase) -> Phrase:
    first = phrase[0]
    is_bigram = len(first) == 2 and "가" <= first[0] <= "힣"
    return ("_" + first[0], *phrase) if is_bigram else phrase


def _in_headline(term: Term) -> Term:
    return replace(term, scope="headline") if term.scope == "any" else term


def _overlap(
    spans: list[tuple[datetime | None, datetime | None]],
) -> tuple[datetime | None, datetime | None]:
    since = max((start for start, _ in spans if start), default=None)
    until = min((end for _, end in spans if end), default=None)
    return since, until
