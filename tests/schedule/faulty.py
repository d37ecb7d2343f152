"""What happens to a machine: its archive's file locked, and a schedule that notices within seconds."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Within seconds, what takes half a minute otherwise.
_HASTY = """
import sys
from datetime import timedelta
from newsbot.schedule import child, crew, due, local, outage
from newsbot.schedule.__main__ import main
due.AFTER_KILL = timedelta(seconds=3)
local.WATCH, crew.STOPPED = 0.3, 2.0
outage.FIRST_PAUSE, outage.LONGEST_PAUSE = 0.3, 1.0
usual = child.CrawlTask.command.fget
child.CrawlTask.command = property(lambda task: [sys.executable, "-c", {crawl!r}, *usual(task)[3:]])
sys.exit(main())
"""
_CRAWL = """
from newsbot.archive import sqlite
from newsbot.cli import main
sqlite.BUSY_SECONDS = 1.0
main()
"""


def hasty(toml: Path, *options: str) -> list[str]:
    """The command of a schedule that loses no time, nor do its crawls."""
    return [sys.executable, "-c", _HASTY.format(crawl=_CRAWL), "--config", str(toml), "--json", *options]


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another process' transaction, that keeps all others from writing to an SQLite file."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=60)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
    finally:
        connection.close()
