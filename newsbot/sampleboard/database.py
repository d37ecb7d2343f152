"""The posts of a site as its database keeps them, whatever software shows them.

Ids grow by irregular steps, for comments and files take their numbers from the same counter; a
listing's order is that of insertion, which is the order of the ids and not that of the dates.
"""

from __future__ import annotations

import dataclasses
from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from newsbot.sampleboard.articles import WrittenArticle

MAIN_BOARD = "news"
BOARDS = {MAIN_BOARD: "뉴스", "etc": "기타"}
FIRST_CATEGORY = 82

State = Literal["live", "deleted", "trashed", "moved"]  # "moved": copied away under a new id


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    id: int
    article: WrittenArticle
    posted: datetime
    modified: datetime
    board: str = MAIN_BOARD
    state: State = "live"
    notice: bool = False
    secret: bool = False
    comments: tuple[int, ...] = ()  # their ids, from the same counter as the posts'
    note: str | None = None  # what the software wrote below the body when the post was moved

    @property
    def title(self) -> str:
        return self.article.title

    @property
    def has_file(self) -> bool:
        return self.id % 13 == 0


class Generator(Protocol):
    """Posts that are made when they are asked for."""

    @property
    def ids(self) -> Sequence[int]:
        """Ascending."""

    def post(self, index: int) -> Post: ...


class Database:
    """Keeps only the ids of generated posts until something happens to them."""

    def __init__(
        self, clock: Callable[[], datetime], *, first_id: int = 1, generator: Generator | None = None
    ) -> None:
        self.clock = clock
        self._posts: dict[int, Post] = {}
        self._generator = generator
        ids = generator.ids if generator else ()
        self._listed = {board: array("L") for board in BOARDS}
        self._listed[MAIN_BOARD] = array("L", ids)
        self._next_id = ids[-1] + 1 if ids else first_id
        self._comment_owners: dict[int, int] = {}
        self.categories: list[str] = []
        self.views: Counter[int] = Counter()

    def reserve(self, count: int = 1) -> int:
        """Take ``count`` numbers from the site's counter; the first of them."""
        first = self._next_id
        self._next_id += count
        return first

    def add(self, post: Post) -> None:
        self._posts[post.id] = post
        category = post.article.category
        if category is not None and category not in self.categories:
            self.categories.append(category)
        self._relist(post)

    def get(self, post_id: int) -> Post | None:
        post = self._posts.get(post_id)
        if post is None and self._generator is not None:
            index = bisect_left(self._generator.ids, post_id)
            if index < len(self._generator.ids) and self._generator.ids[index] == post_id:
                return self._generator.post(index)
        return post

    def change(self, post_id: int, **fields: Any) -> Post:
        """Raises KeyError where there is no such post."""
        post = self.get(post_id)
        if post is None:
            raise KeyError(post_id)
        for ids in self._listed.values():
            _discard(ids, post_id)
        changed = dataclasses.replace(post, **fields)
        self.add(changed)
        return changed

    def comment(self, post_id: int, count: int, when: datetime) -> Post:
        """``count`` more comments, written at ``when``, which counts as a change of the post."""
        ids = tuple(self.reserve() for _ in range(count))
        self._comment_owners |= dict.fromkeys(ids, post_id)
        post = self.get(post_id)
        known = post.comments if post else ()
        return self.change(post_id, comments=known + ids, modified=when)

    def owner_of_comment(self, comment_id: int) -> int | None:
        return self._comment_owners.get(comment_id)

    def category_id(self, category: str) -> int:
        return FIRST_CATEGORY + self.categories.index(category)

    def category_named(self, number: str) -> str | None:
        position = int(number) - FIRST_CATEGORY if number.isdecimal() else -1
        return self.categories[position] if 0 <= position < len(self.categories) else None

    def ids(self) -> Iterator[int]:
        """Every id there ever was, oldest first."""
        made = set(self._generator.ids) if self._generator else set()
        return iter(sorted(made | self._posts.keys()))

    def listed(self, board: str, category: str | None = None) -> Sequence[int]:
        """The ids in the listing of ``board``, notices left out, oldest first."""
        ids = self._listed[board]
        if category is None:
            return ids
        return [n for n in ids if (post := self.get(n)) is not None and post.article.category == category]

    def notices(self, board: str) -> list[Post]:
        """Newest first."""
        live = (post for post in self._posts.values() if post.notice and post.state == "live")
        return sorted((post for post in live if post.board == board), key=lambda post: -post.id)

    def rank(self, post: Post) -> int:
        """번호: 1 for the oldest post still listed; every deletion below lowers it."""
        return bisect_left(self._listed[post.board], post.id) + 1

    def _relist(self, post: Post) -> None:
        if post.state == "live" and not post.notice:
            insort(self._listed[post.board], post.id)


def rows(ids: Sequence[int], database: Database, start: int, count: int) -> list[Post]:
    """``count`` posts of a listing from the ``start``-th row, newest first."""
    newest_first = ids[max(len(ids) - start - count, 0) : max(len(ids) - start, 0)][::-1]
    return [post for post_id in newest_first if (post := database.get(post_id)) is not None]


def _discard(ids: array[int], post_id: int) -> None:
    position = bisect_left(ids, post_id)
    if position < len(ids) and ids[position] == post_id:
        del ids[position]
