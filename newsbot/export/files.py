"""A file that is either whole or not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def replacing(path: Path, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A text file to write to, which takes its name only when all is written. Raises OSError.

    When anything fails on the way, a file of that name stays as it was.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        # newline="": the formats end their lines themselves.
        with part.open("w", encoding=encoding, newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
