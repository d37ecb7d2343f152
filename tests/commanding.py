"""How the tests use the command line: in this process, except where Scrapy is started."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HURRY = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0")  # the sample board need not be spared
PATIENCE = 120  # seconds until a test gives up on a command


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


def in_its_own_process(*arguments: str | Path, cwd: Path | None = None) -> Said:
    """For what fetches pages: Scrapy runs once in a process."""
    return run(command_line(*arguments), cwd=cwd)


def command_line(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "newsbot", *map(str, arguments)]


def run(whole: list[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Said:
    done = subprocess.run(
        whole, capture_output=True, text=True, check=False, timeout=PATIENCE, cwd=cwd, env=env
    )
    return Said(done.returncode, done.stdout, done.stderr)


def without_handlers() -> None:
    """Undoes what the command does to the logging of this process."""
    for handler in tuple(logging.root.handlers):
        if type(handler).__name__ == "RichHandler":
            logging.root.removeHandler(handler)
