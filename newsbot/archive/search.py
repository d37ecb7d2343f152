"""Searching an archive: what answers, newest first or by relevance, duplicates folded, and counts of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Final, Literal, TypeAlias, Unpack

import sqlalchemy as sa

from newsbot.archive.index import Found, Read
from newsbot.archive.indexing import INDICES, Indexing
from newsbot.archive.links import UPDATE
from newsbot.archive.reading import LATEST, Choice, Reading, stored_article, wanted
from newsbot.archive.records import Hit, StoredArticle, Tally
from newsbot.archive.schema import articles, links
from newsbot.korean.date_forms import KST
from newsbot.korean.queries import Query, narrower
from newsbot.korean.snippets import snippet

MOST_COUNTED: Final = 10_001
Order: TypeAlias = Literal["date", "relevance"]

_CHUNK: Final = 500  # articles looked up at once
_COLUMNS: Final = sa.select(
    articles.c.id, articles.c.dated, articles.c.outlet, articles.c.section, articles.c.bylines
).where(articles.c.id.in_(sa.bindparam("keys", expanding=True)))
_WHOLE: Final = LATEST.where(articles.c.id.in_(sa.bindparam("keys", expanding=True)))
_LINKED: Final = sa.select(links.c.article_id, links.c.earliest_id).where(
    # An update is an article that is to be seen itself.
    links.c.article_id.in_(sa.bindparam("keys", expanding=True)),
    links.c.kind != UPDATE,
)
_DUPLICATES: Final = (
    sa.select(links.c.earliest_id, sa.func.count(links.c.article_id.distinct()).label("rows"))
    .join(articles, articles.c.id == links.c.article_id)
    .where(
        links.c.earliest_id.in_(sa.bindparam("keys", expanding=True)),
        links.c.kind != UPDATE,
        articles.c.withheld.is_(None),
    )
    .group_by(links.c.earliest_id)
)

_Row: TypeAlias = sa.Row[Any]
_Scored: TypeAlias = tuple[float | None, _Row]

_ANSWERS: Final = -1


@dataclass(slots=True)
class _Asked:
    """A search under way."""

    read: Read
    query: Query
    limit: int
    folded: bool
    choice: Choice
    shown: set[int] = field(default_factory=set)  # the earliest of groups that another one stands for

    def shows(self, head: int | None) -> bool:
        """Whether an article of that group is given: one of each, best the earliest."""
        if head is None:
            return True
        if head == _ANSWERS or head in self.shown:
            return False
        self.shown.add(head)
        return True

    def spans(self, row: _Row) -> bool:
        """Whether an article is of the query's days."""
        since, until = self.query.since, self.query.until
        return (since is None or row.dated >= since) and (until is None or row.dated < until)


class Search(Reading, Indexing):
    """What is withheld is found by nobody. Every method raises ArchiveError when the index has to be rebuilt.

    ``folded``: an article that is linked to an earlier one which answers too is left to that one.
    """

    def search(
        self, query: Query, *, limit: int, by: Order = "date", folded: bool = True, **choice: Unpack[Choice]
    ) -> list[Hit]:
        """The first ``limit`` articles, with the passages that answer."""
        with self._asking() as read:
            asked = _Asked(read, query, limit, folded, choice)
            answers = self._by_relevance(asked) if by == "relevance" else self._by_date(asked)
            scored = list(islice(answers, limit))
            keys = [row.id for _, row in scored]
            kept, duplicates = _whole(read, keys), _duplicates(read, keys)
        return [
            _hit(query, kept[row.id], row.dated, score, duplicates.get(row.id, 0)) for score, row in scored
        ]

    def found(
        self, query: Query, *, folded: bool = False, **choice: Unpack[Choice]
    ) -> Iterator[StoredArticle]:
        """Every article that answers, newest first, in constant memory, no transaction kept open."""
        rows = self._answers(_Asked(self._read_apart, query, _CHUNK, folded, choice), query)
        while chunk := list(islice(rows, _CHUNK)):
            kept = _whole(self._read_apart, [row.id for row in chunk])
            yield from (kept[row.id] for row in chunk if row.id in kept)

    def tally(
        self, query: Query, *, most: int = MOST_COUNTED, folded: bool = True, **choice: Unpack[Choice]
    ) -> Tally:
        """Counts of what answers, over the newest ``most`` at the most."""
        with self._asking() as read:
            asked = _Asked(read, query, most, folded, choice)
            rows = list(islice(self._answers(asked, query), most))
        more = len(rows) == most
        return _counted(rows[:-1] if more else rows, more=more)

    @contextmanager
    def _asking(self) -> Iterator[Read]:
        """Reads several statements of one moment."""
        with self.reading() as connection:
            self.ready_index(connection)
            yield lambda statement, values: connection.execute(statement, values).all()
            connection.commit()  # what it made of its own

    def _read_apart(self, statement: sa.Executable, values: Mapping[str, Any]) -> Sequence[_Row]:
        with self._asking() as read:
            return read(statement, values)

    def _by_date(self, asked: _Asked) -> Iterator[_Scored]:
        return ((None, row) for row in self._answers(asked, asked.query))

    def _by_relevance(self, asked: _Asked) -> Iterator[_Scored]:
        """Narrower questions first; whoever answers several has the score of the first."""
        seen: set[int] = set()
        for score, narrow in narrower(asked.query):
            for row in self._answers(asked, narrow):
                if row.id not in seen:
                    seen.add(row.id)
                    yield score, row

    def _answers(self, asked: _Asked, query: Query) -> Iterator[_Row]:
        """The articles that answer ``query``, of which those are left out that are folded under another."""
        wanted_rows = asked.limit + asked.limit // 4  # some may be folded
        found = INDICES[self.dialect].newest(asked.read, query, wanted_rows)
        size = max(1, min(wanted_rows, _CHUNK))
        while chunk := list(islice(found, size)):
            rows = _rows_of(asked.read, [one.key for one in chunk], asked.choice)
            under = self._heads(asked, rows) if asked.folded else {}
            yield from (rows[one.key] for one in chunk if one.key in rows and asked.shows(under.get(one.key)))
            size = _CHUNK

    def _heads(self, asked: _Asked, rows: Mapping[int, _Row]) -> dict[int, int]:
        """Of each linked article the earliest one; ``_ANSWERS`` when that answers by itself."""
        linked: dict[int, int] = {}
        for row in asked.read(_LINKED, {"keys": list(rows)}):
            linked[row.article_id] = min(row.earliest_id, linked.get(row.article_id, row.earliest_id))
        if not linked:
            return {}
        heads = _rows_of(asked.read, set(linked.values()), asked.choice)
        those = [Found(int(row.dated.timestamp()), key) for key, row in heads.items() if asked.spans(row)]
        answering = INDICES[self.dialect].among(asked.read, asked.query, those) if those else set()
        return {key: _ANSWERS if head in answering else head for key, head in linked.items()}


def _rows_of(read: Read, keys: Iterable[int], choice: Choice) -> dict[int, _Row]:
    chosen = _COLUMNS.where(*wanted(choice, withheld=False))
    return {row.id: row for row in read(chosen, {"keys": list(keys)})}


def _whole(read: Read, keys: Sequence[int]) -> dict[int, StoredArticle]:
    seen = _WHOLE.where(articles.c.withheld.is_(None))
    return {row.id: stored_article(dict(row._mapping)) for row in read(seen, {"keys": keys})}


def _duplicates(read: Read, keys: Sequence[int]) -> dict[int, int]:
    return {row.earliest_id: row.rows for row in read(_DUPLICATES, {"keys": keys})}


def _hit(query: Query, kept: StoredArticle, dated: datetime, score: float | None, duplicates: int) -> Hit:
    passage = snippet(query, kept.article)
    return Hit(stored=kept, dated=dated, snippet=passage, score=score, duplicates=duplicates)


def _counted(rows: Sequence[_Row], *, more: bool) -> Tally:
    days = Counter(f"{row.dated.astimezone(KST):%Y-%m-%d}" for row in rows)
    return Tally(
        total=len(rows),
        more=more,
        outlets=_most(row.outlet for row in rows),
        sections=_most(row.section for row in rows),
        bylines=_most(name for row in rows for name in dict.fromkeys(row.bylines or ())),
        days=dict(sorted(days.items(), reverse=True)),
    )


def _most(names: Iterable[str | None]) -> dict[str, int]:
    counts = Counter(name for name in names if name)
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
