from datetime import timedelta
from unittest.mock import patch

import pytest
from archive_desk import NOON, SOURCE, TEXTS, Desk, article, full_article, headline

from newsbot.archive import database
from newsbot.errors import ArchiveError


@pytest.mark.parametrize(
    "ref",
    [
        "newsbot:board.example/1",
        "board.example/1",
        "https://board.example/news/1",
        "https://board.example/news/1?page=1",
        "1",
    ],
)
def test_an_article_is_found_by_any_of_its_names(place: str, ref: str) -> None:
    with Desk(place).start() as desk:
        desk.store(full_article(1), article(11))
        kept = desk.archive.article(ref)
        assert kept is not None
        assert kept.article == full_article(1)
        assert (kept.revision, kept.run, kept.stored) == (1, desk.run, NOON)


def test_the_latest_revision_is_the_article(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1), article(1, TEXTS[1]))
        kept = desk.archive.article("1")
        assert kept is not None
        assert (kept.revision, kept.article.body[0].text) == (2, TEXTS[1])


def test_what_is_not_there_is_none(place: str) -> None:
    with Desk(place).start() as desk:
        assert desk.archive.article("1") is None
        assert desk.archive.revisions("newsbot:board.example/1") == []
        assert desk.archive.events("newsbot:board.example/1") == []


def test_an_id_of_two_boards_names_both(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1), article(1, uri="newsbot:other.example/1"))
        with pytest.raises(
            ArchiveError, match=r"several .* newsbot:board\.example/1, newsbot:other\.example/1"
        ):
            desk.archive.article("1")


@pytest.mark.parametrize("window", [1, 2, 3, 500])
def test_articles_are_streamed_whole_in_either_order(place: str, window: int) -> None:
    hours = [3, 1, 4, 1, None, 9, 2]
    with Desk(place, now=NOON + timedelta(hours=3)).start() as desk:
        for number, hour in enumerate(hours):
            date = None if hour is None else NOON + timedelta(hours=hour)
            desk.store(*(article(number, text, date_published=date) for text in (TEXTS[0], None)))
        with patch.object(database, "WINDOW", window):
            stored = [kept.article.document_id for kept in desk.archive.articles()]
            newest = [kept.article.document_id for kept in desk.archive.articles(newest_first=True)]
        assert stored == ["0", "1", "2", "3", "4", "5", "6"]
        assert newest == ["5", "2", "4", "0", "6", "3", "1"]


def test_articles_are_chosen_by_date_site_and_source(place: str) -> None:
    with Desk(place).start() as desk:
        for day in range(4):
            desk.store(article(day, date_published=NOON + timedelta(days=day)))
        desk.store(article(9, site="other.example"))
        days = [
            kept.article.document_id
            for kept in desk.archive.articles(since=NOON + timedelta(days=1), until=NOON + timedelta(days=3))
        ]
        assert days == ["1", "2"]
        assert [kept.article.document_id for kept in desk.archive.articles(site="other.example")] == ["9"]
        assert len(list(desk.archive.articles(source=SOURCE))) == 5
        assert list(desk.archive.articles(source="other")) == []


def test_what_a_run_stored_is_given_as_it_stored_it(place: str) -> None:
    with Desk(place).start() as desk:
        first = desk.run
        desk.store(article(1), article(2))
        second = desk.start().run
        desk.store(article(1, TEXTS[1]), article(1, TEXTS[2]), article(2))
        third = desk.start().run
        desk.store(article(1, TEXTS[0]))

        def stored(run: int) -> list[tuple[str | None, int]]:
            found = list(desk.archive.articles(run=run))
            assert len(found) == desk.archive.how_many(run=run)
            return [(kept.article.document_id, kept.revision) for kept in found]

        assert stored(first) == [("1", 1), ("2", 1)]
        assert stored(second) == [("1", 3)]
        assert stored(third) == [("1", 4)]
        desk.archive.withhold("1", "편지", when=NOON)
        assert (stored(first), stored(third)) == ([("2", 1)], [])


def test_articles_may_be_stored_while_they_are_streamed(place: str) -> None:
    with Desk(place).start() as desk, patch.object(database, "WINDOW", 2):
        desk.store(*map(article, range(4)))
        stream = desk.archive.articles()
        seen = [next(stream).article.document_id]
        desk.store(article(1, TEXTS[1]), article(4))
        assert seen + [kept.article.document_id for kept in stream] == ["0", "1", "2", "3", "4"]


def test_counts_name_every_state(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(headline(1), headline(2), headline(3))
        desk.store(article(1, TEXTS[0]), article(2, TEXTS[0]), article(2, TEXTS[1]), article(4, TEXTS[1]))
        counts = desk.archive.counts()
        assert (counts.articles, counts.revisions, counts.duplicates, counts.runs) == (3, 4, 1, 1)
        assert counts.headlines["stored"] == 3
        assert counts.headlines["pending"] == 1
        assert counts.headlines["vanished"] == 0
