"""While the archive cannot be used no crawl begins: each would only find that out.

After a pause it is looked at; when it can be read one crawl is let through, and with that one's end all are.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

from newsbot.errors import ArchiveError

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 30.0  # seconds until the archive is looked at again; doubled each time
_NONE: Final = 0
_ONE: Final = 1

Let = Callable[[int | None], None]  # so many crawls at once, at the most; None: as usual


class Outage:
    def __init__(self, let: Let, *, steady: Callable[[], float] = time.monotonic) -> None:
        self._let = let
        self._steady = steady
        self._since: float | None = None
        self._next: float | None = None
        self._pause = FIRST_PAUSE
        self._is_cut_off = False
        self.times = 0  # that there was one

    @property
    def is_on(self) -> bool:
        return self._since is not None

    @property
    def wants_a_look(self) -> bool:
        """Whether it is time to see if the archive can be read."""
        return self._next is not None and self._steady() >= self._next

    @property
    def rests(self) -> bool:
        """Whether it is too early to see if the archive can be read."""
        return self._next is not None and self._steady() < self._next

    def noticed(self) -> None:
        """A crawl, or a look, has found that the archive cannot be used."""
        if self.rests:
            return  # by a crawl that was in hand when it began
        now = self._steady()
        if self._since is None:
            self._since, self._pause = now, FIRST_PAUSE
            self.times += 1
            logger.error("the archive cannot be used: no crawl begins until it can")
        self._next, self._pause = now + self._pause, min(2 * self._pause, LONGEST_PAUSE)
        self._let(_NONE)

    def cut_off(self, error: ArchiveError) -> None:
        """The archive's server is away: it is over when that is there again, without a crawl that tells."""
        if not self.is_on:
            logger.error("%s", error)
        self._is_cut_off = True
        self.noticed()

    def reached(self) -> None:
        """The server is there."""
        if self._is_cut_off:
            self._is_cut_off = False
            self.over()

    def can_be_read(self) -> None:
        """A look went well: one crawl tells whether it can be written too."""
        self._next = None
        self._let(_ONE)

    def over(self) -> None:
        """A crawl could use the archive."""
        if self._since is None or self._next is not None:
            return
        logger.warning("the archive can be used again, after %.0f s", self._steady() - self._since)
        self._since = None
        self._let(None)
