"""An archive's URL: on which database it is kept, and where."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from newsbot.errors import NoArchiveURL

_FORMS: Final = "sqlite:///PATH (a file) or postgresql://USER@HOST/DATABASE"
_KEPT: Final = ("sqlite", "postgresql", "postgres")


def read_url(url: str) -> sa.URL:
    """The parts of an archive's URL. Raises NoArchiveURL, which says what one looks like."""
    try:
        parsed = sa.make_url(url)
    except ArgumentError:
        raise NoArchiveURL(f"{url!r} is no archive: write it as {_FORMS}") from None
    if parsed.get_backend_name() not in _KEPT:
        raise NoArchiveURL(f"{parsed.drivername}:// is no archive newsbot can keep: use {_FORMS}")
    if parsed.get_backend_name() == "sqlite" and (not parsed.database or parsed.database == ":memory:"):
        raise NoArchiveURL("an archive is kept in a file: write it as sqlite:///newsbot.db")
    return parsed
