"""Keeping the search index: with each article, in its transaction; and all of it anew.

The table ``schemes`` says by which scheme of tokens the index was built, and while it is being rebuilt how
far, in order of date: what lies before that place is kept up to date by the writers, the rebuild comes to
the rest. So it may be killed and go on, and others may write meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive import recent, search_postgresql, search_sqlite
from newsbot.archive.database import Database
from newsbot.archive.index import Found, Index, Step
from newsbot.archive.records import Progress
from newsbot.archive.schema import articles, revisions, schemes
from newsbot.errors import ArchiveError
from newsbot.items import Article, article_from_json
from newsbot.korean.date_forms import KST
from newsbot.korean.tokens import SCHEME, entry

INDICES: Final[Mapping[str, Index]] = MappingProxyType(
    {"sqlite": search_sqlite, "postgresql": search_postgresql}
)
BATCH: Final = 500  # articles in a transaction of a rebuild

SEARCH: Final = "search"  # the index's name in ``schemes``
_START: Final = Found(-(1 << 40), 0)  # before every date there is
_LATEST: Final = sa.select(articles.c.id, articles.c.dated, revisions.c.article).join(
    revisions, (revisions.c.article_id == articles.c.id) & (revisions.c.number == articles.c.revision)
)
_STATE: Final = sa.select(schemes.c.version).where(schemes.c.name == SEARCH)
_HOW_MANY: Final = sa.select(sa.func.count()).select_from(articles)
_IS_EMPTY: Final = ~sa.select(articles.c.id).exists()


@dataclass(frozen=True, slots=True)
class State:
    """Of an archive's index: ``version`` None when it was never built, ``upto`` while it is being built."""

    version: str | None
    upto: Found | None = None

    def holds(self, dated: int, key: int) -> bool:
        """Whether an article of that date belongs into the index as it is."""
        return self.version == SCHEME and (self.upto is None or Found(dated, key) <= self.upto)


class Changes:
    """What one transaction changes in the index; ``apply`` ends it.

    An article that is there ``leave``s before anything of it is changed, and ``enter``s after.
    """

    def __init__(self, connection: sa.Connection, versions: Mapping[str, str] | None = None) -> None:
        """``versions``: what the table ``schemes`` says, if the transaction has asked it."""
        self._connection = connection
        self._state = _state(connection) if versions is None else _read_state(versions.get(SEARCH))
        self._steps: list[Step] = []
        if self._state.version is None and connection.execute(sa.select(_IS_EMPTY)).scalar_one():
            self._state = State(SCHEME)
            _set_state(connection, self._state)

    def leave(self, key: int) -> None:
        row = self._connection.execute(_LATEST.where(articles.c.id == key)).one()
        self._step(key, row.dated, article_from_json(row.article), enters=False)

    def enter(self, key: int, dated: datetime, article: Article) -> None:
        self._step(key, dated, article, enters=True)

    def apply(self) -> None:
        if self._steps:
            INDICES[self._connection.dialect.name].change(self._connection, self._steps)

    def _step(self, key: int, dated: datetime, article: Article, *, enters: bool) -> None:
        second = int(dated.timestamp())
        if self._state.holds(second, key):
            self._steps.append(Step(key, second, entry(article), enters))


class Indexing(Database):
    def reindex(self, *, progress: Progress | None = None) -> int:
        """Builds the search index anew, or goes on where a killed rebuild stopped; the articles it holds.

        In constant memory, in order of date, a batch a transaction. Until it is done ``search`` refuses.
        ``progress`` is told (done, total) in articles.
        """
        index = INDICES[self.dialect]
        with self.writing() as connection:
            state = _state(connection)
            total = connection.execute(_HOW_MANY).scalar_one()
            if state.version != SCHEME or state.upto is None:
                index.clear(connection)
                state = State(SCHEME, _START)
                _set_state(connection, state)
            done = int(connection.execute(_count_upto(state.upto or _START)).scalar_one())
        while state.upto is not None:
            with self.writing() as connection:
                state, more = _go_on(connection, index)
            done += more
            if progress is not None:
                progress(done, total)
        return done

    def require_index(self, connection: sa.Connection) -> None:
        """Raises ArchiveError when the index does not answer to today's questions."""
        state = _state(connection)
        if state.version is None and connection.execute(sa.select(_IS_EMPTY)).scalar_one():
            return
        if state.version is None:
            raise ArchiveError(f"the archive {self.backend.place} has no search index: run `newsbot reindex`")
        if state.version != SCHEME:
            raise ArchiveError(
                f"the archive {self.backend.place} is indexed by another scheme ({state.version}, and this"
                f" newsbot searches by {SCHEME}): run `newsbot reindex`"
            )
        if state.upto is not None:
            raise ArchiveError(
                f"the search index of {self.backend.place} is being built: `newsbot reindex` goes on with it"
            )


def settle_latest(connection: sa.Connection) -> None:
    """The entries and keys of the latest articles go to the others."""
    INDICES[connection.dialect.name].settle(connection)
    recent.settle(connection)


def whole_index(connection: sa.Connection) -> Index | None:
    """The index, if it is of today's scheme and whole; None of one that waits for ``reindex`` anyway."""
    state = _state(connection)
    whole = state.version == SCHEME and state.upto is None
    return INDICES[connection.dialect.name] if whole else None


def entering(key: int, dated: datetime, article: Article) -> Step:
    """An article's entry as it belongs into the index."""
    return Step(key, int(dated.timestamp()), entry(article), enters=True)


def _go_on(connection: sa.Connection, index: Index) -> tuple[State, int]:
    """One batch more of a rebuild: the state it leaves, and how many articles it was."""
    state = _state(connection)
    if state.version != SCHEME or state.upto is None:  # another process was faster
        return State(SCHEME), 0
    place = sa.tuple_(articles.c.dated, articles.c.id)
    batch = _LATEST.where(place > _literal(state.upto)).order_by(articles.c.dated, articles.c.id).limit(BATCH)
    steps = [entering(row.id, row.dated, article_from_json(row.article)) for row in connection.execute(batch)]
    if steps:
        index.change(connection, steps)
        state = State(SCHEME, Found(steps[-1].dated, steps[-1].key))
    if len(steps) < BATCH:
        index.finish(connection)
        state = State(SCHEME)
    _set_state(connection, state)
    return state, len(steps)


def _literal(place: Found) -> sa.Tuple:
    return sa.tuple_(sa.literal(place.dated, sa.BigInteger), sa.literal(place.key, sa.BigInteger))


def _count_upto(place: Found) -> sa.Select[Any]:
    within = sa.tuple_(articles.c.dated, articles.c.id) <= _literal(place)
    return sa.select(sa.func.count()).select_from(articles).where(within)


def _state(connection: sa.Connection) -> State:
    return _read_state(connection.execute(_STATE).scalar())


def _read_state(kept: str | None) -> State:
    if kept is None:
        return State(None)
    version, _, upto = kept.partition(" until ")
    return State(version, Found(*map(int, upto.split())) if upto else None)


def _set_state(connection: sa.Connection, state: State) -> None:
    upto = f" until {state.upto.dated} {state.upto.key}" if state.upto else ""
    values: dict[str, Any] = {"version": f"{state.version}{upto}", "built": datetime.now(KST)}
    if not connection.execute(sa.update(schemes).where(schemes.c.name == SEARCH).values(values)).rowcount:
        connection.execute(sa.insert(schemes).values(name=SEARCH, **values))
