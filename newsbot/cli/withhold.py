"""newsbot withhold: a takedown, its lifting, and the audit of both."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from newsbot.archive import Archive, open_archive
from newsbot.archive.records import Ruling
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, configured
from newsbot.cli.tables import table_of
from newsbot.korean.date_forms import KST


def withhold(
    ref: Annotated[
        str | None, typer.Argument(metavar="URI", help="An article's uri, its address, or its id.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why: kept with the decision.")
    ] = None,
    release: Annotated[bool, typer.Option("--release", help="Let it be seen again.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="Every decision, with its time and reason.")] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Hide an article from every reader: it is kept, but neither shown, found, listed nor exported.

    Examples:

        newsbot withhold newsbot:board.example/3655 --reason "asked for by the outlet, letter of 3 March"

        newsbot withhold newsbot:board.example/3655 --release --reason "withdrawn, letter of 9 March"

        newsbot withhold --list
    """
    _, url = configured(config, archive)
    if list_:
        with open_archive(url, read_only=True, create=False) as opened:
            _print_rulings(opened.rulings(), json_lines=json_lines)
        return
    if ref is None or not (reason and reason.strip()):
        raise typer.BadParameter("give an article's URI and --reason TEXT, or --list")
    with open_archive(url, create=False) as opened:
        decide = opened.release if release else opened.withhold
        ruling = decide(ref, reason.strip(), when=datetime.now(KST).replace(microsecond=0))
        _print_ruling(opened, ruling, json_lines=json_lines)


def _print_ruling(opened: Archive, ruling: Ruling, *, json_lines: bool) -> None:
    reposts = opened.visible_reposts(ruling.uri) if ruling.in_force else []
    if json_lines:
        typer.echo(_line(ruling, visible_reposts=reposts))
        return
    console = Console()
    console.print(f"{ruling.action}: {escape(ruling.uri)}", soft_wrap=True, highlight=False)
    for repost in reposts:
        console.print(f"[yellow]still seen, of the same text:[/] {escape(repost)}", soft_wrap=True)


def _print_rulings(rulings: list[Ruling], *, json_lines: bool) -> None:
    if json_lines:
        for ruling in rulings:
            typer.echo(_line(ruling))
        return
    table = table_of("decided", "action", "uri", "reason", "in force")
    for ruling in rulings:
        words = (f"{ruling.decided:%Y-%m-%d %H:%M}", ruling.action, ruling.uri, ruling.reason)
        table.add_row(*map(Text, words), "yes" if ruling.in_force else "")
    Console().print(table)


def _line(ruling: Ruling, **more: Any) -> str:
    values = asdict(ruling) | {"decided": ruling.decided.isoformat(timespec="seconds")} | more
    return json.dumps(values, ensure_ascii=False)
