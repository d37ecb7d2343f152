"""Troubles of the articles behind a listing: how they answer, and what can be read in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import comb
from typing import Final

from newsbot.health.figures import Figures, recent, together
from newsbot.health.judging import Case, Trouble, Verdict, Well

A_LOGIN: Final = "articles behind a login"
A_BLOCKED: Final = "articles blocked"
A_CUT: Final = "articles cut short"
A_UNREADABLE: Final = "articles unreadable"
A_FAILING: Final = "articles failing"
LENGTHS: Final = "bodies changed"
DAMAGED: Final = "text damaged"
REPEATED: Final = "texts repeated"
DATES: Final = "dates wrong"
MISSING: Final = " missing"  # behind the name of a field

_REASONS: Final = (
    (A_LOGIN, re.compile("^login|login page|^http 401")),
    (A_BLOCKED, re.compile("check for robots|^http (?:403|429|451)|robots")),
    (A_CUT, re.compile("^cut short")),
    (A_FAILING, re.compile("an error page")),
    (A_UNREADABLE, re.compile("^(?:no body|empty body|no headline|nothing to keep|other post|no identity)")),
)
_LINES: Final = {
    A_LOGIN: "articles stand behind a login",
    A_BLOCKED: "the site refuses to show articles",
    A_CUT: "articles come cut short",
    A_UNREADABLE: "articles are there, but cannot be read: has their layout changed?",
    A_FAILING: "articles cannot be had",
}
_WORDS: Final = {
    "bylines": "a byline",
    "date_published": "a date",
    "images": "pictures",
    "located": "a place",
}
_FEW: Final = 3  # failures that are no trouble yet
_ENOUGH: Final = 5  # articles that say something
_MANY: Final = 12  # articles that say more
_SURELY: Final = 0.98  # of a field that every article had so far
_MOSTLY: Final = 0.9  # of a field that hardly an article lacks
_BY_CHANCE: Final = 1e-4
_USUAL: Final = 20  # articles that say what is usual
_HISTORY: Final = 5  # runs that do


def failures(case: Case) -> Iterator[Verdict]:
    """Whether the articles that were asked for came, and if most did not, why."""
    now = case.now
    if now.failed_share < 0.5 or now.count("failed") < _FEW:
        if now.count("articles") and now.failed_share < 0.25:
            yield from map(Well, _LINES)
        return
    reason, count = max(now.failures.items(), key=lambda each: each[1], default=("", 0))
    named = next((name for name, words in _REASONS if words.search(reason)), A_FAILING)
    name = named if 2 * count >= now.count("failed") else A_FAILING
    usual = together(runs) if (runs := case.usual(name)) else None
    if name not in case.open and usual and usual.tries >= _USUAL and usual.failed_share >= 0.25:
        return  # it is always so here
    line = f"{_LINES[name]}: {now.count('failed')} of {now.tries} failed, mostly with “{reason}”"
    yield Trouble(name=name, line=line, sample=now.samples.get(f"failure {reason}"))


def fields(case: Case) -> Iterator[Verdict]:
    """Whether articles have the fields that they usually have."""
    verdicts: dict[str, Verdict] = {}
    for articles in (_MANY, _ENOUGH):  # few show what is always there, more what mostly is
        if (seen := recent(case.now, case.past, articles=articles)) is not None:
            opened = {name.removesuffix(MISSING) for name in case.open if name.endswith(MISSING)}
            for field in {*seen[0].missing, *opened}:
                verdicts |= {each.name: each for each in _field(case, field, *seen)}
    yield from verdicts.values()


def _field(case: Case, field: str, lately: Figures, taken: int) -> Iterator[Verdict]:
    runs = case.usual(field + MISSING, but=taken)
    usual = together(runs) if runs else None
    if usual is None or usual.count("articles") < _USUAL:
        return
    filled, usually = lately.filled(field), min(usual.filled(field), _SURELY)
    if usually < _MOSTLY and sum(run.count("articles") > 0 for run in runs) < _HISTORY:
        return  # the pages of one run are not like those of another
    if _chance(lately, field, usually) < _BY_CHANCE and filled < usually / 3:
        have = f"{round(100 * filled)} % of the articles have {_WORDS.get(field, f'a {field}')}"
        line = f"{have}, usually {round(100 * usual.filled(field))} %: has the layout changed?"
        yield Trouble(name=field + MISSING, line=line, sample=lately.samples.get(f"missing {field}"))
    elif filled >= usually / 2:
        yield Well(field + MISSING)


def _chance(lately: Figures, field: str, usually: float) -> float:
    """How likely it is that so few articles have a field of which ``usually`` is the share that do."""
    count = lately.count("articles")
    with_it = max(0, count - lately.missing.get(field, 0))
    return sum(comb(count, n) * usually**n * (1 - usually) ** (count - n) for n in range(with_it + 1))


def lengths(case: Case) -> Iterator[Verdict]:
    """Whether bodies are as long as they usually are: a wrong selector takes a menu, or a teaser."""
    if (seen := recent(case.now, case.past, articles=_ENOUGH)) is None or not seen[0].letters:
        return
    lately, taken = seen
    runs = [run for run in case.usual(LENGTHS, but=taken) if run.letters]
    usual = together(runs) if runs else None
    if usual is None or len(runs) < _HISTORY or usual.count("articles") < _USUAL or not usual.letters:
        return
    ratio = (lately.letters or 0) / usual.letters
    if 0.25 <= ratio <= 4:
        yield Well(LENGTHS)
    else:
        line = f"a body has {lately.letters:.0f} letters, usually {usual.letters:.0f}"
        yield Trouble(name=LENGTHS, line=f"{line}: has the layout changed?")


def damage(case: Case) -> Iterator[Verdict]:
    """Whether the articles' text was decoded by the wrong table."""
    yield from _shared(case, DAMAGED, "damaged", "are full of signs that wrong decoding leaves")


def repetition(case: Case) -> Iterator[Verdict]:
    """Whether many addresses show one text; boards that post one text many times do so usually."""
    yield from _shared(case, REPEATED, "repeated", "have the text of another that was read before them")


def _shared(case: Case, name: str, count: str, what: str) -> Iterator[Verdict]:
    if (seen := recent(case.now, case.past, articles=_ENOUGH)) is None:
        return
    lately, taken = seen
    runs = case.usual(name, but=taken)
    usual = together(runs).share(count) if runs else 0.0
    if lately.share(count) >= 0.5 and usual < 0.2:
        line = f"{lately.count(count)} of {lately.count('articles')} articles {what}"
        yield Trouble(name=name, line=line, sample=lately.samples.get(count))
    elif lately.share(count) < max(0.1, usual):
        yield Well(name)


def dates(case: Case) -> Iterator[Verdict]:
    """Whether rows and articles are dated, and not in the future."""
    now = case.now
    ahead = max(
        now.share("future") if now.count("articles") >= _FEW else 0.0, now.share("future_rows", "rows")
    )
    usual = together(runs) if (runs := case.usual(DATES)) else None
    undated = now.share("undated_rows", "rows")
    if now.count("rows") < _ENOUGH and not ahead:
        return
    if ahead >= 0.5:
        line = f"{round(100 * ahead)} % of the dates lie in the future"
        yield Trouble(name=DATES, line=line, sample=now.samples.get("future"))
    elif (
        undated >= 0.8
        and usual
        and usual.count("rows") >= _USUAL
        and usual.share("undated_rows", "rows") < 0.2
    ):
        line = f"{round(100 * undated)} % of the rows have no date that can be read, usually nearly all have"
        yield Trouble(name=DATES, line=line)
    else:
        yield Well(DATES)
