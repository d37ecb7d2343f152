"""What hangs on the end of a Korean word, and what the word is without it.

Measured on readers' queries against real news: with these rules a word is found in whatever form the
article has it. They only ever widen a search: what they leave of a word is its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newsbot.korean import lexicon

# The longest first. A particle of one syllable goes by the sound before it (조사의 이형태).
_ENDINGS: Final = tuple(
    sorted(
        "은 는 이 가 을 를 의 에 와 과 도 만 로 으로 에서 에게 에는 에도 에만 에서는 에서도 에서의 에게는"
        " 에게서 께서 까지 까지는 부터 부터는 보다 보다는 처럼 마다 마저 조차 이나 이라고 라고 이라는 라는"
        " 으로는 로는 으로도 로도 으로서 로서 으로써 로써 으로부터 로부터 와의 과의 와는 과는 이며 이자"
        " 들 들이 들은 들을 들의 들과 들에게 들도 하다 한다 했다 하는 하고 하며 해서 했던 하기 한다고 했다고"
        " 하겠다 했으며 했고 했지만 한 할 된 됐다 된다 되는 되고 될 됐으며 됐고 되며 이다 이었다 시켰다 었다"
        " 았다".split(),
        key=len,
        reverse=True,
    )
)
_AFTER_CONSONANT: Final = frozenset("은 이 을 과 으로 이나 이라고 이라는 으로는 으로도 으로서 으로써".split())
_AFTER_VOWEL: Final = frozenset("는 가 를 와 라고 라는".split())
_AFTER_VOWEL_OR_RIEUL: Final = frozenset("로 로는 로도 로서 로써".split())
_PAST_TAILS: Final = ("다고", "다", "고", "으며", "지만", "던", "으나", "는데", "습니다")

_COMMON_SURNAMES: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구나민지엄원천방"
)
_NAMES_END: Final = frozenset("은이도만로한")  # as a particle does, and many a given name

_PROVINCES: Final = frozenset(
    "경기도 강원도 제주도 충청도 전라도 경상도 황해도 평안도 함경도 여의도 울릉도".split()
)

_FIRST: Final = ord("가")
_VOWELS: Final = 21
_FINALS: Final = 28
_NIEUN, _RIEUL, _SSANG_SIOS = 4, 8, 20  # numbers of final consonants
# The vowels of a past form, by number, and that of its stem: 졌 is of 지, 왔 of 오, 배웠 of 배우.
_STEM_VOWELS: Final = {0: (0,), 1: (1,), 4: (4, 18), 5: (5,), 6: (20,), 9: (8,), 10: (11,), 14: (13,)}
_STEM_FINALS: Final = (0, _NIEUN, _RIEUL)


def bare_forms(word: str, *, least: int = 2) -> tuple[str, ...]:
    """The forms of which one at least stands wherever an article has ``word``, a run of Hangul.

    Without its particle or ending when ``least`` syllables or more remain (카카오와 → 카카오, not 한은 → 한),
    as often as there is another (카카오에서만 → 카카오); a past form of a vowel stem also as what comes of
    that stem (숨졌다 → 숨졌, 숨지, 숨진, 숨질, 숨져).
    """
    while (bare := _without_ending(word, least)) != word:
        word = bare
    return tuple(_past_forms(word))


def _without_ending(word: str, least: int) -> str:
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= least and _may_follow(ending, stem) and not _is_name(word):
            return stem
    return word


def _may_follow(ending: str, stem: str) -> bool:
    final = _final(stem[-1]) if stem else None
    if final is None:
        return True
    if ending in _AFTER_CONSONANT:
        return final != 0
    if ending in _AFTER_VOWEL:
        return final == 0
    return ending not in _AFTER_VOWEL_OR_RIEUL or final in (0, _RIEUL)


def _is_name(word: str) -> bool:
    """김정은 is a name and 경기도 a province: three syllables, a surname first, and no known word in it."""
    if word in _PROVINCES:
        return True
    if len(word) != 3 or word[0] not in _COMMON_SURNAMES or word[-1] not in _NAMES_END:
        return False
    return word[:2] not in lexicon.NOT_NAMES and word[:2] not in lexicon.PLACES


def _past_forms(word: str) -> Iterator[str]:
    past = next((word.removesuffix(tail) for tail in _PAST_TAILS if word.endswith(tail)), word)
    if len(past) < 2 or _final(past[-1]) != _SSANG_SIOS:
        yield word
        return
    initial, vowel, _ = _sounds(past[-1])
    stems = [(stem, final) for stem in _STEM_VOWELS.get(vowel, ()) for final in _STEM_FINALS]
    yield past
    for stem, final in dict.fromkeys([(vowel, 0), *stems]) if stems else ():
        yield past[:-1] + _syllable(initial, stem, final)


def _final(syllable: str) -> int | None:
    """The number of the final consonant, 0 without one, None of what is no syllable."""
    return (ord(syllable) - _FIRST) % _FINALS if "가" <= syllable <= "힣" else None


def _sounds(syllable: str) -> tuple[int, int, int]:
    rest, final = divmod(ord(syllable) - _FIRST, _FINALS)
    return *divmod(rest, _VOWELS), final


def _syllable(initial: int, vowel: int, final: int) -> str:
    return chr(_FIRST + (initial * _VOWELS + vowel) * _FINALS + final)
