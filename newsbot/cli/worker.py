"""newsbot worker: one of a fleet's, on any number of machines."""

from __future__ import annotations

from typing import Annotated

import typer

from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption
from newsbot.cli.schedule import run_process


def worker(
    context: typer.Context,
    at_once: Annotated[
        int | None,
        typer.Option(
            "--at-once", min=1, metavar="N", help="So many crawls at once. Default: as in [schedule]."
        ),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Crawl what is due now, and end.")] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Crawl the sources of newsbot.toml when they are due, beside other workers on other machines.

    For an archive on PostgreSQL, which the workers share; each has the same newsbot.toml. One crawl at a time
    is at a source, and at a host, whatever the number of workers. What one leaves that dies, another takes
    up. SIGTERM or Ctrl-C: what is in hand ends first.

    Examples:

        newsbot worker --archive postgresql://newsbot@db.example/newsbot

        newsbot --log-format json worker --at-once 8
    """
    more = ["--fleet", *([] if at_once is None else ["--at-once", str(at_once)])]
    run_process(context, config, archive, once=once, json_lines=json_lines, more=more)
