"""newsbot report: the runs of sources as a page of HTML."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from newsbot.archive import open_archive
from newsbot.cli.options import ArchiveOption, ConfigOption, configured, key_of_source, refuse_the_archive
from newsbot.cli.standing import check_crawled, last_runs_of
from newsbot.cli.streams import write_data
from newsbot.config import source_key
from newsbot.errors import NewsbotError
from newsbot.export.files import replacing
from newsbot.health.report import report as page_of
from newsbot.korean.dates import KST


def report(
    source: Annotated[
        str | None, typer.Argument(metavar="[SOURCE|URL]", help="Default: every source of the archive.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Default: standard output.")
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="How far back.")] = 7,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> None:
    """Write a report of the runs as one page of HTML: new articles per hour, failures, latency, troubles.

    The plots are in the page: it needs no network, no script, and reads in light and in dark.

    Example:

        newsbot report -o report.html
    """
    settled, url = configured(config, archive)
    key = key_of_source(settled, source)
    names = {source_key(each.url): name for name, each in settled.sources.items()}
    with open_archive(url, read_only=True, create=False) as opened:
        check_crawled(opened, source, key)
        keys = [run.source for run in last_runs_of(opened, settled)] if key is None else [key]
        page = page_of(
            opened, {each: names.get(each, each) for each in keys}, days=days, now=datetime.now(KST)
        )
        file = opened.backend.file
    if output is None:
        write_data()
        typer.echo(page, nl=False)
        return
    refuse_the_archive(output, file)
    try:
        with replacing(output) as out:
            out.write(page)
    except OSError as error:
        raise NewsbotError(f"{output}: cannot be written: {error.strerror or error}") from None
    said = f"{output}: {len(keys)} source{'' if len(keys) == 1 else 's'}"
    Console(stderr=True).print(said, soft_wrap=True, highlight=False, markup=False)
