"""Capture files copied to another directory, each proved against its digest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from newsbot.captures.writer import plainly
from newsbot.errors import CaptureError
from newsbot.unfinished import part_of

CHUNK: Final = 1 << 20  # bytes

Progress: TypeAlias = Callable[[int, int], None]  # told (done, total) in files


def copy_files(
    directory: Path, target: Path, files: Mapping[str, str | None], *, progress: Progress
) -> list[str]:
    """Copies files, by name with the SHA-256 (hex) that each must have; None: it is still being written.

    What is there already and has that digest is left. A file takes its name when it is whole. Returns the
    names of those that are not in the directory. Raises CaptureError: a file is not what was captured, or
    the target cannot be written.
    """
    missing = []
    with plainly(target):
        target.mkdir(parents=True, exist_ok=True)
    for done, (name, sha256) in enumerate(files.items(), 1):
        if not (directory / name).is_file():
            missing.append(name)
        elif sha256 is None or _digest(target / name) != sha256:
            _copy(directory / name, target / name, sha256)
        progress(done, len(files))
    return missing


def _copy(path: Path, target: Path, sha256: str | None) -> None:
    with plainly(target):
        part = part_of(target)
    digest = hashlib.sha256()
    try:
        with plainly(target), path.open("rb") as read, part.open("wb") as written:
            while chunk := read.read(CHUNK):
                digest.update(chunk)
                written.write(chunk)
            written.flush()
            os.fsync(written.fileno())
        if sha256 not in (None, digest.hexdigest()):
            raise CaptureError(
                f"the capture file {path}: it is not what was captured, its SHA-256 is another"
            )
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _digest(path: Path) -> str | None:
    if not path.is_file():
        return None
    with plainly(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
