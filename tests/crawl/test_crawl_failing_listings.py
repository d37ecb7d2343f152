"""A listing that fails: said in one line, nothing settled by it, and the next crawl catches up."""

from pathlib import Path
from typing import Any

import pytest
from crawling import (
    ONCE,
    answering,
    articles,
    broken_promises,
    crawl,
    last_run,
    let_time_pass,
    picture,
    public,
)

from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.exchange import redirect

FAULTS: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "rhymix without its database": ("rhymix", "database-down", {}, "answered 500"),
    "gnuboard without its database": ("gnuboard", "database-down", {}, "no listing"),
    "table without its database": ("table", "database-down", {}, "no listing"),
    "500": ("gnuboard", "500", {}, "answered 500"),
    "truncated": ("rhymix", "truncate", {}, "cut short"),
    "no board": ("rhymix", "other-page", {}, "no listing"),
    "login wall": ("gnuboard", "login", {}, "login"),
    "redirect loop": ("rhymix", "redirect-loop", {}, "max redirections reached"),
    "gzip bomb": ("rhymix", "gzip-bomb", {}, "too large"),
    "huge": ("rhymix", "huge", {}, "too large"),
    "huge, its length unsaid": ("table", "huge", {"declared": False}, "too large"),
    "reset": ("gnuboard", "reset", {}, "connection lost"),
}


@pytest.mark.parametrize(("engine", "mode", "args", "said"), FAULTS.values(), ids=FAULTS)
def test_a_listing_that_breaks_off_settles_nothing(
    engine: Any, mode: Any, args: dict[str, Any], said: str, archive: Path
) -> None:
    with SampleBoard(engine=engine, posts=16, page_size=5) as board:
        board.fail(mode, path=r"page=3", **args)
        done = crawl(board, archive, *ONCE)
        assert done.code == 1
        assert done.shows(state="partial", pages=2, new=10, failed=0, gone=0)
        assert len(done.complaints) == 1
        assert said in done.err
        assert "page=3" in done.err
        assert last_run(archive).reach is None
        assert broken_promises(archive) == []
        board.heal()
        assert crawl(board, archive).shows(state="finished", new=6, unchanged=0)
        assert articles(archive).keys() == public(board)


def test_a_first_page_that_fails_leaves_a_filled_archive_as_it_was(archive: Path) -> None:
    with SampleBoard(posts=9, page_size=5) as board:
        crawl(board, archive)
        before = picture(archive, board)
        for mode in ("database-down", "other-page", "truncate"):
            board.fail(mode, path="^/news$")
            done = crawl(board, archive, "--full", *ONCE)
            assert (done.code, done.figures["state"], len(done.complaints)) == (1, "failed", 1)
            assert done.shows(pages=0, requests=2)
            board.heal()
        assert picture(archive, board) == before


def test_a_listing_that_is_suddenly_empty_is_not_believed(archive: Path) -> None:
    with SampleBoard(posts=5) as board, SampleBoard(posts=[]) as empty:
        crawl(board, archive)
        before = picture(archive, board)
        answering(board, "/news", empty._engine.answer)
        done = crawl(board, archive, "--full")
        assert (done.code, done.figures["state"]) == (1, "failed")
        assert "lists nothing" in done.err
        assert picture(archive, board) == before


def test_an_empty_board_is_a_board(archive: Path) -> None:
    with SampleBoard(posts=[]) as board:
        done = crawl(board, archive)
    assert done.code == 0
    assert done.shows(state="finished", pages=1, headlines=0)


def test_a_redirect_to_another_host_is_refused_and_the_host_never_asked(archive: Path) -> None:
    with SampleBoard(posts=12, page_size=5) as board, SampleBoard(posts=3) as elsewhere:
        away = f"/news/{board.listed[1]}"
        answering(board, "/news?page=2", lambda _: redirect(302, elsewhere.url))
        answering(board, away, lambda _: redirect(301, f"{elsewhere.url}/{elsewhere.listed[0]}"))
        done = crawl(board, archive)
        assert done.code == 1
        assert done.shows(state="partial", new=4, failed=1)
        assert done.complaints
        assert all("off the source's host" in line for line in done.complaints)
        assert elsewhere.requests == []


def test_a_listing_that_never_ends_is_left_after_a_few_pages(archive: Path) -> None:
    with SampleBoard(posts=12, page_size=5) as board:
        board.fail("endless-next")
        done = crawl(board, archive)
        assert done.code == 1
        assert done.shows(state="partial", pages=5, failed=0)
        assert "repeats" in done.err
        board.heal()
        crawl(board, archive)
    assert articles(archive).keys() == public(board)
    assert broken_promises(archive) == []


@pytest.mark.parametrize("skin", ["default", "simpleGray"])
def test_a_phone_skin_whose_next_never_ends_has_an_end(skin: str, archive: Path) -> None:
    with SampleBoard(posts=7, page_size=5, mobile_skin=skin) as board:
        done = crawl(board, archive, "-s", "USER_AGENT=Mozilla/5.0 (Linux; Android 15) Mobile")
        assert done.shows(state="finished", new=7)
        assert last_run(archive).reach == "all"


def test_a_server_that_dies_and_comes_back(archive: Path) -> None:
    with SampleBoard(posts=20, page_size=5) as board:

        def fall(_request: object) -> None:
            if len(board.requests) == 12:
                board.die()

        board.on_request(fall)
        dead = crawl(board, archive, *ONCE)
        assert (dead.code, dead.figures["state"]) == (1, "partial")
        assert "connection refused" in dead.err
        assert 0 < len(articles(archive)) < 12
        again = crawl(board, archive, *ONCE)
        assert (again.code, again.figures["state"]) == (1, "failed")
        board.revive()
        let_time_pass(archive)
        assert crawl(board, archive).shows(state="finished", failed=0)
        assert articles(archive).keys() == public(board)
    assert broken_promises(archive) == []
