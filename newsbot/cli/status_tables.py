"""How sources stand, laid out for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsbot.korean.dates import KST

_BARS: Final = "▁▂▃▄▅▆▇█"
_SOME: Final = 5  # back-fills that are named
_COLOURS: Final = {
    "finished": "green",
    "partial": "yellow",
    "failed": "red",
    "killed": "red",
    "running": "cyan",
}


def sparkline(counts: Sequence[int]) -> str:
    """A bar for each count; a day without anything is a dot."""
    most = max(counts, default=0)
    return "".join(_BARS[(count * (len(_BARS) - 1)) // most] if count else "·" for count in counts)


def print_overview(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    """Every source on one screen, a line each, and below them the troubles."""
    if not rows:
        console.print("no source yet: newsbot sources add URL", highlight=False)
        return
    table = Table(box=None, header_style="dim", pad_edge=False)
    for name in (
        "source",
        "last run",
        "when",
        "next",
        "new, 14 days",
        "today",
        "waiting",
        "failed",
        "troubles",
    ):
        table.add_column(name, justify="right" if name in ("today", "waiting", "failed") else "left")
    for row in rows:
        table.add_row(*_cells(row))
    console.print(table)
    for row in rows:
        print_troubles(console, row)


def _cells(row: Mapping[str, Any]) -> list[str]:
    state = row["state"]
    shown = f"[{_COLOURS[state]}]{state}[/]" if state else "[dim]never[/]"
    names = ", ".join(each["name"] for each in row["troubles"])
    return [
        escape(row["source"]),
        shown,
        _moment(row["last"]),
        _moment(row["next"]),
        sparkline(row["new"]),
        str(row["new"][-1]),
        str(row["pending"] or ""),
        str(row["failed"] or ""),
        f"[red]{escape(names)}[/]" if names else "[green]none[/]" if state else "",
    ]


def print_troubles(console: Console, row: Mapping[str, Any]) -> None:
    """The open troubles of a source, with the page that shows each; and a run that does not end."""
    if row["hangs"]:
        line = f"run {row['run']} began {_moment(row['last'])} and has not ended: it hangs, or was killed"
        console.print(f"[red]{escape(row['source'])}:[/] {line}", soft_wrap=True, highlight=False)
    for each in row["troubles"]:
        since = _moment(each["since"])
        if each["well_since"]:
            since += f", not seen since {_moment(each['well_since'])}"
        console.print(
            f"[red]{escape(row['source'])}: {escape(each['name'])}[/] since {since}: {escape(each['line'])}",
            soft_wrap=True,
            highlight=False,
        )
        sample = each["sample"] or {}
        if sample.get("url") and sample["url"] not in each["line"]:
            console.print(f"  [dim]page: {escape(sample['url'])}[/]", soft_wrap=True, highlight=False)


def print_backfills(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    """The back-fills that go on, in a line."""
    places = [(row["source"], row["backfill"]) for row in rows if row["backfill"]]
    going = [f"{source} ({_depth(place)})" for source, place in places if not place["ended"]]
    if going:
        more = f" and {len(going) - _SOME} more" if len(going) > _SOME else ""
        line = f"old posts of {len(going)} go on: {', '.join(going[:_SOME])}{more}"
        console.print(line, markup=False, soft_wrap=True, highlight=False)


def _depth(place: Mapping[str, Any]) -> str:
    if not place["worked"]:
        return "not begun"
    return f"back to {place['oldest'][:10]}" if place["oldest"] else f"{place['pages']} pages deep"


def print_detail(console: Console, found: Mapping[str, Any]) -> None:
    """One source: how it stands, what it lacks, what is gone, its last runs."""
    print_overview(console, [found])
    states = ", ".join(f"{count} {state}" for state, count in sorted(found["states"].items()))
    console.print(f"\nheadlines: {states or 'none'}", highlight=False)
    _print_backfill(console, found["backfill"])
    for each in found["settled"]:
        note = f": {escape(each['note'])}" if each["note"] else ""
        console.print(f"settled {_moment(each['settled'])}: {escape(each['name'])}{note}", highlight=False)
    _print_entries(console, "listed, and not in the archive", found["lacking"])
    _print_entries(console, "in the archive, and not to be read again", found["unread_again"])
    if found["lacking"] or found["unread_again"]:
        console.print(f"[dim]to fetch them now: {escape(found['repair'])}[/]", highlight=False)
    _print_entries(console, "gone from the board", found["gone"])
    _print_runs(console, found["runs"])


def _print_backfill(console: Console, place: Mapping[str, Any] | None) -> None:
    """How far old posts have been fetched, and since when."""
    if place is None:
        return
    goal = f"{place['goal']} pages deep" if place["goal"].isdecimal() else place["goal"]
    reached = f"{place['pages']} pages deep, {place['articles']} articles"
    back = f", back to {place['oldest'][:10]}" if place["oldest"] else ""
    how = f"done {_moment(place['ended'])}" if place["ended"] else f"goes on, last {_moment(place['worked'])}"
    if not place["worked"]:
        how = "not begun"
    since = _moment(place["begun"])
    console.print(f"old posts ({goal}, since {since}): {reached}{back}; {how}", highlight=False)


def _print_entries(console: Console, title: str, entries: Sequence[Mapping[str, Any]]) -> None:
    if not entries:
        return
    table = Table(
        "id", "state", "reason", "tries", "next try", "headline", box=None, header_style="dim", pad_edge=False
    )
    for each in entries:
        cells = (each["document_id"], each["state"], each["reason"] or "", str(each["attempts"] or ""))
        table.add_row(*map(escape, cells), _moment(each["next_try"]), escape(each["title"]))
    console.print(f"\n[bold]{title}[/]")
    console.print(table)


def _print_runs(console: Console, runs: Sequence[Mapping[str, Any]]) -> None:
    names = ("pages", "headlines", "known", "new", "revised", "failed", "gone", "requests", "seconds")
    table = Table("run", "began", "state", box=None, header_style="dim", pad_edge=False)
    for name in names:
        table.add_column(name, justify="right")
    for run in runs:
        figures = [str(run["figures"].get(name, "")) for name in names]
        state = f"[{_COLOURS[run['state']]}]{run['state']}[/]"
        table.add_row(str(run["run"]), _moment(run["started"]), state, *figures)
    console.print("\n[bold]last runs[/]")
    console.print(table)


def _moment(text: str | None) -> str:
    """Today's by the hour, others by the day."""
    if text is None:
        return ""
    moment, now = datetime.fromisoformat(text).astimezone(KST), datetime.now(KST)
    return f"{moment:%H:%M}" if moment.date() == now.date() else f"{moment:%m-%d %H:%M}"
