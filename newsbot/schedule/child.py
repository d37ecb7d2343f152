"""One crawl in a process of its own: what both the schedule and a fleet's worker run.

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
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

BOUND: Final = Path(__file__).with_name("bound.py")
_PIECE: Final = 64 * 1024  # bytes read at a time; a longer line comes in pieces

Came = Literal["finished", "partial", "failed", "skipped", "held", "broken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlTask:
    """A crawl to be run. ``config``: the text of newsbot.toml, so that the file may change meanwhile.

    ``unless_run_after``: the latest run of the source that the caller knows of, 0 for none.
    ``log``: options of newsbot for the log that the crawl writes.
    """

    source: str
    config: str
    archive: str
    unless_run_after: int = 0
    log: Sequence[str] = ()

    @property
    def command(self) -> list[str]:
        crawl = ["crawl", self.source, "--config", "/dev/stdin", "--archive", self.archive, "--json"]
        return [
            sys.executable,
            "-m",
            "newsbot",
            *self.log,
            *crawl,
            f"--unless-run-after={self.unless_run_after}",
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a crawl came to. ``code``: its exit code, below zero the signal that ended it.

    ``figures``: the last JSON line of its output; empty if it ended without one.
    """

    source: str
    code: int
    seconds: float
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def came(self) -> Came:
        """ "broken": it ended without a word of what it did; "held": another crawl was there."""
        if self.figures.get("cause") == "held":
            return "held"
        state: Came | None = self.figures.get("state")
        return state if state is not None and (self.code in (0, 1)) else "broken"

    @property
    def is_done(self) -> bool:
        """Whether what was due is done, or was done or is being done by another process."""
        return self.came in ("finished", "skipped", "held")


class Crawl:
    """A crawl that runs. To be started in a thread that outlives it: the kernel ties it to that thread."""

    def __init__(self, task: CrawlTask, process: Process) -> None:
        self.task = task
        self._process = process
        self._started = time.monotonic()

    @classmethod
    async def start(cls, task: CrawlTask) -> Crawl:
        with tempfile.TemporaryFile() as config:
            config.write(task.config.encode())
            config.seek(0)
            process = await _spawn(task.command, stdin=config, stderr=PIPE)
        return cls(task, process)

    @property
    def pid(self) -> int:
        return self._process.pid

    async def wait(self, said: Callable[[str], None]) -> Outcome:
        """Until it ends; ``said`` gets every line that it logs."""
        assert self._process.stdout is not None  # noqa: S101 - both are pipes
        assert self._process.stderr is not None  # noqa: S101
        last = _Last()
        await asyncio.gather(_read(self._process.stdout, last), _read(self._process.stderr, said))
        code = await self._process.wait()
        return Outcome(
            source=self.task.source,
            code=code,
            seconds=round(time.monotonic() - self._started, 1),
            figures=last.object,
        )

    def end(self) -> None:
        """Lets it end after the request in hand."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """At once. Nothing is lost: the ledger knows what was not done."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
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


class _Last:
    """Keeps the last line that is a JSON object."""

    def __init__(self) -> None:
        self.object: dict[str, Any] = {}

    def __call__(self, line: str) -> None:
        with suppress(ValueError):
            found = json.loads(line)
            if isinstance(found, dict):
                self.object = found


async def _read(stream: asyncio.StreamReader, take: Callable[[str], None]) -> None:
    begun = b""
    while piece := await stream.read(_PIECE):
        *lines, begun = (begun + piece).split(b"\n")
        if len(begun) > _PIECE:
            lines, begun = [*lines, begun], b""
        for line in lines:
            take(line.decode(errors="replace"))
    if begun:
        take(begun.decode(errors="replace"))
