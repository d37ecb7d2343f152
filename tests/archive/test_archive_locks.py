import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archive_desk import Desk

from newsbot.errors import ArchiveError, Held

HOLDER = """
import sys
import time
from newsbot.archive import open_archive
with open_archive(sys.argv[1]) as archive, archive.hold(sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_source_is_held_by_one_at_a_time(place: str) -> None:
    with Desk(place) as desk, Desk(place) as other:
        with desk.archive.hold("board.example/news"):
            said = rf"board.example/news is being crawled by process {os.getpid()}( on .*)? since 20\d\d-"
            with pytest.raises(ArchiveError, match=said), other.archive.hold("board.example/news"):
                pass
            with other.archive.hold("board.example/new"), other.archive.hold("board.example-news"):
                pass
        with other.archive.hold("board.example/news"):
            pass


def test_a_host_is_held_whichever_of_its_sources_is_crawled(place: str) -> None:
    with Desk(place) as desk, Desk(place) as other:
        with desk.archive.hold("board.example/news", host="board.example"):
            said = rf"the host board.example is being crawled by process {os.getpid()} "
            for _ in range(2):  # what could not be held whole is let go
                with (
                    pytest.raises(Held, match=said),
                    other.archive.hold("board.example/etc", host="board.example"),
                ):
                    pass
            with other.archive.hold("board.example", host="board.example:8080"):
                pass
            with other.archive.hold("board.example/etc"):
                pass
        with other.archive.hold("board.example/etc", host="board.example"):
            pass


def test_a_killed_holder_holds_no_more(place: str, tmp_path: Path) -> None:
    source = "../게시판?id=뉴스&x=" + "y" * 300
    with Desk(place) as desk:
        command = [sys.executable, "-c", HOLDER, desk.archive.url, source]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            with (
                pytest.raises(ArchiveError, match=f"by process {holder.pid} "),
                desk.archive.hold(source),
            ):
                pass
            holder.send_signal(signal.SIGKILL)
        _once_it_is_free(desk, source)
    if desk.archive.backend.file is not None:
        assert {path.name for path in tmp_path.iterdir()} == {"archive-1.db", "archive-1.db.locks"}


def _once_it_is_free(desk: Desk, source: str) -> None:
    """A server sees that a connection has died when it next listens to it: at once, but not before."""
    for _ in range(100):
        try:
            with desk.archive.hold(source):
                return
        except ArchiveError:
            time.sleep(0.1)
    with desk.archive.hold(source):
        pass


def test_a_lock_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.db.locks").touch()
    with (
        Desk(f"sqlite:///{tmp_path}/a.db") as desk,
        pytest.raises(ArchiveError, match="cannot be made"),
        desk.archive.hold("x"),
    ):
        pass
