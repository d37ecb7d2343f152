"""What happens to a machine: a locked file, a full disk, a clock that is set, a night asleep.

And a schedule that notices within seconds.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# Within seconds, what takes half a minute otherwise.
_HASTY = """
import sys
from datetime import timedelta
from newsbot import timing
from newsbot.schedule import child, crew, due, local, outage
from newsbot.schedule.__main__ import main
due.AFTER_KILL = due.FIRST_RETRY = timedelta(seconds=3)
local.WATCH, crew.STOPPED, timing.LEAST_EVERY = 0.3, 2.0, timedelta(seconds=1)
outage.FIRST_PAUSE, outage.LONGEST_PAUSE = 0.3, 1.0
usual = child.CrawlTask.command.fget
child.CrawlTask.command = property(lambda task: [sys.executable, "-c", {crawl!r}, *usual(task)[3:]])
sys.exit(main())
"""
_CRAWL = """
from datetime import timedelta
from newsbot import timing
from newsbot.archive import sqlite
from newsbot.cli import main
if {asks}:
    from newsbot.archive import answering
    answering.QUIET, answering.ANSWER = 2.0, 5
sqlite.BUSY_SECONDS, timing.LEAST_EVERY = 1.0, timedelta(seconds=1)
main()
"""


def hasty(toml: Path, *options: str, asks: bool = False) -> list[str]:
    """The command of a schedule that loses no time, nor do its crawls.

    ``asks``: they soon ask a server that says nothing whether it lives.
    """
    whole = _HASTY.format(crawl=_CRAWL.format(asks=asks))
    return [sys.executable, "-c", whole, "--config", str(toml), "--json", *options]


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another process' transaction, that keeps all others from writing to an SQLite file."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=60)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
    finally:
        connection.close()


class MachineClock:
    """The clock of the processes that are started with ``env``, which may be set while they run.

    Skips the test where nothing can be loaded before a process.
    """

    def __init__(self, folder: Path) -> None:
        compiler = shutil.which("cc")
        if compiler is None or not sys.platform.startswith("linux"):
            pytest.skip("no clock of a process' own: that takes Linux and a C compiler")
        self._file, library = folder / "clock", folder / "clock.so"
        source = Path(__file__).with_name("clock.c")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
        self.ahead, self.asleep = 0.0, 0.0
        self.set(0)
        self.env = {**os.environ, "LD_PRELOAD": str(library), "NEWSBOT_TEST_CLOCK": str(self._file)}

    def set(self, by: float) -> None:
        """Sets the wall's clock by so many seconds, beside what it was set by before."""
        self.ahead += by
        self._write()

    def sleep(self, seconds: float) -> None:
        """As if the machine had slept: what waits by a timer is as far from its end as before."""
        self.asleep += seconds
        self._write()

    def _write(self) -> None:
        with self._file.open("r+b" if self._file.exists() else "wb") as file:
            file.write(struct.pack("dd", self.ahead, self.asleep))


class SmallDisk:
    """A disk of its own for the tests, which can be filled to the last byte."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._filler = path / "filler"

    def fill(self) -> None:
        with self._filler.open("ab", buffering=0) as file:
            for size in (65536, 4096, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue

    def free(self) -> None:
        self._filler.unlink(missing_ok=True)


@contextmanager
def small_disk(*, megabytes: int) -> Iterator[SmallDisk]:
    """Skips the test where none can be mounted. Not in pytest's own directories: a server must enter it."""
    path = Path(tempfile.mkdtemp(prefix="newsbot-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(path)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no small disk can be mounted: {done.stderr.strip()}")
        try:
            yield SmallDisk(path)
        finally:
            subprocess.run(["umount", "--lazy", str(path)], check=True)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    finally:
        path.rmdir()
