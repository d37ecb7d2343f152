"""``python -m benchmarks [NAME …] [--quick]``: measures, and prints every figure beside its target.

Exits 0 whatever comes of it: the figures are for people, and depend on the machine and on who shares it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from rich.console import Console

from benchmarks import captures, crawl, fleet, growth, matching, memory, reading, schedule, search, storing
from benchmarks.figures import Figure, as_table

BENCHMARKS = {
    "reading": reading.measure,
    "crawl": crawl.measure,
    "captures": captures.measure,
    "growth": growth.measure,
    "memory": memory.measure,
    "matching": matching.measure,
    "storing": storing.measure,
    "search": search.measure,
    "schedule": schedule.measure,
    "fleet": fleet.measure,
}
QUICK = 0.1


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed and memory of newsbot.")
    parser.add_argument("name", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; default: all")
    parser.add_argument("--quick", action="store_true", help="a tenth of the size: rough, for development")
    arguments = parser.parse_args()
    if unknown := set(arguments.name) - set(BENCHMARKS):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    figures = list(_measured(arguments.name or list(BENCHMARKS), QUICK if arguments.quick else 1.0))
    Console(width=110).print(as_table(figures))


def _measured(names: list[str], scale: float) -> Iterator[tuple[str, Figure]]:
    with Console(stderr=True).status("") as status:
        for name in names:
            status.update(f"{name} …")
            for figure in BENCHMARKS[name](scale):
                yield name, figure


if __name__ == "__main__":
    main()
