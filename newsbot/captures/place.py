"""Where the captures of an archive lie."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit


def directory_of(archive: str, configured: str | None = None) -> Path:
    """The directory of captures: the one that was ``configured``, else beside the archive's file.

    ``archive`` is the archive's URL: sqlite:///news.db has news.db.captures, and a database on a server its
    name with that ending, in the working directory. Two archives never share one unless they are told to.
    """
    if configured:
        return Path(configured)
    parts = urlsplit(archive)
    if not parts.scheme.startswith("sqlite") or len(parts.path) < 2:
        return Path(f"{unquote(parts.path).strip('/') or 'newsbot'}.captures".replace("/", "-"))
    file = Path(unquote(parts.path[1:]))
    return file.with_name(f"{file.name}.captures")
