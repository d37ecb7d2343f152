"""What pages of no known software say of posts that are gone: believed where others of the run can be read.

A site whose front door answers every address with "not found", one night, takes nothing down.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

FEW: Final = 3
"""So many posts said to be gone, in a run that could read none, are a fault of the site."""

Removal = tuple[str, str, str]
"""Document id, state, and what was seen."""


class RunRemovals:
    """``take``: records a removal that is believed."""

    def __init__(self, take: Callable[[str, str, str], None]) -> None:
        self._take = take
        self._doubtful: list[Removal] = []
        self._unlisted: list[str] = []
        self._believed = False

    def hear(self, document_id: str, state: str, detail: str) -> None:
        if self._believed:
            self._take(document_id, state, detail)
        else:
            self._doubtful.append((document_id, state, detail))

    def vanish(self, document_id: str) -> None:
        """A post that is listed no more, but can be read: at the run's end it is known whether elsewhere."""
        self._unlisted.append(document_id)
        self.believe()

    def believe(self) -> None:
        """An article of the run was read: the site can tell what is there from what is not."""
        self._believed = True
        doubtful, self._doubtful = self._doubtful, []
        for each in doubtful:
            self._take(*each)

    def close(self) -> list[Removal]:
        """At the run's end: what is not believed."""
        if len(self._doubtful) < FEW:
            self.believe()
        for document_id in self._unlisted:
            self._take(document_id, "vanished", "no longer listed")
        return self._doubtful
