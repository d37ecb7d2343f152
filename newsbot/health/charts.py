"""Plots as what an SVG needs: numbers in a box of so many units, the origin at its upper left. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 720
HEIGHT: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of a plot; ``label`` says what it is and how much."""

    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a plot, ``points`` as SVG writes them."""

    name: str
    points: str


def columns(values: Sequence[float], labels: Sequence[str]) -> list[Bar]:
    """Upright bars from left to right, the largest as high as the box; nothing for nothing."""
    most, step = max(values, default=0), WIDTH / max(len(values), 1)
    return [
        Bar(
            x=round(place * step, 2),
            y=round(HEIGHT * (1 - value / most), 2),
            width=round(max(step - 1, step * 0.7), 2),
            height=round(HEIGHT * value / most, 2),
            label=label,
        )
        for place, (value, label) in enumerate(zip(values, labels, strict=True))
        if value > 0
    ]


def line(name: str, values: Sequence[float | None], most: float) -> Line:
    """A line over the values in order, ``most`` as high as the box; where there is none it goes on."""
    step = WIDTH / max(len(values) - 1, 1)
    points = [
        f"{place * step:.1f},{HEIGHT * (1 - value / most):.1f}"
        for place, value in enumerate(values)
        if value is not None and most > 0
    ]
    return Line(name=name, points=" ".join(points * 2 if len(points) == 1 else points))
