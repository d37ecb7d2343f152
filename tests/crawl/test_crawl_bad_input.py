"""What a crawl cannot do anything with gets one line and an exit code; the archive stays as it was."""

import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from commanding import PATIENCE, run
from crawling import (
    Outcome,
    articles,
    broken_promises,
    crawl,
    crawl_command,
    last_run,
    outcome,
    picture,
    public,
)

from newsbot.sampleboard import SampleBoard

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def one_line(done: Outcome) -> str:
    (line,) = done.complaints
    return line


@pytest.mark.parametrize(
    ("path", "said"), [("/", "no listing"), ("/nosuch", "answered 404"), ("/robots.txt", "no listing")]
)
def test_an_address_that_is_no_board(path: str, said: str, archive: Path) -> None:
    with SampleBoard(posts=3) as board:
        done = crawl(board.site + path, archive)
    assert (done.code, done.figures["state"]) == (1, "failed")
    assert said in one_line(done)
    assert articles(archive) == {}


@pytest.mark.parametrize("engine", ["rhymix", "gnuboard", "table"])
def test_a_board_that_needs_a_login(engine: Any, archive: Path) -> None:
    with SampleBoard(engine=engine, posts=3) as board:
        board.fail("login")
        done = crawl(board, archive)
    assert (done.code, done.figures["state"]) == (1, "failed")
    assert "login" in one_line(done)


@pytest.mark.parametrize("address", ["notaurl", "ftp://board.example/news", "http://", "http://[x/", "[/x]"])
def test_an_address_that_is_none_is_wrong_use(address: str, archive: Path) -> None:
    done = crawl(address, archive)
    assert done.code == 2
    assert one_line(done).startswith("newsbot: ")
    assert not archive.exists()


@pytest.mark.parametrize("label", ["euc-kr", "x-windows-949", "ks_c_5601-1987", "iso-8859-1", "utf-8"])
def test_cp949_pages_are_read_whatever_they_are_labelled(label: str, archive: Path) -> None:
    with SampleBoard(posts=4) as board:
        board.fail("mislabelled", label=label)
        assert crawl(board, archive).shows(state="finished", new=4)
        for each, kept in articles(archive).items():
            assert kept.article.headline == board.truth[each]["headline"]
            assert [[block.type, block.text] for block in kept.article.body] == board.truth[each]["body"]


@pytest.mark.parametrize("engine", ["rhymix", "table"])
def test_control_and_bidi_characters_of_a_title_are_not_kept(engine: Any, archive: Path) -> None:
    with SampleBoard(engine=engine, posts=4) as board:
        board.fail("control-title")
        done = crawl(board, archive)
        assert done.shows(state="finished", new=4)
        for each, kept in articles(archive).items():
            assert kept.article.headline == board.truth[each]["headline"]
            assert kept.article.listing
            assert not UNSEEN.search(kept.article.listing.title)


FULL_DISK = """
from newsbot.archive import sqlite

opened = sqlite._open

def small(file):
    connection = opened(file)
    connection.execute("PRAGMA max_page_count = {pages}")
    return connection

sqlite._open = small
from newsbot.cli import main
main()
"""


@pytest.mark.parametrize("room", [0, 12], ids=["not a page left", "full after a while"])
def test_a_full_disk_ends_the_crawl_and_nothing_half_done_is_kept(room: int, archive: Path) -> None:
    with SampleBoard(posts=30) as board:
        crawl(board, archive, "--pages", "1")
        for each in board.listed[:20]:
            board.edit(each, title=f"고친 {board.truth[each]['headline']}")
        before = picture(archive, board)
        with closing(sqlite3.connect(archive)) as database:
            database.execute("VACUUM")  # no page is free in it either
            (pages,) = database.execute("PRAGMA page_count").fetchone()
        arguments = crawl_command(board, archive, "--full")[3:]
        hooked = [sys.executable, "-c", FULL_DISK.format(pages=pages + room), *arguments]
        done = run(hooked)
        assert done.code == 1
        assert "the disk is full" in done.err
        assert "Traceback" not in done.err
        assert done.lines[-1]["state"] == "failed"
        assert broken_promises(archive) == []
        if not room:
            assert picture(archive, board) == before
        assert crawl(board, archive, "--full").shows(state="finished", failed=0)
        assert articles(archive).keys() == public(board)
        assert sum(one.revision == 2 for one in articles(archive).values()) == 20


def test_an_archive_of_a_newer_newsbot_is_left_alone(archive: Path) -> None:
    with SampleBoard(posts=3) as board:
        crawl(board, archive)
        with closing(sqlite3.connect(archive)) as database, database:
            database.execute("UPDATE alembic_version SET version_num = '9999'")
        before = archive.read_bytes()
        done = crawl(board, archive)
    assert done.code == 1
    assert "newer newsbot" in one_line(done)
    assert archive.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database, but a letter\n" * 400, b""])
def test_a_file_that_is_no_archive(content: bytes, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(content)
    with SampleBoard(posts=3) as board:
        done = crawl(board, letter)
    assert done.code == (1 if content else 0)  # an empty file becomes an archive
    assert not content or letter.read_bytes() == content


class Running:
    """A crawl in the background that has made so many requests; ``held``: it gets no answer to the last.

    ``others``: the addresses of what it is to crawl next.
    """

    def __init__(
        self, board: SampleBoard, archive: Path, *others: str, requests: int, held: bool = False
    ) -> None:
        reached, self.let_go = threading.Event(), threading.Event()

        def watch(_request: object) -> None:
            if len(board.requests) >= requests:
                reached.set()
                assert not held or self.let_go.wait(PATIENCE)

        board.on_request(watch)
        self.process = subprocess.Popen(
            crawl_command(board, archive, *others), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert reached.wait(PATIENCE)

    def end(self) -> Outcome:
        out, err = self.process.communicate(timeout=PATIENCE)
        return outcome(self.process.returncode, out, err)


def test_a_second_crawl_of_the_same_board_is_refused(archive: Path) -> None:
    with SampleBoard(posts=10) as board, SampleBoard(posts=3) as other:
        first = Running(board, archive, requests=3, held=True)
        second = crawl(f"{board.url}?page=1", archive)  # the same listing under another address
        elsewhere = crawl(other, archive)
        assert (second.code, second.figures["state"]) == (1, "failed")
        assert f"process {first.process.pid}" in one_line(second)
        assert elsewhere.shows(state="finished", new=3)
        first.let_go.set()
        assert first.end().shows(state="finished", new=10)
    assert broken_promises(archive) == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_crawl_in_order_and_the_next_goes_on(how: signal.Signals, archive: Path) -> None:
    with SampleBoard(posts=30, page_size=10) as board:
        board.fail("slow", seconds=0.05)
        running = Running(board, archive, requests=8)
        running.process.send_signal(how)
        done = running.end()
        assert done.code == 1
        assert done.shows(state="partial", failed=0)
        assert "stopped before its end" in one_line(done)
        kept = articles(archive).keys()
        assert 0 < len(kept) < 30
        assert last_run(archive).state == "partial"
        assert broken_promises(archive) == []
        board.heal()
        assert crawl(board, archive).shows(state="finished", new=30 - len(kept), unchanged=0)
        assert articles(archive).keys() == public(board)


def test_a_signal_ends_all_that_was_to_be_crawled_and_says_what_never_began(archive: Path) -> None:
    with (
        SampleBoard(posts=30, page_size=10) as board,
        SampleBoard(posts=3) as one,
        SampleBoard(posts=3) as two,
    ):
        board.fail("slow", seconds=0.05)
        running = Running(board, archive, one.url, two.url, requests=8)
        running.process.send_signal(signal.SIGTERM)
        done = running.end()
        assert (done.code, done.figures["state"]) == (1, "partial")
        assert done.complaints[-1] == "! stopped before 2 of 3 crawls began"
        assert one.requests == two.requests == []


def test_a_signal_ends_a_crawl_that_waits_as_its_host_has_asked(archive: Path) -> None:
    with SampleBoard(posts=5) as board:
        board.fail("503", path=rf"/{board.listed[2]}$", retry_after=500)
        running = Running(board, archive, requests=4)
        while not any(seen.status == 503 for seen in board.requests):
            assert running.process.poll() is None
            sleep(0.02)
        running.process.send_signal(signal.SIGTERM)
        done = running.end()
        assert done.shows(state="partial", failed=0)
        board.heal()
        assert crawl(board, archive).shows(state="finished", failed=0)
        assert articles(archive).keys() == public(board)


def test_an_archive_without_its_lock_directory_is_as_good(archive: Path) -> None:
    with SampleBoard(posts=3) as board:
        crawl(board, archive)
        shutil.rmtree(archive.with_name(archive.name + ".locks"))
        assert crawl(board, archive).shows(state="finished", new=0)
