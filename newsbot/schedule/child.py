"""Crawls in a process of their own: what both the schedule and a fleet's worker run.

It is the command that a person types (``newsbot crawl NAME --json``), since Scrapy runs once in a process and
what a crawl takes up is given back when it ends. It dies with the process that started it (``bound.py``), and
its locks with it.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, Protocol

BOUND: Final = Path(__file__).with_name("bound.py")
_PIECE: Final = 64 * 1024  # bytes read at a time; a longer line comes in pieces

Came = Literal["finished", "partial", "failed", "skipped", "held", "broken", "left"]


class Task(Protocol):
    """What a process is to do: for each of its sources it says an object with its name, when that is done."""

    @property
    def sources(self) -> Mapping[str, Any]: ...
    @property
    def command(self) -> Sequence[str]: ...
    @property
    def config(self) -> str:
        """What the process reads on standard input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlTask:
    """Crawls to be run, one after the other in one process.

    ``sources``: for each, the latest run of it that the caller knows of, 0 for none: if there is a later one
    when its turn comes, it is left alone. ``config``: the text of newsbot.toml, so that the file may change
    meanwhile. ``log``: options of newsbot for the log that the crawls write. ``crowded``: others wait for
    their turn, so nothing is fetched but what is new.
    """

    sources: Mapping[str, int]
    config: str
    archive: str
    log: Sequence[str] = ()
    crowded: bool = False

    @property
    def command(self) -> list[str]:
        crawl = ["crawl", *self.sources, "--config", "/dev/stdin", "--archive", self.archive, "--json"]
        known = [f"--unless-run-after={name}={run}" for name, run in self.sources.items()]
        only_new = ["--no-backfill"] if self.crowded else []
        return [sys.executable, "-m", "newsbot", *self.log, *crawl, *known, *only_new]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a crawl came to. ``figures``: what it said of itself; empty if it ended without a word.

    ``code``: the exit code of a process that ended so, below zero the signal that ended it. ``begun``:
    whether the source's turn had come by then.
    """

    source: str
    seconds: float
    figures: Mapping[str, Any] = field(default_factory=dict)
    code: int = 0
    begun: bool = True

    @property
    def came(self) -> Came:
        """Broken: it ended without a word. Left: its turn never came. Held: another crawl was there."""
        if self.figures.get("cause") == "held":
            return "held"
        state: Came | None = self.figures.get("state")
        return state or ("broken" if self.begun else "left")

    @property
    def is_archive_s(self) -> bool:
        """Whether it failed because the archive could not be used: it says nothing of the site."""
        return self.figures.get("cause") == "archive"

    @property
    def is_done(self) -> bool:
        """Whether what was due is done, or was done or is being done by another process."""
        return self.came in ("finished", "skipped", "held")


class Crawl:
    """Crawls that run. To be started in a thread that outlives them: the kernel ties them to that thread."""

    def __init__(self, task: Task, process: Process) -> None:
        self.task = task
        self._process = process
        self._started = time.monotonic()
        self._told = False  # to end
        self._stopped: float | None = None

    @classmethod
    async def start(cls, task: Task) -> Crawl:
        with tempfile.TemporaryFile() as config:
            config.write(task.config.encode())
            config.seek(0)
            process = await _spawn(task.command, stdin=config, stderr=PIPE)
        return cls(task, process)

    def __str__(self) -> str:
        return f"{', '.join(self.task.sources)}: process {self.pid}"

    @property
    def pid(self) -> int:
        return self._process.pid

    def stopped_for(self) -> float:
        """For how many seconds it is known to stand still, stopped by a signal; 0: it runs."""
        if not _is_stopped(self.pid):
            self._stopped = None
            return 0.0
        self._stopped = self._stopped or time.monotonic()
        return time.monotonic() - self._stopped

    async def outcomes(self, said: Callable[[str], None]) -> AsyncIterator[Outcome]:
        """What came of each source, as soon as it is known; ``said`` gets every line of the log."""
        assert self._process.stdout is not None  # noqa: S101 - both are pipes
        assert self._process.stderr is not None  # noqa: S101
        logging = asyncio.ensure_future(_take(self._process.stderr, said))
        left = list(self.task.sources)
        async for line in _lines(self._process.stdout):
            figures = _object(line)
            if (source := figures.get("source")) in left:
                left.remove(source)
                yield Outcome(source=source, seconds=self._seconds(figures), figures=figures)
        await logging
        code = await self._process.wait()
        for place, source in enumerate(left):
            # Unless it was told to end, the first one broke it; all of them, where none had its turn.
            begun = not self._told and (place == 0 or len(left) == len(self.task.sources))
            yield Outcome(source=source, seconds=self._seconds({}), code=code, begun=begun)

    def _seconds(self, figures: Mapping[str, Any]) -> float:
        return float(figures.get("seconds") or round(time.monotonic() - self._started, 1))

    def end(self) -> None:
        """Lets it end after the request in hand."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """At once. Nothing is lost: the ledger knows what was not done."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        self._told = True
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, number)  # it leads a group of its own


async def output(command: Sequence[str], given: bytes) -> tuple[int, bytes, bytes]:
    """Exit code, output and errors of a helper that dies with this process."""
    process = await _spawn(command, stdin=PIPE, stderr=PIPE)
    out, errors = await process.communicate(given)
    return process.returncode or 0, out, errors


async def _spawn(command: Sequence[str], *, stdin: Any = DEVNULL, stderr: int) -> Process:
    bound = [sys.executable, "-I", "-S", str(BOUND), str(os.getpid())]
    # Its own session: Ctrl-C is for the scheduler, which lets what is in hand end.
    return await asyncio.create_subprocess_exec(
        *bound, *command, stdin=stdin, stdout=PIPE, stderr=stderr, start_new_session=True
    )


def _is_stopped(pid: int) -> bool:
    """Whether a signal has stopped a process; False where the system has no /proc to tell."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state == "T"


def _object(line: str) -> dict[str, Any]:
    with suppress(ValueError):
        found = json.loads(line)
        if isinstance(found, dict):
            return found
    return {}


async def _take(stream: asyncio.StreamReader, take: Callable[[str], None]) -> None:
    async for line in _lines(stream):
        take(line)


async def _lines(stream: asyncio.StreamReader) -> AsyncIterator[str]:
    begun = b""
    while piece := await stream.read(_PIECE):
        *lines, begun = (begun + piece).split(b"\n")
        if len(begun) > _PIECE:
            lines, begun = [*lines, begun], b""
        for line in lines:
            yield line.decode(errors="replace")
    if begun:
        yield begun.decode(errors="replace")
