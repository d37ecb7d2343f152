"""Whether the texts of articles that are linked as near are so: compared anew, as when they were linked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa

from newsbot.archive.database import Database
from newsbot.archive.links import CONTAINS, NEAR
from newsbot.archive.schema import articles, links, revisions
from newsbot.archive.several import one_of
from newsbot.items import article_from_json
from newsbot.korean.nearness import METHOD, Text, compare, text_of
from newsbot.korean.text import matching_letters
from newsbot.versions import parser_version

_AT_ONCE: Final = 100  # links
_earliest = articles.alias("earliest")
_KEPT: Final = (
    sa.select(articles.c.id, articles.c.uri, sa.cast(revisions.c.article, sa.Text))
    .join(revisions, (revisions.c.article_id == articles.c.id) & (revisions.c.number == articles.c.revision))
    .where(one_of(articles.c.id, "ids"))
)


def unlike(archive: Database) -> Iterator[str]:
    """The links whose texts are not near, a line each, in constant memory.

    Only of texts that today's readers read: others' letters may have been taken otherwise. A person's links
    are as the person said.
    """
    found = archive.stream(_linked(), links.c.article_id, links.c.kind)
    while some := list(islice(found, _AT_ONCE)):
        yield from _unlike(archive, some)


def _linked() -> sa.Select[Any]:
    """Links by this method; their kind and article are one key."""
    return (
        sa.select(links.c.article_id, links.c.kind, links.c.earliest_id)
        .join(articles, articles.c.id == links.c.article_id)
        .join(_earliest, _earliest.c.id == links.c.earliest_id)
        .where(
            links.c.kind.in_((NEAR, CONTAINS)),
            links.c.method == METHOD,
            _is_todays(articles.c),
            _is_todays(_earliest.c),
        )
    )


def _is_todays(article: Any) -> sa.ColumnElement[bool]:
    latest = sa.select(revisions.c.id).where(
        revisions.c.article_id == article.id, revisions.c.number == article.revision
    )
    return latest.where(revisions.c.parser_version == parser_version()).exists()


def _unlike(archive: Database, some: list[dict[str, Any]]) -> Iterator[str]:
    ids = {row[name] for row in some for name in ("article_id", "earliest_id")}
    with archive.reading() as connection:
        uris, texts = {}, {}
        for key, uri, kept in connection.execute(_KEPT, {"ids": ids}):
            uris[key], texts[key] = uri, _text(kept)
    for row in some:
        one, earliest = texts[row["article_id"]], texts[row["earliest_id"]]
        if one and earliest and compare(one, earliest).kind is None:
            linked = f"{uris[row['article_id']]} is linked to {uris[row['earliest_id']]}"
            yield f"{linked} as the earliest of its like, but their texts differ"


def _text(kept: str) -> Text | None:
    """None of an article that cannot be read, which is a finding of another check."""
    try:
        return text_of(matching_letters(article_from_json(json.loads(kept)).body) or "")
    except (ValueError, KeyError, TypeError):
        return None
