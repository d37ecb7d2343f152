"""The server away under a fleet's worker: told once, and every source as due as it was."""

import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import sleep

import postgres
import pytest
from crawling import assert_undisturbed, captures_of
from fleets import asking_worker, configure, worker
from scheduling import finished, running, runs, short_board, until

from newsbot.sampleboard import SampleBoard

pytestmark = pytest.mark.waits


@pytest.fixture
def board() -> Iterator[SampleBoard]:
    with short_board(feeds=True) as board:
        board.fail("slow", path=".", seconds=0.05)
        yield board


@pytest.fixture
def boards() -> Iterator[dict[str, str]]:
    """Six small ones, each on its own host."""
    with ExitStack() as stack:
        yield {f"board{n}": stack.enter_context(SampleBoard(posts=1)).url for n in range(6)}


def test_a_server_that_is_away_when_a_worker_begins_and_crashes_in_mid_crawl(
    board: SampleBoard, tmp_path: Path
) -> None:
    with postgres.serving() as server, SampleBoard(posts=3) as other:
        url = server.database()
        toml = configure(tmp_path, url, {"news": board.url, "other": other.url})
        server.crash()
        with running(worker(toml)) as one:
            until(lambda: one.said("the archive cannot be used"), "a worker that waits")
            server.start()
            until(lambda: len(board.requests) > 10, "a crawl in full flow")
            server.crash()
            until(lambda: len(one.said("the archive cannot be used")) == 2, "a worker that waits again")
            sleep(5)
            server.start()
            until(lambda: {each["source"] for each in finished(one)} == {"news", "other"}, "both crawls")
            until(lambda: len(one.said("can be used again")) == 2, "word of it")
        assert len(one.said("the archive cannot be used")) == 2
        assert len(one.said(" ERROR ")) <= 4  # each time, and why
        assert not one.said("given to others")
        assert len(one.ended) <= 4
        assert all(each["cause"] == "archive" for each in one.ended if each["state"] != "finished")
        kept = {run.id: run.state for run in runs(url)}
        assert sorted(kept.values()) == ["finished", "finished", *["killed"] * (len(kept) - 2)]
        assert all(kept[each["run"]] == "finished" for each in finished(one))
        assert_undisturbed(url, board, tmp_path)


def test_a_server_that_stands_still_and_goes_on(board: SampleBoard, tmp_path: Path) -> None:
    with postgres.serving() as server:
        url = server.database()
        with running(asking_worker(configure(tmp_path, url, {"news": board.url}))) as one:
            until(lambda: len(board.requests) > 10, "a crawl in full flow")
            with server.frozen():
                until(lambda: one.ended, "the end of the crawl")
                until(lambda: one.said("the archive cannot be used"), "a worker that waits")
            until(lambda: finished(one), "the crawl, made up for")
            until(lambda: one.said("can be used again"), "word of it")
        assert [(each["state"], each.get("cause")) for each in one.ended] == [
            ("failed", "archive"),
            ("finished", None),
        ]
        assert len(one.said("the archive cannot be used")) == len(one.said("can be used again")) == 1
        assert_undisturbed(url, board, tmp_path)


def test_captures_that_cannot_be_written_cost_a_crawl_now_and_then(
    url: str, boards: dict[str, str], tmp_path: Path
) -> None:
    toml = configure(tmp_path, url, boards)
    captures = captures_of(url)
    shutil.rmtree(captures, ignore_errors=True)
    captures.parent.mkdir(exist_ok=True)
    captures.write_text("in the way\n")
    with running(worker(toml, "--at-once", "2")) as one:
        until(lambda: one.said("the archive cannot be used"), "a worker that waits")
        until(lambda: len(one.ended) >= 4, "crawls that were let through")
        captures.unlink()
        until(lambda: len(finished(one)) >= len(boards), "every crawl, made up for")
    assert {each["cause"] for each in one.ended if each["state"] != "finished"} == {"archive"}
    assert len(one.said("the archive cannot be used")) == len(one.said("can be used again")) == 1


def test_a_worker_that_waits_for_its_server_ends_when_it_is_told_to(tmp_path: Path) -> None:
    toml = configure(tmp_path, "postgresql://nobody@127.0.0.1:1/none", {"news": "http://127.0.0.1:1/news"})
    with running(worker(toml)) as one:
        until(lambda: one.said("the archive cannot be used"), "a worker that waits")
        sleep(2)  # it has looked again
        one.signal(signal.SIGTERM)
        assert one.wait() == 0
    assert len(one.said("cannot be reached")) == 1
