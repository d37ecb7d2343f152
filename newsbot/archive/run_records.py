"""What the archive hands out of runs: what they came to, how far old posts are fetched, what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from newsbot.archive.schema import RunState


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    id: int
    source: str
    name: str | None
    url: str
    options: Mapping[str, Any]
    state: RunState
    started: datetime
    finished: datetime | None
    reach: str | None
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A run, by what says when its source is to be asked next: what it ``brought``, new or ``revised``.

    ``ended``: of a failed one why, in Scrapy's word. ``left_alone``: seconds for which the host then asked.
    """

    id: int
    source: str
    state: RunState
    started: datetime
    finished: datetime | None
    brought: int | None
    revised: int | None
    ended: str | None
    left_alone: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """How far the old posts of a source have been fetched.

    ``goal``: "all", the day to go back to, or a number of pages. ``trail``: pages that it passed, by number
    and address, the last one last; of a sitemap's index, the parts that it has done.
    """

    source: str
    goal: str
    begun: datetime
    worked: datetime | None
    ended: datetime | None
    pages: int
    articles: int
    oldest: datetime | None
    trail: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTrouble:
    """Something wrong at a source. ``until``: None while it is there. ``told``: what people know of it.

    ``well_runs``: how many runs in a row have not shown it any more, since ``well_since``. ``settled``: when
    a person declared what it found to be the usual, and why (``note``).

    ``sample``: ``{"url", "capture"}``, a page that shows it; ``capture`` says where it is kept, if it is.
    """

    id: int
    source: str
    name: str
    run_id: int
    since: datetime
    last_seen: datetime
    until: datetime | None
    told: Literal["begun", "over"] | None
    detail: str
    sample: Mapping[str, Any] | None
    well_runs: int = 0
    well_since: datetime | None = None
    settled: datetime | None = None
    note: str | None = None
