"""newsbot verify: does the archive keep its own promises?"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from newsbot.archive import open_archive
from newsbot.cli.captures import capture_findings
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, captures_directory, configured


def verify(
    captures: Annotated[
        bool, typer.Option("--captures", help="Read every capture too: as long as the files are large.")
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Check that every stored headline has its article, every article its revisions, and every hash is right.

    The files of captures are looked at; with --captures every page in them is held against its digest. Exit
    code 1 when something is wrong; each finding is one line.

    Examples:

        newsbot verify --archive sqlite:///newsbot.db

        newsbot verify --captures
    """
    settled, url = configured(config, archive)
    errors = Console(stderr=True)
    with (
        open_archive(url, read_only=True, create=False) as opened,
        Progress(console=errors, transient=True, disable=json_lines or not errors.is_terminal) as progress,
    ):
        task = progress.add_task("checking", total=None)
        findings = list(
            opened.verify(progress=lambda done, total: progress.update(task, completed=done, total=total))
        )
        progress.update(task, description="captures", completed=0, total=None)
        findings += capture_findings(opened, captures_directory(settled, url), whole=captures)
        counts = opened.counts()
    if json_lines:
        typer.echo(
            json.dumps(
                {**asdict(counts), "findings": [asdict(found) for found in findings]}, ensure_ascii=False
            )
        )
    else:
        console = Console()
        for finding in findings:
            console.print(f"[red]✗[/] {escape(finding.text)}", soft_wrap=True, highlight=False)
        verdict = f"[red]{len(findings)} promises broken[/]" if findings else "[green]all in order[/]"
        headlines = sum(counts.headlines.values())
        console.print(
            f"{verdict}: {counts.articles} articles, {counts.revisions} revisions,"
            f" {counts.duplicates} duplicates, {headlines} headlines, {counts.runs} runs",
            highlight=False,
        )
    raise typer.Exit(1 if findings else 0)
