"""The tables of an archive: those of articles, and those of crawls.

A change here needs a migration in ``migrations/versions`` and a new ``SCHEMA``.
"""

from __future__ import annotations

from typing import Final

from newsbot.archive.article_tables import (
    articles,
    bands,
    capture_files,
    capture_journal,
    captures,
    decisions,
    links,
    readings,
    recent_bands,
    revisions,
    schemes,
    stories,
    withholdings,
)
from newsbot.archive.columns import Key, Moment, metadata
from newsbot.archive.crawl_tables import (
    GONE,
    REMOVED,
    RUN,
    STATES,
    Gone,
    Outcome,
    RunState,
    State,
    backfills,
    days,
    events,
    ledger,
    runs,
    troubles,
)

SCHEMA: Final = "0006"

__all__ = [
    "GONE",
    "REMOVED",
    "RUN",
    "SCHEMA",
    "STATES",
    "Gone",
    "Key",
    "Moment",
    "Outcome",
    "RunState",
    "State",
    "articles",
    "backfills",
    "bands",
    "capture_files",
    "capture_journal",
    "captures",
    "days",
    "decisions",
    "events",
    "ledger",
    "links",
    "metadata",
    "readings",
    "recent_bands",
    "revisions",
    "runs",
    "schemes",
    "stories",
    "troubles",
    "withholdings",
]
