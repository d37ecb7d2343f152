"""What is known of an article where it is compared with others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final, Self

import sqlalchemy as sa

from newsbot.archive.links import age
from newsbot.archive.schema import articles, revisions
from newsbot.items import Block, Candidate
from newsbot.korean.nearness import Nearness, Text, compare, sketch, text_of
from newsbot.korean.text import matching_letters
from newsbot.korean.wire import Version, stem_key, word_keys

_LOAD: Final = (
    sa.select(articles, revisions.c.article)
    .join(revisions, (revisions.c.article_id == articles.c.id) & (revisions.c.number == articles.c.revision))
    .where(articles.c.id.in_(sa.bindparam("ids", expanding=True)))
)


@dataclass(frozen=True, kw_only=True)
class Member:
    """An article in its latest revision."""

    id: int
    uri: str
    published: datetime | None
    dated: datetime
    outlet: str  # who wrote it, else the site that shows it
    headline: str
    story_form: str | None
    text_hash: str | None
    blocks: tuple[Block, ...]
    superseded_by: int | None = None
    is_withheld: bool = False

    @cached_property
    def age(self) -> tuple[Any, ...]:
        """Sorts the earliest first."""
        return age(self.published, self.uri)

    @cached_property
    def body(self) -> str:
        """As printed."""
        return "\n".join(block.text for block in self.blocks)

    @cached_property
    def letters(self) -> str | None:
        """As of ``Candidate``; None of a text too short. Taken only where texts are compared: costly."""
        return matching_letters(self.blocks)

    @cached_property
    def text(self) -> Text:
        return text_of(self.letters or "")

    def compared(self, other: Member) -> Nearness:
        return compare(self.text, other.text)

    @cached_property
    def version(self) -> Version:
        return Version(
            outlet=self.outlet,
            headline=self.headline,
            story_form=self.story_form,
            published=self.dated,
            body=self.body,
        )

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """What it is found by: the keys of its text, and those of a version of a story."""
        return (*self.sketch, *stem_key(self.version), *word_keys(self.version))

    def known_as(self, key: int) -> Self:
        """The same once it has an id; what was worked out of it stays."""
        member = copy(self)
        member.__dict__["id"] = key
        return member

    @cached_property
    def sketch(self) -> tuple[int, ...]:
        return sketch(self.letters or "")


def of_candidate(candidate: Candidate, first_stored: datetime) -> Member:
    """The member that a candidate will be: its id is 0, its letters and sketch are not made anew."""
    article = candidate.article
    member = Member(
        id=0,
        uri=article.uri,
        published=article.date_published,
        dated=article.date_published or first_stored,
        outlet=article.source or article.site,
        headline=article.headline,
        story_form=article.story_form,
        text_hash=candidate.text_hash,
        blocks=article.body,
    )
    member.__dict__["letters"] = candidate.letters
    member.__dict__["sketch"] = candidate.sketch
    return member


def load(connection: sa.Connection, ids: Collection[int]) -> list[Member]:
    """The articles of these ids, the earliest first."""
    if not ids:
        return []
    rows = connection.execute(_LOAD, {"ids": list(ids)}).mappings()
    return sorted((of_row(dict(row), row["article"]) for row in rows), key=lambda member: member.age)


def of_row(row: Mapping[str, Any], article: Mapping[str, Any]) -> Member:
    """``row``: of the table ``articles``; ``article``: as a revision holds it."""
    return Member(
        id=row["id"],
        uri=row["uri"],
        published=row["date_published"],
        dated=row["dated"],
        outlet=row["outlet"] or row["site"],
        headline=row["headline"],
        story_form=article.get("story_form"),
        text_hash=row["text_hash"],
        blocks=tuple(Block(**block) for block in article["body"]),
        superseded_by=row["superseded_by"],
        is_withheld=row["withheld"] is not None,
    )
