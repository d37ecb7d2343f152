"""What a crawl reports when it has ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

FIGURES: Final = ("pages", "headlines", "known", "new", "revised", "unchanged", "failed", "gone")  # counts

State = Literal["finished", "partial", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What a crawl came to. ``troubles``: one line each for a person. ``cause``: where it is not the site."""

    run: int
    source: str  # its name in newsbot.toml, else its key
    state: State
    figures: dict[str, Any]
    troubles: tuple[str, ...]
    interrupted: bool = False
    cause: Literal["archive"] | None = None
