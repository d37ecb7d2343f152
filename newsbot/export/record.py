"""What every format is given, and an article as JSON: the fields of the contract, in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from newsbot.export.addresses import without_addresses
from newsbot.items import Article, as_json


class Kept(Protocol):
    """One stored revision of an article."""

    @property
    def article(self) -> Article: ...
    @property
    def revision(self) -> int: ...
    @property
    def content_hash(self) -> str: ...
    @property
    def stored(self) -> datetime: ...
    @property
    def first_stored(self) -> datetime: ...
    @property
    def removed(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A captured page: an article's, or another one.

    ``members``: records of a WARC file, gzipped, those of one capture together, each with a name for it;
    of an article on several pages those of all.
    ``title``: of a page that is no article's, and to be found beside them.
    """

    url: str
    fetched: datetime
    members: Sequence[tuple[str, bytes]]
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How articles are written.

    ``of``: what they are, for a format that bears a title. ``captured``: given an article's uri and
    revision, its captured page, for a format that carries pages. ``besides``: further pages for one.
    """

    emails: bool = False  # reporters' addresses
    of: str = "newsbot"
    captured: Callable[[str, int], Recorded | None] | None = None
    besides: Iterable[Recorded] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A stored revision as it is given away."""

    article: Article
    revision: int
    content_hash: str
    stored: datetime
    first_stored: datetime
    removed: datetime | None


def given(articles: Iterable[Kept], how: How) -> Iterator[Given]:
    """The articles as they are to be written."""
    for kept in articles:
        yield Given(
            article=kept.article if how.emails else without_addresses(kept.article),
            revision=kept.revision,
            content_hash=kept.content_hash,
            stored=kept.stored,
            first_stored=kept.first_stored,
            removed=kept.removed,
        )


def article_json(kept: Kept) -> dict[str, Any]:
    """The article with its revision, its hash and since when its site has removed it, as JSON values."""
    values = as_json(kept.article)
    fetched, capture, listing = (values.pop(name) for name in ("date_fetched", "capture", "listing"))
    values |= {"date_fetched": fetched, "revision": kept.revision, "content_hash": kept.content_hash}
    values |= {"removed": kept.removed.isoformat() if kept.removed else None}
    values |= {"capture": capture, "listing": listing}
    return values
