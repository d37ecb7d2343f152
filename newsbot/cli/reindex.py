"""newsbot reindex: the search index built anew."""

from __future__ import annotations

import json
from datetime import datetime

import typer
from rich.console import Console
from rich.progress import Progress

from newsbot.archive import open_archive
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, configured
from newsbot.korean.date_forms import KST


def reindex(
    archive: ArchiveOption = None, config: ConfigOption = None, json_lines: JsonOption = False
) -> None:
    """Build the search index anew, and what finds near texts if it is of another version.

    It may be killed, and goes on where it stopped.

    Needed when `newsbot search` asks for it: an archive that an older newsbot made, or another way to
    take words apart.

    Example:

        newsbot reindex --archive sqlite:///newsbot.db
    """
    _, url = configured(config, archive)
    errors = Console(stderr=True)
    with (
        open_archive(url, create=False) as opened,
        Progress(console=errors, transient=True, disable=json_lines or not errors.is_terminal) as progress,
    ):
        task = progress.add_task("indexing", total=None)
        indexed = opened.reindex(
            progress=lambda done, total: progress.update(task, completed=done, total=total)
        )
        again = progress.add_task("matching", total=None)
        matched = opened.rematch(
            when=datetime.now(KST).replace(microsecond=0),
            progress=lambda done, total: progress.update(again, completed=done, total=total),
        )
    if json_lines:
        typer.echo(json.dumps({"articles": indexed} | ({"matched": matched} if matched else {})))
        return
    Console().print(f"{indexed:,} articles can be searched", highlight=False)
    if matched:
        Console().print(f"{matched:,} articles were matched anew", highlight=False)
