"""The questions of an interview: lines marked ``Q.``, ``문:`` or with a dash, or in bold, above answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsbot.korean.passages import Passage

_LONGEST = 300  # letters
_FEWEST = 2  # questions
_LABELLED = re.compile(r"(?:Q\s?\d{0,2}\s?[.:)．]|Q\d{0,2}\s(?=\S)|(?:문|질문)\s?\d{0,2}\s?[:.)：])\s?\S")
_ANSWER = re.compile(r"(?:A\s?\d{0,2}\s?[.:)．]|A\d{0,2}\s|(?:답|답변)\s?\d{0,2}\s?[:.)：])")
_DASHES = frozenset("-‐–—―─▲△")
_DASHED = re.compile(r"[-‐–—―─▲△]\s?[^\s\d\-–—―─]")
_ASKS = re.compile(r"(?:[가나까니요지은는라죠고데]|다면)[.?？][\"'”’)]*$")
_FULL_STOP = re.compile(r"[.!?。][\"'”’)\]]*$")


def questions(passages: Sequence[Passage]) -> frozenset[int]:
    """Which passages are questions; none where there are fewer than two of a kind.

    A dash before a line is a bullet as often: there most of them must ask, and each must have its answer.
    """
    texts = [passage.text if passage.kind == "text" else "" for passage in passages]
    if sum(text.startswith(("Q", "문", "질문")) for text in texts) >= _FEWEST:
        labelled = [n for n, text in enumerate(texts) if _is_short(text) and _LABELLED.match(text)]
        if len(labelled) >= _FEWEST:
            return frozenset(labelled)
    for found in (_dashed(texts), _bold(passages, texts)):
        asked = set(found)
        answered = [n for n in found if n + 1 < len(texts) and n + 1 not in asked and _answers(texts[n + 1])]
        if len(answered) >= _FEWEST and 2 * sum(_asks(texts[n]) for n in answered) >= len(found):
            return frozenset(answered)
    return frozenset()


def _dashed(texts: Sequence[str]) -> list[int]:
    return [
        n for n, text in enumerate(texts) if text[:1] in _DASHES and _is_short(text) and _DASHED.match(text)
    ]


def _bold(passages: Sequence[Passage], texts: Sequence[str]) -> list[int]:
    """Lines in bold that ask in a sentence; ``새 다리의 값?`` is a subhead."""
    bold = (n for n, passage in enumerate(passages) if passage.strong and _is_short(texts[n]))
    return [n for n in bold if texts[n].rstrip("\"'”’)").endswith(("?", "？")) and _asks(texts[n])]


def _is_short(text: str) -> bool:
    return 0 < len(text) <= _LONGEST


def _asks(text: str) -> bool:
    return _ASKS.search(text[-12:]) is not None


def _answers(text: str) -> bool:
    return _ANSWER.match(text) is not None or _FULL_STOP.search(text[-12:]) is not None
