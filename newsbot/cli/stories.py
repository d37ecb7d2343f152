"""newsbot stories: one event told by several outlets, each in its own words."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from newsbot.archive import Archive, open_archive
from newsbot.archive.records import Story
from newsbot.cli.options import DAY, ArchiveOption, ConfigOption, JsonOption, configured
from newsbot.korean.date_forms import KST


def stories(
    since: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", formats=DAY, help="Only what began on this day or later."),
    ] = None,
    outlets: Annotated[int, typer.Option(min=1, help="Told by so many outlets at the least.")] = 2,
    limit: Annotated[int, typer.Option(min=1, help="So many at the most.")] = 20,
    all_: Annotated[bool, typer.Option("--all", help="Re-posts too, each for itself.")] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """List what several outlets tell, those of most outlets first; what was stored since is gathered before.

    Examples:

        newsbot stories --since 2026-03-01

        newsbot stories --outlets 5 --json
    """
    _, url = configured(config, archive)
    start = since.replace(tzinfo=KST) if since else None
    with open_archive(url, create=False) as opened:
        _build(opened, quiet=json_lines)
        found = opened.stories(since=start, outlets=outlets, limit=limit)
    for story in found:
        if json_lines:
            typer.echo(json.dumps(_json(story, all_=all_), ensure_ascii=False))
        else:
            _print(Console(), story, all_=all_)
    if not found and not json_lines:
        Console(stderr=True).print(f"no story is told by {outlets} outlets or more")


def _build(opened: Archive, *, quiet: bool) -> None:
    errors = Console(stderr=True)
    with Progress(console=errors, transient=True, disable=quiet or not errors.is_terminal) as bar:
        task = bar.add_task("gathering days", total=None)
        now = datetime.now(KST).replace(microsecond=0)
        opened.build_stories(when=now, progress=lambda done, of: bar.update(task, completed=done, total=of))


def _json(story: Story, *, all_: bool) -> dict[str, Any]:
    told = [
        asdict(one) | {"dated": one.dated.isoformat()} for one in story.articles if all_ or not one.folded
    ]
    return asdict(story) | {"dated": story.dated.isoformat(), "articles": told}


def _print(console: Console, story: Story, *, all_: bool) -> None:
    folded = sum(one.folded for one in story.articles)
    reposts = f", {folded} re-posts" if folded else ""
    console.print(Text(story.headline, style="bold"), soft_wrap=True)
    console.print(
        f"[dim]{len(story.outlets)} outlets, {len(story.articles)} articles{reposts}[/]", highlight=False
    )
    for one in story.articles:
        if all_ or not one.folded:
            line = f"   {one.dated:%m-%d %H:%M}  {one.outlet}  {one.headline}  "
            console.print(Text(line) + Text(one.uri, style="dim"), soft_wrap=True)
    console.print()
