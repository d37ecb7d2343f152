import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from archive_desk import Desk

from newsbot.errors import ArchiveError

HOLDER = """
import sys
from newsbot.archive import open_archive
with open_archive(sys.argv[1]) as archive, archive.hold(sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_source_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    with Desk(tmp_path / "a.db") as desk:
        with desk.archive.hold("board.example/news"):
            said = (
                rf"board.example/news is being crawled by process {os.getpid()} since 20\d\d-.*: wait for it"
            )
            with pytest.raises(ArchiveError, match=said), desk.archive.hold("board.example/news"):
                pass
            with desk.archive.hold("board.example/new"), desk.archive.hold("board.example-news"):
                pass
        with desk.archive.hold("board.example/news"):
            pass


def test_a_killed_holder_holds_no_more(tmp_path: Path) -> None:
    source = "../게시판?id=뉴스&x=" + "y" * 300
    with Desk(tmp_path / "a.db") as desk:
        command = [sys.executable, "-c", HOLDER, desk.archive.url, source]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            with (
                pytest.raises(ArchiveError, match=f"by process {holder.pid} since"),
                desk.archive.hold(source),
            ):
                pass
            holder.send_signal(signal.SIGKILL)
        with desk.archive.hold(source):
            pass
    assert {path.name for path in tmp_path.iterdir()} == {"a.db", "a.db.locks"}


def test_a_lock_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.db.locks").touch()
    with (
        Desk(tmp_path / "a.db") as desk,
        pytest.raises(ArchiveError, match="cannot be made"),
        desk.archive.hold("x"),
    ):
        pass
