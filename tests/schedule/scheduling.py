"""How the tests run a schedule: as its own process, against a sample board."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from crawling import captures_of

from newsbot.archive import open_archive
from newsbot.archive.run_records import Run
from newsbot.korean.dates import KST
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.articles import load_articles
from newsbot.schedule.due import spread

PATIENCE = 120  # seconds
SHORT = [article for article in load_articles() if len(article.paragraphs) < 12][:30]
SLOW = 0.1  # seconds that an answer takes


def short_board(*, feeds: bool = False) -> SampleBoard:
    """Thirty short posts on five pages. Its clock tells fractions of a second."""
    return SampleBoard(posts=SHORT, page_size=7, feeds=feeds, clock=lambda: datetime.now(KST))


def slow(board: SampleBoard, seconds: float = SLOW) -> None:
    board.fail("slow", path=".", seconds=seconds)


def early_names() -> Iterator[str]:
    """Names of sources whose own second is the first one."""
    return (name for name in (f"board{number}" for number in count()) if spread(name).total_seconds() < 1)


def configure(
    folder: Path, sources: dict[str, str], *, every: str = "10s", more: str = "", archive: str | None = None
) -> Path:
    """A newsbot.toml, without another URL with an archive beside it; its captures where the tests look."""
    toml = folder / "newsbot.toml"
    tables = "".join(f'[sources.{name}]\nurl = "{url}"\nevery = "{every}"\n' for name, url in sources.items())
    server = archive is not None and archive.startswith("postgresql")
    kept = f'captures = "{captures_of(archive)}"\n' if archive and server else ""
    toml.write_text(f'archive = "{archive or beside(folder)}"\n{kept}{tables}{more}')
    return toml


def beside(folder: Path) -> str:
    return f"sqlite:///{folder}/archive.db"


def command(toml: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "newsbot.schedule", "--config", str(toml), "--json", *options]


class Scheduler:
    """A schedule that runs. ``ended``: what it told of the crawls that ended, so far."""

    def __init__(self, whole: list[str], env: Mapping[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            whole, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
        )
        self.ended: list[dict[str, Any]] = []
        self.log: list[str] = []
        self._readers = [
            threading.Thread(target=self._read_out, daemon=True),
            threading.Thread(target=self._read_log, daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def _read_out(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.ended.append(json.loads(line))

    def _read_log(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as lines:
            for line in lines:
                self.log.append(line.rstrip())

    def children(self) -> list[int]:
        """The crawls that it runs now."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        return [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def said(self, words: str) -> list[str]:
        """The lines of its log with these words."""
        return [line for line in self.log if words in line]

    def wait(self) -> int:
        code = self.process.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        return code


def finished(*schedules: Scheduler) -> list[dict[str, Any]]:
    """What they told of the crawls that finished, so far."""
    return [each for one in schedules for each in one.ended if each["state"] == "finished"]


def once(whole: list[str]) -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, the crawls that ended, and the log, of a schedule that is run once."""
    done = subprocess.run([*whole, "--once"], capture_output=True, text=True, check=False, timeout=PATIENCE)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


@contextmanager
def scheduling(toml: Path, *options: str) -> Iterator[Scheduler]:
    with running(command(toml, *options)) as scheduler:
        yield scheduler


@contextmanager
def running(whole: list[str], env: Mapping[str, str] | None = None) -> Iterator[Scheduler]:
    scheduler = Scheduler(whole, env)
    try:
        yield scheduler
    except BaseException:
        print(*scheduler.log, sep="\n")  # noqa: T201 - pytest shows it
        raise
    finally:
        scheduler.process.kill()
        scheduler.wait()


def until(holds: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Waits until something is so; fails when it never is."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state != "Z"


def runs(archive_url: str) -> list[Run]:
    """Of every source, the first one first."""
    with open_archive(archive_url, read_only=True) as archive:
        return archive.runs(limit=1000)[::-1]


def asked_at_once(board: SampleBoard, slow: float) -> int:
    """How many requests came before the one before them was answered, on a board that takes ``slow`` seconds.

    The board's clock must tell fractions of a second.
    """
    moments = [seen.when.timestamp() for seen in board.requests]
    return sum(later - earlier < slow * 0.9 for earlier, later in pairwise(moments))
