"""One crawl per source and host: a lock that the kernel frees when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

from newsbot.errors import ArchiveError, Held
from newsbot.korean.date_forms import KST


@contextmanager
def hold(directory: Path, source: str) -> Iterator[None]:
    """Holds ``source`` (or a host) for as long as the context lasts; the lock files lie in ``directory``.

    Raises Held, saying who holds it, when another process (or this one) already does; ArchiveError when
    the lock cannot be made.
    """
    path = directory / _file_name(source)
    try:
        directory.mkdir(exist_ok=True)
        # Opened without cutting it: what it says of its holder is read when the lock is refused.
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+", encoding="utf-8")
    except OSError as error:
        raise ArchiveError(
            f"the lock {path} cannot be made ({error.strerror}): see to its directory"
        ) from error
    with file:
        _lock(file, source)
        yield


def _lock(file: IO[str], source: str) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = file.read().strip() or "another process"
        still = ", which stands still, stopped by a signal" if _is_stopped(holder) else ""
        raise Held(f"{source} is being crawled by {holder}{still}: wait for it or stop it") from None
    file.truncate(0)
    file.write(f"process {os.getpid()} since {datetime.now(KST).isoformat(sep=' ', timespec='seconds')}\n")
    file.flush()


def _is_stopped(holder: str) -> bool:
    """Whether the process that a lock's text names waits to be continued; False where nothing tells."""
    process = re.match(r"process (\d+) ", holder)
    if process is None:
        return False
    try:
        state = Path(f"/proc/{process[1]}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state == "T"


def _file_name(source: str) -> str:
    # Names that differ only in what a file name may not hold keep apart by the hash.
    readable = re.sub(r"[^\w.-]+", "-", source)[:60].strip(".-")
    return f"{readable}-{sha256(source.encode()).hexdigest()[:8]}.lock"
