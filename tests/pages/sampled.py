"""How the readers' tests see the sample board: its pages as documents, its truths as subsets."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from newsbot.pages.document import Document, parse_document
from newsbot.sampleboard.board import KST, SampleBoard

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 15) Mobile"


def visit(board: SampleBoard, url: str, agent: str = BROWSER) -> Document:
    """The page behind ``url``, redirects followed, whatever its status."""
    request = urllib.request.Request(url, headers={"User-Agent": agent})  # noqa: S310
    try:
        response = urllib.request.urlopen(request, timeout=10)  # noqa: S310
    except urllib.error.HTTPError as answer:
        response = answer
    with response:
        return parse_document(
            response.read(),
            response.url,
            content_type=response.headers.get("Content-Type"),
            fetched=board._clock().astimezone(KST),
            status=response.status,
        )


def missing(found: Mapping[str, Any], claimed: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What of ``claimed`` is not so in ``found``: by field, what was claimed and what was found."""
    return {
        name: (value, found.get(name))
        for name, value in claimed.items()
        if not _holds(found.get(name), value)
    }


def _holds(found: Any, claimed: Any) -> bool:
    if isinstance(claimed, Mapping) and isinstance(found, Mapping):
        return all(_holds(found.get(name), value) for name, value in claimed.items())
    if isinstance(claimed, list | tuple) and isinstance(found, list | tuple):
        return len(found) == len(claimed) and all(map(_holds, found, claimed))
    return bool(found == claimed)
