"""Text that was decoded by the wrong table, told by its letters."""

from __future__ import annotations

import re
from typing import Final

REPLACED: Final = 0.003  # of the letters: a page with a stray byte or two is none
RARE: Final = 0.05  # of the Hangul: names and slang have a few
LATIN: Final = 0.2
_FEW: Final = 20  # letters say nothing

_HANGUL: Final = re.compile("[가-힣]")
_REPLACEMENT: Final = re.compile("[\ufffd\x80-\x9f]")
_LATIN: Final = re.compile("[¡-ÿ]")


def is_damaged(text: str) -> bool:
    """Whether a text is what wrong decoding leaves: replacement signs, syllables nobody writes, "ì•ˆ".

    UTF-8 read as CP949 is full of syllables outside KS X 1001, which has all that ordinary Korean uses.
    """
    if len(text) < _FEW:
        return False
    if len(_REPLACEMENT.findall(text)) > max(1, REPLACED * len(text)):
        return True
    hangul = "".join(_HANGUL.findall(text))
    # Codecs write a syllable that KS X 1001 lacks as four letters, of which the first is a filler.
    rare = hangul.encode("euc_kr").count(b"\xa4\xd4")
    if hangul:
        return rare > max(2, RARE * len(hangul))
    return len(_LATIN.findall(text)) > LATIN * len(text)
