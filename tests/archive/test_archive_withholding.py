import pytest
from archive_desk import NOON, TEXTS, Desk, article

from newsbot.errors import ArchiveError

URI = "newsbot:board.example/1"


def uris(desk: Desk, *, withheld: bool = False, newest_first: bool = False) -> list[str]:
    kept = desk.archive.articles(withheld=withheld, newest_first=newest_first)
    return [one.article.uri for one in kept]


def test_a_withheld_article_is_hidden_and_kept(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1), article(2))
        desk.archive.withhold("1", "편지", when=NOON)
        for newest_first in (False, True):
            assert uris(desk, newest_first=newest_first) == ["newsbot:board.example/2"]
        assert desk.archive.article("1") is None
        assert desk.archive.revisions(URI) == []
        assert desk.archive.how_many() == 1
        kept = desk.archive.article("1", withheld=True)
        assert kept is not None
        assert (kept.article, kept.withheld) == (article(1), NOON)
        assert (
            len(desk.archive.revisions(URI, withheld=True)) == desk.archive.how_many(withheld=True) - 1 == 1
        )
        assert uris(desk, withheld=True) == [URI, "newsbot:board.example/2"]
        assert (desk.archive.counts().articles, desk.archive.counts().withheld) == (2, 1)
        assert list(desk.archive.verify()) == []


def test_a_revision_does_not_bring_a_withheld_article_back(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1))
        desk.archive.withhold(URI, "편지", when=NOON)
        desk.store(article(1, TEXTS[1]))
        desk.store(article(1, TEXTS[1]))
        assert uris(desk) == []
        assert len(desk.archive.revisions(URI, withheld=True)) == 2


def test_a_released_article_is_seen_again(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1))
        for _ in range(2):  # in one and the same second
            desk.archive.withhold(URI, "편지", when=NOON)
            assert uris(desk) == []
            desk.archive.release(URI, "둘째 편지", when=NOON)
            assert uris(desk) == [URI]
            assert desk.archive.withholding(URI) is None


def test_every_ruling_stands_in_the_audit(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1), article(2))
        desk.archive.withhold(URI, "첫째", when=NOON)
        desk.archive.release(URI, "둘째", when=NOON)
        desk.archive.withhold("2", "셋째", when=NOON)
        latest = desk.archive.withhold(URI, "넷째", when=NOON)
        told = [(one.uri[-1], one.action, one.reason, one.in_force) for one in desk.archive.rulings()]
        assert told == [
            ("1", "withheld", "첫째", False),
            ("1", "released", "둘째", False),
            ("2", "withheld", "셋째", True),
            ("1", "withheld", "넷째", True),
        ]
        assert desk.archive.withholding("board.example/1") == latest == desk.archive.rulings()[-1]


def test_a_ruling_that_changes_nothing_is_refused(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1))
        with pytest.raises(ArchiveError, match="not withheld"):
            desk.archive.release(URI, "편지", when=NOON)
        desk.archive.withhold(URI, "편지", when=NOON)
        with pytest.raises(ArchiveError, match="already, since 2026-03-02 12:00"):
            desk.archive.withhold(URI, "편지", when=NOON)
        with pytest.raises(ArchiveError, match="no article '9'"):
            desk.archive.withhold("9", "편지", when=NOON)
        assert len(desk.archive.rulings()) == 1


def test_reposts_stay_visible_and_are_named(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*(article(number, TEXTS[0]) for number in (1, 2, 3)), article(4, TEXTS[1]))
        others = ["newsbot:board.example/2", "newsbot:board.example/3"]
        desk.archive.withhold(URI, "편지", when=NOON)
        assert desk.archive.visible_reposts(URI) == others
        desk.archive.withhold(others[0], "편지", when=NOON)
        assert desk.archive.visible_reposts(URI) == desk.archive.visible_reposts(others[0]) == others[1:]
        repost = desk.archive.article("3")
        assert repost is not None
        assert repost.duplicate_of is None  # the earliest one is not named to a reader


def test_the_name_of_a_withheld_article_is_free_for_the_other(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1), article(1, TEXTS[1], uri="newsbot:other.example/1"))
        desk.archive.withhold(URI, "편지", when=NOON)
        kept = desk.archive.article("1")
        assert kept is not None
        assert kept.article.uri == "newsbot:other.example/1"
