"""newsbot export: the archive's articles as a file that other programs read."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from newsbot.archive import open_archive
from newsbot.cli.options import ArchiveOption, ConfigOption, configured
from newsbot.errors import NewsbotError
from newsbot.export import csv, jsonl
from newsbot.export.files import replacing


class Format(StrEnum):
    """Formats of an export."""

    JSONL = "jsonl"
    CSV = "csv"


_FORMATS = {Format.JSONL: jsonl, Format.CSV: csv}


def export(
    format_: Annotated[Format, typer.Option("-f", "--format", help="The form of the file.")] = Format.JSONL,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Default: standard output.")
    ] = None,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> None:
    """Write every article, each in its latest revision. A file appears under its name only once it is whole.

    Examples:

        newsbot export -f jsonl -o articles.jsonl

        newsbot export -f csv > articles.csv
    """
    _, url = configured(config, archive)
    form = _FORMATS[format_]
    errors = Console(stderr=True)
    with open_archive(url, read_only=True, create=False) as opened:
        total = opened.counts().articles
        if output is None:
            form.write(opened.articles(), sys.stdout)
            return
        with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
            task = bar.add_task("exporting", total=total)
            try:
                with replacing(output, encoding=form.ENCODING) as out:
                    written = form.write(
                        opened.articles(), out, progress=lambda done: bar.update(task, completed=done)
                    )
            except OSError as error:
                raise NewsbotError(f"{output} cannot be written: {error.strerror or error}") from error
    errors.print(f"{written} articles in {output}", highlight=False)
