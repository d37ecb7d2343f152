"""Keeping the search index: with each article, in its transaction; and all of it anew.

The table ``schemes`` says by which scheme of tokens the index was built, and while it is being rebuilt how
far, in order of date: what lies before that place is kept up to date by the writers, the rebuild comes to
the rest. So it may be killed and go on, and others may write meanwhile.

Where entries cost less together, it also says up to which article they have been made. Those of the latest
wait until there are ``LATEST``, or until a run begins or ends: who asks meanwhile makes them in passing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive import recent, search_postgresql, search_sqlite
from newsbot.archive.database import Database
from newsbot.archive.index import ENTERED, Found, Index, Step
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
LATEST: Final = 64  # articles that wait, about

SEARCH: Final = "search"  # the index's name in ``schemes``
_START: Final = Found(-(1 << 40), 0)  # before every date there is
_LATEST: Final = sa.select(
    articles.c.id, articles.c.dated, sa.cast(revisions.c.article, sa.Text).label("json")
).join(revisions, (revisions.c.article_id == articles.c.id) & (revisions.c.number == articles.c.revision))
_AFTER: Final = _LATEST.where(articles.c.id > sa.bindparam("after")).order_by(articles.c.id).limit(BATCH)
_STATE: Final = sa.select(schemes.c.name, schemes.c.version).where(schemes.c.name.in_((SEARCH, ENTERED)))
_LAST: Final = sa.cast(sa.select(sa.func.coalesce(sa.func.max(articles.c.id), 0)).scalar_subquery(), sa.Text)
_NOTE_ENTERED: Final = (
    sa.update(schemes).where(schemes.c.name == ENTERED, schemes.c.version != _LAST).values(version=_LAST)
)
_HOW_MANY: Final = sa.select(sa.func.count()).select_from(articles)
_IS_EMPTY: Final = ~sa.select(articles.c.id).exists()


@dataclass(frozen=True, slots=True)
class State:
    """Of an archive's index: ``version`` None when it was never built, ``upto`` while it is being built.

    ``entered``: the article after which they wait to be entered; None: they don't.
    """

    version: str | None
    upto: Found | None = None
    entered: int | None = None

    @property
    def is_whole(self) -> bool:
        return self.version == SCHEME and self.upto is None

    def waits(self, key: int) -> bool:
        """Whether an article is among those that are not entered yet, of an index that is whole."""
        return self.entered is not None and key > self.entered and self.is_whole

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
        self._state = _state(connection) if versions is None else _read_state(versions)
        self._steps: list[Step] = []
        self._latest = 0  # of the articles that wait
        if self._state.version is None and connection.execute(sa.select(_IS_EMPTY)).scalar_one():
            self._state = replace(self._state, version=SCHEME)
            _set_state(connection, self._state)

    def leave(self, key: int) -> None:
        if not self._state.waits(key):
            row = self._connection.execute(_LATEST.where(articles.c.id == key)).one()
            article = article_from_json(json.loads(row.json))
            self._step(key, int(row.dated.timestamp()), article, enters=False)

    def enter(self, key: int, dated: datetime, article: Article) -> None:
        if self._state.waits(key):
            self._latest = max(self._latest, key)
        else:
            self._step(key, int(dated.timestamp()), article, enters=True)

    def apply(self) -> None:
        if self._steps:
            INDICES[self._connection.dialect.name].change(self._connection, self._steps)
        if self._latest - (self._state.entered or 0) >= LATEST:
            _settle(self._connection, self._state)

    def _step(self, key: int, second: int, article: Article, *, enters: bool) -> None:
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
                state = replace(state, version=SCHEME, upto=_START)
                _set_state(connection, state)
            done = int(connection.execute(_count_upto(state.upto or _START)).scalar_one())
        while state.upto is not None:
            with self.writing() as connection:
                state, more = _go_on(connection, index)
            done += more
            if progress is not None:
                progress(done, total)
        return done

    def ready_index(self, connection: sa.Connection) -> None:
        """Makes it ready for a transaction. Raises ArchiveError when it answers no question of today's."""
        state = _state(connection)
        if state.version is None and connection.execute(sa.select(_IS_EMPTY)).scalar_one():
            state = replace(state, version=SCHEME)
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
        INDICES[self.dialect].prepare(connection, chain.from_iterable(_waiting(connection, state)))


def settle_latest(connection: sa.Connection) -> None:
    """The entries and keys of the latest articles go to the others."""
    _settle(connection, _state(connection))
    recent.settle(connection)


def _settle(connection: sa.Connection, state: State) -> None:
    if state.is_whole and state.entered is not None:
        for steps in _waiting(connection, state):
            INDICES[connection.dialect.name].change(connection, steps)
        note_entered(connection)


def note_entered(connection: sa.Connection) -> None:
    """Of the articles that are there none waits."""
    connection.execute(_NOTE_ENTERED, {"built": datetime.now(KST)})


def _waiting(connection: sa.Connection, state: State) -> Iterator[Sequence[Step]]:
    """The entries of the articles that wait, some at a time."""
    after = state.entered
    while after is not None:
        rows = connection.execute(_AFTER, {"after": after}).all()
        yield _steps(rows)
        after = rows[-1].id if len(rows) == BATCH else None


def whole_index(connection: sa.Connection) -> Index | None:
    """The index, if it is of today's scheme and whole; None of one that waits for ``reindex`` anyway."""
    return INDICES[connection.dialect.name] if _state(connection).is_whole else None


def entering(key: int, dated: datetime, article: Article) -> Step:
    """An article's entry as it belongs into the index."""
    return Step(key, int(dated.timestamp()), entry(article), enters=True)


def step_of(row: Any) -> Step | None:
    """The entry of a row of ``id``, ``dated`` and ``json``; None of what is no article: verify says so."""
    try:
        return entering(row.id, row.dated, article_from_json(json.loads(row.json)))
    except (ValueError, KeyError, TypeError):
        return None


def _steps(rows: Iterable[Any]) -> list[Step]:
    return [step for row in rows if (step := step_of(row)) is not None]


def _go_on(connection: sa.Connection, index: Index) -> tuple[State, int]:
    """One batch more of a rebuild: the state it leaves, and how many articles it was."""
    state = _state(connection)
    if state.version != SCHEME or state.upto is None:  # another process was faster
        return State(SCHEME), 0
    place = sa.tuple_(articles.c.dated, articles.c.id)
    batch = _LATEST.where(place > _literal(state.upto)).order_by(articles.c.dated, articles.c.id).limit(BATCH)
    rows = connection.execute(batch).all()
    index.change(connection, _steps(rows))
    if len(rows) == BATCH:
        state = replace(state, upto=Found(int(rows[-1].dated.timestamp()), rows[-1].id))
    else:
        index.finish(connection)
        note_entered(connection)
        state = replace(state, upto=None)
    _set_state(connection, state)
    return state, len(rows)


def _literal(place: Found) -> sa.Tuple:
    return sa.tuple_(sa.literal(place.dated, sa.BigInteger), sa.literal(place.key, sa.BigInteger))


def _count_upto(place: Found) -> sa.Select[Any]:
    within = sa.tuple_(articles.c.dated, articles.c.id) <= _literal(place)
    return sa.select(sa.func.count()).select_from(articles).where(within)


def _state(connection: sa.Connection) -> State:
    return _read_state({row.name: row.version for row in connection.execute(_STATE)})


def _read_state(versions: Mapping[str, str]) -> State:
    entered = int(versions[ENTERED]) if ENTERED in versions else None
    if SEARCH not in versions:
        return State(None, entered=entered)
    version, _, upto = versions[SEARCH].partition(" until ")
    return State(version, Found(*map(int, upto.split())) if upto else None, entered)


def _set_state(connection: sa.Connection, state: State) -> None:
    upto = f" until {state.upto.dated} {state.upto.key}" if state.upto else ""
    values: dict[str, Any] = {"version": f"{state.version}{upto}", "built": datetime.now(KST)}
    if not connection.execute(sa.update(schemes).where(schemes.c.name == SEARCH).values(values)).rowcount:
        connection.execute(sa.insert(schemes).values(name=SEARCH, **values))
