"""A file that is either whole or not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from newsbot.unfinished import part_of, remove


@contextmanager
def replacing(path: Path, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A text file to write to, which takes its name only when all is written. Raises OSError.

    When anything fails on the way, a file of that name stays as it was. A device or a pipe
    (``/dev/stdout``) is written to directly.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        with path.open("w", encoding=encoding, newline="") as out:
            yield out
        return
    # newline="": the formats end their lines themselves.
    with taking_its_name(path) as part, part.open("w", encoding=encoding, newline="") as out:
        yield out


@contextmanager
def taking_its_name(path: Path) -> Iterator[Path]:
    """A path beside ``path``, for a file or a directory that is to take its name when all is written.

    Raises OSError; IsADirectoryError and FileExistsError before anything is written, where a directory
    has the name, something that is no file, or a database in use. When anything fails on the way, what
    had the name stays.
    """
    path = path.resolve()
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a directory")
    if path.exists() and not path.is_file():
        raise FileExistsError(f"{path} is no file")
    if _has_pages_beside(path):
        raise FileExistsError(f"{path} is a database in use")
    part = part_of(path)
    try:
        yield part
        _sync(part)
        part.replace(path)
        _sync(path.parent)
    finally:
        remove(part)


def _has_pages_beside(path: Path) -> bool:
    """Whether SQLite keeps pages in a write-ahead log, which it would then take for the new file's."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0  # who only reads may leave an empty one


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
