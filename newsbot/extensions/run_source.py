"""What a source turned out to be: seen by an earlier run, until this one has seen it."""

from __future__ import annotations

from datetime import datetime
from typing import Final, cast

from newsbot.archive import Archive
from newsbot.pages.source_pages import SourceKind

_OPTIONS: Final = ("kind", "software")
_DELAY: Final = "crawl_delay"
_LATELY: Final = 30  # runs of which one will have read the listing


class RunSource:
    """``options``: what is known, as it is kept with the run, for a later reading needs the same.

    ``was_cut_off``: the run before was killed, so that nothing has waited since it last asked the host.
    """

    def __init__(self, archive: Archive, source: str) -> None:
        self._archive = archive
        self._source = source
        self.run = 0
        runs = archive.runs(source, limit=_LATELY)
        before = [run.options for run in runs]
        self.was_cut_off = bool(runs) and runs[0].state == "running"
        self.options: dict[str, str] = {
            name: str(value)
            for name in (*_OPTIONS, _DELAY)
            if (value := next(filter(None, (options.get(name) for options in before)), None))
        }

    @property
    def kind(self) -> SourceKind | None:
        return cast("SourceKind | None", self.options.get("kind"))

    @property
    def software(self) -> str | None:
        """The engine that laid out its listing, or "table", "feed" …"""
        return self.options.get("software")

    def see(self, kind: SourceKind, software: str) -> None:
        """Of this ``run``."""
        for name, value in zip(_OPTIONS, (kind, software), strict=True):
            if self.options.get(name) != value:
                self.options[name] = value
                self._archive.note_option(self.run, name, value)

    @property
    def crawl_delay(self) -> float:
        """Seconds between two requests that robots.txt asked for when it was last read; 0: none."""
        return float(self.options.get(_DELAY, 0))

    def see_crawl_delay(self, seconds: float) -> None:
        """Of this ``run``. Raises ArchiveError."""
        if seconds != self.crawl_delay:
            self.options[_DELAY] = f"{seconds:g}"
            self._archive.note_option(self.run, _DELAY, self.options[_DELAY])

    def has_ledger(self) -> bool:
        """Whether an earlier run listed anything of it."""
        return next(iter(self._archive.all_known(self._source)), None) is not None

    def read_before(self, reach: str) -> datetime | None:
        """When the latest run began that settled it as deep as ``reach``."""
        before = self._archive.runs(self._source)
        deep = (run for run in before if run.reach and (run.reach == "all" or run.reach <= reach < "all"))
        return next((run.started for run in deep), None)
