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


@pytest.mark.parametrize("published", [None, NOON + timedelta(days=30)])
def test_without_a_usable_date_the_plan_begins_when_the_article_was_stored(
    place: str, published: object
) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1, date_published=published))
        hours = []
        for _ in range(24 * 9):
            desk.wait(hours=1)
            if visits(desk.start()):
                hours.append((desk.now - NOON) // HOUR)
                desk.store(article(1, date_published=published))
        assert hours == [1, 6, 24, 72, 168]


def test_where_the_board_tells_of_edits_only_the_last_visits_are_made(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1))
        hours = []
        for _ in range(24 * 9):
            desk.wait(hours=1)
            desk.start()
            if desk.archive.visits(SOURCE, now=desk.now, run=desk.run, limit=5, told=True):
                hours.append((desk.now - NOON) // HOUR)
                desk.store(article(1))
        assert hours == [72, 168]


def test_what_changed_since_it_was_read_is_read_again(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*map(article, range(4)))
        desk.list_page(headline(9))
        later, earlier = desk.now + HOUR, desk.now - HOUR
        desk.wait(hours=2)
        desk.start()
        changes = {"0": earlier, "2": later, "1": later, "9": later, "77": later}
        found = [
            desk.archive.changed(SOURCE, run=desk.run, changes=changes, limit=limit) for limit in (1, 5, 5)
        ]
        assert [[entry.document_id for entry in entries] for entries in found] == [["1"], ["2"], []]


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
