"""newsbot reparse: captured pages read again by today's readers, shown, and accepted."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from newsbot.archive import Archive, open_archive
from newsbot.cli.options import (
    ArchiveOption,
    ConfigOption,
    JsonOption,
    SinceOption,
    UntilOption,
    captures_directory,
    configured,
    days_between,
    key_of_source,
)
from newsbot.cli.printing import say
from newsbot.cli.reparse_fleet import FleetPass, fleet_pass, give_to_fleet
from newsbot.cli.standing import check_crawled
from newsbot.korean.dates import KST
from newsbot.reparse.changes import FieldChanges, OutletChanges, changes, has_share
from newsbot.reparse.passing import Chosen, Missed, read_captures
from newsbot.versions import parser_version


def reparse(
    source: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="Only of this source of newsbot.toml, or address.")
    ] = None,
    site: Annotated[str | None, typer.Option(metavar="HOST", help="Only of this host.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="OUTLET", help="Only what this outlet wrote.")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    read_by: Annotated[
        str | None,
        typer.Option("--parser-version", metavar="V", help="Only what this version of the readers has read."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every revision, not the latest alone.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Make the new readings the articles' own; the old ones are kept.")
    ] = False,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes that read. Default: one a core.")] = None,
    fleet: Annotated[
        bool,
        typer.Option("--fleet", help="Have a fleet's workers read: each capture file is a job."),
    ] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Read captured pages again with today's readers, and show what that would change. Changes nothing yet.

    With --accept the new readings become the articles' own. A pass that was stopped goes on where it was.
    With --fleet the workers of a fleet read, beside their crawls; newsbot reparse then says how far they are,
    and what would change when they are done.

    Examples:

        newsbot reparse

        newsbot reparse --outlet 한빛일보 --since 2026-01-01 --accept
    """
    settled, url = configured(config, archive)
    first, last = days_between(since, until)
    key = key_of_source(settled, source)
    chosen = Chosen(
        source=key,
        site=site,
        outlet=outlet,
        since=first,
        until=last,
        read_by=read_by,
        every=every,
    )
    directory = captures_directory(settled, url)
    with open_archive(url, create=False) as opened:
        check_crawled(opened, source, key)
        given = give_to_fleet(opened, url, chosen) if fleet else fleet_pass(opened, url)
    if given is not None and given.is_under_way:
        _tell_pass(given, json_lines=json_lines)
        raise typer.Exit(int(accept))  # nothing was accepted
    with open_archive(url, create=False) as opened, opened.hold("newsbot reparse"):
        with _bar("reading", quiet=json_lines) as told:
            missed = read_captures(
                opened, directory, processes=jobs or os.cpu_count() or 1, progress=told, **chosen
            )
        found = changes(opened.compared(parser_version(), **chosen))
        accepted = _accept(opened, chosen, found, quiet=json_lines) if accept else 0
    if json_lines:
        _print_json(found, missed, accepted)
    else:
        _print(Console(), found, missed, accepted if accept else None)
    raise typer.Exit(1 if missed.pages else 0)


def _tell_pass(given: FleetPass, *, json_lines: bool) -> None:
    if json_lines:
        _line({"fleet": asdict(given)})
    else:
        say(Console(), given.line)


@contextmanager
def _bar(doing: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    errors = Console(stderr=True)
    with Progress(console=errors, transient=True, disable=quiet or not errors.is_terminal) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _accept(archive: Archive, chosen: Chosen, found: Sequence[OutletChanges], *, quiet: bool) -> int:
    total = sum(outlet.pages for outlet in found)
    done = 0
    with _bar("accepting", quiet=quiet) as told:
        for size in archive.accept_readings(parser_version(), when=datetime.now(KST), **chosen):
            done += size
            told(done, total)
    return sum(outlet.differ for outlet in found)


# ---- for people ------------------------------------------------------------------------------------


def _print(console: Console, found: Sequence[OutletChanges], missed: Missed, accepted: int | None) -> None:
    for outlet in found:
        say(console, f"[bold]{escape(outlet.outlet)}[/]: {_summary(outlet)}")
        for name, of_field in outlet.fields.items():
            if of_field.changed:
                _print_field(console, name, of_field, outlet.pages)
        for uri, why in outlet.not_read:
            say(console, f"  [red]no article any more[/]  {escape(uri)}: {escape(why)}")
    for each in missed.first:
        say(console, f"[red]✗[/] {escape(each.uri)}: {escape(each.said)}")
    if more := missed.pages - len(missed.first):
        say(console, f"[red]✗[/] and {more} more whose captures cannot be had")
    say(console, _verdict(found, accepted))


def _summary(outlet: OutletChanges) -> str:
    gone = f", [red]{outlet.unreadable} are no article any more[/]" if outlet.unreadable else ""
    return f"{outlet.pages} pages, {outlet.differ} read differently{gone}"


def _print_field(console: Console, name: str, changed: FieldChanges, pages: int) -> None:
    said = [f"{changed.changed} changed"]
    if has_share(name) and changed.filled_before != changed.filled_after:
        said.insert(0, f"filled {changed.filled_before / pages:.0%} → {changed.filled_after / pages:.0%}")
    counts = (("lost", changed.lost), ("shorter", changed.shorter), ("longer", changed.longer))
    said += (f"{number} {_COUNTED[what]}" for what, number in counts if number)
    say(console, f"  [cyan]{name}[/] {'; '.join(said)}")
    for case in changed.cases:
        before, after = (escape(value or "–") for value in (case.before, case.after))
        say(console, f"    [dim]{escape(case.uri)}[/]  {before} [bold]→[/] {after}")


_COUNTED = {"lost": "lost", "shorter": "shorter by more than 20 %", "longer": "longer by more than 20 %"}


def _verdict(found: Sequence[OutletChanges], accepted: int | None) -> str:
    if not found:
        return "no captured pages of these: nothing to read"
    differ = sum(outlet.differ for outlet in found)
    if accepted is not None:
        return f"[green]accepted[/]: {accepted} new readings, by {parser_version()}; the old ones are kept"
    if not differ:
        return "[green]nothing would change[/]"
    return f"{differ} readings would change: newsbot reparse … --accept makes them the articles' own"


# ---- for programs ----------------------------------------------------------------------------------


def _print_json(found: Sequence[OutletChanges], missed: Missed, accepted: int) -> None:
    for outlet in found:
        for name, changed in outlet.fields.items():
            if changed.changed:
                _line(_field_json(outlet, name, changed))
        for uri, why in outlet.not_read:
            _line({"outlet": outlet.outlet, "unreadable": uri, "why": why})
    for each in missed.first:
        _line({"missing": each.uri, "why": each.said})
    _line(
        {
            "parser_version": parser_version(),
            "pages": sum(outlet.pages for outlet in found),
            "differ": sum(outlet.differ for outlet in found),
            "unreadable": sum(outlet.unreadable for outlet in found),
            "missing": missed.pages,
            "accepted": accepted,
        }
    )


def _field_json(outlet: OutletChanges, name: str, changed: FieldChanges) -> dict[str, Any]:
    names = ("filled_before", "filled_after", "changed", "lost", "shorter", "longer")
    figures = {each: getattr(changed, each) for each in names}
    cases = [asdict(case) for case in changed.cases]
    return {"outlet": outlet.outlet, "field": name, "pages": outlet.pages, **figures, "cases": cases}


def _line(values: dict[str, Any]) -> None:
    typer.echo(json.dumps(values, ensure_ascii=False))
