from datetime import timedelta
from random import Random

from archive_desk import NOON, Desk, article

from newsbot.items import Article, Block

_SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4, 97)]


def word(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3))


def account(key: int, event: int, hours: float, outlet: str) -> Article:
    """What an outlet tells of an event: most of the event's words, and many of its own."""
    chance = Random(f"{event}/{outlet}/{key}")
    told = [word(Random(f"{event}/{n}")) for n in range(14)] * 2 + [word(chance) for _ in range(20)]
    chance.shuffle(told)
    return article(
        key,
        headline=" ".join(told[:4]),
        body=(Block(type="paragraph", text=" ".join(told)),),
        source=outlet,
        date_published=NOON + timedelta(hours=hours),
    )


ACCOUNTS = [
    account(1, 1, 0, "가온통신"),
    account(2, 1, 20, "나루일보"),
    account(3, 1, 40, "다솔신문"),
    account(4, 2, 5, "가온통신"),
    account(5, 2, 30, "나루일보"),
    account(6, 3, 6, "나루일보"),
]


def told(desk: Desk) -> list[tuple[str, list[str]]]:
    return [
        (story.uri[-1], [one.uri[-1] for one in story.articles]) for story in desk.archive.stories(outlets=2)
    ]


def test_stories_are_gathered_across_days_and_outlets(place: str) -> None:
    progress: list[tuple[int, int]] = []
    with Desk(place).start() as desk:
        desk.store(*reversed(ACCOUNTS))
        desk.wait(hours=1)
        days = desk.archive.build_stories(when=desk.now, progress=lambda *told: progress.append(told))
        assert (days, progress[-1]) == (3, (3, 3))
        assert told(desk) == [("1", ["1", "2", "3"]), ("4", ["4", "5"])]
        (first, _) = desk.archive.stories()
        assert first.outlets == ("가온통신", "나루일보", "다솔신문")
        assert first.articles[0].score == 1
        assert desk.archive.stories(since=NOON + timedelta(hours=1))[0].uri[-1] == "4"
        assert desk.archive.stories(outlets=4) == []


def test_only_what_is_missing_is_gathered_and_the_outcome_is_the_same(place: str) -> None:
    with Desk(place).start() as desk:
        for post in ACCOUNTS:
            desk.store(post)
            desk.wait(minutes=5)
            desk.archive.build_stories(when=desk.now)
            desk.wait(minutes=5)
        assert told(desk) == [("1", ["1", "2", "3"]), ("4", ["4", "5"])]
        assert desk.archive.build_stories(when=desk.now) == 0


def test_a_decision_keeps_two_accounts_apart(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*ACCOUNTS[3:5])
        desk.archive.decide("4", "5", "not", note=None, when=NOON)
        desk.wait(hours=1)
        desk.archive.build_stories(when=desk.now)
        assert told(desk) == []


def test_a_decision_parts_what_was_told_as_one_before(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*ACCOUNTS)
        desk.wait(hours=1)
        desk.archive.build_stories(when=desk.now)
        desk.wait(hours=1)
        desk.archive.decide("4", "5", "not", note=None, when=desk.now)
        desk.archive.decide("2", "3", "not", note=None, when=desk.now)
        desk.wait(hours=1)
        desk.archive.build_stories(when=desk.now)
        assert told(desk) == [("1", ["1", "2"])]
        assert desk.archive.build_stories(when=desk.now) == 0


def test_withheld_articles_and_genres_are_in_no_story(place: str) -> None:
    with Desk(place).start() as desk:
        photo = account(7, 2, 31, "다솔신문")
        desk.store(*ACCOUNTS, account(8, 2, 32, "라온뉴스"))
        desk.store(article(9, headline="[포토] " + photo.headline, body=photo.body, source="다솔신문"))
        desk.wait(hours=1)
        desk.archive.build_stories(when=desk.now)
        desk.archive.withhold("5", "편지", when=NOON)
        assert ("4", ["4", "8"]) in told(desk)
