"""newsbot archive: what is done with an archive as a whole."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from newsbot.archive import open_archive
from newsbot.archive.copying import copy_archive
from newsbot.captures import directory_of
from newsbot.cli.options import JsonOption
from newsbot.cli.thin import thin
from newsbot.korean.dates import KST

app = typer.Typer(no_args_is_help=True, help="Work on an archive as a whole.")
app.command("thin")(thin)


@app.callback()
def _group() -> None:
    """Work on an archive as a whole."""


@app.command("copy")
def copy(
    origin: Annotated[str, typer.Argument(metavar="FROM", help="The URL of the archive to copy.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Of an archive that holds nothing yet.")],
    json_lines: JsonOption = False,
) -> None:
    """Copy an archive whole, also between SQLite and PostgreSQL, and prove the copy row by row.

    A copy that was killed goes on where it stopped. Captured pages are files: copy their directory
    beside it.

    Example:

        newsbot archive copy sqlite:///newsbot.db postgresql://newsbot@localhost/newsbot
    """
    errors = Console(stderr=True)
    with (
        open_archive(origin, read_only=True, create=False) as source,
        open_archive(target, unfinished=True) as copied,
        Progress(console=errors, transient=True, disable=json_lines or not errors.is_terminal) as progress,
    ):
        task = progress.add_task("copying", total=None)
        proof = copy_archive(
            source,
            copied,
            when=datetime.now(KST),
            progress=lambda what, done, total: progress.update(
                task, description=what, completed=done, total=total
            ),
        )
        place = copied.backend.place
    if json_lines:
        typer.echo(json.dumps(asdict(proof), ensure_ascii=False))
        return
    rows = ", ".join(f"{count:,} {name}" for name, count in proof.rows.items() if count)
    Console().print(
        f"Copied to {place}: {rows or 'nothing'}.\nProved: every row is equal, sha256 {proof.sha256}.",
        soft_wrap=True,
        highlight=False,
        markup=False,
    )
    if files := proof.rows.get("capture_files"):
        here, there = directory_of(origin, None), directory_of(target, None)
        Console().print(
            f"Not in it: its {files:,} capture files: copy {here} to {there}.",
            soft_wrap=True,
            highlight=False,
            markup=False,
        )
