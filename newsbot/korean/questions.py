"""Questions and answers that machines write below an article, under a heading: 자주 묻는 질문, FAQ."""

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
_LONGEST = 30  # letters of the heading
_LEAST_PROSE = 2  # paragraphs of an article above it


def without_questions(
    passages: Sequence[Passage], signs: Callable[[str], object]
) -> tuple[list[Passage], list[str]]:
    """A body without the questions below it, and these; what ``signs`` the article ends them."""
    prose = 0
    for position, passage in enumerate(passages[:-1]):
        if prose >= _LEAST_PROSE and _opens(passage.text, passages[position + 1].text):
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
