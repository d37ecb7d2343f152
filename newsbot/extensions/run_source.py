"""What a source turned out to be: seen by an earlier run, until this one has seen it."""

from __future__ import annotations

from typing import Final, cast

from newsbot.archive import Archive
from newsbot.pages.source_pages import SourceKind

_OPTIONS: Final = ("kind", "software")
_LATELY: Final = 30  # runs of which one will have read the listing


class RunSource:
    """``options``: what is known, as it is kept with the run, for a later reading needs the same."""

    def __init__(self, archive: Archive, source: str) -> None:
        self._archive = archive
        self.run = 0
        before = [run.options for run in archive.runs(source, limit=_LATELY)]
        self.options: dict[str, str] = {
            name: str(value)
            for name in _OPTIONS
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
