"""What the archive says of articles that are alike, and a person's word on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive import chains, decisions, grouping
from newsbot.archive.bands import Bands
from newsbot.archive.decisions import Verdict
from newsbot.archive.links import EXACT, UPDATE
from newsbot.archive.members import Member, load
from newsbot.archive.nearby import heads_of
from newsbot.archive.reading import Reading
from newsbot.archive.records import ChainLink, Comparison, Match
from newsbot.archive.schema import articles, links
from newsbot.errors import ArchiveError
from newsbot.korean.nearness import compare
from newsbot.korean.wire import likeness

_ID: Final = sa.select(articles.c.id).where(articles.c.uri == sa.bindparam("of_uri"))
_REPEATS: Final = sa.select(links.c.article_id, links.c.earliest_id).where(
    links.c.article_id.in_(sa.bindparam("ids", expanding=True)), links.c.kind == EXACT
)
_ALIKE: Final = (
    sa.select(
        articles.c.uri, articles.c.headline, articles.c.outlet, articles.c.dated,
        links.c.kind, links.c.score, links.c.method, links.c.folded,
    )
    .where(links.c.kind != UPDATE, articles.c.withheld.is_(None))
)  # fmt: skip


class Matching(Reading):
    def compare(self, one: str, other: str) -> Comparison:
        """How two articles compare, and what is kept of them. Raises ArchiveError."""
        with self.reading() as connection:
            first, second = self._both(connection, one, other)
            return _comparison(connection, first, second)

    def decide(
        self, one: str, other: str, verdict: Verdict, *, note: str | None, when: datetime
    ) -> Comparison:
        """Keeps a person's decision on two articles, and links or parts them by it. Raises ArchiveError."""
        with self.writing() as connection:
            first, second = self._both(connection, one, other)
            if verdict == "same":
                first, second = _texts(connection, first, second)
            decisions.keep(connection, (first.id, second.id), verdict, note=note, when=when)
            self.recent.refresh(connection)
            bands = Bands(connection, self.recent)
            for member in (second, first) if verdict == "not" else (second,):
                grouping.leave(bands, member, when)
                grouping.enter_again(bands, member, when)
            bands.apply()
            return _comparison(connection, first, second)

    def matches(self, uri: str) -> list[Match]:
        """The articles that are linked to this one, and that to which it is linked, versions apart."""
        with self.reading() as connection:
            key = connection.execute(_ID, {"of_uri": uri}).scalar_one()
            earlier = _ALIKE.join(links, links.c.earliest_id == articles.c.id).where(
                links.c.article_id == key
            )
            later = _ALIKE.join(links, links.c.article_id == articles.c.id).where(links.c.earliest_id == key)
            rows = [(row, True) for row in connection.execute(earlier).mappings()]
            rows += [(row, False) for row in connection.execute(later.order_by(articles.c.dated)).mappings()]
            return [Match(**row, is_earliest=is_earliest) for row, is_earliest in rows]

    def chain(self, uri: str) -> list[ChainLink]:
        """The versions of an article's story, the first one first; [] when it is the only one."""
        with self.reading() as connection:
            key = connection.execute(_ID, {"of_uri": uri}).scalar_one()
            members = chains.chain_of(connection, key)
            hidden = set(connection.execute(
                sa.select(articles.c.id).where(
                    articles.c.id.in_([member.id for member in members]), articles.c.withheld.is_not(None)
                )
            ).scalars())  # fmt: skip
            return [_chain_link(member) for member in members if member.id not in hidden]

    def _both(self, connection: sa.Connection, *refs: str) -> tuple[Member, Member]:
        """The two articles, the earlier one first."""
        keys = []
        for ref in refs:
            uri = self._resolve(ref, withheld=True)
            if uri is None:
                raise ArchiveError(f"there is no article {ref!r} in the archive")
            keys.append(connection.execute(_ID, {"of_uri": uri}).scalar_one())
        if len(set(keys)) < 2:
            raise ArchiveError(f"{refs[0]!r} and {refs[1]!r} are one article: give two")
        first, second = load(connection, keys)
        return first, second


def _texts(connection: sa.Connection, first: Member, second: Member) -> tuple[Member, Member]:
    """Of two articles, the earliest ones of their texts: what is the same as one of a text is so of all."""
    linked = dict(connection.execute(_REPEATS, {"ids": [first.id, second.id]}).all())
    keys = {linked.get(member.id, member.id) for member in (first, second)}
    if len(keys) < 2:
        return first, second
    one, other = load(connection, keys)
    return one, other


def _comparison(connection: sa.Connection, first: Member, second: Member) -> Comparison:
    nearness = compare(first.text, second.text)
    update = likeness(first.version, second.version, lambda: nearness)
    kind: Any = "update" if update is not None and nearness.kind != "exact" else nearness.kind
    return Comparison(
        earlier=first.uri,
        later=second.uri,
        kind=kind,
        score=update if kind == "update" and update is not None else nearness.score,
        jaccard=nearness.jaccard,
        containment=nearness.containment,
        numbers=nearness.numbers,
        together=len(heads_of(connection, [first.id, second.id])) == 1,
        verdict=decisions.of(connection, first.id).get(second.id),
    )


def _chain_link(member: Member) -> ChainLink:
    version = member.version
    return ChainLink(
        uri=member.uri,
        headline=member.headline,
        story_form=member.story_form,
        dated=member.dated,
        is_note=version.is_note,
    )
