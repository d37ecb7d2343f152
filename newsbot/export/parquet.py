"""Parquet, for data frames: lists and structs as such, moments with their zone. The extra ``parquet``."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from newsbot.export.record import Given, How, Kept, given
from newsbot.items import as_json

ROWS: Final = 1_000  # of a row group: what is in memory at once

_TEXT: Final = pa.string()
_TEXTS: Final = pa.list_(_TEXT)
_MOMENT: Final = pa.timestamp("ms", tz="Asia/Seoul")  # Parquet knows no whole seconds


def _structs(*names: str) -> pa.DataType:
    return pa.list_(pa.struct([(name, _TEXT) for name in names]))


SCHEMA: Final = pa.schema(
    [
        pa.field("uri", _TEXT, nullable=False),
        pa.field("url", _TEXT, nullable=False),
        pa.field("canonical_url", _TEXT),
        pa.field("site", _TEXT, nullable=False),
        pa.field("board", _TEXT),
        pa.field("document_id", _TEXT),
        pa.field("headline", _TEXT, nullable=False),
        pa.field("headline_marks", _TEXTS),
        pa.field("story_form", _TEXT),
        pa.field("series", _TEXT),
        pa.field("deck", _TEXTS),
        pa.field("body", _structs("type", "text")),
        pa.field("bylines", _structs("name", "role", "agency", "place", "email", "contribution", "raw")),
        pa.field("byline_raw", _TEXT),
        pa.field("dateline", _TEXT),
        pa.field("located", _TEXT),
        pa.field("images", _structs("url", "caption", "credit_line")),
        pa.field("section", _TEXT),
        pa.field("keywords", _TEXTS),
        pa.field("language", _TEXT),
        pa.field("source", _TEXT),
        pa.field("provider", _TEXT),
        pa.field("date_published", _MOMENT),
        pa.field("date_published_raw", _TEXT),
        pa.field("date_precision", _TEXT),
        pa.field("date_modified", _MOMENT),
        pa.field("date_modified_raw", _TEXT),
        pa.field("copyright_notice", _TEXT),
        pa.field("usage_terms", _TEXTS),
        pa.field("corrections", _TEXTS),
        pa.field("further_pages", _TEXTS),
        pa.field("warnings", _TEXTS),
        pa.field("date_fetched", _MOMENT, nullable=False),
        pa.field("revision", pa.int32(), nullable=False),
        pa.field("content_hash", _TEXT, nullable=False),
        pa.field("removed", _MOMENT),
    ]
)


def write(articles: Iterable[Kept], path: Path, how: How) -> None:
    """Writes a file, a row group in memory at a time."""
    with ParquetWriter(path, SCHEMA, compression="zstd") as out:
        rows = map(_row, given(articles, how))
        while group := list(islice(rows, ROWS)):
            out.write_batch(pa.RecordBatch.from_pylist(group, SCHEMA))


def _row(kept: Given) -> dict[str, Any]:
    article = kept.article
    moments = ("date_published", "date_modified", "date_fetched")
    told = {name: getattr(kept, name) for name in ("revision", "content_hash", "removed")}
    return {**as_json(article), **{name: getattr(article, name) for name in moments}, **told}
