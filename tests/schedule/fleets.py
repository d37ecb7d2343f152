"""How the tests run a fleet: workers as their own processes, on an archive of a real server."""

from __future__ import annotations

import sys
from pathlib import Path

from crawling import captures_of

# A fleet that notices within seconds what it notices within half a minute otherwise.
_IMPATIENT = """
import sys
from datetime import timedelta
from newsbot.schedule import due, fleet, rereading, worker
from newsbot.schedule.__main__ import main
fleet.HEARTBEAT, fleet.STALLED, worker.POLL, fleet.PLANNED = 0.5, 6.0, 0.2, "* * * * * *"
due.AFTER_KILL = worker.AFTER_KILL = rereading.AGAIN = timedelta(seconds=3)
rereading.ELSEWHERE = timedelta(seconds=1)
sys.exit(main())
"""


def configure(folder: Path, archive: str, sources: dict[str, str], *, every: str = "1h") -> Path:
    """A newsbot.toml, with its captures where the tests look for those of the archive."""
    folder.mkdir(exist_ok=True)
    toml = folder / "newsbot.toml"
    tables = "".join(f'[sources.{name}]\nurl = "{url}"\nevery = "{every}"\n' for name, url in sources.items())
    toml.write_text(f'archive = "{archive}"\ncaptures = "{captures_of(archive)}"\n{tables}')
    return toml


def worker(toml: Path, *options: str) -> list[str]:
    return [sys.executable, "-c", _IMPATIENT, "--fleet", "--config", str(toml), "--json", *options]
