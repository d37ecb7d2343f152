"""newsbot status: how every source stands, or what one of them lacks."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console

from newsbot.archive import open_archive
from newsbot.cli.at_work import at_work, is_nobody, print_at_work
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, configured, key_of_source
from newsbot.cli.settling import settle
from newsbot.cli.standing import MOST_SHOWN, check_crawled, detail_of, overview_of
from newsbot.cli.status_tables import print_backfills, print_detail, print_overview
from newsbot.errors import ConfigError
from newsbot.korean.dates import KST


def status(
    source: Annotated[
        str | None, typer.Argument(metavar="[SOURCE|URL]", help="One source, and what it lacks.")
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, help="Headlines and runs of a source that are shown.")
    ] = MOST_SHOWN,
    workers: Annotated[
        bool,
        typer.Option(
            "--workers", help="Only who is at work. Exit code 1: nobody, and sources are scheduled."
        ),
    ] = False,
    settle_it: Annotated[
        str | None,
        typer.Option(
            "--settle", metavar="TROUBLE", help="What this trouble of SOURCE found is the usual from now on."
        ),
    ] = None,
    note: Annotated[str | None, typer.Option(help="Why; kept with it.")] = None,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Show how every source stands: its last run, when it is due, what it brought in 14 days, its troubles.

    Of one source: what its listing has and the archive lacks, what vanished, what could never be read, and
    its last runs. Exit code 1 while a trouble is open, or a run hangs.

    Examples:

        newsbot status

        newsbot status ranknews --json

        newsbot status --workers

        newsbot status ranknews --settle "bylines missing" --note "new skin, without names"
    """
    settled, url = configured(config, archive)
    now = datetime.now(KST)
    key = key_of_source(settled, source)
    if settle_it is not None:
        if key is None:
            raise ConfigError("--settle is of one source: newsbot status SOURCE --settle TROUBLE")
        settle(settled, url, key, settle_it, note=note, now=now)
    with open_archive(url, read_only=True, create=False) as opened:
        if workers:
            _print_at_work(at_work(opened, settled, config), json_lines=json_lines)
        if key is None:
            rows = overview_of(opened, settled, now)
            _print_rows(rows, json_lines=json_lines)
            if not json_lines:
                print_at_work(Console(), at_work(opened, settled, config))
            raise typer.Exit(int(any(row["troubles"] or row["hangs"] for row in rows)))
        check_crawled(opened, source, key)
        found = detail_of(opened, settled, key, now, limit=limit)
    if json_lines:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        print_detail(Console(), found)
    raise typer.Exit(int(bool(found["troubles"]) or found["hangs"]))


def _print_rows(rows: list[dict[str, Any]], *, json_lines: bool) -> None:
    if not json_lines:
        print_overview(Console(), rows)
        print_backfills(Console(), rows)
        return
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False))


def _print_at_work(found: dict[str, Any], *, json_lines: bool) -> None:
    if json_lines:
        typer.echo(json.dumps(found, ensure_ascii=False))
    elif not (found["scheduled"] or found["schedule"] or found["workers"]):
        Console(stderr=True).print("no source is scheduled, and nobody is at work", highlight=False)
    else:
        print_at_work(Console(), found)
    raise typer.Exit(int(is_nobody(found)))
