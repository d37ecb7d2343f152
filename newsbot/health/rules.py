"""The rules, all of them."""

from __future__ import annotations

from typing import Final

from newsbot.health import article_rules, listing_rules
from newsbot.health.judging import Case, Judgement, Rule, judge_by

RULES: Final[tuple[Rule, ...]] = (
    listing_rules.listing,
    listing_rules.clocks,
    listing_rules.silence,
    article_rules.failures,
    article_rules.fields,
    article_rules.lengths,
    article_rules.damage,
    article_rules.repetition,
    article_rules.dates,
)


BY_HISTORY: Final = frozenset(
    {
        listing_rules.ROWS,
        listing_rules.CLOCK,
        listing_rules.SILENT,
        article_rules.LENGTHS,
        article_rules.DAMAGED,
        article_rules.REPEATED,
        article_rules.DATES,
        article_rules.A_LOGIN,
        article_rules.A_BLOCKED,
        article_rules.A_CUT,
        article_rules.A_UNREADABLE,
        article_rules.A_FAILING,
    }
)


def is_by_history(name: str) -> bool:
    """Whether a trouble is a matter of what is usual at its source, so that a person may settle it."""
    return name in BY_HISTORY or name.endswith(article_rules.MISSING)


def judge(case: Case) -> Judgement:
    """What a run shows of its source's health."""
    return judge_by(RULES, case)
