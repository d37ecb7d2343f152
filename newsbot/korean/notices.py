"""The copyright notices of known holders, which are understood however shortly they are put.

Elsewhere ``ⓒ 샛강일보사`` alone could as well be a picture's credit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsbot.korean.passages import Passage
from newsbot.korean.structure import is_sentence

_LONGEST = 200
_NOTICE = re.compile(
    r"[<\[(〈※\s-]*(?:저작권자?|copyrights?)?\s*(?:[ⓒ©]|\(c\))\s*(?:(?:19|20)\d\d\s)?(?P<holder>[^\n]{2,120}?)"
    r"[>\])〉\s-]*",
    re.I,
)


def is_notice_of(text: str, holders: Sequence[str]) -> bool:
    """Whether a line is the copyright notice of one of ``holders``, with or without its terms."""
    match = _NOTICE.fullmatch(text) if len(text) <= _LONGEST else None
    return match is not None and match["holder"].startswith(tuple(holders))


def without_notices(
    passages: Sequence[Passage], holders: Sequence[str]
) -> tuple[Sequence[Passage], list[str]]:
    """A body without the notices of ``holders`` below its last sentence, and these."""
    if not holders:
        return passages, []
    last = max((n for n, passage in enumerate(passages) if is_sentence(passage)), default=len(passages))
    below = [
        n
        for n, passage in enumerate(passages)
        if n > last and passage.kind == "text" and is_notice_of(passage.text, holders)
    ]
    rest = [passage for n, passage in enumerate(passages) if n not in below]
    return rest, [passages[n].text for n in below]
