"""Processes of a simulated week: each is real, forked from one that has loaded newsbot, and may be killed.

``Nursery`` asks for them and waits until they have ended, for while one works no simulated time passes for
the others. ``simulated_births.py`` is what forks.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from asyncio.subprocess import PIPE
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Final

HERE: Final = Path(__file__).parent
BIRTHS: Final = HERE / "simulated_births.py"
_MOMENT: Final = 1e-5  # seconds
SETTINGS: Final[dict[str, Any]] = {
    "ASYNCIO_EVENT_LOOP": "simulated_clock.SimulatedLoop",
    "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "simulated_wire.SimulatedWire"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Under which a process lives. ``dies``: when it is killed; ``steps``: after how many of its own;
    ``largest``: a file that it may write, in bytes.
    """

    steady: float
    ahead: float = 0.0
    dies: float | None = None
    steps: int | None = None
    largest: int | None = None


@dataclass(slots=True, kw_only=True)
class Life:
    """What a process did: what it wrote ("out", "err"), with its moment."""

    command: Sequence[str]
    code: int
    ended: float
    said: list[tuple[float, str, Any]] = field(default_factory=list)


# ---- asking for them -------------------------------------------------------------------------------


class Nursery:
    """A context manager. ``plan``: of ``simulated_site.Plan``, as JSON. ``lives``: a file, what they did."""

    def __init__(self, plan: Mapping[str, Any], lives: Path) -> None:
        self._plan = plan
        self._lives = lives

    def __enter__(self) -> Nursery:
        ours, theirs = socket.socketpair()
        command = [sys.executable, str(BIRTHS), json.dumps(self._plan), str(theirs.fileno())]
        path = os.pathsep.join([str(HERE.parent.parent), os.environ.get("PYTHONPATH", "")])
        environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": path, "COLUMNS": "200"}
        self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment)
        theirs.close()
        self._lines: IO[str] = ours.makefile("rw", encoding="utf-8")
        ours.close()
        self._kept = self._lives.open("a", encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()
        self._kept.close()
        self._process.wait()

    def run(self, command: Sequence[str], given: str, conditions: Conditions) -> Life:
        """What a scheduler hears of it; what it was served goes to the file alone (``week_seen.lives``)."""
        self._lines.write(json.dumps([command, given, asdict(conditions)]) + "\n")
        self._lines.flush()
        life = Life(command=command, code=0, ended=conditions.steady)
        self._keep(json.dumps({"command": sources(command), "began": conditions.steady}) + "\n", command)
        for line in self._lines:
            self._keep(line, command)
            when, what, value = json.loads(line)
            if what == "end":
                life.code = value
                return life
            life.ended = max(life.ended, when)
            if what in ("out", "err"):
                life.said.append((when, what, value))
        raise AssertionError("the simulation's own processes ended")

    def _keep(self, line: str, command: Sequence[str]) -> None:
        if "crawl" in command:
            self._kept.write(line)


def sources(command: Sequence[str]) -> Sequence[str]:
    """That are crawled."""
    return command[command.index("crawl") + 1 : command.index("--config")] if "crawl" in command else ()


class SimulatedProcess:
    """A life as ``newsbot.schedule.child`` sees it: what it said comes when it was said."""

    pid = 0  # there is nobody to be told anything

    def __init__(self, life: Life | None) -> None:
        self.stdout, self.stderr = asyncio.StreamReader(), asyncio.StreamReader()
        self.returncode: int | None = 0
        self._over = asyncio.Event()
        if life is not None:
            self.live(life)

    def live(self, life: Life) -> None:
        loop, last = asyncio.get_running_loop(), 0.0
        self.returncode = life.code
        for when, what, text in life.said:
            if what in ("out", "err"):
                stream = self.stdout if what == "out" else self.stderr
                last = max(when, last + _MOMENT)  # what comes at the same moment comes in any order
                loop.call_at(last, stream.feed_data, text.encode())
        loop.call_at(max(life.ended, last) + _MOMENT, self._end)

    def _end(self) -> None:
        self.stdout.feed_eof()
        self.stderr.feed_eof()
        self._over.set()

    async def wait(self) -> int:
        await self._over.wait()
        return self.returncode or 0


class Spawning:
    """In the place of ``newsbot.schedule.child._spawn``. ``run`` gives a command and its input a life."""

    def __init__(self, run: Any) -> None:
        self._run = run

    async def __call__(self, command: Sequence[str], *, stdin: Any = None, stderr: int) -> Any:
        if stdin == PIPE:
            return _Helper(self._run, command)
        return SimulatedProcess(self._run(command, stdin.read().decode()))


class _Helper(SimulatedProcess):
    """One that is told what to do when it runs already."""

    def __init__(self, run: Any, command: Sequence[str]) -> None:
        super().__init__(None)
        self._run, self._command = run, command

    async def communicate(self, given: bytes) -> tuple[bytes, bytes]:
        self.live(self._run(self._command, given.decode()))
        await self.wait()
        return await self.stdout.read(), await self.stderr.read()
