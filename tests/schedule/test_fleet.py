"""A fleet for real, on a real server: workers killed, stopped, too many."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import sleep

import pytest
from commanding import Command
from crawling import assert_undisturbed, broken_promises, picture
from fleets import IMPATIENT, configure, worker
from scheduling import (
    PATIENCE,
    SHORT,
    SLOW,
    asked_at_once,
    finished,
    is_alive,
    once,
    running,
    runs,
    short_board,
    slow,
    until,
)

from newsbot.archive import open_archive
from newsbot.archive.fleet import holders, workers
from newsbot.config import source_host, source_key
from newsbot.korean.dates import KST
from newsbot.sampleboard import SampleBoard
from newsbot.schedule.fleet_server import schema_name

pytestmark = pytest.mark.waits

SEEDS = 2  # archives, in each of which two workers are killed; tests/soak kills more


@pytest.fixture
def board() -> Iterator[SampleBoard]:
    with short_board(feeds=True) as board:
        yield board


# ---- killed, stopped, cut off ----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_a_killed_worker_leaves_another_takes_up(
    seed: int, url: str, board: SampleBoard, tmp_path: Path
) -> None:
    chance = Random(seed)
    toml = configure(tmp_path, url, {"news": board.url})
    slow(board, 0.05)
    with ExitStack() as machines:
        for _ in range(2):
            target = len(board.requests) + chance.randint(1, 20)
            one = machines.enter_context(running(worker(toml)))
            until(lambda: len(board.requests) >= target, "a crawl in full flow")  # noqa: B023
            crawls = one.children()
            one.signal(signal.SIGKILL)
            until(lambda: not any(map(is_alive, crawls)), "the end of its crawl")  # noqa: B023
        last = machines.enter_context(running(worker(toml)))
        until(lambda: finished(last), "a crawl by the last worker")
    assert [run.state for run in runs(url)] == ["killed", "killed", "finished"]
    assert_undisturbed(url, board, tmp_path)


def test_what_was_stopped_past_its_lease_writes_no_more(url: str, board: SampleBoard, tmp_path: Path) -> None:
    toml = configure(tmp_path, url, {"news": board.url})
    slow(board, 0.05)
    with running(worker(toml)) as stopped:
        until(lambda: len(board.requests) > 5, "a crawl in full flow")
        crawls = stopped.children()
        for process in (*crawls, stopped.process.pid):
            subprocess.run(["kill", "-STOP", str(process)], check=True)
        with running(worker(toml)) as other:
            until(lambda: finished(other), "a crawl by another worker")
            before = runs(url), picture(url, board)
            for process in (*crawls, stopped.process.pid):
                subprocess.run(["kill", "-CONT", str(process)], check=True)
            until(lambda: not any(map(is_alive, crawls)), "the end of the late crawl")
            until(lambda: stopped.ended, "what the late worker says of it")
        assert (runs(url), picture(url, board)) == before
    assert stopped.ended[0]["state"] == "failed"
    assert not any("the archive cannot be used" in line for line in stopped.log)
    assert [run.state for run in runs(url)] == ["killed", "finished"]
    assert_undisturbed(url, board, tmp_path)


def test_a_worker_that_was_struck_off_says_so_once_and_goes_on(url: str, tmp_path: Path) -> None:
    with SampleBoard(posts=1) as first, SampleBoard(posts=1) as second:
        toml = configure(tmp_path, url, {"first": first.url})
        with running(worker(toml)) as stopped:
            until(lambda: finished(stopped), "a crawl")
            before = registered(url)
            stopped.signal(signal.SIGSTOP)
            sleep(IMPATIENT)
            with running(worker(toml)) as other:
                until(lambda: (now := registered(url)) and not now & before, "its end in the tables")
                other.signal(signal.SIGTERM)
                other.wait()
            stopped.signal(signal.SIGCONT)
            configure(tmp_path, url, {"first": first.url, "second": second.url})
            until(lambda: len(finished(stopped)) == 2, "a crawl of a new source")
        assert sum("it begins anew" in line for line in stopped.log) == 1
        assert not [line for line in stopped.log if " ERROR " in line]


def registered(url: str) -> set[int]:
    with open_archive(url, read_only=True) as archive, archive.reading() as connection:
        ids = connection.exec_driver_sql(f"SELECT id FROM {schema_name()}.procrastinate_workers")  # noqa: S608
        return {*ids.scalars()}


def test_a_worker_that_is_told_to_stop_lets_what_is_in_hand_end(
    url: str, board: SampleBoard, tmp_path: Path
) -> None:
    slow(board, 0.05)
    with running(worker(configure(tmp_path, url, {"news": board.url}))) as one:
        until(lambda: len(board.requests) > 3, "a crawl in full flow")
        one.signal(signal.SIGTERM)
        assert one.wait() == 0
    assert [each["state"] for each in one.ended] == ["finished"]
    assert [run.state for run in runs(url)] == ["finished"]


# ---- many workers ----------------------------------------------------------------------------------


def test_many_workers_crawl_each_source_once_and_ask_a_host_one_thing_at_a_time(
    url: str, board: SampleBoard, tmp_path: Path
) -> None:
    slow(board)
    toml = configure(tmp_path, url, {"news": board.url, "feed": f"{board.site}/news/rss"})
    fleet = [subprocess.Popen(worker(toml, "--once"), stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [json.loads(line) for one in fleet for line in one.communicate(timeout=PATIENCE)[0].splitlines()]
    assert [one.returncode for one in fleet] == [0, 0, 0]
    assert asked_at_once(board, SLOW) == 0
    assert all(each["state"] == "finished" or each["cause"] in ("held", "newer run") for each in said)
    assert sorted(run.name or "" for run in runs(url)) == ["feed", "news"]
    assert broken_promises(url) == []


def test_a_worker_takes_only_what_it_knows(url: str, board: SampleBoard, tmp_path: Path) -> None:
    with SampleBoard(posts=2) as other:
        here = configure(tmp_path / "here", url, {"news": board.url})
        there = configure(tmp_path / "there", url, {"news": board.url, "more": other.url})
        with running(worker(here)) as one:
            until(lambda: finished(one), "a crawl")
            code, ended, _ = once(worker(there))
        assert (code, [each["source"] for each in ended]) == (0, ["more"])
        assert [each["source"] for each in one.ended] == ["news"]


def test_who_is_at_work(url: str, board: SampleBoard, tmp_path: Path, newsbot: Command) -> None:
    slow(board)
    source, host = source_key(board.url), source_host(board.url)
    toml = configure(tmp_path, url, {"news": board.url})
    asked = ("status", "--workers", "--config", str(toml), "--json")
    with running(worker(toml)) as one:
        until(lambda: len(board.requests) > 3, "a crawl in full flow")
        with open_archive(url, read_only=True) as archive:
            (seen,) = workers(archive, ["board.example/etc", source])
            held = holders(archive, ["board.example/etc", source], [host])
        assert (seen.process, seen.at_once, seen.sources) == (one.process.pid, 4, (source,))
        assert held.keys() == {source, host}
        assert held[source].who.startswith(f"crawl of worker {one.process.pid} on ")
        said = newsbot(*asked)
        (each,) = said.lines[0]["workers"]
        assert (said.code, each["process"], each["crawls"]) == (0, one.process.pid, ["news"])
        assert f"process {one.process.pid}" in newsbot("status", "--config", str(toml)).out
    said = newsbot(*asked)
    assert (said.code, said.lines[0]["workers"]) == (1, [])
    assert "no schedule and no worker is at work; the last crawl began 20" in newsbot(*asked[:-1]).out


# ---- quick sources, several to a process -----------------------------------------------------------


@pytest.fixture
def quick(url: str, tmp_path: Path) -> Iterator[tuple[Path, list[SampleBoard]]]:
    """A newsbot.toml of five boards, each on its own host; they were quickly crawled, and are due again."""
    with ExitStack() as stack, open_archive(url) as archive:
        boards = [stack.enter_context(SampleBoard(posts=1)) for _ in range(5)]
        begun = datetime.now(KST) - timedelta(hours=2)
        for board in boards:
            key = source_key(board.url)
            run = archive.start_run(source=key, name=None, url=board.url, options={}, started=begun)
            archive.finish_run(run, state="finished", reach=None, figures={"seconds": 2.0}, finished=begun)
        yield configure(tmp_path, url, {f"board{n}": board.url for n, board in enumerate(boards)}), boards


def test_one_process_crawls_several_quick_sources(quick: tuple[Path, list[SampleBoard]]) -> None:
    toml, boards = quick
    processes: set[int] = set()

    def is_done() -> bool:
        processes.update(one.children())
        return len(finished(one)) == len(boards)

    with running(worker(toml)) as one:
        until(is_done, "all crawls")
    assert len(processes) <= 3
    assert len({each["source"] for each in one.ended}) == len(one.ended)


@pytest.mark.parametrize("victim", ["worker", "crawls"])
def test_nothing_is_lost_with_those_that_share_a_process(
    victim: str, url: str, quick: tuple[Path, list[SampleBoard]]
) -> None:
    toml, boards = quick
    for board in boards:
        slow(board, 0.3)
    asked = sum(len(board.requests) for board in boards)
    with running(worker(toml, "--at-once", "1")) as one:
        until(lambda: sum(len(board.requests) for board in boards) > asked, "a crawl")
        if victim == "worker":
            one.signal(signal.SIGKILL)
        else:
            for crawl_process in one.children():
                os.kill(crawl_process, signal.SIGKILL)
        with running(worker(toml, "--at-once", "1")) as other:
            until(lambda: len(finished(one, other)) >= len(boards), "the crawls, made up for")
    states = [run.state for run in runs(url)]
    assert (states.count("finished"), states.count("killed")) == (2 * len(boards), 1)
    assert broken_promises(url) == []


def test_what_was_killed_is_crawled_next_however_many_wait(url: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        boards = [stack.enter_context(SampleBoard(posts=SHORT[:6])) for _ in range(5)]
        for board in boards:
            slow(board, 0.3)
        toml = configure(tmp_path, url, {f"board{n}": board.url for n, board in enumerate(boards)})
        with running(worker(toml, "--at-once", "1")) as one:
            until(lambda: any(len(board.requests) > 3 for board in boards), "a crawl in full flow")
            for pid in one.children():
                os.kill(pid, signal.SIGKILL)
            until(lambda: finished(one), "another crawl")
    killed, following = runs(url)[:2]
    assert (killed.state, following.state) == ("killed", "finished")
    assert killed.name == following.name


# ---- what cannot be --------------------------------------------------------------------------------


def test_an_archive_in_a_file_has_no_fleet(tmp_path: Path) -> None:
    code, _, log = once(
        worker(configure(tmp_path, "sqlite:///archive.db", {"news": "http://127.0.0.1:1/news"}))
    )
    assert code == 2
    assert "a fleet needs an archive on PostgreSQL, not sqlite:///archive.db" in log
    assert len(log.splitlines()) == 1


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    toml = configure(tmp_path, "postgresql://nobody@127.0.0.1:1/none", {"news": "http://127.0.0.1:1/news"})
    code, _, log = once(worker(toml))
    assert code == 1
    assert "cannot be reached" in log
    assert len(log.splitlines()) == 1


def test_without_procrastinate_a_line_says_what_to_install(tmp_path: Path) -> None:
    toml = configure(tmp_path, "postgresql://nobody@127.0.0.1:1/none", {"news": "http://127.0.0.1:1/news"})
    absent = "import sys; sys.modules['procrastinate'] = None; from newsbot.schedule.__main__ import main; "
    done = subprocess.run(
        [sys.executable, "-c", f"{absent}sys.exit(main())", "--fleet", "--config", str(toml)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install 'newsbot[fleet]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1
