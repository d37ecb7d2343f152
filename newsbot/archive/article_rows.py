"""What the tables say of an article: its columns, and the row of a revision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from newsbot.archive.entries import Stamp
from newsbot.archive.schema import Key
from newsbot.items import Candidate, as_json
from newsbot.versions import parser_version


def columns(candidate: Candidate, revision: int, first: datetime, when: datetime) -> dict[str, Any]:
    """What ``articles`` says of an article in its latest revision."""
    article = candidate.article
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "site": article.site,
        "document_id": article.document_id,
        "outlet": article.source,
        "headline": article.headline,
        "section": article.section,
        "bylines": [byline.name for byline in article.bylines if byline.name],
        "removed": None,
        "date_published": article.date_published,
        "dated": article.date_published or first,
        "checked": when,
        "revision": revision,
        "content_hash": candidate.content_hash,
        "text_hash": candidate.text_hash,
    }


def revision_row(
    number: int, candidate: Candidate, stamp: Stamp, *, changed: list[str] | None = None
) -> dict[str, Any]:
    """A row of ``revisions`` but for its article's id, and where its capture lies."""
    capture = candidate.article.capture
    return {
        "number": number,
        "article": as_json(candidate.article) | {"capture": None},  # stands in a column of its own
        "capture_file": capture and capture.file,
        "capture_offset": capture and capture.offset,
        "content_hash": candidate.content_hash,
        "text_hash": candidate.text_hash,
        "parser_version": parser_version(),
        "run_id": stamp.run,
        "stored": stamp.when,
        "changed": changed,
    }


class article_entered(FunctionElement[int]):  # noqa: N801 - named as SQL's functions are
    """SQL: the id of the article that the connection has entered just before."""

    type = Key
    inherit_cache = True


@compiles(article_entered, "postgresql")
def _of_sequence(element: article_entered, compiler: SQLCompiler, **more: Any) -> str:  # noqa: ARG001
    # Not lastval(): the row that asks may have taken a number of its own by then.
    return "currval(pg_get_serial_sequence('articles', 'id'))"


@compiles(article_entered, "sqlite")
def _of_row(element: article_entered, compiler: SQLCompiler, **more: Any) -> str:  # noqa: ARG001
    return "last_insert_rowid()"
