"""Processes that are stopped by a signal, and crawls that do not end."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from time import monotonic, sleep

import pytest
from crawling import broken_promises, capture_faults, crawl, picture
from faulty import hasty
from scheduling import beside, configure, early_names, is_alive, running, runs, short_board, until

from newsbot.korean.dates import KST
from newsbot.sampleboard import SampleBoard
from newsbot.schedule import crew
from newsbot.schedule.child import CrawlTask, Outcome
from newsbot.schedule.crew import Crew

pytestmark = pytest.mark.waits

FIRST, SECOND = islice(early_names(), 2)
STILL = 7.0  # seconds for which a schedule is stopped


@pytest.fixture
def board() -> Iterator[SampleBoard]:
    with short_board() as board:
        yield board


def is_locked(file: Path) -> bool:
    connection = sqlite3.connect(file, isolation_level=None, timeout=0)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False


def stop_in_a_transaction(process: int, file: Path) -> None:
    """Stops a crawl while it keeps all others from writing."""
    for _ in range(500):
        os.kill(process, signal.SIGSTOP)
        if is_locked(file):
            return
        os.kill(process, signal.SIGCONT)
        sleep(0.003)
    pytest.fail("the crawl wrote nothing")


def test_a_crawl_that_was_stopped_as_it_wrote_is_killed_and_its_source_taken_up(
    board: SampleBoard, tmp_path: Path
) -> None:
    board.fail("slow", path=".", seconds=0.05)
    file = tmp_path / "archive.db"
    with SampleBoard(posts=3) as other:
        more = f'[sources.{SECOND}]\nurl = "{other.url}"\nevery = "3s"\n'
        toml = configure(tmp_path, {FIRST: board.url}, every="1h", more=more)
        with running(hasty(toml)) as schedule:
            until(lambda: len(board.requests) > 3, "a crawl in full flow")
            (held,) = [run for run in runs(beside(tmp_path)) if run.name == FIRST]
            stopped = next(pid for pid in schedule.children() if crawls(pid, FIRST))
            stop_in_a_transaction(stopped, file)
            until(lambda: not is_alive(stopped), "the end of the stopped crawl")
            until(lambda: ended(schedule.ended, FIRST) == ["finished"], "the crawl, made up for")
            # What the other one was kept from writing meanwhile, its next crawl brings into order.
            until(lambda: ended(schedule.ended, SECOND)[-1:] == ["finished"], "a crawl of the other")
            schedule.signal(signal.SIGTERM)
            schedule.wait()
        assert sum(f"process {stopped}: was stopped" in line for line in schedule.log) == 1
    of_first = [run for run in runs(beside(tmp_path)) if run.name == FIRST]
    assert [run.state for run in of_first] == ["killed", "finished"]
    assert of_first[0].id == held.id
    board.heal()
    crawl(board, tmp_path / "calm.db")
    kept = picture(file, board)
    assert kept == picture(tmp_path / "calm.db", board)
    assert broken_promises(file) == []
    assert capture_faults(file) == []


def crawls(process: int, name: str) -> bool:
    return name in Path(f"/proc/{process}/cmdline").read_text().split("\0")


def ended(told: list[dict[str, object]], name: str) -> list[object]:
    return [each["state"] for each in told if each["source"] == name and "run" in each]


def test_a_schedule_that_was_stopped_makes_up_for_what_it_missed_once(tmp_path: Path) -> None:
    with (
        SampleBoard(posts=2, clock=lambda: datetime.now(KST)) as board,
        running(hasty(configure(tmp_path, {FIRST: board.url}, every="3s"))) as schedule,
    ):
        began = monotonic()
        until(lambda: schedule.ended, "the first crawl")
        schedule.signal(signal.SIGSTOP)
        sleep(STILL)
        before = len(schedule.ended)
        schedule.signal(signal.SIGCONT)
        until(lambda: len(schedule.ended) >= before + 2, "crawls afterwards")
        lived = monotonic() - began - STILL
    assert sum(seen.path == "/news" for seen in board.requests) <= lived / 3 + 2
    assert {run.state for run in runs(beside(tmp_path))} == {"finished"}


HEARING = "import time; print(flush=True); time.sleep(600)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {HEARING}"


@pytest.mark.parametrize(
    ("program", "by"), [(HEARING, signal.SIGTERM), (DEAF, signal.SIGKILL)], ids=["hears", "deaf"]
)
def test_a_crawl_past_its_limit_is_told_to_end_and_then_killed(
    program: str, by: signal.Signals, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(crew, "STOPPED", 0.5)
    monkeypatch.setattr(CrawlTask, "command", [sys.executable, "-c", program])
    told: list[Outcome] = []

    async def hear(outcome: Outcome) -> None:
        told.append(outcome)

    async def crawl() -> None:
        crawls = Crew(
            make=lambda names: CrawlTask(sources=dict.fromkeys(names, 0), config="", archive=""),
            said=lambda source, line: None,
            ended=hear,
        )
        crawls.longest = timedelta(seconds=2)
        crawls.call("news")
        await crawls.idle()

    asyncio.run(crawl())
    assert [(each.came, each.code) for each in told] == [("left", -by)]
    assert "longer than 2s: it is told to end" in caplog.messages[0]
    assert any("it is killed" in line for line in caplog.messages) == (by == signal.SIGKILL)
