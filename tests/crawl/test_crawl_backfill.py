"""The old posts of a board, stretch by stretch behind what is new, whatever moves or dies meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from crawling import (
    ONCE,
    articles,
    asked_for,
    broken_promises,
    by_name,
    capture_faults,
    configure,
    crawl,
    differences,
    killed_crawl,
    last_run,
    old,
    public,
)

from newsbot.archive import open_archive
from newsbot.archive.run_records import Backfill
from newsbot.config import source_key
from newsbot.health.keeping import case_of
from newsbot.health.rules import judge
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.articles import load_articles
from newsbot.sampleboard.board import now_in_korea
from newsbot.sampleboard.exchange import RequestSeen

SHORT = [article for article in load_articles() if len(article.paragraphs) < 12][:30]


@contextmanager
def aged_board(count: int, *, page_size: int) -> Iterator[SampleBoard]:
    """A board of so many posts, a day apart."""
    now = now_in_korea()
    with SampleBoard(posts=[], page_size=page_size) as board:
        for age in range(count - 1, -1, -1):
            board.post(SHORT[age % 30], posted=now - timedelta(days=age), secret=False, notice=False)
        yield board


def place_of(archive: Path | str, url: str) -> Backfill:
    where = archive if isinstance(archive, str) else f"sqlite:///{archive}"
    with open_archive(where, read_only=True) as opened:
        found = opened.backfill(source_key(url))
        assert found is not None
        return found


def test_it_goes_on_where_it_stopped_and_loses_nothing_of_a_board_that_moves(place: str) -> None:
    chance = Random(5)
    with SampleBoard(posts=80, page_size=6) as board:
        there = {*board.listed}
        while not (done := crawl(board, place, "--backfill", "all", "--pages", "4")).figures["backfill"][
            "done"
        ]:
            assert done.shows(state="finished", failed=0), done.err
            assert old(done)["pages"] <= 4 + 2
            for _ in range(chance.randint(0, 15)):
                board.post(chance.choice(SHORT))
            for _ in range(chance.randint(0, 15)):
                board.delete(chance.choice(board.listed))
        assert crawl(board, place).code == 0
        kept = articles(place)
        assert there & {*board.listed} <= kept.keys()
        assert public(board) <= kept.keys()
        assert all(not differences(kept[each].article, board.truth[each]) for each in board.listed)
    assert broken_promises(place) == []
    assert place_of(place, board.url).ended is not None


@pytest.mark.parametrize("engine", ["rhymix", "gnuboard"])
def test_kill_9_between_any_two_pages_costs_no_post(engine: Any, archive: Path) -> None:
    chance = Random(11)
    with SampleBoard(engine=engine, posts=60, page_size=5) as board:
        there = {*board.listed}

        def move(_seen: RequestSeen) -> None:
            if chance.random() < 0.03:
                board.delete(chance.choice(board.listed))

        board.on_request(move)
        for _ in range(4):
            killed_crawl(board, archive, chance, "--backfill", "all", "--pages", "4", least=3)
        done = crawl(board, archive, "--backfill", "all")
        assert done.shows(state="finished", failed=0), done.err
        assert old(done)["done"]
        board._watchers.clear()
        assert crawl(board, archive).code == 0
        assert there & {*board.listed} <= articles(archive).keys()
    assert broken_promises(archive) == []
    assert capture_faults(archive) == []


def test_dates_without_a_year_lead_back_to_the_day_that_was_asked_for(archive: Path) -> None:
    """Gnuboard prints 06-12: each stretch begins in the middle of a listing, years ago."""
    now = now_in_korea()
    with SampleBoard(engine="gnuboard", posts=[], page_size=5) as board:
        for age in range(60, -1, -1):
            board.post(SHORT[age % 30], posted=now - timedelta(days=12 * age), secret=False, notice=False)
        goal = (now - timedelta(days=12 * 45)).date()
        wanted = {each for each in board.listed if posted(board, each) >= goal}
        done, rounds = False, 0
        while not done:
            said = crawl(board, archive, "--backfill", goal.isoformat(), "--pages", "3")
            done, rounds = old(said)["done"], rounds + 1
            board.post(SHORT[rounds], secret=False, notice=False)
        kept = articles(archive).keys()
        assert wanted <= kept
        assert {each for each in kept if posted(board, each) < goal} == set()
        oldest = place_of(archive, board.url).oldest
    assert oldest is not None
    assert goal - timedelta(days=12 * 2 * 5) < oldest.date() < goal
    assert rounds > 3


def posted(board: SampleBoard, post: str) -> date:
    when: datetime = board.truth[post]["post"]["posted"]
    return when.date()


def test_a_source_of_the_file_brings_a_stretch_in_each_crawl_until_it_is_done(archive: Path) -> None:
    with aged_board(60, page_size=10) as board:
        configure(archive, board.url, 'backfill = "all"', "backfill_pages = 2")
        first = by_name(archive)
        assert first.shows(state="finished", failed=0)
        assert first.figures["new"] < 60  # the first crawl takes what is new, not all there is
        left_out = by_name(archive, "--no-backfill")
        assert left_out.shows(state="finished", new=0, backfill=None)
        new = board.post(SHORT[0], secret=False)
        second = by_name(archive)
        assert second.shows(state="finished", new=1)
        assert new in articles(archive)
        while not old(done := by_name(archive))["done"]:
            assert done.shows(new=0, state="finished")
            assert old(done)["pages"] <= 4
        assert public(board) <= articles(archive).keys()
        before = len(board.requests)
        assert by_name(archive).shows(state="finished", backfill=None, new=0)
        assert len(asked_for(board, before)) == 1  # the listing's first page
        before = len(board.requests)
        assert crawl(board, archive).shows(state="finished", new=0)  # without any since: all is known
        assert len(asked_for(board, before)) == 1
    place = place_of(archive, board.url)
    assert place.articles + first.figures["new"] + 1 == len(articles(archive))


def test_what_is_new_comes_before_what_is_old(archive: Path) -> None:
    with aged_board(60, page_size=10) as board:
        configure(archive, board.url, "backfill = 4", "backfill_pages = 2")
        by_name(archive)
        new = board.post(SHORT[0], secret=False)
        before = len(board.requests)
        by_name(archive)
        asked = asked_for(board, before)
    assert asked[0] == "/news"
    assert asked[1].endswith(new)


def test_a_turn_is_short_where_the_source_is_due_again_soon(archive: Path) -> None:
    with aged_board(80, page_size=5) as board:
        board.fail("slow", seconds=0.4, path=r"^/news\?page=\d+$")
        configure(archive, board.url, 'backfill = "all"', "backfill_pages = 15", 'every = "10s"')
        done = by_name(archive)
        assert done.shows(state="finished")
        assert 1 <= old(done)["pages"] < 15


def test_old_posts_say_nothing_of_the_sources_health(archive: Path) -> None:
    with aged_board(60, page_size=10) as board:
        configure(archive, board.url, 'backfill = "all"')
        by_name(archive)
        for each in board.listed[30:50]:
            board.fail("500", path=rf"/{each}$")
        board.post(SHORT[0], secret=False)
        done = by_name(archive, *ONCE)
    run = last_run(archive)
    assert done.figures["state"] in ("finished", "partial")
    assert run.figures["articles"] == done.figures["new"]
    with open_archive(f"sqlite:///{archive}", read_only=True) as opened:
        assert judge(case_of(opened, run)).troubles == {}


def test_an_old_post_that_fails_makes_the_run_partial_and_is_tried_again(archive: Path) -> None:
    with aged_board(60, page_size=10) as board:
        broken = board.listed[35]
        board.fail("500", path=rf"/{broken}$", times=1)
        done = crawl(board, archive, "--backfill", "all", *ONCE)
        assert done.shows(state="partial", failed=0)
        assert (old(done)["failed"], old(done)["done"]) == (1, True)
        assert crawl(board, archive, "--repair").code == 0
        assert broken in articles(archive)


def test_a_listing_that_breaks_leaves_the_place_where_it_was(archive: Path) -> None:
    with aged_board(100, page_size=5) as board:
        assert crawl(board, archive, "--backfill", "all", "--pages", "8").code == 0
        before = place_of(archive, board.url)
        board.fail("500", path=r"page=12$")
        said = crawl(board, archive, "--backfill", "all", "--pages", "8", *ONCE)
        assert said.shows(state="partial")
        assert "page=12" in old(said)["trouble"]
        assert place_of(archive, board.url).trail == before.trail
        board.heal()
        assert old(crawl(board, archive, "--backfill", "all"))["done"]
        assert public(board) <= articles(archive).keys()


def test_another_goal_goes_on_from_where_the_last_one_ended(archive: Path) -> None:
    with aged_board(60, page_size=5) as board:
        assert old(crawl(board, archive, "--backfill", "3"))["done"]
        before = len(board.requests)
        assert crawl(board, archive, "--backfill", "3").shows(state="finished", backfill=None)
        assert len(asked_for(board, before)) == 1
        assert old(crawl(board, archive, "--backfill", "6"))["depth"] == 6
        assert old(crawl(board, archive, "--backfill", "all"))["done"]
        assert public(board) <= articles(archive).keys()


@pytest.mark.parametrize("goal", ["yes", "0", "2020-13-01"])
def test_a_goal_that_makes_no_sense_is_said(goal: str, archive: Path) -> None:
    said = crawl("http://127.0.0.1:9/news", archive, "--backfill", goal)
    assert said.code == 2
    assert f"--backfill {goal}: give a day such as 2020-01-31, a number of pages, or all" in said.err
