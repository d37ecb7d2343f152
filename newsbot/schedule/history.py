"""What the archive knows of each source's runs, for the schedule.

``python -m newsbot.schedule.history ARCHIVE`` reads {name: source key} on standard input and writes
{name: [run, …]}, both JSON. A process of its own: a scheduler that idles for a year need not hold a database
library, nor a connection.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from newsbot.errors import ArchiveError
from newsbot.schedule.child import output
from newsbot.schedule.due import LOOKED_BACK, PastRun

if TYPE_CHECKING:
    from newsbot.archive import Archive
    from newsbot.archive.run_records import Look

READ: Final = (
    2 * LOOKED_BACK
)  # runs of a source: killed and failed ones among them tell nothing of its rhythm
_FAILED: Final = 1


async def look(archive: str, keys: Mapping[str, str]) -> dict[str, list[PastRun]]:
    """The latest runs of each source, the latest first, by its name. ``keys``: ``config.source_key`` by name.

    Raises ArchiveError: the archive cannot be opened. One that is not there yet is made.
    """
    command = [sys.executable, "-m", "newsbot.schedule.history", archive]
    try:
        code, out, errors = await output(command, json.dumps(keys).encode())
    except OSError as error:  # no memory, no process left
        raise ArchiveError(f"the archive {archive} cannot be asked: {error.strerror}") from error
    if code:
        said = errors.decode(errors="replace").strip().splitlines()
        raise ArchiveError(said[-1] if said else f"the archive {archive} cannot be read (exit code {code})")
    return {name: [_from_json(run) for run in runs] for name, runs in json.loads(out).items()}


def past_runs(archive: Archive, keys: Mapping[str, str]) -> dict[str, list[PastRun]]:
    """The latest runs of each source, the latest first, by its name."""
    found = archive.latest_looks(keys.values(), limit=READ)
    return {name: [past_run(run) for run in found[key]] for name, key in keys.items()}


def past_run(run: Look) -> PastRun:
    seconds = None if run.finished is None else (run.finished - run.started).total_seconds()
    return PastRun(
        run=run.id,
        started=run.started,
        state=run.state,
        brought=bool(run.brought or run.revised),
        seconds=seconds,
        for_archive=run.ended == "archive",
        left_alone=run.left_alone or 0,
    )


def main() -> None:
    from newsbot.archive import open_archive  # noqa: PLC0415 - not in the scheduler

    url, keys = sys.argv[1], json.load(sys.stdin)
    found: dict[str, list[dict[str, Any]]] = {}
    try:
        with open_archive(url) as archive:  # makes it, or brings it up to date, as a crawl would
            for name, runs in past_runs(archive, keys).items():
                found[name] = [_as_json(run) for run in runs]
    except ArchiveError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(_FAILED)
    json.dump(found, sys.stdout)


def _as_json(run: PastRun) -> dict[str, Any]:
    return {**asdict(run), "started": run.started.isoformat()}


def _from_json(run: Mapping[str, Any]) -> PastRun:
    return PastRun(**{**run, "started": datetime.fromisoformat(run["started"])})


if __name__ == "__main__":
    main()
