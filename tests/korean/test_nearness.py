from itertools import combinations
from random import Random

import pytest

from benchmarks.templates import TEMPLATES, Lines
from benchmarks.variants import blocks, pairs, story
from newsbot.korean.nearness import BANDS, Text, compare, sketch, text_of
from newsbot.korean.text import matching_letters

SENTENCES = (
    "가온시는 다음 달부터 시내버스 노선 열두 개를 바꾼다고 밝혔다. 새 노선은 역과 병원을 더 자주 잇는다.",
    "요금은 그대로이며 밤늦게 다니는 버스는 세 대가 늘어난다. 시민들은 정류장에서 바뀐 노선을 볼 수 있다.",
    "버스 회사들은 기사를 더 뽑아야 한다며 걱정했고 시는 교육비를 나누어 내겠다고 약속했다.",
)

KEYS = (-2921456875111203783, -3114311373964787303)  # of SENTENCES, the first and the last


def read(*lines: str) -> Text:
    return text_of(matching_letters(blocks(list(lines))) or "")


def is_found(one: Lines, other: Lines) -> bool:
    """As the archive does it: by a key that both share, then by comparison."""
    first, second = read(*one), read(*other)
    kind = compare(first, second).kind
    return kind == "exact" or (
        kind is not None and bool({*sketch(first.letters)} & {*sketch(second.letters)})
    )


@pytest.mark.parametrize(
    ("variant", "least"),
    [("repost", 1), ("light edit", 1), ("(종합)", 0.95), ("truncated", 0.85), ("rewritten lead", 0.8)],
)
def test_what_becomes_of_a_story_is_found_again(variant: str, least: float) -> None:
    found = [is_found(*pair) for pair in pairs(variant, 200)]
    assert sum(found) >= least * len(found)


@pytest.mark.parametrize("template", TEMPLATES)
def test_two_days_of_a_template_are_not_near(template: str) -> None:
    chance = Random(template)
    texts = [read(*TEMPLATES[template](chance)) for _ in range(60)]
    assert [compare(*pair).kind for pair in combinations(texts, 2) if compare(*pair).kind] == []


def test_stories_of_the_same_phrases_are_not_near() -> None:
    chance = Random(7)
    texts = [read(*story(chance)) for _ in range(80)]
    assert [compare(*pair) for pair in combinations(texts, 2) if compare(*pair).kind] == []


def test_a_template_of_many_words_and_few_numbers_is_told_apart_by_them() -> None:
    first = read(*SENTENCES, "모두 312명이 17곳에서 2450장을 받았다.")
    second = read(*SENTENCES, "모두 478명이 29곳에서 3610장을 받았다.")
    told = compare(first, second)
    assert told.jaccard > 0.75
    assert told.containment > 0.8
    assert (told.kind, told.numbers) == (None, 0)


def test_a_part_of_a_text_is_contained_though_little_is_shared_of_all() -> None:
    told = compare(read(*SENTENCES, *story(Random(1), 8)), read(*SENTENCES))
    assert (told.kind, told.containment, told.score) == ("contains", 1, 1)
    assert told.jaccard < 0.5


def test_a_text_cut_in_the_middle_of_its_only_number_is_still_a_part() -> None:
    lines = [*SENTENCES, "모두 2450장을 받았다.", *story(Random(2), 3)]
    assert compare(read(*lines), read(*SENTENCES, "모두 24")).kind == "contains"


def test_texts_too_short_say_nothing() -> None:
    assert sketch("가" * 63) == ()
    assert len(sketch("가" * 64)) == BANDS
    short = [text_of("가나다라마바사아자차카타파하" * 4 + end) for end in ("하나", "둘")]
    assert compare(*short).kind is None


def test_the_sketch_of_a_text_never_changes() -> None:
    """Archives keep these keys: another library or seed would find nothing of what is there."""
    keys = sketch(read(*SENTENCES).letters)
    assert all(-(1 << 63) <= key < 1 << 63 for key in keys)
    assert (keys[0], keys[-1], len(set(keys))) == (KEYS[0], KEYS[1], BANDS)
