"""The archive out of reach under a schedule: its server crashed, its file locked."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import sleep

import postgres
import pytest
from crawling import assert_undisturbed
from faulty import hasty, locked
from scheduling import configure, early_names, finished, running, runs, short_board, slow, until

from newsbot.sampleboard import SampleBoard

pytestmark = pytest.mark.waits

NAMES = list(islice(early_names(), 4))


@pytest.fixture
def board() -> Iterator[SampleBoard]:
    with short_board() as board:
        yield board


def test_a_server_that_is_away_when_a_turn_is_due_and_crashes_in_mid_crawl(
    board: SampleBoard, tmp_path: Path
) -> None:
    slow(board, 0.05)
    with postgres.serving() as server, SampleBoard(posts=3) as other:
        url = server.database()
        toml = configure(tmp_path, {NAMES[0]: board.url, NAMES[1]: other.url}, every="1h", archive=url)
        server.crash()
        with running(hasty(toml)) as schedule:
            until(lambda: schedule.said("the archive cannot be used"), "a schedule that waits")
            sleep(2)  # by now both are due
            assert schedule.ended == []
            assert len(schedule.said("cannot be reached")) == 1
            server.start()
            until(lambda: len(board.requests) > 10, "a crawl in full flow")
            server.crash()
            until(lambda: len(schedule.said("the archive cannot be used")) == 2, "a schedule that waits")
            asked = len(board.requests)
            sleep(2)
            assert len(board.requests) == asked
            server.start()
            until(lambda: len(finished(schedule)) == 2, "both crawls, made up for")
            until(lambda: len(schedule.said("can be used again")) == 2, "word of it")
        assert {(each["state"], each.get("cause")) for each in schedule.ended} <= {
            ("finished", None),
            ("failed", "archive"),
        }
        assert len(schedule.ended) <= 4
        kept = {run.id: run.state for run in runs(url)}
        assert sorted(kept.values()) == ["finished", "finished", *["killed"] * (len(kept) - 2)]
        assert all(kept[each["run"]] == "finished" for each in finished(schedule))
        assert_undisturbed(url, board, tmp_path)


def test_a_server_that_stands_still_and_goes_on(board: SampleBoard, tmp_path: Path) -> None:
    slow(board, 0.05)
    with postgres.serving() as server:
        url = server.database()
        toml = configure(tmp_path, {NAMES[0]: board.url}, every="1h", archive=url)
        with running(hasty(toml, asks=True)) as schedule:
            until(lambda: len(board.requests) > 10, "a crawl in full flow")
            with server.frozen():
                until(lambda: schedule.ended, "the end of the crawl")
                until(lambda: schedule.said("the archive cannot be used"), "a schedule that waits")
            until(lambda: finished(schedule), "the crawl, made up for")
        assert [(each["state"], each.get("cause")) for each in schedule.ended] == [
            ("failed", "archive"),
            ("finished", None),
        ]
        assert len(schedule.said("the archive cannot be used")) == 1
        assert_undisturbed(url, board, tmp_path)


def test_a_file_that_another_process_keeps_locked(board: SampleBoard, tmp_path: Path) -> None:
    slow(board, 0.05)
    toml = configure(tmp_path, {NAMES[0]: board.url}, every="1h")
    file = tmp_path / "archive.db"
    with running(hasty(toml)) as schedule:
        until(lambda: len(board.requests) > 10, "a crawl in full flow")
        with locked(file):
            until(lambda: len(schedule.ended) == 2, "a crawl that gave up, and one that could not begin")
        until(lambda: finished(schedule), "the crawl, made up for")
    assert [each["state"] for each in schedule.ended[:2]] == ["failed", "failed"]
    assert schedule.said("another process is writing to it")
    assert len(schedule.said("the archive cannot be used")) == 1
    assert [run.state for run in runs(f"sqlite:///{file}")] == ["killed", "finished"]
    assert finished(schedule)[0]["run"] == runs(f"sqlite:///{file}")[-1].id
    assert_undisturbed(file, board, tmp_path)
