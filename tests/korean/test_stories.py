from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from newsbot.korean.date_forms import KST
from newsbot.korean.stems import stems
from newsbot.korean.stories import WINDOW, Telling, Told, gather, is_story, words_of

NOON = datetime(2026, 3, 2, 12, tzinfo=KST)
_SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4, 97)]


def word(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3))


def event(number: int) -> list[str]:
    """The words of one event: names, places, things."""
    return [word(Random(f"{number}/{n}")) for n in range(16)]


def telling(key: int, number: int, hours: float = 0, *, outlet: int = 0) -> Telling:
    """An outlet's account: its own words, and most of the event's, among words that all news use."""
    chance = Random(f"{number}/{outlet}/{key}")
    common = [word(Random(f"common/{n}")) for n in range(60)]
    told = [
        *chance.sample(event(number), 14) * 2,
        *chance.sample(common, 20),
        *(word(chance) for _ in range(15)),
    ]
    chance.shuffle(told)
    return Telling(key, NOON + timedelta(hours=hours), words_of(" ".join(told[:5]), " ".join(told)))


def test_each_event_is_one_story_under_its_earliest_article() -> None:
    tellings = [telling(10 * number + outlet, number, outlet / 2, outlet=outlet)
                for outlet in range(4) for number in range(1, 9)]  # fmt: skip
    found = list(gather([], tellings))
    assert {(told.key, told.story) for told in found} == {
        (10 * number + outlet, 10 * number) for number in range(1, 9) for outlet in range(1, 4)
    }
    assert all(0.22 <= told.score <= 1 for told in found)


def test_a_story_ends_three_days_after_its_earliest_article() -> None:
    first, second, late = (telling(n, 1, hours) for n, hours in ((1, 0), (2, 70), (3, 73)))
    assert [told.key for told in gather([first], [second, late])] == [2]
    assert timedelta(hours=72) == WINDOW


def test_an_article_between_two_stories_joins_none_together() -> None:
    one, other = telling(1, 1), telling(2, 2, 1)
    both = replace(telling(3, 1, 2), words={**one.words, **other.words})
    found = list(gather([], [one, other, both, telling(4, 2, 3)]))
    assert [told.key for told in found if told.story == 3] == []
    assert {told.key for told in found} == {3, 4}


def test_what_a_person_parted_is_told_apart() -> None:
    tellings = [telling(1, 1), telling(2, 1, 1)]
    assert [told.story for told in gather([], tellings)] == [1]
    assert list(gather([], tellings, apart=frozenset({(1, 2)}))) == []


def test_of_equally_like_stories_the_earlier_is_taken() -> None:
    one = telling(1, 1)
    twin, third = replace(one, key=2), replace(one, key=3, published=NOON + timedelta(hours=1))
    assert list(gather([one, twin], [third])) == [Told(3, 1, 1.0)]


def test_a_few_words_tell_no_story() -> None:
    short = [Telling(n, NOON, words_of("개회식 사진", "개회식 모습")) for n in (1, 2)]
    assert list(gather([], short)) == []


@pytest.mark.parametrize(
    "headline",
    [
        "[인사] 가온부",
        "<부고> 나루씨 별세",
        "[포토] 봄",
        "[표] 환율",
        "[날씨] 전국 맑음",
        "[오늘의 운세] 3월 2일",
        "오늘의 날씨",
    ],
)
def test_genres_of_their_own_are_no_stories(headline: str) -> None:
    assert not is_story(headline)


@pytest.mark.parametrize(
    "headline", ["인사청문회 열려", "[단독] 표결 무산", "날씨 탓에 미룬 경기", "[속보] 비 그쳐"]
)
def test_other_headlines_are(headline: str) -> None:
    assert is_story(headline)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("가온시는 물류창고서 불을 껐다", ["가온시", "물류창고", "불을", "껐다"]),
        ("李 대통령, AI·5G 특구에서", ["李", "대통령", "ai", "특구"]),
        ("한은이 3월까지", ["한은", "3월"]),
    ],
)
def test_words_lose_their_particle_and_no_name_its_second_syllable(text: str, words: list[str]) -> None:
    assert list(stems(text)) == words
