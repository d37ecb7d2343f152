"""What the tables say of an article: its columns, and the row of a revision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from newsbot.archive.entries import Stamp
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
    key: int, number: int, candidate: Candidate, stamp: Stamp, *, changed: list[str] | None = None
) -> dict[str, Any]:
    """A row of ``revisions``, and where its capture lies."""
    capture = candidate.article.capture
    return {
        "article_id": key,
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
