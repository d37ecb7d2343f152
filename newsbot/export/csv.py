"""CSV: one article a row, for spreadsheets.

Lists become one cell: paragraphs and deck lines a line each, names and words joined by "; ". A cell
that a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV Injection"): one
whose first character is = + - @ or their full-width forms, a tab or a line end.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TextIO

from newsbot.export.record import How, Kept, article_json, given

_FORMULA: Final = tuple("=+-@＝＋－＠\t\r\n")


def write(articles: Iterable[Kept], out: TextIO, how: How) -> None:
    """Writes a header and the articles as they come, in constant memory."""
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for kept in given(articles, how):
        values = article_json(kept)
        rows.writerow([_cell(read(values)) for read in COLUMNS.values()])


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _field(name: str) -> Callable[[Mapping[str, Any]], object]:
    return lambda values: values[name]


def _words(name: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda values: "; ".join(values[name])


def _lines(name: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda values: "\n".join(values[name])


def _of_each(name: str, part: str, between: str = "; ") -> Callable[[Mapping[str, Any]], str]:
    return lambda values: between.join(each[part] for each in values[name] if each[part])


COLUMNS: Final[Mapping[str, Callable[[Mapping[str, Any]], object]]] = {
    "uri": _field("uri"),
    "url": _field("url"),
    "canonical_url": _field("canonical_url"),
    "site": _field("site"),
    "board": _field("board"),
    "document_id": _field("document_id"),
    "headline": _field("headline"),
    "headline_marks": _words("headline_marks"),
    "story_form": _field("story_form"),
    "series": _field("series"),
    "deck": _lines("deck"),
    "body": _of_each("body", "text", "\n"),
    "bylines": _of_each("bylines", "name"),
    "byline_emails": _of_each("bylines", "email"),
    "byline_raw": _field("byline_raw"),
    "dateline": _field("dateline"),
    "located": _field("located"),
    "image_urls": _of_each("images", "url"),
    "image_captions": _of_each("images", "caption", "\n"),
    "image_credits": _of_each("images", "credit_line"),
    "section": _field("section"),
    "keywords": _words("keywords"),
    "language": _field("language"),
    "source": _field("source"),
    "provider": _field("provider"),
    "date_published": _field("date_published"),
    "date_precision": _field("date_precision"),
    "date_modified": _field("date_modified"),
    "copyright_notice": _field("copyright_notice"),
    "usage_terms": _lines("usage_terms"),
    "corrections": _lines("corrections"),
    "date_fetched": _field("date_fetched"),
    "revision": _field("revision"),
    "content_hash": _field("content_hash"),
    "removed": _field("removed"),
}
