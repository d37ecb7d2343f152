"""Words without their particle, for comparing what texts are about; never for showing.

No analysis of words: a list of endings is enough to make 물류창고서 and 물류창고의 one word, and it makes
no name shorter than two syllables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_RUN: Final = re.compile(r"[가-힣]+|[一-鿿]+|[a-z]+|\d+[가-힣]{0,4}")
_ENDINGS: Final = sorted(
    "은 는 이 가 을 를 의 에 와 과 도 로 만 서 엔 랑 께 에서 에게 에는 에도 으로 까지 부터 보다 처럼"
    " 마다 조차 이나 이라 라고 이라고 하고 에서는 에서도 으로는 로는 로도 으로도 과의 와의 만의 에서의"
    " 이며 이고 했다 한다 됐다 된다 하는 하며 하기 해서 했던 하던 하면 하지 한 된 될 할 해 씨는 씨가"
    " 씨의 씨".split(),
    key=len,
    reverse=True,
)
_SHORTEST: Final = 2  # syllables that stay


def stems(text: str) -> Iterator[str]:
    """The words of ``text`` in their order: Hangul of two syllables or more, hanja, Latin, numbers."""
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        word = _stem(run)
        if len(word) > 1 or "一" <= word <= "鿿":
            yield word


@lru_cache(maxsize=65536)
def _stem(run: str) -> str:
    if "가" <= run[-1] <= "힣":
        for ending in _ENDINGS:
            if len(run) - len(ending) >= _SHORTEST and run.endswith(ending):
                return run.removesuffix(ending)
    return run
