"""newsbot changes: headlines that were changed after they were published, the largest change first."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from newsbot.archive import open_archive
from newsbot.archive.records import HeadlineChange
from newsbot.cli.options import DAY, ArchiveOption, ConfigOption, JsonOption, configured
from newsbot.korean.date_forms import KST


def changes(
    since: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", formats=DAY, help="Only what was stored on this day or later."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="So many at the most.")] = 20,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """List the headlines that were changed after they were first stored, the largest change first.

    Examples:

        newsbot changes --since 2026-03-01

        newsbot changes --limit 100 --json
    """
    _, url = configured(config, archive)
    start = since.replace(tzinfo=KST) if since else None
    with open_archive(url, read_only=True, create=False) as opened:
        found = opened.headline_changes(since=start, limit=limit)
    for change in found:
        if json_lines:
            typer.echo(json.dumps(_json(change), ensure_ascii=False))
        else:
            _print(Console(), change)
    if not found and not json_lines:
        Console(stderr=True).print("no headline was changed")


def _json(change: HeadlineChange) -> dict[str, object]:
    return asdict(change) | {"stored": change.stored.isoformat()}


def _print(console: Console, change: HeadlineChange) -> None:
    where = f"{change.stored:%Y-%m-%d %H:%M}  {change.outlet or ''}  {change.uri} revision {change.revision}"
    for line in (
        f"[bold]{change.size}[/]  [dim]{escape(where)}[/]",
        f"   [red]- {escape(change.before)}[/]",
        f"   [green]+ {escape(change.after)}[/]",
    ):
        console.print(line, soft_wrap=True, highlight=False)
