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


def judge(case: Case) -> Judgement:
    """What a run shows of its source's health."""
    return judge_by(RULES, case)
