"""newsbot demo, as a stranger runs it."""

import os
import sys
from pathlib import Path

import pytest
from commanding import PATIENCE, Said, command_line, run

INSTALLED = Path(sys.executable).with_name("newsbot")

# Root may write anywhere; without this capability (CAP_DAC_OVERRIDE of Linux) it may not.
_AS_OTHERS_ARE = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "newsbot", "demo"])
"""


@pytest.mark.skipif(not INSTALLED.exists(), reason="newsbot is not installed as a command here")
def test_the_commands_that_it_prints_can_be_run_as_they_are(tmp_path: Path) -> None:
    """Where its .venv is not activated, as after `make demo`."""
    environment = {**os.environ, "PATH": "/usr/bin:/bin"}

    def shell(line: str) -> Said:
        return run(["sh", "-c", line], cwd=tmp_path, env=environment, patience=4 * PATIENCE)

    shown = shell(f"{INSTALLED} demo")
    assert (shown.code, shown.err) == (0, "")
    assert "Verified: every promise kept." in shown.out
    lines = [line.strip() for line in shown.out.splitlines() if line.startswith(f"    {INSTALLED}")]
    said = [shell(line) for line in lines]
    assert [each.code for each in said] == [0, 0, 0, 0], said
    found, edit, _, verified = said
    assert "데이터센터" in found.out
    assert "(수정)" in edit.out
    assert (tmp_path / "articles.csv").read_text("utf-8-sig").startswith("uri,url,")
    assert verified.out.startswith("all in order: 123 articles")


def test_a_directory_that_may_not_be_written_is_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    said = run([sys.executable, "-c", _AS_OTHERS_ARE], cwd=tmp_path)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "newsbot-demo.db" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_no_file_can_be_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = run(command_line("demo", "--archive", tmp_path / "file" / "a.db"))
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "cannot be made anew: Not a directory" in said.err
