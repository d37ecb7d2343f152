"""--pages, --since and --until: what they fetch, and that a later plain crawl still comes to everything."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from crawling import articles, asked_for, broken_promises, crawl, let_time_pass, public

from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.articles import load_articles
from newsbot.sampleboard.board import KST, now_in_korea

STORIES = [article for article in load_articles() if not article.notice and not article.secret]
TODAY = now_in_korea().replace(second=0, microsecond=0) - timedelta(minutes=2)  # the past, whatever the hour


def daily(engine: Any = "rhymix", *, days: int = 20) -> SampleBoard:
    """A board with a post a day, the newest of today, and one posted today under a date of long ago."""
    board = SampleBoard(engine=engine, posts=[], page_size=5, clock=lambda: TODAY)
    for age, story in zip(range(days - 1, -1, -1), STORIES, strict=False):
        board.post(story, posted=TODAY - timedelta(days=age), category=None)
    board.post(STORIES[days], posted=TODAY - timedelta(days=300))
    return board


def day(ago: int) -> str:
    return (TODAY - timedelta(days=ago)).date().isoformat()


def listing_pages(board: SampleBoard, since: int = 0) -> list[str]:
    return [target for target in asked_for(board, since) if target == "/news" or "page=" in target]


def test_pages_reads_so_many_pages_and_settles_nothing(archive: Path) -> None:
    with daily() as board:
        top = board.listed[:10]
        done = crawl(board, archive, "--pages", "2")
        assert done.shows(state="finished", pages=2, new=10)
        assert listing_pages(board) == ["/news", "/news?page=2"]
        assert articles(archive).keys() == set(top)
        seen = len(board.requests)
        assert crawl(board, archive).shows(state="finished", new=11, unchanged=0)
        assert articles(archive).keys() == public(board)
        assert not set(top) & {target.rpartition("/")[2] for target in asked_for(board, seen)}
    assert broken_promises(archive) == []


@pytest.mark.parametrize("engine", ["rhymix", "gnuboard"])
def test_since_takes_that_day_and_later_past_a_backdated_head(engine: Any, archive: Path) -> None:
    with daily(engine) as board:
        posted = {each: board.truth[each]["post"]["posted"] for each in board.listed}
        wanted = {each for each, when in posted.items() if when >= TODAY - timedelta(days=6)}
        assert crawl(board, archive, "--since", day(6)).shows(state="finished", new=7)
        assert articles(archive).keys() == wanted
        assert not any("page=5" in target for target in listing_pages(board))

        seen = len(board.requests)
        again = crawl(board, archive, "--since", day(6))
        assert again.shows(state="finished", new=0)
        assert len(listing_pages(board, seen)) <= 3

        deeper = crawl(board, archive, "--since", day(12))
        assert deeper.shows(state="finished", new=6)
        assert crawl(board, archive).shows(state="finished", new=8)
        assert articles(archive).keys() == public(board)
    assert broken_promises(archive) == []


def test_until_leaves_what_is_newer_to_a_later_crawl_wherever_it_stands(archive: Path) -> None:
    with daily() as board:
        # Deep in the listing, with more than a page of older posts above it: its date was set anew.
        deep = board.listed[-3]
        board._change(deep, posted=TODAY)
        assert crawl(board, archive, "--until", day(5)).shows(state="finished", new=15)
        kept = articles(archive).values()
        last_day = datetime.fromisoformat(day(5)).replace(tzinfo=KST) + timedelta(days=1)
        assert all((when := one.article.date_published) and when < last_day for one in kept)
        assert crawl(board, archive).shows(state="finished", new=6)
        assert articles(archive).keys() == public(board)


def test_a_window_of_days_is_read_again_in_full_without_touching_the_rest(archive: Path) -> None:
    with daily() as board:
        crawl(board, archive)
        seen = len(board.requests)
        window = ("--since", day(4), "--until", day(3))
        assert crawl(board, archive, "--full", *window).shows(state="finished", new=0, unchanged=2)
        fetched = [target for target in asked_for(board, seen) if target not in listing_pages(board)]
    assert len(fetched) == 2


def test_failures_of_a_limited_crawl_are_made_up_for_by_a_later_one(archive: Path) -> None:
    with daily() as board:
        failing = board.listed[3]
        board.fail("500", path=rf"/{failing}$")
        limited = crawl(board, archive, "--pages", "1", "-s", "RETRY_TIMES=0")
        assert limited.code == 1
        assert limited.shows(state="partial", new=4, failed=1)
        board.heal()
        let_time_pass(archive)
        assert crawl(board, archive).shows(state="finished", new=17)
        assert articles(archive).keys() == public(board)


def test_dates_without_a_year_go_on_over_the_pages(archive: Path) -> None:
    """Gnuboard prints MM-DD alone: two years back is told only by the pages before."""
    with SampleBoard(engine="gnuboard", posts=[], page_size=5, clock=lambda: TODAY) as board:
        for age, story in zip(range(20 * 40, 0, -40), STORIES, strict=False):
            board.post(story, posted=TODAY - timedelta(days=age))
        posted = {each: board.truth[each]["post"]["posted"].date() for each in board.listed}
        assert crawl(board, archive).shows(state="finished", new=20)
        listed = {key: stored.article.listing for key, stored in articles(archive).items()}
        read = {key: row.date_listed.date() for key, row in listed.items() if row and row.date_listed}
        assert read == posted
