"""What the columns of an article have to say by its latest revision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from newsbot.archive.article_rows import columns
from newsbot.archive.schema import articles
from newsbot.items import Article, Candidate

_KEPT_AS_IT_IS: Final = frozenset({"checked", "removed"})  # no revision says them
DERIVED: Final = tuple(
    column
    for column in articles.c
    if column.name in {
        "url", "canonical_url", "site", "document_id", "outlet", "headline", "section", "bylines",
        "date_published", "dated", "revision", "content_hash", "text_hash",
    }
)  # fmt: skip


def derived(
    article: Article, *, revision: int, first: datetime, content_hash: str, text_hash: str | None
) -> dict[str, Any]:
    """The columns and what they have to hold. ``first``: when the article was first stored."""
    kept = Candidate(article=article, content_hash=content_hash, text_hash=text_hash)
    values = columns(kept, revision, first, first)
    return {name: value for name, value in values.items() if name not in _KEPT_AS_IT_IS}


def differing(row: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
    """The names of the columns that hold something else. Moments are kept to the second."""
    return [name for name, value in values.items() if _kept(row[name]) != _kept(value)]


def _kept(value: Any) -> Any:
    return int(value.timestamp()) if isinstance(value, datetime) else value
