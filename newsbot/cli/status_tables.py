"""How sources stand, laid out for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from rich.console import Console
from rich.markup import escape

from newsbot.cli.printing import say
from newsbot.cli.tables import print_figures, table_of
from newsbot.korean.dates import KST

_DAYS: Final = "new, 14 days"
_FIGURES: Final = "pages headlines known new revised failed gone requests seconds".split()
_HEADINGS: Final = ["listed" if name == "headlines" else name for name in _FIGURES]  # 80 letters are few
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
        say(console, "no source yet: newsbot sources add URL")
        return
    table = table_of(
        *("source", "last run", "when", "next", _DAYS, "today", "waiting", "failed", "troubles"),
        numbers=("today", "waiting", "failed"),
        whole=("last run", "when", "next", _DAYS),
        gap=1,
    )
    for row in rows:
        table.add_row(*_cells(row))
    print_figures(console, table)
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
        say(console, f"[red]{escape(row['source'])}:[/] {line}")
    for each in row["troubles"]:
        since = _moment(each["since"])
        if each["well_since"]:
            since += f", not seen since {_moment(each['well_since'])}"
        name = f"[red]{escape(row['source'])}: {escape(each['name'])}[/]"
        say(console, f"{name} since {since}: {escape(each['line'])}")
        sample = each["sample"] or {}
        if sample.get("url") and sample["url"] not in each["line"]:
            say(console, f"  [dim]page: {escape(sample['url'])}[/]")


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
    say(console, f"\nheadlines: {states or 'none'}")
    _print_backfill(console, found["backfill"])
    for each in found["settled"]:
        note = f": {escape(each['note'])}" if each["note"] else ""
        say(console, f"settled {_moment(each['settled'])}: {escape(each['name'])}{note}")
    _print_entries(console, "listed, and not in the archive", found["lacking"])
    _print_entries(console, "in the archive, and not to be read again", found["unread_again"])
    if found["lacking"] or found["unread_again"]:
        say(console, f"[dim]to fetch them now: {escape(found['repair'])}[/]")
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
    say(console, f"old posts ({goal}, since {since}): {reached}{back}; {how}")


def _print_entries(console: Console, title: str, entries: Sequence[Mapping[str, Any]]) -> None:
    if not entries:
        return
    table = table_of("id", "state", "reason", "tries", "next try", "headline")
    for each in entries:
        cells = (each["document_id"], each["state"], each["reason"] or "", str(each["attempts"] or ""))
        table.add_row(*map(escape, cells), _moment(each["next_try"]), escape(each["title"]))
    console.print(f"\n[bold]{title}[/]")
    console.print(table)


def _print_runs(console: Console, runs: Sequence[Mapping[str, Any]]) -> None:
    table = table_of("run", "began", "state", *_HEADINGS, numbers=_HEADINGS, gap=1)
    for run in runs:
        figures = [str(run["figures"].get(name, "")) for name in _FIGURES]
        state = f"[{_COLOURS[run['state']]}]{run['state']}[/]"
        table.add_row(str(run["run"]), _moment(run["started"]), state, *figures)
    console.print("\n[bold]last runs[/]")
    print_figures(console, table)


def _moment(text: str | None) -> str:
    """Today's by the hour, others by the day."""
    if text is None:
        return ""
    moment, now = datetime.fromisoformat(text).astimezone(KST), datetime.now(KST)
    return f"{moment:%H:%M}" if moment.date() == now.date() else f"{moment:%m-%d %H:%M}"
