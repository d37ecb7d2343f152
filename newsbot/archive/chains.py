"""Wire chains: the versions of one story of one outlet, in their order, each superseding the one before.

All are linked to the first as ``update``; ``articles.superseded_by`` names the next version. A note (고침,
전문취소) is linked to what it speaks of, and supersedes nothing. A copy of a version (a re-post, a light
edit) is none itself: it is superseded by what supersedes the version that it is a copy of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive import decisions
from newsbot.archive.links import UPDATE, age, link, of
from newsbot.archive.members import Member, load
from newsbot.archive.schema import articles, links
from newsbot.korean.nearness import Nearness
from newsbot.korean.wire import METHOD, NEAR_WINDOW, Version, bears_mark, furthest_grown, likeness, rank

_MOST_COMPARED: Final = 16
_MOST_FOUND: Final = 200
_LONGEST: Final = 32  # versions; more are no story but a headline that comes every day

_firsts = sa.func.coalesce(links.c.earliest_id, articles.c.id)
_FIRST: Final = (
    sa.select(_firsts)
    .select_from(articles)
    .outerjoin(links, (links.c.article_id == articles.c.id) & (links.c.kind == UPDATE))
    .where(articles.c.id.in_(sa.bindparam("ids", expanding=True)))
    .distinct()
)
_SKETCHED: Final = (
    sa.select(articles.c.id, articles.c.outlet, articles.c.site, articles.c.headline, articles.c.dated)
    .where(articles.c.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(articles.c.id)  # of many only the first are compared, on either database
)
_LINKED: Final = sa.select(links.c.article_id, links.c.earliest_id, links.c.score).where(
    links.c.earliest_id.in_(sa.bindparam("ids", expanding=True)), links.c.kind == UPDATE
)
_ORIGINALS: Final = sa.select(links.c.article_id, links.c.earliest_id).where(
    links.c.article_id.in_(sa.bindparam("ids", expanding=True)), links.c.kind != UPDATE, links.c.folded
)
_COPIES: Final = sa.select(links.c.article_id).where(
    links.c.earliest_id.in_(sa.bindparam("ids", expanding=True)), links.c.kind != UPDATE, links.c.folded
)
_CHAINED: Final = (
    sa.select(links.c.earliest_id)
    .where(links.c.earliest_id.in_(sa.bindparam("ids", expanding=True)), links.c.kind == UPDATE)
    .distinct()
)
_NEXT: Final = sa.update(articles).where(articles.c.id == sa.bindparam("of_id"))  # sets what it is given
_FREE: Final = (
    sa.update(articles)
    .where(articles.c.id == sa.bindparam("of_id"), articles.c.superseded_by.is_not(None))
    .values(superseded_by=None)
)


def versions_of_one(one: Member, other: Member, nearness: Nearness) -> bool:
    return likeness(one.version, other.version, lambda: nearness) is not None


def join(
    connection: sa.Connection,
    one: Member,
    found: Sequence[int],
    when: datetime,
    *,
    apart: Collection[int] = (),
) -> None:
    """Puts an article into the chain of the versions that are found to be its story's.

    ``apart``: articles from whose chains a person has parted it.
    """
    told = one.version
    scores = {}
    for other in load(connection, possible(connection, told, found)):
        score = likeness(told, other.version, partial(one.compared, other))
        if score is not None:
            scores[other.id] = score
    parted = set(_firsts_of(connection, apart))
    firsts = [first for first in _firsts_of(connection, list(scores)) if first not in parted]
    if len(firsts) > 1:
        firsts = _not_parted(connection, firsts, scores)
    if not firsts:
        return
    linked = {row.article_id: row.score for row in connection.execute(_LINKED, {"ids": firsts})}
    known = linked | {one.id: max(scores.values())}
    ids = {*firsts, *known}
    if len(ids) <= _LONGEST:
        _write(connection, load(connection, ids), known, max(scores.values()), when)


def _not_parted(connection: sa.Connection, firsts: Collection[int], scores: Mapping[int, float]) -> list[int]:
    """Of several chains that an article would make one of, those that no person has kept apart.

    Those that it is most surely a version of come first.
    """
    chains = {first: {first} for first in firsts}
    for row in connection.execute(_LINKED, {"ids": list(firsts)}):
        chains[row.earliest_id].add(row.article_id)
    apart = decisions.parted(connection, {key for chain in chains.values() for key in chain})
    joined: set[int] = set()
    chosen = []
    for first in sorted(chains, key=lambda key: (-max(scores.get(each, 0) for each in chains[key]), key)):
        if not any((one, other) in apart for one in joined for other in chains[first]):
            chosen.append(first)
            joined |= chains[first]
    return chosen


def leave(connection: sa.Connection, key: int, when: datetime) -> None:
    """Takes an article out of its chain, which closes over the gap."""
    (first,) = _firsts_of(connection, [key])
    linked = {row.article_id: row.score for row in connection.execute(_LINKED, {"ids": [first]})}
    connection.execute(_FREE, {"of_id": key})
    if not linked:
        return
    connection.execute(of(key, UPDATE))
    left = {first, *linked} - {key}
    _write(connection, load(connection, left), linked, 1.0, when)


def possible(connection: sa.Connection, one: Version, found: Sequence[int]) -> list[int]:
    """Which of these, found by its keys, are compared with a version: of its outlet and time, one marked."""
    rows = connection.execute(_SKETCHED, {"ids": found[:_MOST_FOUND]}).all()
    near = [row for row in rows if (row.outlet or row.site) == one.outlet]
    near = [row for row in near if abs(row.dated - one.published) <= NEAR_WINDOW]
    return [row.id for row in near if one.is_marked or bears_mark(row.headline)][:_MOST_COMPARED]


def _firsts_of(connection: sa.Connection, ids: Collection[int]) -> list[int]:
    return list(connection.execute(_FIRST, {"ids": list(ids)}).scalars()) if ids else []


def together(connection: sa.Connection, ids: Collection[int]) -> set[int]:
    """All articles of the chains of these, and these."""
    firsts = _firsts_of(connection, ids)
    linked = connection.execute(_LINKED, {"ids": firsts}) if firsts else ()
    return {*firsts, *ids, *(row.article_id for row in linked)}


def rewrite(connection: sa.Connection, key: int, when: datetime) -> None:
    """Lays an article's chain anew, where something of it was withheld or released."""
    for first in _firsts_of(connection, [key]):
        linked = {row.article_id: row.score for row in connection.execute(_LINKED, {"ids": [first]})}
        if linked:
            _write(connection, load(connection, {first, *linked}), linked, 1.0, when)


def _write(
    connection: sa.Connection,
    members: Iterable[Member],
    scores: dict[int, float],
    score_of_first: float,
    when: datetime,
) -> None:
    """One chain of these versions: links to the first of them, and who supersedes whom."""
    chain = sorted(members, key=_order)
    copies = _copies(connection, chain)
    first = next(member for member in chain if member.id not in copies)
    for member in chain:
        connection.execute(of(member.id, UPDATE))
        if member is not first:
            score = scores.get(member.id, score_of_first)
            link(
                connection, member.id, first.id, kind=UPDATE, score=score, method=METHOD, when=when,
                folded=False,
            )  # fmt: skip
    for key, following in successors(chain, copies).items():
        connection.execute(_NEXT, {"of_id": key, "superseded_by": following})


def successors(chain: Sequence[Member], copies: Mapping[int, int]) -> dict[int, int | None]:
    """Of each member of a chain, the version that supersedes it. What is withheld supersedes nothing."""
    texts = [one for one in _versions(chain, copies) if not (one.version.is_note or one.is_withheld)]
    following = {old.id: new.id for old, new in pairwise(texts)}
    return {one.id: following.get(copies.get(one.id, one.id)) for one in chain}


def _versions(chain: Iterable[Member], copies: Mapping[int, int]) -> list[Member]:
    """The versions of a chain in their order, and its notes: by date, but for what has grown furthest."""
    found = [member for member in sorted(chain, key=_order) if member.id not in copies]
    texts = [member for member in found if not member.version.is_note]
    if not texts:
        return found
    last = texts[furthest_grown([member.version for member in texts])]
    if last is not texts[-1]:
        found.remove(last)
        found.insert(found.index(texts[-1]) + 1, last)
    return found


def _copies(connection: sa.Connection, chain: Sequence[Member]) -> dict[int, int]:
    """Of the members that are copies of others: what each is a copy of, and is none itself.

    It is folded under that, or has its text; where that is withheld, a copy stands in its place.
    """
    seen = [member for member in chain if not member.is_withheld]
    ids = {member.id for member in seen}
    originals = _originals(connection, [member.id for member in chain])
    further = _originals(connection, set(originals.values()))  # of equal text to what is near to another
    roots = {key: further.get(original, original) for key, original in originals.items()}
    copies = {key: root for key, root in roots.items() if root in ids}
    of_text: dict[str | None, int] = {}
    for member in seen:
        first = of_text.setdefault(member.text_hash, member.id)
        original = copies.get(first, first)
        if original != member.id and member.text_hash is not None and member.id not in copies:
            copies[member.id] = original
    return {key: original for key, original in copies.items() if original not in copies}


def _originals(connection: sa.Connection, ids: Collection[int]) -> dict[int, int]:
    rows = connection.execute(_ORIGINALS, {"ids": list(ids)}) if ids else ()
    return {row.article_id: row.earliest_id for row in rows}


def copies_of(connection: sa.Connection, key: int) -> list[int]:
    """The articles that are folded under this one, and under those."""
    own = list(connection.execute(_COPIES, {"ids": [key]}).scalars())
    return [*own, *connection.execute(_COPIES, {"ids": own}).scalars()] if own else []


def lay_again(connection: sa.Connection, ids: Collection[int], when: datetime) -> None:
    """Lays the chains of these articles anew, since they are copies of others than before."""
    firsts = _firsts_of(connection, ids)
    if firsts:
        for first in connection.execute(_CHAINED, {"ids": firsts}).scalars().all():
            rewrite(connection, first, when)


def _order(member: Member) -> tuple[Any, ...]:
    """Of one minute, the form decides: listings print no seconds."""
    return member.dated, rank(member.story_form), age(None, member.uri)


def chain_of(connection: sa.Connection, key: int) -> list[Member]:
    """The versions of an article's chain in their order; [] when it has none, or is but a copy of one."""
    members = _members(connection, key)
    copies = _copies(connection, members)
    return [] if key in copies else _versions(members, copies)


def _members(connection: sa.Connection, key: int) -> list[Member]:
    (first,) = _firsts_of(connection, [key])
    ids: Collection[int] = [row.article_id for row in connection.execute(_LINKED, {"ids": [first]})]
    return sorted(load(connection, [first, *ids]), key=_order) if ids else []


def is_laid(connection: sa.Connection, first: int) -> bool:
    """Whether the articles of a chain are superseded by what has to supersede them."""
    chain = _members(connection, first)
    expected = successors(chain, _copies(connection, chain))
    return all(member.superseded_by == expected[member.id] for member in chain)
