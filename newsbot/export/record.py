"""An article as newsbot gives it away: the fields of the contract, in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeAlias

from newsbot.items import Article, as_json

Progress: TypeAlias = Callable[[int], None]  # told how many articles are written


class Kept(Protocol):
    """One stored revision of an article."""

    @property
    def article(self) -> Article: ...
    @property
    def revision(self) -> int: ...
    @property
    def content_hash(self) -> str: ...


def article_json(kept: Kept, *, emails: bool = True) -> dict[str, Any]:
    """The article with its revision and hash, as JSON values.

    Without ``emails`` the reporters' addresses are null, and the raw bylines, which may hold them, too.
    """
    values = as_json(kept.article)
    fetched, capture, listing = (values.pop(name) for name in ("date_fetched", "capture", "listing"))
    values |= {"date_fetched": fetched, "revision": kept.revision, "content_hash": kept.content_hash}
    values |= {"capture": capture, "listing": listing}
    if not emails:
        values["byline_raw"] = None
        for byline in values["bylines"]:
            byline |= {"email": None, "raw": None}
    return values


def counted(articles: Iterable[Kept], progress: Progress | None) -> Iterator[Kept]:
    """The articles, while ``progress`` is told of each that has been written."""
    for done, kept in enumerate(articles, 1):
        yield kept
        if progress is not None:
            progress(done)
