"""newsbot verify: does the archive keep its own promises?"""

from __future__ import annotations

import json
from dataclasses import asdict

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from newsbot.archive import open_archive
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, configured


def verify(
    archive: ArchiveOption = None, config: ConfigOption = None, json_lines: JsonOption = False
) -> None:
    """Check that every stored headline has its article, every article its revisions, and every hash is right.

    Exit code 1 when something is wrong; each finding is one line.

    Example:

        newsbot verify --archive sqlite:///newsbot.db
    """
    _, url = configured(config, archive)
    errors = Console(stderr=True)
    with (
        open_archive(url, read_only=True, create=False) as opened,
        Progress(console=errors, transient=True, disable=json_lines or not errors.is_terminal) as progress,
    ):
        task = progress.add_task("checking", total=None)
        findings = list(
            opened.verify(progress=lambda done, total: progress.update(task, completed=done, total=total))
        )
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
