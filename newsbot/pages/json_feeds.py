"""JSON Feed 1.0 and 1.1 (jsonfeed.org) as listings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from newsbot.errors import NotAListing
from newsbot.items import Listing
from newsbot.pages.document import Document
from newsbot.pages.entries import (
    MOST_ENTRIES,
    Entry,
    Moments,
    headlines_of,
    plain_title,
    up_to,
    warnings_of,
)

_VERSION = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/1')
_HEAD = 4096  # characters at either end in which the version stands: the order of members is free


def is_json_feed(text: str) -> bool:
    """Whether a text says that it is a JSON Feed."""
    start = text[:_HEAD].lstrip("\ufeff \t\r\n")
    return start.startswith("{") and (_VERSION.search(start) or _VERSION.search(text[-_HEAD:])) is not None


def read_json_feed(page: Document) -> Listing:
    """The entries of a JSON Feed, as ``read_feed`` gives those of the others.

    Raises ``NotAListing`` where the page is none, or only a part of one.
    """
    feed = _object(page)
    items = feed.get("items")
    moments = Moments(page.now)
    listed, more = up_to(MOST_ENTRIES, items if isinstance(items, list) else ())
    entries = (_entry(page, item, moments) for item in listed)
    headlines = headlines_of(page, (entry for entry in entries if entry))
    following = page.absolute(_text(feed, "next_url") or page.url)
    return Listing(
        url=page.url,
        engine="feed",
        headlines=headlines,
        next_page=following if _is_web(following) and following != page.url else None,
        warnings=(*warnings_of(headlines), *moments.warnings(), *more),
    )


def _object(page: Document) -> dict[str, Any]:
    try:
        feed = json.loads(page.text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        raise NotAListing(f"{page.url} ends in the middle of the feed, or is too broken to be read") from None
    if not isinstance(feed, dict):
        raise NotAListing(f"no feed at {page.url}: it is other JSON")
    return feed


def _entry(page: Document, item: object, moments: Moments) -> Entry | None:
    if not isinstance(item, dict):
        return None
    stated = _text(item, "id")
    link = (
        _text(item, "url") or (stated if stated and _is_web(stated) else None) or _text(item, "external_url")
    )
    title = plain_title(_text(item, "title") or "")
    if not link or not title:
        return None
    raw = _text(item, "date_published") or _text(item, "date_modified")
    return Entry(
        link=page.absolute(link),
        title=title,
        stated_id=stated,
        poster=", ".join(dict.fromkeys(_authors(item))) or None,
        date=moments.read(raw) if raw else None,
        date_raw=raw,
        category=next((tag for tag in _list(item, "tags") if isinstance(tag, str) and tag), None),
    )


def _authors(item: dict[str, Any]) -> Iterator[str]:
    for author in (*_list(item, "authors"), item.get("author")):
        if isinstance(author, dict) and (name := plain_title(_text(author, "name") or "")):
            yield name


def _text(values: dict[str, Any], name: str) -> str | None:
    value = values.get(name)
    if isinstance(value, int) and not isinstance(value, bool):  # 1.0 lets an id be a number
        value = str(value)
    return value.strip() or None if isinstance(value, str) else None


def _list(values: dict[str, Any], name: str) -> list[Any]:
    value = values.get(name)
    return value if isinstance(value, list) else []


def _is_web(link: str) -> bool:
    return link.startswith(("http://", "https://"))
