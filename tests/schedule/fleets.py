"""How the tests run a fleet: workers as their own processes, on an archive of a real server."""

from __future__ import annotations

import sys
from pathlib import Path

from crawling import captures_of

# A fleet that notices within seconds what it notices within half a minute otherwise.
IMPATIENT = 6.0  # seconds without a sign of life, after which a worker's jobs are given to others
_COMMAND = f"""
import sys
from datetime import timedelta
from newsbot.schedule import due, fleet, outage, rereading, retrying, worker
from newsbot.schedule.__main__ import main
fleet.HEARTBEAT, fleet.STALLED, worker.POLL, fleet.PLANNED = 0.5, {IMPATIENT}, 0.2, "* * * * * *"
due.AFTER_KILL = worker.AFTER_KILL = retrying.AFTER_KILL = rereading.AGAIN = timedelta(seconds=3)
rereading.ELSEWHERE = timedelta(seconds=1)
outage.FIRST_PAUSE, outage.LONGEST_PAUSE = 0.3, 1.0
sys.exit(main())
"""


def configure(folder: Path, archive: str, sources: dict[str, str], *, every: str = "1h") -> Path:
    """A newsbot.toml, with its captures where the tests look for those of the archive."""
    folder.mkdir(exist_ok=True)
    toml = folder / "newsbot.toml"
    tables = "".join(f'[sources.{name}]\nurl = "{url}"\nevery = "{every}"\n' for name, url in sources.items())
    toml.write_text(f'archive = "{archive}"\ncaptures = "{captures_of(archive)}"\n{tables}')
    return toml


# One that soon asks a server which says nothing whether it lives, and whose crawls do.
_ASKING = """
import sys
from newsbot.archive import answering
from newsbot.schedule import child
answering.QUIET, answering.ANSWER = 2.0, 5
usual = child.CrawlTask.command.fget
asks = "from newsbot.archive import answering; answering.QUIET, answering.ANSWER = 2.0, 5; "
crawl = asks + "from newsbot.cli import main; main()"
child.CrawlTask.command = property(lambda task: [sys.executable, "-c", crawl, *usual(task)[3:]])
"""


def asking_worker(toml: Path) -> list[str]:
    return [sys.executable, "-c", _ASKING + _COMMAND, "--fleet", "--config", str(toml), "--json"]


def worker(toml: Path, *options: str) -> list[str]:
    return [sys.executable, "-c", _COMMAND, "--fleet", "--config", str(toml), "--json", *options]
