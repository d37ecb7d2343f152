"""What every page of a board needs to be drawn, and the few readings that all engines share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import randbelow

from newsbot.sampleboard.bodies import body_html
from newsbot.sampleboard.database import Database, Post, rows
from newsbot.sampleboard.exchange import Request

SITE = "샛강일보 게시판"

_FRESH = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the board's owner has set it up."""

    skin: str = "xedition"
    mobile_skin: str = "default"
    page_size: int = 20
    seo: bool = True
    slug_urls: bool = False
    side_view: bool = True
    feeds: bool = True
    oldest_first: bool = False
    columns: tuple[str, ...] = ("no", "title", "author", "time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a listing: the rows between the notices and the page links."""

    number: int  # as shown
    last: int
    posts: Sequence[Post]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    request: Request
    look: Look
    database: Database
    board: str

    def title(self, post: Post) -> str:
        """The headline as typed; under the spell ``control-title`` with control and bidi characters."""
        if "control-title" not in self.request.spells:
            return post.title
        return f"\N{RIGHT-TO-LEFT OVERRIDE}{post.title[:3]}\x08{post.title[3:]}\x0b\N{ZERO WIDTH SPACE}"

    def is_fresh(self, moment: datetime) -> bool:
        return timedelta() <= self.request.now - moment < _FRESH

    def body(self, post: Post) -> str:
        return body_html(post.article, mask_key=randbelow(256))

    def page(self, number: int, ids: Sequence[int], *, hidden_notices: int = 0) -> Page:
        """The ``number``-th page of ``ids``; ``hidden_notices``: rows of page 1 that notices take up."""
        size = self.look.page_size
        ids = ids[::-1] if self.look.oldest_first else ids
        last = max(-(-(len(ids) + hidden_notices) // size), 1)
        if "endless-next" in self.request.spells and number >= last:
            return Page(number=number, last=number + 1, posts=rows(ids, self.database, 0, size))
        start = (number - 1) * size - (hidden_notices if number > 1 else 0)
        count = size - (hidden_notices if number == 1 else 0)
        return Page(number=number, last=last, posts=rows(ids, self.database, start, count))

    def count_view(self, post: Post) -> int:
        """How often ``post`` was read, this time included."""
        self.database.views[post.id] += 1
        return self.views(post)

    def views(self, post: Post) -> int:
        return post.id * 37 % 900 + self.database.views[post.id]


def whole_number(text: str) -> int:
    """PHP's ``(int)`` of a text: 0 where it does not open with a number."""
    digits = text.strip()
    sign = -1 if digits.startswith("-") else 1
    digits = digits.removeprefix("-")
    length = next((i for i, char in enumerate(digits) if char not in "0123456789"), len(digits))
    return sign * int(digits[:length] or "0")
