"""Two sources of one host, or one source twice: one crawl at a time is there, whoever began it."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from commanding import PATIENCE, forked
from crawling import articles, asked_for, broken_promises, crawl, crawl_arguments, last_run

from newsbot.korean.dates import KST
from newsbot.sampleboard import SampleBoard

SLOW = 0.1  # seconds, each answer


@contextmanager
def crawling(board: SampleBoard, archive: Path) -> Iterator[BaseProcess]:
    """A crawl of the board in another process, which has asked for a page already."""
    begun = threading.Event()
    board.on_request(lambda _: begun.set())
    process = forked(*crawl_arguments(board, archive))
    try:
        assert begun.wait(PATIENCE)
        yield process
    finally:
        process.kill()
        process.join()


def feed(board: SampleBoard) -> str:
    return f"{board.site}/news/rss"


def at_once(board: SampleBoard) -> int:
    """How many requests came before the one before them was answered."""
    moments = [seen.when.timestamp() for seen in board.requests]
    return sum(later - earlier < SLOW * 0.9 for earlier, later in pairwise(moments))


@pytest.fixture
def board() -> Iterator[SampleBoard]:
    with SampleBoard(posts=12, feeds=True, clock=lambda: datetime.now(KST)) as board:
        board.fail("slow", times=1, path="/news$", seconds=3)
        board.fail("slow", path=".", seconds=SLOW)
        yield board


def test_a_second_crawl_says_who_is_there_and_ends(board: SampleBoard, archive: Path) -> None:
    board.heal()
    board.fail("slow", path="/news$", seconds=60)
    with crawling(board, archive) as first:
        for where, what in ((board.url, board.url.partition("//")[2]), (feed(board), "the host 127.0.0.1:")):
            second = crawl(where, archive)
            assert second.code == 1
            assert second.figures["cause"] == "held"
            assert what in second.figures["trouble"]
            assert f"is being crawled by process {first.pid} since 20" in second.figures["trouble"]
        os.kill(first.pid or 0, signal.SIGSTOP)
        second = crawl(board, archive)
        assert f"process {first.pid} since 20" in second.figures["trouble"]
        assert "which stands still, stopped by a signal" in second.figures["trouble"]
        os.kill(first.pid or 0, signal.SIGCONT)
        assert first.is_alive()


def test_a_second_crawl_may_wait(board: SampleBoard, archive: Path) -> None:
    with crawling(board, archive):
        second = crawl(feed(board), archive, "--wait", "1m")
        assert second.code == 0
        assert second.shows(state="finished", known=0, failed=0)
    assert at_once(board) == 0
    assert articles(archive).keys() == set(board.listed)
    assert broken_promises(archive) == []


def test_what_a_killed_crawl_held_is_free(board: SampleBoard, archive: Path) -> None:
    with crawling(board, archive) as first:
        first.kill()
        first.join()
    assert crawl(feed(board), archive).code == 0


def test_a_source_that_was_crawled_meanwhile_is_left_alone(board: SampleBoard, archive: Path) -> None:
    board.heal()
    assert crawl(board, archive, "--unless-run-after", "0").code == 0
    run, asked = last_run(archive).id, len(board.requests)
    again = crawl(board, archive, "--unless-run-after", str(run - 1))
    assert again.code == 0
    assert again.shows(state="skipped", cause="newer run")
    assert asked_for(board, asked) == []
    assert crawl(board, archive, "--unless-run-after", str(run)).shows(state="finished")
