"""An article page that fails is a failure with its reason: tried again, never the end of its article."""

from dataclasses import replace
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
    states,
    waiting,
)

from newsbot.sampleboard import SampleBoard

FAULTS: dict[str, tuple[str, dict[str, Any], str]] = {
    "500": ("500", {}, "http 500"),
    "503": ("503", {}, "http 503"),
    "truncated": ("truncate", {}, "cut short"),
    "reset": ("reset", {}, "connection lost"),
    "another page": ("other-page", {}, "no body"),
    "login wall": ("login", {}, "login"),
    "redirect loop": ("redirect-loop", {}, "max redirections reached"),
    "gzip bomb": ("gzip-bomb", {}, "too large"),
    "huge": ("huge", {"megabytes": 17}, "too large"),
    "database down": ("database-down", {}, "http 500"),
}


def test_every_kind_of_failure_is_kept_with_its_reason_and_healed_later(archive: Path) -> None:
    with SampleBoard(posts=len(FAULTS) + 3) as board:
        failing = dict(zip(board.listed[1:], FAULTS.values(), strict=False))
        for each, (mode, args, _) in failing.items():
            board.fail(mode, path=rf"/{each}$", **args)  # type: ignore[arg-type]
        done = crawl(board, archive, *ONCE)
        assert done.code == 1
        assert done.shows(state="partial", new=3, failed=len(FAULTS), gone=0)
        assert waiting(archive) == {each: (reason, 1) for each, (*_, reason) in failing.items()}
        assert {each: state for each, state in states(archive, board).items() if state != "stored"} == (
            dict.fromkeys(failing, "failed")
        )
        assert len(done.complaints) == len(FAULTS)
        assert "Traceback" not in done.err
        assert last_run(archive).reach == "all"  # the listing itself was walked to its end

        let_time_pass(archive)
        assert crawl(board, archive, *ONCE).code == 1
        assert {attempts for _, attempts in waiting(archive).values()} == {2}

        board.heal()
        let_time_pass(archive)
        assert crawl(board, archive).shows(state="finished", new=len(FAULTS), failed=0)
        assert waiting(archive) == {}
    assert broken_promises(archive) == []


def test_a_page_that_fails_once_is_asked_for_again_within_the_run(archive: Path) -> None:
    with SampleBoard(posts=4) as board:
        board.fail("500", times=1, path=rf"/{board.listed[2]}$")
        assert crawl(board, archive).shows(state="finished", new=4, failed=0)


@pytest.mark.parametrize("engine", ["gnuboard", "table"])
def test_a_lost_database_that_answers_200_is_not_taken_for_a_deleted_post(engine: Any, archive: Path) -> None:
    with SampleBoard(engine=engine, posts=4) as board:
        lost = board.listed[1]
        board.fail("database-down", path=rf"(/|no=){lost}$")
        assert crawl(board, archive).shows(state="partial", new=3, failed=1, gone=0)
        assert states(archive, board)[lost] == "failed"


@pytest.mark.parametrize("engine", ["rhymix", "gnuboard"])
def test_a_page_of_another_post_is_refused(engine: Any, archive: Path) -> None:
    """A server that mixes up its cache: 200, a whole article, but not the one that was asked for."""
    with SampleBoard(engine=engine, posts=4) as board:
        asked, other = board.listed[2], board.listed[0]
        own = board._engine.answer
        answering(board, f"/news/{asked}", lambda request: own(replace(request, target=f"/news/{other}")))
        done = crawl(board, archive)
        assert done.shows(state="partial", new=3, failed=1)
        assert waiting(archive) == {asked: ("other post", 1)}


def test_what_is_stored_is_not_lost_by_a_page_that_fails_later(archive: Path) -> None:
    with SampleBoard(posts=len(FAULTS)) as board:
        crawl(board, archive)
        before = picture(archive, board)
        for each, (mode, args, _) in zip(board.listed, FAULTS.values(), strict=True):
            board.fail(mode, path=rf"/{each}$", **args)  # type: ignore[arg-type]
        full = crawl(board, archive, "--full", *ONCE)
        assert full.code == 1
        assert full.shows(state="partial", failed=len(FAULTS), gone=0)
        assert picture(archive, board) == before
        board.heal()
        let_time_pass(archive)
        assert crawl(board, archive).shows(state="finished", unchanged=len(FAULTS), new=0)
    assert articles(archive).keys() == set(board.listed)
    assert broken_promises(archive) == []
