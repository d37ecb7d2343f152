"""Where the captures of an archive lie."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

BESIDE = Path("newsbot-captures")  # of an archive that is no file


def directory_of(archive: str, configured: str | None = None) -> Path:
    """The directory of captures: the one that was ``configured``, else beside the archive's file.

    ``archive`` is the archive's URL: sqlite:///news.db has news.db.captures.
    """
    if configured:
        return Path(configured)
    parts = urlsplit(archive)
    if not parts.scheme.startswith("sqlite") or len(parts.path) < 2:
        return BESIDE
    file = Path(unquote(parts.path[1:]))
    return file.with_name(f"{file.name}.captures")
