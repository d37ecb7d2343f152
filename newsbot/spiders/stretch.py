"""A stretch of a back-fill: so many pages of a listing, from the place to which the last one came.

Pure bookkeeping, without Scrapy and without the archive. The place is no number of a page: posts that arrive
push it down, posts that are deleted pull it up. A stretch begins a page before it, and only on ground that
the back-fill has passed, by ids; where that page shows none of it, further and further up, in the end at
the listing's first page. From there every row is entered, known or not, so that nothing is left at the seam.
The place moves when the whole stretch has been walked, forward and back: one that was killed is walked again,
without the articles that it has brought.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from newsbot.archive.records import Listed
from newsbot.spiders.walk import Limits, Walk

PAGES: Final = 20  # of a listing, or parts of an index, in one stretch
OVERLAP: Final = 2  # pages of the stretch before that are read again
NEAR: Final = 8  # pages behind the place whose addresses are all kept
Trail = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Goal:
    """How far a back-fill goes: to the listing's end ("all"), to a day, or so many pages deep."""

    text: str
    day: date | None = None
    pages: int | None = None

    @property
    def wanted(self) -> date | str:
        """From which day on headlines are wanted."""
        return self.day or "all"

    def limits(self, pages: int | None = None) -> Limits:
        """Those of a walk to the goal, whatever is known on the way."""
        return Limits(pages=pages, since=self.day, full=True)


def read_goal(text: str) -> Goal:
    """Of "all", a day such as "2020-01-01", or a number of pages. Raises ValueError."""
    if text == "all":
        return Goal(text)
    if text.isdecimal() and int(text):
        return Goal(text, pages=int(text))
    return Goal(text, day=date.fromisoformat(text))


@dataclass(slots=True, kw_only=True)
class Stretch(Walk):
    """``first``: the listing's address. ``enough``: whether the stretch has taken long enough.

    ``reach``, once it has ended: how deep the source is settled by it, "" where that is no day; None: the
    goal is further on.
    """

    goal: Goal
    first: str
    trail: Trail = ()
    enough: Callable[[], bool] = bool
    _page: int = 1
    _walked: list[tuple[int, str]] = field(default_factory=list)
    _probes: deque[tuple[int, str]] = field(default_factory=deque)

    def begin(self) -> str:
        """Where to look first whether the back-fill has passed there."""
        self._probes.extend([*reversed(self.trail[:-1]), (1, self.first)])
        return self._probe()

    def stands(self, ids: Sequence[str], passed: Collection[str]) -> bool:
        """Whether the page that was asked for, with these rows, lies where nothing is missing above it.

        ``passed``: those of the rows that a back-fill has passed. A few may have moved down since; most of
        a page have not.
        """
        return not self._probes or (bool(ids) and 2 * len(passed) >= len(ids))

    def further_up(self) -> str | None:
        """Where to look next; None: there is no further place, and the stretch has failed."""
        return self._probe() if self._probes else None

    def _probe(self) -> str:
        self._page, address = self._probes.popleft()
        return address

    def forward(self, url: str, listed: Sequence[Listed], next_page: str | None) -> str | None:
        self._walked.append((self._page, url))
        following = Walk.forward(self, url, listed, next_page)
        if following is not None and self._page >= (self.goal.pages or self._page + 1):
            self.reach = ""
        if following is not None and (self.reach == "" or self._is_enough()):
            self.ended, following = True, None
        self._page += 1
        if following is None and self.trouble is None:
            self._back = self.visited[:-1]
        return following

    def _is_enough(self) -> bool:
        """A stretch takes the place on by a page at the least."""
        return len(self.visited) > (OVERLAP if self.trail else 0) and self.enough()

    @property
    def place(self) -> Trail:
        """The trail with the pages of this stretch, to be kept when it has been walked."""
        first = self._walked[0][0] if self._walked else 1
        return thinned([*(each for each in self.trail if each[0] < first), *self._walked])


def thinned(trail: Trail) -> Trail:
    """The last pages of a trail, and before them ever fewer: every second, every fourth …"""
    last = trail[-1][0] if trail else 0
    return [each for each in trail if each[0] % _apart(last - each[0]) == 0]


def _apart(distance: int) -> int:
    return 1 << (distance // NEAR).bit_length()


@dataclass(slots=True, kw_only=True)
class Parts:
    """The same through a sitemap's index: its parts one after the other, which do not move.

    ``trail``: the parts that are done. ``rows``: so many articles at the most; a part that holds more is
    taken up again by the next stretch.
    """

    trail: Trail
    pages: int
    rows: int
    enough: Callable[[], bool] = bool
    goal: Goal = field(default_factory=lambda: Goal("all"))
    reach: str | None = None
    trouble: str | None = None
    _left: deque[str] = field(default_factory=deque)
    _met: set[str] = field(default_factory=set)
    _done: list[str] = field(default_factory=list)
    _read: int = 0
    _is_cut: bool = False  # a part held more than could be taken

    def index(self, parts: Sequence[str]) -> str | None:
        """Takes in an index, or one within it: its parts come next. Returns the first to read."""
        done = {address for _, address in self.trail}
        fresh = [part for part in dict.fromkeys(parts) if part not in self._met | done]
        self._met.update(fresh)
        self._left.extendleft(reversed(fresh))
        return self.following()

    def take(self, wanted: int) -> int:
        """How many of a part's rows that are wanted may be requested."""
        taken = min(wanted, self.rows)
        self.rows -= taken
        self._is_cut |= taken < wanted
        return taken

    def done(self, part: str) -> None:
        """All that is wanted of a part is in the ledger."""
        self._done.append(part)

    def following(self) -> str | None:
        """The next part to read; None: enough is done, or all."""
        if self._is_cut:
            return None
        if self._is_goal():
            self.reach = self._settled() if self.trouble is None else None
            return None
        if self.rows <= 0 or self._read >= self.pages or (self._read and self.enough()):
            return None
        self._read += 1
        return self._left.popleft()

    def _settled(self) -> str:
        if self._left:
            return ""
        return self.goal.day.isoformat() if self.goal.day else "all"

    def _is_goal(self) -> bool:
        deep = self.goal.pages is not None and len(self.trail) + len(self._done) >= self.goal.pages
        return deep or not self._left

    @property
    def place(self) -> Trail:
        first = len(self.trail) + 1
        return [*self.trail, *((number, part) for number, part in enumerate(self._done, first))]
