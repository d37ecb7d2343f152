"""The search index in PostgreSQL: a tsvector of our own tokens with a GIN index.

GIN knows no order, and sorting all of a common word's articles, or walking all dates for a rare one, takes
seconds in a large archive. So each entry also has tokens for the spans of time it lies in (``=12:423891``
is that of 2**12 seconds), and the newest are asked for span by span, from the newest back, each wider by
what the last ones held.

Each token is a condition of its own: GIN then leaps from article to article that may have them all. Of one
long tsquery it would weigh the whole at each article of its rarest token, in ten times as long.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR, insert

from newsbot.archive.index import Found, Read, Step, bounds
from newsbot.archive.prepared import Prepared
from newsbot.korean.queries import Phrase, Query, Scope, Term
from newsbot.korean.tokens import GAP, Entry

INDEX: Final = (
    "CREATE INDEX ix_search_tokens ON search USING gin (tokens) WITH (gin_pending_list_limit = 512)"
)

SPANS: Final = (
    12,
    16,
    20,
    24,
    28,
)  # the lengths of spans, as powers of 2 of seconds: 68 minutes to 8.5 years
_MOST_SPANS: Final = 16  # in one question
_SAMPLE: Final = 300  # articles in the first question's span, about
_WIDER: Final = 16
_NARROW: Final = 32  # times the first question's span: its tokens are rarer than most words up to there
_ALL_TIME: Final = (-(1 << 62), 1 << 62)
_WEIGHTS: Final[dict[Scope, str]] = {"headline": ":A", "byline": ":B", "any": "", "tag": ""}

table = sa.Table(
    "search",
    sa.MetaData(),
    sa.Column("article_id", sa.BigInteger, primary_key=True),
    sa.Column("dated", sa.BigInteger, nullable=False),
    sa.Column("tokens", TSVECTOR, nullable=False),
)

_insert = insert(table)
_ENTER: Final = Prepared(
    _insert.on_conflict_do_update(
        index_elements=["article_id"],
        set_={"dated": _insert.excluded.dated, "tokens": _insert.excluded.tokens},
    )
)
_LEAVE: Final = Prepared(sa.delete(table).where(table.c.article_id == sa.bindparam("key")))
_within = sa.select(table.c.dated).where(
    table.c.dated >= sa.bindparam("first"), table.c.dated < sa.bindparam("last")
)
_newest_first = _within.order_by(table.c.dated.desc()).limit(1)
# The first moment of what is there, the last, and one with about so many articles after it.
_EDGES: Final = sa.select(
    _within.order_by(table.c.dated).limit(1).scalar_subquery(),
    _newest_first.scalar_subquery(),
    _newest_first.offset(sa.bindparam("after")).scalar_subquery(),
)
_MISSING: Final = sa.text(
    "SELECT uri FROM articles LEFT JOIN search ON article_id = articles.id AND search.dated = articles.dated"
    " WHERE article_id IS NULL"
)
_ENTRIES: Final = sa.select(sa.func.count()).select_from(table)
_UNLIKE: Final = sa.text(
    "SELECT article_id FROM search JOIN unnest(CAST(:keys AS bigint[]), CAST(:literals AS text[]))"
    " AS again (key, literal) ON key = article_id WHERE tokens <> CAST(literal AS tsvector)"
)
_SETTINGS: Final = sa.text("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")
_AMONG: Final = sa.text(
    "SELECT article_id FROM search WHERE tokens @@ CAST(:asked AS tsquery) AND article_id IN :keys"
).bindparams(sa.bindparam("keys", expanding=True))


def change(connection: sa.Connection, steps: Sequence[Step]) -> None:
    """Takes the last step of each article."""
    last = {step.key: step for step in steps}.values()
    if gone := [{"key": step.key} for step in last if not step.enters]:
        _LEAVE.run(connection, gone)
    if rows := [_values(step) for step in last if step.enters]:
        _ENTER.run(connection, rows)


def clear(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP INDEX IF EXISTS ix_search_tokens")
    connection.exec_driver_sql("TRUNCATE search")


def finish(connection: sa.Connection) -> None:
    """Made at the end, an index takes a fraction of the time."""
    connection.execute(sa.text("SELECT set_config('maintenance_work_mem', '256MB', true)"))
    connection.exec_driver_sql("DROP INDEX IF EXISTS ix_search_tokens")
    connection.exec_driver_sql(INDEX)


def prepare(connection: sa.Connection, waiting: Iterable[Step]) -> None:  # noqa: ARG001 - none waits here
    """The planner knows nothing of how rare a token is, and would now and then read the whole table."""
    connection.execute(_SETTINGS)


def newest(read: Read, query: Query, wanted: int) -> Iterator[Found]:
    since, until = bounds(query)
    first, last = _ALL_TIME[0] if since is None else since, _ALL_TIME[1] if until is None else until
    edges = {"first": first, "last": last, "after": max(_SAMPLE, wanted)}
    oldest, latest, sampled = tuple[Any, ...](read(_EDGES, edges)[0])
    if oldest is None:
        return
    first, last = oldest, latest + 1
    span = last - (oldest if sampled is None else sampled)
    narrow, asked, left = _NARROW * span, conditions(query), wanted
    while last > first:
        level = _level(span)
        start = max(first, (last - span) >> level << level)
        within = _cover(start, last, level)
        rows = _true_of(read, [within, *asked] if last - start <= narrow else [*asked, within])
        found = sorted((Found(*map(int, row)) for row in rows if start <= row[0] < last), reverse=True)
        yield from found
        last, span = start, max(1, int(span * _growth(len(found), left)))
        left = left - len(found) if left > len(found) else wanted


def among(read: Read, query: Query, those: Sequence[Found]) -> set[int]:
    values = {"asked": expression(query), "keys": [one.key for one in those]}
    return {int(row[0]) for row in read(_AMONG, values)}


def missing(connection: sa.Connection) -> Iterator[str]:
    return iter(connection.execute(_MISSING).scalars())


def entries(connection: sa.Connection) -> int:
    return int(connection.execute(_ENTRIES).scalar_one())


def unlike(connection: sa.Connection, steps: Sequence[Step], edited: Collection[int]) -> set[int]:  # noqa: ARG001
    """The entries themselves are compared, edited or not."""
    literals = {step.key: literal(step.entry, step.dated) for step in steps}
    asked = {"keys": list(literals), "literals": list(literals.values())}
    return set(connection.execute(_UNLIKE, asked).scalars())


def is_torn(connection: sa.Connection) -> bool:  # noqa: ARG001
    """An entry is a row: there is nothing beside."""
    return False


def expression(query: Query) -> str:
    """The query in the language of tsquery."""
    return " & ".join([*map(_term, query.terms), *(f"!{_term(term)}" for term in query.excluded)])


def conditions(query: Query) -> list[str]:
    """Tsqueries that are true together where the query's is: tokens that each answer has, then the words."""
    needed = dict.fromkeys(f"('{token}')" for term in query.terms for token in _needed(term))
    words = dict.fromkeys(map(_term, query.terms))
    excluded = dict.fromkeys(f"!{_term(term)}" for term in query.excluded)
    return list(needed | words | excluded)


def _needed(term: Term) -> list[str]:
    """The tokens of all its phrases."""
    first, *others = term.phrases
    return [token for token in first if all(token in other for other in others)]


def literal(entry: Entry, dated: int) -> str:
    """The entry as a tsvector: each token with its places and the weight of its field."""
    at: dict[str, list[str]] = {}
    start = 1
    for field, weight in ((entry.headline, "A"), (entry.byline, "B"), (entry.text, ""), (entry.tags, "")):
        tokens = field.split()
        for place, token in enumerate(tokens, start):
            at.setdefault(token, []).append(f"{place}{weight}")
        start += len(tokens) + 1  # no phrase reaches from field to field
    at.pop(GAP, None)
    spans = (f"'={level}:{dated >> level}'" for level in SPANS)
    return " ".join([*(f"'{token}':{','.join(places)}" for token, places in at.items()), *spans])


def _values(step: Step) -> dict[str, Any]:
    return {"article_id": step.key, "dated": step.dated, "tokens": literal(step.entry, step.dated)}


def _term(term: Term) -> str:
    return f"({' | '.join(_phrase(phrase, _WEIGHTS[term.scope]) for phrase in term.phrases)})"


def _phrase(phrase: Phrase, weight: str) -> str:
    return " <-> ".join(f"'{token}'{weight}" for token in phrase)


def _true_of(read: Read, asked: Sequence[str]) -> Sequence[sa.Row[Any]]:
    """The articles of which all these are true; rare tokens first is fastest."""
    return read(_all_of(len(asked)), {f"asked_{number}": each for number, each in enumerate(asked)})


@cache
def _all_of(count: int) -> sa.TextClause:
    all_of = " AND ".join(f"tokens @@ CAST(:asked_{number} AS tsquery)" for number in range(count))
    return sa.text(f"SELECT dated, article_id FROM search WHERE {all_of}")  # noqa: S608 - numbers alone


def _level(span: int) -> int:
    return next((level for level in SPANS if span >> level <= _MOST_SPANS), SPANS[-1])


def _cover(start: int, last: int, level: int) -> str:
    return " | ".join(f"'={level}:{span}'" for span in range(start >> level, ((last - 1) >> level) + 1))


def _growth(found: int, wanted: int) -> float:
    """By how much wider the next span is than the last."""
    return _WIDER if not found else min(_WIDER, max(0.25, 1.5 * wanted / found))
