"""How the tests crawl a sample board: newsbot as its own process, and what it left in the archive."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsbot.archive import open_archive
from newsbot.archive.records import LedgerEntry, StoredArticle
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.exchange import RequestSeen

HURRY = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0")  # the sample board need not be spared
PATIENCE = 120  # seconds until a test gives up on a command


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command came to. ``lines``: the JSON objects on its standard output."""

    code: int
    lines: list[dict[str, Any]]
    err: str

    @property
    def figures(self) -> dict[str, Any]:
        return self.lines[-1]

    @property
    def state(self) -> str:
        return str(self.figures["state"])

    def shows(self, **figures: object) -> bool:
        """Whether the run's figures are these; a mismatch is printed for the reader of a failed test."""
        found = {name: self.figures.get(name) for name in figures}
        if found != figures:
            print(f"{self.figures}\n{self.err}")  # noqa: T201
        return found == figures


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "newsbot", *map(str, arguments)]


def crawl_command(where: SampleBoard | str, archive: Path, *options: str) -> list[str]:
    url = where if isinstance(where, str) else where.url
    return command("crawl", url, "--archive", f"sqlite:///{archive}", "--json", *HURRY, *options)


def run(arguments: list[str], *, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments, capture_output=True, text=True, check=False, timeout=PATIENCE, cwd=cwd
    )


def crawl(where: SampleBoard | str, archive: Path, *options: str) -> Outcome:
    return outcome(run(crawl_command(where, archive, *options)))


def outcome(done: subprocess.CompletedProcess[str]) -> Outcome:
    return Outcome(done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr)


def newsbot(archive: Path, verb: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(command(verb, "--archive", f"sqlite:///{archive}", *arguments))


def stored(archive: Path) -> dict[str, StoredArticle]:
    """The archive's articles by document id, each in its latest revision."""
    with open_archive(f"sqlite:///{archive}", read_only=True) as opened:
        return {str(one.article.document_id): one for one in opened.articles()}


def states(archive: Path) -> dict[str, str]:
    """What became of every headline, by document id."""
    with open_archive(f"sqlite:///{archive}", read_only=True) as opened:
        return {entry.document_id: entry.state for entry in ledger(archive).values()}
