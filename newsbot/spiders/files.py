"""A run's way through a feed or a sitemap: files that list what they list when they are asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from newsbot.archive.records import Listed
from newsbot.pages.sitemaps import SitemapPart
from newsbot.spiders.walk import Limits, Walk

LASTMOD_SLACK = timedelta(days=2)
"""What a part's lastmod may be behind: it may be a day without a time, in another zone, from a cache."""


@dataclass(slots=True)
class FileWalk(Walk):
    """A feed and its further pages, or a sitemap and the parts of its index.

    No post slides from file to file, so there is no way back. A part without anything new says nothing
    of the next one, and one that cannot be read does not keep the others from being read.
    """

    _parts: deque[str] = field(default_factory=deque)
    _met: set[str] = field(default_factory=set)

    def index(self, url: str, parts: Iterable[str]) -> str | None:
        """Takes in an index, also one within another: its ``parts`` come next; returns the first to read."""
        self._met.add(url)
        fresh = [part for part in dict.fromkeys(parts) if part not in self._met]
        self._met.update(fresh)
        self._parts.extendleft(reversed(fresh))
        return self._next_part()

    def forward(self, url: str, listed: Sequence[Listed], next_page: str | None) -> str | None:
        """As ``Walk.forward``; further pages of a feed that only repeat earlier ones are its end."""
        fresh = any(row.headline.document_id not in self.seen for row in listed)
        following = Walk.forward(self, url, listed, next_page if fresh else None)
        return self._next_part() if self._met else following

    def _repeats(self, rows: list[Listed], fresh: list[Listed], next_page: str | None) -> bool:
        return next_page is not None and Walk._repeats(self, rows, fresh, next_page)

    def back(self, listed: Sequence[Listed] = ()) -> str | None:  # noqa: ARG002 - there is no way back
        return None

    def fail(self, trouble: str) -> str | None:
        Walk.fail(self, trouble)
        return self._next_part()

    def _next_part(self) -> str | None:
        """The next part, if one is left and may be read; what the walk settles is known at the end."""
        limited = self.limits.pages is not None and len(self.visited) >= self.limits.pages
        following = self._parts.popleft() if self._parts and not limited else None
        self.ended = following is None
        whole = self.ended and not self._parts and self.trouble is None
        self.reach = self.limits.settles if whole else None
        return following


def parts_to_read(parts: Sequence[SitemapPart], limits: Limits, read_before: datetime | None) -> list[str]:
    """The addresses of the parts that may hold something for a run, in their order.

    ``read_before``: when the latest run began that read all of them, as deep as this one goes. A part
    that has not changed since, or not since the day that the run goes back to, is left out.
    """
    earliest = read_before - LASTMOD_SLACK if read_before and not limits.whole else None
    return [
        part.url
        for part in parts
        if part.modified is None
        or (
            (earliest is None or part.modified >= earliest)
            and (limits.since is None or part.modified.date() >= limits.since)
        )
    ]
