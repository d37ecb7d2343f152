"""Where a file is written before it takes its name, and what killed processes have left there."""

from __future__ import annotations

import os
import re
import shutil
import socket
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import Final

# Whose process it was, it and no other machine or container can say: numbers are given to processes anew.
_HOST: Final = re.sub(r"[^\w-]", "_", socket.gethostname())[:64]
_OURS: Final = re.compile(rf"\.{re.escape(_HOST)}\.(\d+)\.part(?:-\w+)?")


def part_of(path: Path) -> Path:
    """A hidden name beside ``path``, this process's own. What others wrote that are dead is removed."""
    for left in path.parent.glob(f".{escape(path.name)}.{escape(_HOST)}.*.part*"):
        process = _OURS.fullmatch(left.name.removeprefix(f".{path.name}"))
        if process is not None and not _lives(int(process[1])):
            with suppress(OSError):  # of another user, perhaps: it is in nobody's way
                remove(left)
    return path.with_name(f".{path.name}.{_HOST}.{os.getpid()}.part")


def remove(path: Path) -> None:
    """A file, or a directory with what is in it, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True
