"""A crawl dies with the process that started it."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from scheduling import is_alive, until

from newsbot.schedule.child import BOUND, output

ELSEWHERE = f"""
import runpy, sys
sys.platform, sys.argv = "elsewhere", sys.argv[1:]
runpy.run_path({str(BOUND)!r}, run_name="__main__")
"""
PARENT = """
import os, subprocess, sys
bound = subprocess.Popen([sys.executable, *sys.argv[2:], str(os.getpid()), sys.executable, "-c",
    f"import os, pathlib, time; pathlib.Path({sys.argv[1]!r}).write_text(str(os.getpid())); time.sleep(600)"])
bound.wait()
"""


@pytest.mark.parametrize(
    "bound", [(str(BOUND),), ("-c", ELSEWHERE, str(BOUND))], ids=["by the kernel", "by a watcher"]
)
def test_a_command_dies_with_its_parent(bound: tuple[str, ...], tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    with subprocess.Popen([sys.executable, "-c", PARENT, str(mark), *bound]) as parent:
        until(lambda: mark.exists() and mark.read_text(), "the command's beginning")
        command = int(mark.read_text())
        assert is_alive(command)
        parent.kill()
    until(lambda: not is_alive(command), "its end")


def test_a_command_whose_parent_is_gone_does_not_begin(tmp_path: Path) -> None:
    mark = tmp_path / "begun"
    done = subprocess.run([sys.executable, BOUND, "1", "/bin/touch", mark], check=False)
    assert done.returncode == 3 or os.getpid() == 1
    assert not mark.exists()


@pytest.mark.parametrize("bound", [(str(BOUND),), ("-c", ELSEWHERE, str(BOUND))])
def test_exit_codes_and_signals_pass_through(bound: tuple[str, ...]) -> None:
    def run(program: str) -> int:
        command = [sys.executable, *bound, str(os.getpid()), sys.executable, "-c", program]
        return subprocess.run(command, check=False).returncode

    assert run("raise SystemExit(7)") == 7
    assert run("import os; os.kill(os.getpid(), 9)") in (-signal.SIGKILL, 128 + signal.SIGKILL)


def test_what_a_helper_says_is_read_whole() -> None:
    echo = [sys.executable, "-c", "import sys; sys.stdout.write(sys.stdin.read() * 2); sys.exit(3)"]
    assert asyncio.run(output(echo, b"x" * 200_000)) == (3, b"x" * 400_000, b"")
