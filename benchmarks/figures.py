"""A measured figure beside its target, and the table that all of them make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """``least`` or ``most`` is the target; a figure without one is there to be read."""

    what: str
    value: float
    unit: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def target(self) -> str:
        if self.least is not None:
            return f"≥ {self.least:g}"
        return "" if self.most is None else f"≤ {self.most:g}"

    @property
    def mark(self) -> str:
        if self.least is None and self.most is None:
            return ""
        met = self.value >= self.least if self.least is not None else self.value <= (self.most or 0)
        return "[green]✓[/]" if met else "[red]✗[/]"


def as_table(figures: Iterable[tuple[str, Figure]]) -> Table:
    """One row a figure, under the name of its benchmark."""
    table = Table("benchmark", "figure", box=None, header_style="bold", padding=(0, 2, 0, 0))
    for heading in ("measured", "", "target", ""):
        table.add_column(heading, justify="right" if heading in ("measured", "target") else "left")
    for name, figure in figures:
        measured = f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:.3g}"
        table.add_row(name, figure.what, measured, figure.unit, figure.target, figure.mark)
    return table
