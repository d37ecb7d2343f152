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
    watched.crawl(**QUIET)
    (over,) = watched.archive.troubles(SOURCE)
    assert (over.until, watched.open()) == (began + 2 * HOUR, [])


def test_one_that_comes_back_is_another(watched: Watched) -> None:
    for figures in (WELL, REFUSED, WELL, REFUSED):
        watched.crawl(**figures)
    assert [(each.name, each.until is None) for each in watched.archive.troubles(SOURCE)] == [
        ("blocked", True),
        ("blocked", False),
    ]


def test_a_broken_field_stays_broken_however_long(watched: Watched) -> None:
    for _ in range(6):
        watched.crawl()
    for _ in range(40):
        watched.crawl(missing={"bylines": 5, "deck": 4})
    assert watched.open() == ["bylines missing"]
    watched.crawl()
    assert watched.open() == []


def test_a_run_that_is_not_the_latest_says_nothing(watched: Watched) -> None:
    late = watched.crawl(**REFUSED)
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
    watched.crawl()
    assert watched.open() == []
