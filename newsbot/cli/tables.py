"""Tables for people, in which nothing is cut."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from rich.console import Console, JustifyMethod
from rich.table import Table

_WIDTH: Final = 80


def table_of(*columns: str, numbers: Container[str] = (), whole: Container[str] = (), gap: int = 2) -> Table:
    """An empty table; what is too long for its column goes on in the next line, to the last letter.

    ``numbers``: the columns that stand to the right. ``whole``: those that get narrower last.
    """
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, gap, 0, 0))
    for name in columns:
        side: JustifyMethod = "right" if name in numbers else "left"
        table.add_column(name, justify=side, overflow="fold", no_wrap=name in whole)
    return table


def print_figures(console: Console, table: Table) -> None:
    """A table of many narrow columns: a screen of fewer than 80 letters breaks its lines."""
    console.print(table, width=max(console.width, _WIDTH), crop=False)
