"""What the search indices of the databases have in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

import sqlalchemy as sa

from newsbot.korean.queries import Query
from newsbot.korean.tokens import Entry

ENTERED: Final = "search entered"
"""The name in ``schemes`` of the last article before those that wait to be entered, where any do."""

Read: TypeAlias = Callable[[sa.Executable, Mapping[str, Any]], Sequence[sa.Row[Any]]]  # one statement's rows


class Found(NamedTuple):
    """An article that answers, by what orders it: newest first is falling order."""

    dated: int  # seconds since 1970
    key: int  # of the table ``articles``


@dataclass(frozen=True, slots=True)
class Step:
    """An article's entry put into the index, or taken out of it."""

    key: int
    dated: int
    entry: Entry
    enters: bool


class Index(Protocol):
    """The index of one database: a module of functions."""

    def change(self, connection: sa.Connection, steps: Sequence[Step], /) -> None:
        """Takes the steps, in the order of each article's own."""

    def clear(self, connection: sa.Connection, /) -> None:
        """An index without entries, whatever there was before."""

    def finish(self, connection: sa.Connection, /) -> None:
        """Ends what began with ``clear``."""

    def prepare(self, connection: sa.Connection, waiting: Iterable[Step], /) -> None:
        """Sets what one transaction needs that asks the index. ``waiting``: entries that it lacks."""

    def newest(self, read: Read, query: Query, wanted: int, /) -> Iterator[Found]:
        """All that answer, newest first; ``wanted``: how many will be read, probably."""

    def among(self, read: Read, query: Query, those: Sequence[Found], /) -> set[int]:
        """The keys of those that answer."""

    def missing(self, connection: sa.Connection, /) -> Iterator[str]:
        """The uris of the articles that have no entry of their date."""

    def entries(self, connection: sa.Connection, /) -> int:
        """How many entries there are."""

    def unlike(
        self, connection: sa.Connection, steps: Sequence[Step], edited: Collection[int], /
    ) -> set[int]:
        """The keys of those whose entries are there, and not as in ``steps``.

        ``edited``: keys of entries that were changed, which are looked at the closest.
        """

    def is_torn(self, connection: sa.Connection, /) -> bool:
        """Whether it holds words of entries that are no longer there."""


def bounds(query: Query) -> tuple[int | None, int | None]:
    """The query's days in seconds: the first, and the first after them."""
    since, until = (None if day is None else int(day.timestamp()) for day in (query.since, query.until))
    return since, until
