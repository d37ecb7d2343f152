"""Of the versions of a story the latest, and the first, in SQL: what lists are narrowed to."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from newsbot.archive.links import UPDATE
from newsbot.archive.schema import articles, links


def is_latest(article: sa.FromClause) -> sa.ColumnElement[bool]:
    """SQL, of ``articles``: no later version supersedes it, or what it is a copy of. The latest only."""
    return ~_of_it_or_its_original(article, _is_superseded)


def is_first(article: sa.FromClause) -> sa.ColumnElement[bool]:
    """SQL, of ``articles``: it is no version of an earlier article that can be seen, nor a copy of one.

    As first reported.
    """
    return ~_of_it_or_its_original(article, _is_version)


def _is_superseded(article: sa.FromClause) -> sa.ColumnElement[bool]:
    later = articles.alias()
    seen = sa.select(later.c.id).where(later.c.id == article.c.superseded_by, later.c.withheld.is_(None))
    return seen.exists()


def _is_version(article: sa.FromClause) -> sa.ColumnElement[bool]:
    own, of_chain, other = links.alias(), links.alias(), articles.alias()
    earlier = sa.tuple_(other.c.dated, other.c.id) < sa.tuple_(article.c.dated, article.c.id)
    seen = (
        sa.select(own.c.article_id)
        .join(of_chain, of_chain.c.earliest_id == own.c.earliest_id)
        .join(other, other.c.id.in_((own.c.earliest_id, of_chain.c.article_id)))
        .where(own.c.article_id == article.c.id, own.c.kind == UPDATE, of_chain.c.kind == UPDATE)
        .where(other.c.withheld.is_(None), (other.c.id == own.c.earliest_id) | earlier)
    )
    return seen.exists()


def _of_it_or_its_original(
    article: sa.FromClause, said: Callable[[sa.FromClause], sa.ColumnElement[bool]], *, steps: int = 2
) -> sa.ColumnElement[bool]:
    """Of copies by the same outlet: what another one posts is its own. An original may be near to another."""
    if not steps:
        return said(article)
    copy, original = links.alias(), articles.alias()
    so = _of_it_or_its_original(original, said, steps=steps - 1)
    of_original = (
        sa.select(copy.c.article_id)
        .join(original, original.c.id == copy.c.earliest_id)
        .where(copy.c.article_id == article.c.id, copy.c.kind != UPDATE, copy.c.folded)
        .where(original.c.withheld.is_(None), outlet_of(original) == outlet_of(article), so)
    )
    return said(article) | of_original.exists()


def outlet_of(article: sa.FromClause) -> sa.ColumnElement[str]:
    """SQL, of ``articles``: who wrote it, else the site that shows it."""
    return sa.func.coalesce(article.c.outlet, article.c.site)
