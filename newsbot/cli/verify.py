"""newsbot verify: does the archive keep its own promises?"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from newsbot.archive import Archive, open_archive
from newsbot.archive.records import Counts, Finding
from newsbot.cli.captures import CHECK, capture_findings, repair_captures
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, captures_directory, configured
from newsbot.korean.dates import KST


def verify(
    captures: Annotated[
        bool, typer.Option("--captures", help="Read every capture too: as long as the files are large.")
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Build anew what can be told from what is kept.")
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Check that every stored headline has its article, every article its revisions, and every hash is right.

    The files of captures are looked at; with --captures every page in them is held against its digest. With
    --repair what is broken is built anew where the archive can tell it from what it keeps (columns, links,
    search index, what is to be fetched again), and then checked once more. Exit code 1 when something is
    wrong at the end; each finding is one line.

    Examples:

        newsbot verify --archive sqlite:///newsbot.db

        newsbot verify --captures

        newsbot verify --repair
    """
    settled, url = configured(config, archive)
    errors = Console(stderr=True)
    directory = captures_directory(settled, url)
    with (
        open_archive(url, read_only=not repair, create=False) as opened,
        Progress(console=errors, transient=True, disable=json_lines or not errors.is_terminal) as progress,
    ):
        findings = _findings(opened, directory, progress, whole=captures)
        repaired = _repaired(opened, findings, progress) if repair and findings else []
        if repair and captures and any(found.check == CHECK for found in findings):
            repaired += repair_captures(opened, directory)
        if repaired:
            findings = _findings(opened, directory, progress, whole=captures)
        counts = opened.counts()
    if json_lines:
        said = {"findings": [asdict(found) for found in findings], "repaired": repaired}
        typer.echo(json.dumps(asdict(counts) | said, ensure_ascii=False))
    else:
        _print(counts, findings, repaired)
    raise typer.Exit(1 if findings else 0)


def _findings(opened: Archive, directory: Path, progress: Progress, *, whole: bool) -> list[Finding]:
    task = progress.add_task("checking", total=None)
    found = list(
        opened.verify(progress=lambda done, total: progress.update(task, completed=done, total=total))
    )
    progress.update(task, description="captures", completed=0, total=None)
    return [*found, *capture_findings(opened, directory, whole=whole)]


def _repaired(opened: Archive, findings: list[Finding], progress: Progress) -> list[str]:
    task = progress.add_task("repairing", total=None)

    def show(what: str, done: int, total: int) -> None:
        progress.update(task, description=what, completed=done, total=total)

    return list(opened.repair(findings, when=datetime.now(KST), progress=show))


def _print(counts: Counts, findings: list[Finding], repaired: list[str]) -> None:
    console = Console()
    for line in repaired:
        console.print(f"[green]✓[/] {escape(line)}", soft_wrap=True, highlight=False)
    for finding in findings:
        console.print(f"[red]✗[/] {escape(finding.text)}", soft_wrap=True, highlight=False)
    verdict = f"[red]{len(findings)} promises broken[/]" if findings else "[green]all in order[/]"
    headlines = sum(counts.headlines.values())
    console.print(
        f"{verdict}: {counts.articles} articles, {counts.revisions} revisions,"
        f" {counts.duplicates} duplicates, {headlines} headlines, {counts.runs} runs",
        soft_wrap=True,
        highlight=False,
    )
