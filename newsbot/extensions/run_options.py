"""How a run was asked for, kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any


def options_of(spider: Any, seen: Mapping[str, str]) -> dict[str, object]:
    """How far the run goes, and by what its pages are read: a later reading needs the same."""
    limits = asdict(spider.limits)
    read_by = {name: getattr(spider, name, None) for name in ("encoding", "engine", "outlet")}
    return {name: str(value) for name, value in {**limits, **read_by, **seen}.items() if value}
