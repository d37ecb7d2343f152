"""newsbot backup: an archive as it stands, into a file, and its captured pages into a directory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.filesize import decimal
from rich.progress import Progress

from newsbot.archive.backup import BackedUp, back_up, file_of
from newsbot.captures import directory_of
from newsbot.captures.copying import copy_files
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, configured, refuse_the_archive
from newsbot.errors import NewsbotError
from newsbot.export.files import taking_its_name


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: itself an archive.")],
    captures: Annotated[
        Path | None,
        typer.Option(
            "--captures", metavar="DIR", help="Copy the captured pages too; those there already stay."
        ),
    ] = None,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Back an archive up while it is in use: one moment of it, whole, and checked before it gets its name.

    Examples:

        newsbot backup /backups/newsbot.db --captures /backups/newsbot.db.captures

        newsbot verify --archive sqlite:////backups/newsbot.db
    """
    settings, url = configured(config, archive)
    refuse_the_archive(file, file_of(url))
    hidden = json_lines or not Console(stderr=True).is_terminal
    made = _database(url, file, hidden=hidden)
    missing: list[str] = []
    if captures is not None:
        with _bar("copying captures", hidden=hidden) as told:
            pages = directory_of(url, settings.captures)
            missing = copy_files(pages, captures, made.capture_files, progress=told)
    if json_lines:
        values = {"file": str(file), **asdict(made), "missing": missing}
        typer.echo(json.dumps(values, ensure_ascii=False))
    else:
        _print(Console(), file, made, captures, missing)
    raise typer.Exit(1 if missing else 0)


def _database(url: str, file: Path, *, hidden: bool) -> BackedUp:
    try:
        with _bar("backing up", hidden=hidden) as told, taking_its_name(file) as part:
            return back_up(url, part, progress=told)
    except OSError as error:
        raise NewsbotError(f"{file} cannot be written: {error.strerror or error}") from error


@contextmanager
def _bar(what: str, *, hidden: bool) -> Iterator[Callable[[int, int], None]]:
    with Progress(console=Console(stderr=True), transient=True, disable=hidden) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _print(console: Console, file: Path, made: BackedUp, captures: Path | None, missing: list[str]) -> None:
    count = len(made.capture_files)
    said = [f"{made.articles} articles in {file}, {decimal(made.bytes)}, checked."]
    if captures is not None:
        said.append(f"{count - len(missing)} capture files in {captures}, proved.")
    elif count:
        said.append(f"Not in it: its {count} capture files (--captures DIR copies them).")
    said += [f"missing: the capture file {name}" for name in missing]
    for line in said:
        console.print(line, soft_wrap=True, highlight=False, markup=False)
