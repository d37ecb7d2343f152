"""Whoever comes to a host, and however many: it never sees more than its rate, by its own log of requests."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from itertools import islice, pairwise
from pathlib import Path

import fleets
import pytest
from commanding import command_line
from crawling import broken_promises, captures_of
from faulty import hasty
from scheduling import PATIENCE, early_names, running, runs, until

from newsbot.korean.dates import KST
from newsbot.sampleboard import SampleBoard

pytestmark = pytest.mark.waits

LEAST = 0.7  # of the delay, seen by a server that may note one request late, on a busy machine
EVENLY = "[settings]\nRANDOMIZE_DOWNLOAD_DELAY = false\n"
NEWS, FEED, OTHER = islice(early_names(), 3)


@pytest.fixture
def board() -> Iterator[SampleBoard]:
    with SampleBoard(posts=1, feeds=True, clock=lambda: datetime.now(KST)) as board:
        yield board


def configure(folder: Path, archive: str, board: SampleBoard, *, sources: int, delay: float) -> Path:
    """Sources of one host, each of which says how many seconds are to lie between two requests."""
    folder.mkdir(exist_ok=True)
    urls = {NEWS: board.url, FEED: f"{board.site}/news/rss", OTHER: f"{board.site}/news/atom"}
    chosen = islice(urls.items(), sources)
    tables = "".join(f'[sources.{n}]\nurl = "{u}"\nevery = "1h"\ndelay = {delay}\n' for n, u in chosen)
    toml = folder / "newsbot.toml"
    toml.write_text(f'archive = "{archive}"\ncaptures = "{captures_of(archive)}"\n{tables}{EVENLY}')
    return toml


def shortest_gap(board: SampleBoard) -> float:
    moments = [seen.when.timestamp() for seen in board.requests]
    return min(later - earlier for earlier, later in pairwise(moments))


def test_sources_of_a_host_one_after_the_other_in_one_process(board: SampleBoard, tmp_path: Path) -> None:
    toml = configure(tmp_path, f"sqlite:///{tmp_path}/archive.db", board, sources=2, delay=2.5)
    done = subprocess.run(
        command_line("crawl", "--config", toml), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(runs(f"sqlite:///{tmp_path}/archive.db")) == 2
    assert shortest_gap(board) >= LEAST * 2.5


@pytest.mark.parametrize("asks", ["robots.txt", "settings"])
def test_the_crawl_after_one_that_was_killed_waits_first(asks: str, place: str, tmp_path: Path) -> None:
    delay = 8.0
    robots = f"User-agent: *\nAllow: /\n{f'Crawl-delay: {delay}' if asks == 'robots.txt' else ''}\n"
    with SampleBoard(posts=6, clock=lambda: datetime.now(KST), robots=robots) as board:
        least = 0.1 if asks == "robots.txt" else delay
        toml = configure(tmp_path, place, board, sources=1, delay=least)
        for asked in (2, 3):
            with subprocess.Popen(command_line("crawl", NEWS, "--config", toml)) as crawl:
                until(lambda: len(board.requests) >= asked, "a crawl in full flow")  # noqa: B023
                crawl.kill()
        assert shortest_gap(board) >= LEAST * delay


def test_a_schedule_two_fleets_workers_and_a_person_at_one_host(
    url: str, board: SampleBoard, tmp_path: Path
) -> None:
    """Each with a newsbot.toml of its own, and all on one archive."""
    toml = configure(tmp_path, url, board, sources=3, delay=1.0)
    person = command_line("crawl", NEWS, FEED, "--config", toml, "--wait", "1m")
    with ExitStack() as machines:
        fleet = [machines.enter_context(running(fleets.worker(toml))) for _ in range(2)]
        schedule = machines.enter_context(running(hasty(toml)))
        by_hand = subprocess.run(person, capture_output=True, text=True, check=False, timeout=PATIENCE)
        assert by_hand.returncode == 0, by_hand.stderr
        until(
            lambda: {run.name for run in runs(url) if run.state == "finished"} == {NEWS, FEED, OTHER},
            "all of it",
        )
        said = [each for one in (*fleet, schedule) for each in one.ended]
    assert shortest_gap(board) >= LEAST * 1.0
    assert all(each["state"] in ("finished", "skipped") or each["cause"] == "held" for each in said)
    assert broken_promises(url) == []
