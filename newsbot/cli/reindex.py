"""newsbot reindex: the search index built anew."""

from __future__ import annotations

import json

import typer
from rich.console import Console
from rich.progress import Progress

from newsbot.archive import open_archive
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, configured


def reindex(
    archive: ArchiveOption = None, config: ConfigOption = None, json_lines: JsonOption = False
) -> None:
    """Build the search index anew. It may be killed, and goes on where it stopped.

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
    if json_lines:
        typer.echo(json.dumps({"articles": indexed}))
    else:
        Console().print(f"{indexed:,} articles can be searched", highlight=False)
