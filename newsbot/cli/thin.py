"""newsbot archive thin: the capture files of old runs that brought nothing, removed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.filesize import decimal
from rich.progress import track

from newsbot.archive import Archive, open_archive
from newsbot.archive.captured import CaptureFile
from newsbot.captures import directory_of
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, configured
from newsbot.errors import NewsbotError
from newsbot.korean.dates import KST
from newsbot.timing import duration

LEAST: Final = timedelta(days=1)  # a crawl that is under way may still refer to what is younger


@dataclass(slots=True)
class Thinned:
    """What was removed, or would be. ``kept``: files of such runs at which something points."""

    files: int = 0
    bytes: int = 0
    kept: int = 0
    gone: set[int] = field(default_factory=set)

    def add(self, file: CaptureFile) -> None:
        self.files += 1
        self.bytes += file.length or 0
        self.gone.add(file.id)


def thin(
    older_than: Annotated[
        str, typer.Option("--older-than", metavar="TIME", help="How long ago the runs have to have ended.")
    ] = "180d",
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove the files; without it they are only counted.")
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Count, or remove, the captured pages of old runs that brought nothing: the listings they looked at.

    Whatever a revision was read from stays, and so does what it refers to.

    Examples:

        newsbot archive thin --older-than 90d

        newsbot archive thin --older-than 90d --remove
    """
    before = datetime.now(KST) - _age(older_than)
    settings, url = configured(config, archive)
    directory = directory_of(url, settings.captures)
    with open_archive(url, read_only=not remove, create=False) as opened:
        shown = track(
            opened.idle_capture_files(before=before), "looking at captures", transient=True,
            console=Console(stderr=True), disable=json_lines or not Console(stderr=True).is_terminal,
        )  # fmt: skip
        here = (file for file in shown if _is_here(opened, directory, file))
        thinned = _thin(here, _removing(opened, directory) if remove else _counting(opened))
    if json_lines:
        said = {"files": thinned.files, "bytes": thinned.bytes, "kept": thinned.kept, "removed": remove}
        typer.echo(json.dumps(said | {"before": before.isoformat(timespec="seconds")}))
    else:
        _print(thinned, before, removed=remove)


def _age(text: str) -> timedelta:
    try:
        age = duration(text)
    except ValueError as error:
        raise typer.BadParameter(f"--older-than {text}: {error}") from None
    if age < LEAST:
        raise typer.BadParameter(f"--older-than {text}: what is younger than a day may still be referred to")
    return age


def _is_here(archive: Archive, directory: Path, file: CaptureFile) -> bool:
    """Whether the file is this machine's: another one's is not there, and holds captures."""
    return (directory / file.name).is_file() or not archive.holds_captures(file)


def _thin(files: Iterable[CaptureFile], goes: Callable[[CaptureFile, set[int]], bool]) -> Thinned:
    thinned = Thinned()
    for file in files:
        if goes(file, thinned.gone):
            thinned.add(file)
        else:
            thinned.kept += 1
    return thinned


def _counting(archive: Archive) -> Callable[[CaptureFile, set[int]], bool]:
    return lambda file, gone: archive.may_be_forgotten(file, gone=gone)


def _removing(archive: Archive, directory: Path) -> Callable[[CaptureFile, set[int]], bool]:
    """Its captures are forgotten first: nothing ever points at a file that is gone."""

    def remove(file: CaptureFile, _: set[int]) -> bool:
        if not archive.forget_captures(file):
            return False
        try:
            (directory / file.name).unlink(missing_ok=True)
        except OSError as error:
            raise NewsbotError(f"{directory / file.name} cannot be removed: {error.strerror}") from error
        archive.drop_capture_file(file.name)
        return True

    return remove


def _print(thinned: Thinned, before: datetime, *, removed: bool) -> None:
    what = f"{thinned.files:,} capture files ({decimal(thinned.bytes)})"
    of = f"of runs that brought nothing and ended before {before:%Y-%m-%d %H:%M}"
    said = [f"Removed {what} {of}." if removed else f"{what} {of} can go: --remove removes them."]
    if not thinned.files:
        said = [f"No capture file {of} can go."]
    if thinned.kept:
        said.append(f"{thinned.kept:,} more stay: what is kept refers to them.")
    for line in said:
        Console().print(line, soft_wrap=True, highlight=False, markup=False)
