"""The engines that are known, and which of them made a page."""

from __future__ import annotations

from newsbot.pages.document import Document
from newsbot.pages.gnuboard import GNUBOARD
from newsbot.pages.layout import Engine
from newsbot.pages.rhymix import RHYMIX

ENGINES = (RHYMIX, GNUBOARD)


def engine_of(page: Document) -> Engine | None:
    """The engine that the source names, else the one whose mark the page bears; ``None``: a plain page."""
    if page.engine_name is not None:
        return _NAMED.get(page.engine_name)
    return next((e for e in ENGINES if any(mark in page.text for mark in e.marks)), None)


ENGINE_NAMES = (*(engine.name for engine in ENGINES), "table")
_NAMED = {engine.name: engine for engine in ENGINES}
