"""``python -m newsbot.reparse``: capture files read again for a fleet's worker, one after the other.

On standard input ``{archive, captures, files {name: chosen}}`` as JSON; on standard output a line for each
file when it is done with: ``{source: its name, state: finished|absent, missing, said}``. Absent: the file is
not on this machine. Exit code 1, and why on standard error: the archive cannot be used.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from newsbot.archive import Archive, open_archive
from newsbot.captures import directory_of
from newsbot.errors import ArchiveError
from newsbot.reparse.passing import Chosen, read_captures
from newsbot.versions import parser_version

BEHIND_CRAWLS: Final = 10  # by which the system gives this process less of the machine


def main() -> int:
    """The exit code."""
    os.nice(BEHIND_CRAWLS)
    given = json.load(sys.stdin)
    place = directory_of(given["archive"], given["captures"])
    try:
        with open_archive(given["archive"], create=False) as archive:
            for file, chosen in given["files"].items():
                said = _read(archive, place, file, chosen_from(chosen))
                sys.stdout.write(json.dumps({"source": file, **said}, ensure_ascii=False) + "\n")
                sys.stdout.flush()
    except ArchiveError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def chosen_from(values: dict[str, Any]) -> Chosen:
    """A choice that went through JSON."""
    moments = {name: datetime.fromisoformat(values[name]) for name in ("since", "until") if name in values}
    chosen: Chosen = {**values, **moments}  # type: ignore[typeddict-item]
    return chosen


def _read(archive: Archive, place: Path, file: str, chosen: Chosen) -> dict[str, Any]:
    if not (place / file).exists() and any(archive.to_read(parser_version(), file=file, **chosen)):
        return {"state": "absent"}
    missed = read_captures(archive, place, processes=0, file=file, **chosen)
    first = f"{missed.first[0].uri}: {missed.first[0].said}" if missed.first else None
    return {"state": "finished", "missing": missed.pages, "said": first}


if __name__ == "__main__":
    sys.exit(main())
