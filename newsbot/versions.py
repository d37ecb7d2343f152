"""Which newsbot this is, and by which rules it reads."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_READERS = ("items.py", "korean", "pages")  # what decides how a page is read


@cache
def newsbot_version() -> str:
    """The installed version; "source" when it runs from a checkout that was never installed."""
    try:
        return version("newsbot")
    except PackageNotFoundError:
        return "source"


@cache
def parser_version() -> str:
    """The readers' version, "0.1.0+1f3a5c7e": newsbot's own, and a digest of the code that reads.

    Two readings of one page by the same version are equal.
    """
    digest = sha256()
    for name in _READERS:
        for path, text in sorted(_sources(files("newsbot") / name)):
            digest.update(path.encode() + b"\0" + text + b"\0")
    return f"{newsbot_version()}+{digest.hexdigest()[:8]}"


def _sources(place: Traversable) -> list[tuple[str, bytes]]:
    if place.is_file():
        return [(place.name, place.read_bytes())] if place.name.endswith(".py") else []
    inner = (_sources(part) for part in place.iterdir() if part.name != "__pycache__")
    return [(f"{place.name}/{path}", text) for found in inner for path, text in found]
