"""Who is at work on an archive now: the workers of a fleet, and the schedule of this newsbot.toml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from newsbot.archive import Archive
from newsbot.archive.fleet import Worker, workers
from newsbot.cli.tables import table_of
from newsbot.config import DEFAULT_PATH, Config, source_key
from newsbot.korean.dates import KST
from newsbot.schedule.config_file import has_schedule
from newsbot.schedule.due import timings


def at_work(archive: Archive, config: Config, path: Path | None) -> dict[str, Any]:
    """``{scheduled, schedule, workers, last}`` as JSON values.

    ``scheduled``: how many sources want to be; ``schedule``: whether a `newsbot schedule` runs by this
    newsbot.toml on this machine; ``workers``: ``{machine, process, since, at_once, crawls}`` each; ``last``:
    when the latest crawl of all began.
    """
    names = {source_key(source.url): name for name, source in config.sources.items()}
    last = archive.runs(limit=1)
    return {
        "scheduled": len(timings(config)),
        "schedule": has_schedule(path or DEFAULT_PATH),
        "workers": [_row(worker, names) for worker in workers(archive, list(names))],
        "last": last[0].started.isoformat() if last else None,
    }


def is_nobody(found: Mapping[str, Any]) -> bool:
    """Whether sources are scheduled and nobody is there to crawl them."""
    return bool(found["scheduled"]) and not (found["schedule"] or found["workers"])


def print_at_work(console: Console, found: Mapping[str, Any]) -> None:
    """A table of the workers, or a line."""
    if found["workers"]:
        table = table_of("worker", "since", "at once", "crawls now")
        for each in found["workers"]:
            who = f"{each['machine']}, process {each['process']}"
            table.add_row(
                escape(who), _moment(each["since"]), str(each["at_once"]), escape(", ".join(each["crawls"]))
            )
        console.print(table)
    if found["schedule"]:
        console.print("newsbot schedule is at work on this machine", highlight=False)
    if is_nobody(found):
        since = f"; the last crawl began {_moment(found['last'])}" if found["last"] else ""
        console.print(f"[yellow]no schedule and no worker is at work[/]{since}", highlight=False)


def _row(worker: Worker, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "machine": worker.machine,
        "process": worker.process,
        "since": worker.since.isoformat(),
        "at_once": worker.at_once,
        "crawls": [names[key] for key in worker.sources],
    }


def _moment(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(KST):%Y-%m-%d %H:%M}"
