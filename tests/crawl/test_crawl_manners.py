"""Manners: what robots.txt and the host ask for is done, one request at a time, and nobody else is asked."""

from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from commanding import HURRY, in_its_own_process
from crawling import articles, asked_for, crawl, states, waiting

from newsbot.archive import open_archive
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.board import KST
from newsbot.schedule.history import past_runs

BLINK = 0.15  # seconds by which a busy machine may notice a request late


def now() -> datetime:
    return datetime.now(KST)


def gaps(board: SampleBoard) -> list[float]:
    """Seconds between the requests, robots.txt left out."""
    times = [seen.when for seen in board.requests if seen.path != "/robots.txt"]
    return [(later - sooner).total_seconds() for sooner, later in pairwise(times)]


def test_a_listing_that_robots_txt_forbids_is_not_asked_for(archive: Path) -> None:
    with SampleBoard(posts=3, robots="User-agent: *\nDisallow: /news\n") as board:
        done = crawl(board, archive)
        assert (done.code, done.figures["state"]) == (1, "failed")
        assert "forbidden by robots.txt" in done.err
        assert len(done.complaints) == 1
        assert asked_for(board) == []


def test_a_wait_too_long_for_a_crawl_is_left_to_the_schedule(archive: Path) -> None:
    with SampleBoard(posts=3) as board:
        board.fail("429", retry_after=4000)
        done = crawl(board, archive)
    assert (done.code, done.figures["state"], done.figures["left_alone"]) == (1, "failed", 4000)
    with open_archive(f"sqlite:///{archive}") as kept:
        [run] = past_runs(kept, {"news": done.figures["source"]})["news"]
    assert (run.state, run.left_alone) == ("failed", 4000)


def test_what_robots_txt_forbids_to_newsbot_by_name_is_left_out(archive: Path) -> None:
    rules = "User-agent: newsbot\nDisallow: /news?page=\nUser-agent: *\nAllow: /\n"
    with SampleBoard(posts=8, page_size=5, robots=rules) as board:
        done = crawl(board, archive)
        assert done.shows(state="partial", new=5)
        assert not any("page=" in target for target in asked_for(board))
    assert waiting(archive) == {}


def test_a_site_without_robots_txt_is_open(archive: Path) -> None:
    with SampleBoard(posts=2, robots=None) as board:
        assert crawl(board, archive).shows(state="finished", new=2)


@pytest.mark.parametrize("throttle", ["0", "1"])
def test_crawl_delay_is_obeyed(throttle: str, archive: Path) -> None:
    robots = "User-agent: *\nAllow: /\nCrawl-delay: 0.4\n"
    with SampleBoard(posts=5, robots=robots, clock=now) as board:
        throttled = ("-s", f"AUTOTHROTTLE_ENABLED={throttle}", "-s", "AUTOTHROTTLE_START_DELAY=0")
        assert crawl(board, archive, *throttled).shows(state="finished", new=5)
        assert sum(gaps(board)) >= 5 * 0.4 - BLINK
        assert median(gaps(board)) >= 0.4 - BLINK  # one request may have been noted late


def test_a_crawl_delay_does_not_hasten_a_slower_crawl(archive: Path) -> None:
    robots = "User-agent: *\nAllow: /\nCrawl-delay: 0.1\n"
    with SampleBoard(posts=3, robots=robots, clock=now) as board:
        crawl(board, archive, "-s", "DOWNLOAD_DELAY=0.5", "-s", "RANDOMIZE_DOWNLOAD_DELAY=0")
        assert sum(gaps(board)) >= 3 * 0.5 - BLINK
        assert median(gaps(board)) >= 0.5 - BLINK


@pytest.mark.parametrize("mode", ["503", "429"])
def test_retry_after_is_obeyed(mode: str, archive: Path) -> None:
    with SampleBoard(posts=6, clock=now) as board:
        board.fail(mode, times=1, path=rf"/{board.listed[2]}$", retry_after=2)  # type: ignore[arg-type]
        assert crawl(board, archive).shows(state="finished", new=6, failed=0)
        refused = next(place for place, seen in enumerate(board.requests) if seen.status == int(mode))
        answered, following = board.requests[refused : refused + 2]
        assert (following.when - answered.when).total_seconds() >= 2


def test_a_host_that_asks_for_hours_is_left_alone(archive: Path) -> None:
    with SampleBoard(posts=6) as board:
        board.fail("503", path=rf"/{board.listed[2]}$", retry_after=7200)
        done = crawl(board, archive)
        assert done.code == 1
        assert done.shows(state="partial", failed=0)
        assert "asks to be left alone for 7200 s" in done.err
        refused = next(place for place, seen in enumerate(board.requests) if seen.status == 503)
        assert len(board.requests) == refused + 1
        board.heal()
        assert crawl(board, archive).shows(state="finished")
        assert set(states(archive, board).values()) == {"stored"}


def test_a_host_is_asked_one_thing_at_a_time(archive: Path) -> None:
    with SampleBoard(posts=8, page_size=5, clock=now) as board:
        board.fail("slow", seconds=0.1)  # the next request comes in only after this one's answer has begun
        assert crawl(board, archive).shows(state="finished", new=8)
        assert min(gaps(board)) >= 0.1


def test_newsbot_says_who_it_is_and_keeps_its_cookies(archive: Path, tmp_path: Path) -> None:
    with SampleBoard(posts=4) as board:
        config = tmp_path / "newsbot.toml"
        config.write_text(f'contact = "https://news.example/bot"\n[sources.board]\nurl = "{board.url}"\n')
        arguments = ("crawl", "board", "--config", config, "--archive", f"sqlite:///{archive}", "--json")
        assert in_its_own_process(*arguments, *HURRY).lines[-1]["new"] == 4
        agents = {seen.user_agent for seen in board.requests}
        assert len(agents) == 1
        assert agents.pop().startswith("newsbot/")
        assert all("+https://news.example/bot" in seen.user_agent for seen in board.requests)
        sessions = [seen.cookies.get("PHPSESSID") for seen in board.requests if seen.path != "/robots.txt"]
        assert sessions[0] is None
        assert len(set(sessions[1:])) == 1
        assert sessions[1] is not None
        assert {seen.method for seen in board.requests} == {"GET"}
    assert len(articles(archive)) == 4
