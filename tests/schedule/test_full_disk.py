"""A disk that is full, and later is not, under a schedule that goes on."""

import asyncio
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import postgres
import pytest
from crawling import assert_undisturbed, captures_of
from faulty import SmallDisk, hasty, small_disk
from scheduling import PATIENCE, beside, command, configure, early_names, running, runs, short_board, until

from newsbot.logs import LogFile
from newsbot.sampleboard import SampleBoard
from newsbot.schedule.child import CrawlTask, Outcome
from newsbot.schedule.crew import Crew

pytestmark = pytest.mark.waits

NAME = next(early_names())


@pytest.fixture
def board() -> Iterator[SampleBoard]:
    with short_board() as board:
        board.fail("slow", path=".", seconds=0.05)
        yield board


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    with small_disk(megabytes=8) as disk:
        yield disk


def crawl_while_it_is_full(disk: SmallDisk, board: SampleBoard, toml: Path) -> list[str]:
    """Has the disk full in mid-crawl, and freed; the log until all is made up for."""
    with running(hasty(toml)) as schedule:
        until(lambda: len(board.requests) > 10, "a crawl in full flow")
        disk.fill()
        until(lambda: schedule.ended, "a crawl that failed")
        sleep(3)
        assert {(each["state"], each["cause"]) for each in schedule.ended} == {("failed", "archive")}
        disk.free()
        until(lambda: any(each["state"] == "finished" for each in schedule.ended), "all made up for")
        assert [each["state"] for each in schedule.ended[:-1]] == ["failed"] * (len(schedule.ended) - 1)
    assert any("the disk is full" in line for line in schedule.log)
    assert not any("Traceback" in line for line in schedule.log)
    return schedule.log


@pytest.mark.parametrize("full", ["archive", "captures"])
def test_a_disk_that_is_full_in_mid_crawl_and_freed(
    full: str, board: SampleBoard, disk: SmallDisk, tmp_path: Path
) -> None:
    here, there = (disk.path, tmp_path) if full == "archive" else (tmp_path, disk.path)
    archive = here / "archive.db"
    (there / "captures").mkdir()
    captures_of(archive).symlink_to(there / "captures")
    toml = configure(tmp_path, {NAME: board.url}, every="1h", archive=f"sqlite:///{archive}")
    crawl_while_it_is_full(disk, board, toml)
    ended = [run.state for run in runs(f"sqlite:///{archive}")]
    assert ended[-1] == "finished"
    assert set(ended[:-1]) <= {"failed", "killed"}
    assert_undisturbed(archive, board, tmp_path)


def test_a_servers_disk_that_is_full_in_mid_crawl_and_freed(
    server: postgres.Server, board: SampleBoard, tmp_path: Path
) -> None:
    with small_disk(megabytes=32) as disk:
        place = disk.path / "tables"
        place.mkdir()
        shutil.chown(place, server.owner)
        url = server.database()
        server.run(f"CREATE TABLESPACE small LOCATION '{place}'")
        server.run(f"ALTER DATABASE {url.partition('?')[0].rpartition('/')[2]} SET TABLESPACE small")
        try:
            toml = configure(tmp_path, {NAME: board.url}, every="1h", archive=url)
            crawl_while_it_is_full(disk, board, toml)
            assert_undisturbed(url, board, tmp_path)
        finally:
            server.drop(url)
            server.run("DROP TABLESPACE small")


def test_no_space_for_what_a_crawl_is_given(
    disk: SmallDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, told = list[str](), list[Outcome]()

    async def hear(outcome: Outcome) -> None:
        told.append(outcome)

    async def crawl_on_a_full_disk() -> None:
        crew = Crew(
            make=lambda names: CrawlTask(sources=dict.fromkeys(names, 0), config="# a line", archive=""),
            said=lambda source, line: said.append(f"{source}: {line}"),
            ended=hear,
        )
        monkeypatch.setattr(tempfile, "tempdir", str(disk.path))
        monkeypatch.setattr(
            CrawlTask, "command", [sys.executable, "-c", "import sys; print(sys.stdin.read())"]
        )
        for _ in range(2):
            disk.fill() if not told else disk.free()
            crew.call(NAME)
            await crew.idle()

    asyncio.run(crawl_on_a_full_disk())
    assert said == [f"{NAME}: the crawl cannot be started: No space left on device"]
    assert [(each.came, each.code) for each in told] == [("broken", 1), ("broken", 0)]


def test_standard_output_that_cannot_be_written_stops_no_crawl(board: SampleBoard, tmp_path: Path) -> None:
    board.heal()
    toml = configure(tmp_path, {NAME: board.url}, every="1h")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command(toml, "--once"),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    assert "standard output cannot be written: No space left on device" in done.stderr
    assert [run.state for run in runs(beside(tmp_path))] == ["finished"]


def test_a_log_file_on_a_full_disk_goes_on_when_there_is_space_again(
    disk: SmallDisk, capsys: pytest.CaptureFixture[str]
) -> None:
    file = disk.path / "newsbot.log"
    log = LogFile(file, maxBytes=100_000, backupCount=2, encoding="utf-8")

    def write(count: int) -> None:
        for number in range(count):
            log.handle(logging.makeLogRecord({"msg": f"{number:05} {'x' * 1000}", "levelno": 20}))

    write(50)
    disk.fill()
    write(200)  # the file would be renamed twice meanwhile
    assert capsys.readouterr().err.splitlines() == [
        f"the log file {file} cannot be written: No space left on device"
    ]
    disk.free()
    write(10)
    log.close()
    whole = "".join(
        each.read_text("utf-8") for each in (file.with_name("newsbot.log.1"), file) if each.exists()
    )
    lines = whole.splitlines()
    assert [line[:5] for line in lines if line.endswith("x" * 1000)][-10:] == [f"{n:05}" for n in range(10)]
    assert sum("lines could not be written to this file" in line for line in lines) == 1
    assert capsys.readouterr().err == ""
