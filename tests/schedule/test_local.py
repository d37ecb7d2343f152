"""The schedule for real: killed, stopped, twice at once, two sources of one host."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice, pairwise
from pathlib import Path
from random import Random

import pytest
from commanding import Command, in_its_own_process
from crawling import articles, broken_promises, crawl, picture, public
from faulty import hasty
from scheduling import (
    PATIENCE,
    SHORT,
    SLOW,
    asked_at_once,
    beside,
    command,
    configure,
    early_names,
    is_alive,
    once,
    running,
    runs,
    scheduling,
    short_board,
    slow,
    until,
)

from newsbot.sampleboard import SampleBoard

pytestmark = pytest.mark.waits

FIRST, SECOND = islice(early_names(), 2)


@pytest.fixture
def board() -> Iterator[SampleBoard]:
    with short_board(feeds=True) as board:
        yield board


# ---- once ------------------------------------------------------------------------------------------


def test_once_crawls_what_is_due_and_what_is_not_due_is_left_alone(
    board: SampleBoard, tmp_path: Path
) -> None:
    toml = configure(
        tmp_path, {FIRST: board.url}, every="1h", more=f'[sources.by_hand]\nurl = "{board.url}"\n'
    )
    code, ended, _ = once(command(toml))
    assert (code, [(each["source"], each["state"]) for each in ended]) == (0, [(FIRST, "finished")])
    assert articles(tmp_path / "archive.db").keys() == public(board)
    asked = len(board.requests)
    assert once(command(toml))[:2] == (0, [])
    assert len(board.requests) == asked


def test_the_exit_code_says_that_something_failed(board: SampleBoard, tmp_path: Path) -> None:
    with SampleBoard(posts=1) as dead:
        toml = configure(tmp_path, {FIRST: board.url, SECOND: dead.url}, every="1h")
    log = tmp_path / "newsbot.log"
    options = ("--log-format", "json", "--log-file", log)
    said = in_its_own_process(*options, "schedule", "--once", "--json", "--config", toml)
    assert (said.code, said.err) == (1, "")
    assert {each["source"]: each["state"] for each in said.lines} == {FIRST: "finished", SECOND: "failed"}
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert any(
        line.get("source") == SECOND and line.get("run") and line["level"] == "warning" for line in lines
    )
    assert once(command(toml))[:2] == (0, [])  # the next try has its time


def test_nothing_to_schedule(newsbot: Command, tmp_path: Path) -> None:
    said = newsbot("schedule")
    assert said.code == 2
    assert 'newsbot.toml: no source is scheduled: give one every = "10m", or cron' in said.err
    (tmp_path / "newsbot.toml").write_text("nonsense")
    assert newsbot("schedule", "--once").code == 2


def test_an_archive_that_cannot_be_read(tmp_path: Path) -> None:
    toml = configure(tmp_path, {FIRST: "http://127.0.0.1:1/news"})
    (tmp_path / "archive.db").write_text("no archive, but a page of text" * 100)
    code, ended, log = once(command(toml))
    assert (code, ended) == (1, [])
    assert "is not a newsbot archive" in log
    assert len(log.splitlines()) == 1


# ---- killed and stopped ----------------------------------------------------------------------------


def test_a_killed_schedule_takes_its_crawls_with_it_and_nothing_is_lost(
    board: SampleBoard, place: str, tmp_path: Path
) -> None:
    chance = Random(place[0])
    toml = configure(tmp_path, {FIRST: board.url}, archive=place)
    slow(board, 0.02)
    for _ in range(2):
        target = len(board.requests) + chance.randint(1, 15)
        with scheduling(toml) as schedule:
            until(lambda: len(board.requests) >= target, "a crawl in full flow")  # noqa: B023
            crawls = schedule.children()
            assert crawls
            schedule.signal(signal.SIGKILL)
        until(lambda: not any(map(is_alive, crawls)), "the end of its crawls")  # noqa: B023
    board.heal()
    with scheduling(toml) as schedule:
        until(lambda: schedule.ended, "the end of a crawl")
        assert (schedule.ended[0]["state"], schedule.ended[0]["failed"]) == ("finished", 0)
    crawl(board, tmp_path / "calm.db")
    assert picture(place, board) == picture(tmp_path / "calm.db", board)
    assert broken_promises(place) == []
    first = next(run for run in runs(place) if run.state == "finished")
    killed = [run for run in runs(place) if run.state == "killed"]
    assert killed
    assert (first.started - killed[-1].started).total_seconds() < 60


@pytest.mark.parametrize("victim", ["crawl", "schedule"])
def test_what_was_killed_is_crawled_next_however_many_wait(victim: str, tmp_path: Path) -> None:
    names = list(islice(early_names(), 5))
    with ExitStack() as served:
        boards = [served.enter_context(SampleBoard(posts=SHORT[:6])) for _ in names]
        for board in boards:
            slow(board, 0.3)
        urls = {name: board.url for name, board in zip(names, boards, strict=True)}
        toml = configure(tmp_path, urls, every="1h", more="[schedule]\nat_once = 1\n")
        with running(hasty(toml)) as one:
            until(lambda: any(len(board.requests) > 3 for board in boards), "a crawl in full flow")
            crawls = one.children()
            for pid in crawls if victim == "crawl" else [one.process.pid]:
                os.kill(pid, signal.SIGKILL)
            until(lambda: not any(map(is_alive, crawls)), "the end of its crawl")
            again = one if victim == "crawl" else served.enter_context(running(hasty(toml)))
            until(lambda: len(runs(beside(tmp_path))) > 1, "the next crawl")
            again.signal(signal.SIGTERM)
            again.wait()
    killed, following = runs(beside(tmp_path))[:2]
    assert (killed.state, following.state) == ("killed", "finished")
    assert killed.name == following.name


def test_a_schedule_that_is_told_to_stop_lets_what_is_in_hand_end(board: SampleBoard, tmp_path: Path) -> None:
    slow(board, 0.05)
    with scheduling(configure(tmp_path, {FIRST: board.url})) as schedule:
        until(lambda: len(board.requests) > 3, "a crawl in full flow")
        schedule.signal(signal.SIGTERM)
        assert schedule.wait() == 0
    assert [run.state for run in runs(beside(tmp_path))] == ["finished"]
    assert [each["state"] for each in schedule.ended] == ["finished"]


def test_what_takes_longer_than_the_grace_is_cut_short_and_taken_up_again(
    board: SampleBoard, tmp_path: Path
) -> None:
    slow(board, 0.3)
    toml = configure(tmp_path, {FIRST: board.url}, more='[schedule]\ngrace = "1s"\n')
    with scheduling(toml) as schedule:
        until(lambda: len(board.requests) > 3, "a crawl in full flow")
        schedule.signal(signal.SIGTERM)
        schedule.wait()
    assert runs(beside(tmp_path))[0].state in (
        "partial",
        "running",
    )  # ended by itself, or killed a second later
    board.heal()
    crawl(board, tmp_path / "archive.db")
    assert articles(tmp_path / "archive.db").keys() == public(board)


# ---- never two at once -----------------------------------------------------------------------------


def test_a_host_is_never_asked_two_things_at_once_however_many_sources_it_has(
    board: SampleBoard, tmp_path: Path
) -> None:
    slow(board)
    toml = configure(tmp_path, {FIRST: board.url, SECOND: f"{board.site}/news/rss"}, every="1h")
    code, ended, _ = once(command(toml))
    assert code == 0
    assert {each["source"] for each in ended} == {FIRST, SECOND}
    assert asked_at_once(board, SLOW) == 0


def test_two_schedules_at_once_crawl_each_source_once(board: SampleBoard, tmp_path: Path) -> None:
    slow(board)
    toml = configure(tmp_path, {FIRST: board.url, SECOND: f"{board.site}/news/rss"}, every="1h")
    both = [subprocess.Popen(command(toml, "--once"), stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [json.loads(line) for each in both for line in each.communicate(timeout=PATIENCE)[0].splitlines()]
    assert [each.returncode for each in both] == [0, 0]
    assert asked_at_once(board, SLOW) == 0
    assert all(each["state"] == "finished" or each["cause"] in ("held", "newer run") for each in said)
    ended = [run.name for run in runs(beside(tmp_path))]
    assert len(ended) == len(set(ended))
    assert broken_promises(tmp_path / "archive.db") == []


def test_many_quick_sources_share_a_process(tmp_path: Path) -> None:
    boards = [SampleBoard(posts=2) for _ in range(6)]
    names = list(islice(early_names(), len(boards)))
    with ExitStack() as served:
        for each in boards:
            served.enter_context(each)
        urls = {name: each.url for name, each in zip(names, boards, strict=True)}
        toml = configure(tmp_path, urls, every="10s", more="[schedule]\nat_once = 1\n")
        with scheduling(toml) as schedule:
            until(lambda: len(schedule.ended) >= 12, "two crawls of each")
            schedule.signal(signal.SIGTERM)
            assert schedule.wait() == 0
    assert {each["state"] for each in schedule.ended} == {"finished"}
    assert {each["source"] for each in schedule.ended[:6]} == set(names)
    for name in names:
        started = [run.started for run in runs(beside(tmp_path)) if run.name == name]
        assert all((later - earlier).total_seconds() >= 9 for earlier, later in pairwise(started))


# ---- what changes ----------------------------------------------------------------------------------


def test_a_configuration_that_changes_is_read_again_and_a_broken_one_is_not(
    board: SampleBoard, tmp_path: Path
) -> None:
    toml = configure(tmp_path, {FIRST: board.url}, every="1d")
    with scheduling(toml) as schedule:
        until(lambda: len(schedule.ended) == 1, "the first crawl")
        toml.write_text(toml.read_text() + "nonsense\n")
        until(lambda: any("goes on with what it was before" in line for line in schedule.log), "a complaint")
        configure(tmp_path, {FIRST: board.url, SECOND: f"{board.site}/news/rss"}, every="1d")
        until(lambda: len(schedule.ended) == 2, "a crawl of the new source")
        assert [each["source"] for each in schedule.ended] == [FIRST, SECOND]
        schedule.signal(signal.SIGTERM)
        assert schedule.wait() == 0
    assert sum("goes on with" in line for line in schedule.log) == 1


def test_a_schedule_that_idles_has_loaded_no_crawler_and_no_database() -> None:
    said = "import sys, newsbot.schedule.__main__; print(*sys.modules)"
    loaded = subprocess.run(
        [command(Path())[0], "-c", said], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"scrapy", "twisted", "sqlalchemy", "lxml", "rich", "newsbot.pages"} & set(loaded)
