"""newsbot backup: an archive as it stands, into a file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.filesize import decimal
from rich.progress import Progress

from newsbot.archive.backup import BackedUp, back_up, file_of
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, configured, refuse_the_archive
from newsbot.errors import NewsbotError
from newsbot.export.files import taking_its_name


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: itself an archive.")],
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Back an archive up while it is in use: one moment of it, whole, and checked before it gets its name.

    Examples:

        newsbot backup /backups/newsbot.db

        newsbot verify --archive sqlite:////backups/newsbot.db
    """
    _, url = configured(config, archive)
    refuse_the_archive(file, file_of(url))
    errors = Console(stderr=True)
    with Progress(console=errors, transient=True, disable=json_lines or not errors.is_terminal) as bar:
        task = bar.add_task("backing up", total=None)
        try:
            with taking_its_name(file) as part:
                made = back_up(
                    url, part, progress=lambda done, total: bar.update(task, completed=done, total=total)
                )
        except OSError as error:
            raise NewsbotError(f"{file} cannot be written: {error.strerror or error}") from error
    if json_lines:
        typer.echo(json.dumps({"file": str(file), **asdict(made)}, ensure_ascii=False))
        return
    Console().print(f"{made.articles} articles in {file}, {decimal(made.bytes)}, checked.", highlight=False)
    _name_captures(made)


def _name_captures(made: BackedUp) -> None:
    if not made.capture_files:
        return
    size = decimal(sum(length or 0 for length in made.capture_files.values()))
    count = len(made.capture_files)
    Console().print(
        f"Not in it: its {count} capture files, {size}. Copy their directory too.", highlight=False
    )
