"""What machines write around an article, under a heading: 자주 묻는 질문, FAQ, AI 요약."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from newsbot.korean.passages import Passage
from newsbot.korean.structure import is_prose

_HEADING = re.compile(
    r"\W{0,3}(?:(?:AI|독자들?이)?\s?자주 (?:묻는|하는) 질문[^.?]{0,8}|FAQs?"
    r"|핵심 질문(?:과 답(?:변)?)?)\W{0,3}",
    re.I,
)
_SUMMARY = re.compile(
    r"\W{0,3}(?:(?:AI|인공지능)(?:가|로)?\s?(?:기사\s?)?(?:자동\s?)?(?:핵심\s?)?요약(?:한|된|본|문|봇)?[^.?]{0,12}"
    r"|(?:이|본) (?:기사|글)(?:를|을|의)? (?:(?:한눈에|짧게|[세3]\s?줄로?) )?요약(?:하면|하자면|해 보면)?"
    r"|(?:[세3]\s?줄|한눈에 보는|기사|핵심)\s?요약)\W{0,3}",
    re.I,
)
_ITEM = re.compile(r"[-–·•ㆍ○●▲△▶✓✔①-⑳]|\d{1,2}[.)]\s?|[가-하][.)]\s")
_LONGEST_ITEM, _MOST_ITEMS = 200, 8
_LONGEST = 30  # letters of the heading
_LEAST_PROSE = 2  # paragraphs of an article above it


def without_questions(
    passages: Sequence[Passage], signs: Callable[[str], object]
) -> tuple[list[Passage], list[str]]:
    """A body without the questions below it, and these; what ``signs`` the article ends them."""
    prose = 0
    for position, passage in enumerate(passages[:-1]):
        if (
            prose == 0
            and _sums_up(passage.text)
            and (items := _items(passages[position + 1 : position + 2 + _MOST_ITEMS]))
        ):
            end = position + 1 + items
            return [*passages[:position], *passages[end:]], [each.text for each in passages[position:end]]
        asked = prose >= _LEAST_PROSE and _opens(passage.text, passages[position + 1].text)
        summed = (
            prose >= _LEAST_PROSE
            and _sums_up(passage.text)
            and _is_summary(passages[position + 1 : position + 2 + _MOST_ITEMS], signs)
        )
        if asked or summed:
            below = passages[position:]
            end = next((n for n, each in enumerate(below) if signs(each.text)), len(below))
            return [*passages[:position], *below[end:]], [each.text for each in below[:end]]
        prose += is_prose(passage)
    return list(passages), []


def _opens(text: str, below: str) -> bool:
    """Whether a line is such a heading, and the one below it a question."""
    if len(text) > _LONGEST or _HEADING.fullmatch(text) is None:
        return False
    return below.startswith(("Q", "질문", "문")) or below.rstrip("”’\"'").endswith(("?", "？", "까", "나요"))


def _sums_up(text: str) -> bool:
    return len(text) <= _LONGEST and "요약" in text and _SUMMARY.fullmatch(text) is not None


def _items(passages: Sequence[Passage]) -> int:
    """How many passages from the first on are the points of a summary."""
    for count, passage in enumerate(passages):
        is_item = len(passage.text) <= _LONGEST_ITEM and _ITEM.match(passage.text)
        if not (passage.kind == "list" or is_item):
            return count
    return len(passages)


def _is_summary(below: Sequence[Passage], signs: Callable[[str], object]) -> bool:
    """Whether nothing of the article stands below the points of a summary but who signs it."""
    if any(_sums_up(each.text) for each in below):
        return False
    points = next((n for n, each in enumerate(below) if signs(each.text)), len(below))
    short = all(len(each.text) <= _LONGEST_ITEM or each.kind == "list" for each in below[:points])
    return 0 < points <= _MOST_ITEMS and short
