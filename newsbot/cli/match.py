"""newsbot match: how two articles compare, and a person's decision on them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from newsbot.archive import open_archive
from newsbot.archive.decisions import Verdict
from newsbot.archive.records import Comparison
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, configured
from newsbot.korean.date_forms import KST

_TOLD = {
    "exact": "the same text",
    "near": "nearly the same text",
    "contains": "the shorter text lies in the longer one",
    "update": "versions of one story",
    None: "not alike",
}
_REFERENCE = "An article's uri, its address, or its id."


def match(
    one: Annotated[str, typer.Argument(metavar="A", help=_REFERENCE)],
    other: Annotated[str, typer.Argument(metavar="B", help=_REFERENCE)],
    same: Annotated[bool, typer.Option("--same", help="Decide that the two are the same article.")] = False,
    apart: Annotated[bool, typer.Option("--not", help="Decide that they are not.")] = False,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Why: kept with the decision.")] = None,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Say how two articles compare; or decide on them, which no match by newsbot overwrites.

    Examples:

        newsbot match board.example/3655 board.example/3671

        newsbot match board.example/3655 board.example/3671 --not --note "two matches of one day"
    """
    if same and apart:
        raise typer.BadParameter("--same and --not exclude each other")
    _, url = configured(config, archive)
    verdict: Verdict | None = "same" if same else "not" if apart else None
    if verdict is None and note is not None:
        raise typer.BadParameter("--note goes with --same or --not")
    with open_archive(url, read_only=verdict is None, create=False) as opened:
        if verdict is None:
            found = opened.compare(one, other)
        else:
            now = datetime.now(KST).replace(microsecond=0)
            found = opened.decide(one, other, verdict, note=note, when=now)
    if json_lines:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        _print(Console(), found)


def _print(console: Console, found: Comparison) -> None:
    kind = f"[bold]{found.kind}[/]: " if found.kind else ""
    lines = [
        f"{kind}{_TOLD[found.kind]}" + (f" ({found.score:.2f})" if found.kind else ""),
        f"earlier   {escape(found.earlier)}",
        f"later     {escape(found.later)}",
        f"shared    {found.jaccard:.0%} of all, {found.containment:.0%} of the shorter text,"
        f" {found.numbers:.0%} of the numbers",
        f"archive   {'one group' if found.together else 'not in one group'}",
    ]
    if found.verdict is not None:
        lines.append(f"decided   {'the same' if found.verdict == 'same' else 'not the same'}")
    for line in lines:
        console.print(line, soft_wrap=True, highlight=False)
