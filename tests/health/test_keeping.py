from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from histories import HOUR, NOON, QUIET, WELL

from newsbot.archive import Archive, open_archive
from newsbot.health.keeping import watch

SOURCE = "board.example/news"
URL = "https://board.example/news"
REFUSED = QUIET | {"pages": 0, "rows": 0, "headlines": 0, "trouble": f"{URL} answered 403"}


class Watched:
    """A source that is crawled every hour, and watched."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.now: datetime = NOON

    def crawl(self, **figures: Any) -> int:
        run = self.archive.start_run(source=SOURCE, name="news", url=URL, options={}, started=self.now)
        self.archive.finish_run(run, state="finished", reach=None, figures=WELL | figures, finished=self.now)
        watch(self.archive, SOURCE, run, self.now)
        self.now += HOUR
        return run

    def open(self) -> list[str]:
        return [trouble.name for trouble in self.archive.troubles(SOURCE, only_open=True)]


@pytest.fixture
def watched(place: str) -> Iterator[Watched]:
    with open_archive(place) as archive:
        yield Watched(archive)


def test_a_trouble_begins_goes_on_and_is_over(watched: Watched) -> None:
    watched.crawl()
    began = watched.now
    run = watched.crawl(**REFUSED)
    watched.crawl(**REFUSED | {"trouble": f"{URL} answered 429"})
    (kept,) = watched.archive.troubles(SOURCE)
    assert (kept.name, kept.run_id, kept.since, kept.last_seen) == ("blocked", run, began, began + HOUR)
    assert kept.detail.endswith("answered 429")
    assert kept.sample == {"url": URL, "capture": None}
    for _ in range(2):
        watched.crawl(**QUIET)
        assert watched.open() == ["blocked"]
    watched.crawl(**QUIET)
    (over,) = watched.archive.troubles(SOURCE)
    assert (over.until, watched.open()) == (began + 2 * HOUR, [])


def test_one_that_comes_and_goes_is_one(watched: Watched) -> None:
    told: list[str | None] = []
    for figures in (WELL, *(REFUSED, WELL, WELL) * 8):
        watched.crawl(**figures)
        told += [each.told for each in watched.archive.untold_troubles(SOURCE)]
        watched.archive.note_told(watched.archive.untold_troubles(SOURCE))
    assert [each.name for each in watched.archive.troubles(SOURCE)] == ["blocked"]
    assert told == [None]


def test_one_that_comes_back_is_another_and_has_to_stay_away_for_longer(watched: Watched) -> None:
    away: list[int] = []
    for _ in range(5):
        watched.crawl(**REFUSED)
        away.append(0)
        while watched.open():
            watched.crawl()
            away[-1] += 1
    assert len(watched.archive.troubles(SOURCE)) == 5
    assert away == [3, 3, 5, 9, 17]


def test_a_source_that_is_seldom_crawled_need_not_be_well_thrice(watched: Watched) -> None:
    watched.crawl(**REFUSED)
    for left in (["blocked"], []):
        watched.now += timedelta(days=1)
        watched.crawl()
        assert watched.open() == left


def test_what_a_person_settles_is_the_usual(watched: Watched) -> None:
    for _ in range(6):
        watched.crawl()
    bare = {"missing": {"bylines": 5, "deck": 4}}
    for _ in range(8):
        watched.crawl(**bare)
    (trouble,) = watched.archive.troubles(SOURCE, only_open=True)
    watched.archive.settle_trouble(trouble, note="new skin", when=watched.now)
    for _ in range(10):
        watched.crawl(**bare)
        assert watched.open() == []
    watched.crawl()  # with bylines again: no trouble
    for _ in range(3):
        watched.crawl(missing={"bylines": 5, "deck": 5, "date_published": 5})
    assert "bylines missing" not in watched.open()
    ((settled, began),) = watched.archive.settled_troubles(SOURCE)
    assert (settled.note, settled.told, began) == ("new skin", None, trouble.since)


def test_a_field_that_is_back_since_it_was_settled_may_go_missing_anew(watched: Watched) -> None:
    for count, missing in ((6, {}), (4, {"bylines": 5})):
        for _ in range(count):
            watched.crawl(missing=missing)
    (trouble,) = watched.archive.troubles(SOURCE, only_open=True)
    watched.archive.settle_trouble(trouble, note=None, when=watched.now)
    for _ in range(30):
        watched.crawl(missing={})
    assert watched.open() == []
    watched.crawl(missing={"bylines": 5})
    assert watched.open() == ["bylines missing"]


def test_a_broken_field_stays_broken_however_long(watched: Watched) -> None:
    for _ in range(6):
        watched.crawl()
    for _ in range(40):
        watched.crawl(missing={"bylines": 5, "deck": 4})
    assert watched.open() == ["bylines missing"]
    for _ in range(3):
        watched.crawl()
    assert watched.open() == []


def test_a_run_that_is_not_the_latest_says_nothing(watched: Watched) -> None:
    late = watched.crawl(**REFUSED)
    for _ in range(3):
        watched.crawl()
    watch(watched.archive, SOURCE, late, watched.now)
    assert watched.open() == []


def test_a_silent_source_is_noticed(watched: Watched) -> None:
    for _ in range(12):
        watched.crawl()
        watched.now += timedelta(hours=11)
    for day in range(5):
        assert watched.open() == ["nothing new"] * (day > 2)
        watched.crawl(**QUIET)
        watched.now += timedelta(hours=23)
    for _ in range(3):
        watched.crawl()
    assert watched.open() == []
