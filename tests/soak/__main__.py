"""``python tests/soak``: newsbot killed at random moments, and a week of it with everything going wrong.

Whatever is drawn comes from a seed, which is printed: the same seed draws the same. Exit code 1 when anything
is not as it should be, and what is, is said.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from operator import attrgetter
from pathlib import Path
from random import Random, SystemRandom
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), *(str(HERE.parent / name) for name in (".", "schedule")), str(HERE.parent.parent)]

from crawling import capture_faults  # noqa: E402
from killings import Kills, as_time, kill, spread  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn  # noqa: E402
from rich.table import Table  # noqa: E402
from schedule_alone import live_alone  # noqa: E402
from simulated_clock import DAY  # noqa: E402
from simulated_faults import machine_faults  # noqa: E402
from simulated_site import Plan  # noqa: E402
from simulated_week import Folder, simulate  # noqa: E402
from week_seen import (  # noqa: E402
    WEEK_GROWTH,
    Seen,
    as_figures,
    growth,
    seen_lives,
    seen_looks,
    troubles_of_crawls,
    waits,
)
from week_truth import Judgement, judge  # noqa: E402

SHOWN = 40  # faults
AT_ONCE = 2  # kills: most of their time is waiting
_PROMISES = (
    "lost", "doubled", "invented", "wrong text", "wrong dates", "read and not kept", "revisions out of order",
    "edits not seen", "edits not asked for", "false deletions", "deletions not seen", "broken promises",
    "captures", "crawled again late", "growing",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    console = Console(stderr=True)
    console.print(f"seed {options.seed}; the same again: python tests/soak {' '.join(_again(options))}")
    with (
        TemporaryDirectory(prefix="newsbot-soak-", dir=options.folder) as folder,
        _bar(console) as bar,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        kills = list(_begin_kills(options, Path(folder), bar, pool)) if options.kills else []
        faults = _week(options, Path(folder), bar) if options.days else []
        faults += _faults_of([each.result() for each in kills])
    for fault in faults[:SHOWN]:
        console.print(f"[red]![/] {fault}", soft_wrap=True, highlight=False)
    if len(faults) > SHOWN:
        console.print(f"… and {len(faults) - SHOWN} more")
    console.print(f"[red]{len(faults)} faults[/]" if faults else "[green]all as it should be[/]")
    return 1 if faults else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tests/soak", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, help="what everything is drawn from (default: a new one)")
    parser.add_argument("--short", action="store_true", help="four kills, ten sources for half a day")
    parser.add_argument("--kills", type=int, help="of crawls, schedulers and workers (default: 50)")
    parser.add_argument("--sources", type=int, help="in the simulated time (default: 200)")
    parser.add_argument("--days", type=float, help="that are simulated (default: 7)")
    parser.add_argument(
        "--seldom", action="store_true", help="sources asked every 3 to 12 hours: much quicker"
    )
    parser.add_argument("--folder", type=Path, help="where there is room for some gigabytes (default: /tmp)")
    options = parser.parse_args(arguments)
    usual = (4, 10, 0.5) if options.short else (50, 200, 7.0)
    for name, value in zip(("kills", "sources", "days"), usual, strict=True):
        if getattr(options, name) is None:
            setattr(options, name, value)
    if options.seed is None:
        options.seed = SystemRandom().randrange(10_000)
    return options


def _again(options: argparse.Namespace) -> Iterator[str]:
    for name in ("seed", "kills", "sources", "days"):
        yield f"--{name} {getattr(options, name):g}"
    if options.seldom:
        yield "--seldom"


def _bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[where]}"))
    return Progress(*columns, TimeElapsedColumn(), console=console)


# ---- kills -----------------------------------------------------------------------------------------


def _begin_kills(
    options: argparse.Namespace, folder: Path, bar: Progress, pool: Executor
) -> Iterator[Future[Kills]]:
    """They go on while the days are simulated."""
    for number, (victim, database, times) in enumerate(spread(options.kills)):
        task = bar.add_task(f"{victim} killed, {database}", total=times + 1, where="")
        chance = Random(f"{options.seed} {victim} {database}")
        place, told = folder / f"kills-{number}", _advance(bar, task)
        yield pool.submit(kill, victim, database, times, chance, folder=place, told=told)


def _faults_of(results: Sequence[Kills]) -> list[str]:
    if results:
        _print_kills(results)
    return [f"{each.victim} on {each.database}: {fault}" for each in results for fault in each.faults]


def _advance(bar: Progress, task: TaskID) -> Callable[[], None]:
    return lambda: bar.advance(task)


def _print_kills(results: Sequence[Kills]) -> None:
    table = Table(title="Killed with -9, and taken up by the next one")
    for heading in ("killed", "archive on", "times", "in mid-run", "crawled again after", "lost", "doubled"):
        table.add_column(heading, justify="left" if heading in ("killed", "archive on") else "right")
    for each in results:
        again = f"{max(each.again):.0f} s at most" if each.again else "-"
        row = (each.victim, each.database, each.killed, each.runs_killed, again, each.lost, each.doubled)
        table.add_row(*map(str, row))
    Console().print(table)


# ---- the simulated time ----------------------------------------------------------------------------


def _week(options: argparse.Namespace, folder: Path, bar: Progress) -> list[str]:
    calm = min(options.days * DAY / 4, DAY)
    plan = Plan(
        seed=options.seed, sources=options.sources, days=options.days, calm=calm, seldom=options.seldom
    )
    begun = time.monotonic()
    task = bar.add_task(f"{options.sources} sources", total=options.days * DAY, where="")

    def progress(at: float) -> None:
        bar.update(task, completed=at, where=f"day {at / DAY:.1f} of {options.days:g}")

    counts = simulate(plan, folder, progress)
    place = Folder(folder)
    seen = seen_lives(place.lives)
    judgement = judge(plan, place.archive, seen)
    waited = waits(seen, machine_faults(plan.seed, plan.days, calm=plan.calm).shifts)
    for wait in filter(attrgetter("is_late"), waited):
        judgement.fault("crawled again late", str(wait))
    for line in capture_faults(place.mounted / "archive.db"):
        judgement.fault("captures", line)
    grown = _growing(options, place, seen, judgement)
    more = {"runs": sum(map(len, seen.runs.values())), **as_figures(waited)}
    _print_week(options, {**counts, **more, **grown}, judgement, time.monotonic() - begun)
    return judgement.faults


def _growing(
    options: argparse.Namespace, place: Folder, seen: Seen, judgement: Judgement
) -> Mapping[str, str]:
    """Memory and open files, for people."""
    end = options.days * DAY
    week = growth(seen_looks(place.looks), end)
    crawls, looks = live_alone(place.toml.parent, sources=options.sources, days=options.days)
    alone = growth(looks, end)
    figures, troubles = troubles_of_crawls(seen, end)
    for line in (*week.troubles(WEEK_GROWTH), *alone.troubles(), *troubles):
        judgement.fault("growing", line)
    return {
        "the scheduler's memory": str(week),
        "its open files": f"{week.handles[0]} to {week.handles[-1]}",
        f"alone, with {crawls:,} crawls": str(alone),
        **figures,
    }


def _print_week(
    options: argparse.Namespace, counts: Mapping[str, object], judgement: Judgement, seconds: float
) -> None:
    table = Table(
        title=f"{options.days:g} simulated days of {options.sources} sources, in {as_time(seconds)}"
    )
    table.add_column("what was done")
    table.add_column("", justify="right")
    for name, value in counts.items():
        table.add_row(name, f"{value:,}" if isinstance(value, int) else str(value))
    table.add_section()
    found = {name: count for name, count in judgement.counts.items() if name not in _PROMISES}
    for name, count in found.items():
        table.add_row(name, f"{count:,}")
    table.add_section()
    for name in _PROMISES:
        table.add_row(name, f"{judgement.counts[name]:,}")
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
