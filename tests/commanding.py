"""How the tests use the command line: in this process, except where Scrapy is started.

What needs a process of its own has it forked from one that has imported newsbot: starting Python anew for
each of some hundred crawls would take most of the tests' time.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HURRY = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0")  # the sample board need not be spared
PATIENCE = 120  # seconds until a test gives up on a command
NOWHERE = Path(os.devnull)

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(
    [
        "newsbot.cli.app",
        "newsbot.archive.migrate",
        "newsbot.crawl",
        "newsbot.spiders.board",
        "alembic.command",
    ]
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Said]


def in_its_own_process(
    *arguments: str | Path, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> Said:
    """For what fetches pages: Scrapy runs once in a process. ``environment``: beside this process's own."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = forked(*arguments, cwd=cwd, environment=environment, out=out, err=err)
        process.join(PATIENCE)
        code = process.exitcode
        process.kill()
        assert code is not None, "the command does not end"
        return Said(code, out.read_text("utf-8"), err.read_text("utf-8"))


def forked(
    *arguments: str | Path,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    out: Path = NOWHERE,
    err: Path = NOWHERE,
) -> BaseProcess:
    """A command that has been begun, and writes what it says into files."""
    given = [*map(str, arguments)], cwd or Path.cwd(), {**os.environ, **(environment or {})}
    process = _FORKING.Process(target=_command, args=(*given, out, err))
    process.start()
    return process


def _command(arguments: list[str], cwd: Path, environment: dict[str, str], out: Path, err: Path) -> None:
    from newsbot.cli import main

    for stream, path in ((sys.stdout, out), (sys.stderr, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream.fileno())
    sys.argv = ["newsbot", *arguments]
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    main()


def command_line(*arguments: str | Path) -> list[str]:
    """For what has to be started as a person starts it."""
    return [sys.executable, "-m", "newsbot", *map(str, arguments)]


def run(
    whole: list[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    patience: float = PATIENCE,
) -> Said:
    done = subprocess.run(
        whole, capture_output=True, text=True, check=False, timeout=patience, cwd=cwd, env=env
    )
    return Said(done.returncode, done.stdout, done.stderr)


def without_handlers() -> None:
    """Undoes what the command does to the logging of this process."""
    for handler in tuple(logging.root.handlers):
        if type(handler).__name__ == "RichHandler":
            logging.root.removeHandler(handler)
