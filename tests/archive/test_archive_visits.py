"""Stored articles are read again after a while: edits, corrections and removals come late."""

from datetime import timedelta

import pytest
from archive_desk import NOON, SOURCE, Desk, article, headline

HOUR = timedelta(hours=1)


def visits(desk: Desk, limit: int = 10) -> list[str]:
    found = desk.archive.visits(SOURCE, now=desk.now, run=desk.run, limit=limit)
    return [entry.document_id for entry in found]


def test_an_article_is_read_again_at_growing_distances_and_then_let_be(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1))
        hours = []
        for _ in range(24 * 9):
            desk.wait(hours=1)
            if visits(desk.start()):
                hours.append((desk.now - NOON) // HOUR)
                desk.store(article(1))
        assert hours == [1, 6, 24, 72, 168]


@pytest.mark.parametrize(
    ("published", "first"),
    [
        (NOON - 5 * HOUR, 1),  # six hours after it was published
        (NOON - timedelta(days=6, hours=22), 2),
        (NOON + timedelta(days=30), 1),  # a clock was wrong: an hour after it was stored
        (None, 1),
    ],
)
def test_the_distance_is_from_the_publication(place: str, published: object, first: int) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1, date_published=published))
        for hour in range(1, 10):
            desk.wait(hours=1)
            if visits(desk.start()):
                assert hour == first
                return
        pytest.fail("it was never read again")


def test_an_old_article_is_never_read_again(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1, date_published=NOON - timedelta(days=8)))
        desk.wait(days=400)
        assert visits(desk.start()) == []


def test_a_run_takes_an_article_once_and_only_so_many(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*map(article, range(5)))
        desk.wait(hours=2)
        desk.start()
        assert visits(desk, limit=3) == ["0", "1", "2"]
        assert visits(desk, limit=3) == ["3", "4"]
        assert visits(desk) == []
        assert len(visits(desk.start())) == 5  # the run before was killed: nothing came of it


def test_what_is_listed_anew_failing_or_gone_is_left_to_that(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(*map(headline, range(4)))
        desk.store(*map(article, range(4)))
        desk.wait(hours=2)
        desk.start()
        desk.list_page(headline(0, "고친 제목"))  # to be read by this run anyway
        desk.fail(1)
        desk.archive.record_state(desk.run, SOURCE, "2", "deleted", when=desk.now)
        desk.start()
        assert visits(desk) == ["3"]
