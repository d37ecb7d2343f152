"""An SQLite file to be looked at with Datasette (or any other tool): articles, their bylines and images.

The headline is the column ``title``, by which Datasette labels a row that others refer to; keywords
and the like are JSON arrays, which it offers as facets. It is a copy to read, not an archive.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from newsbot.export.markup import by, plain
from newsbot.export.record import Given, How, Kept, article_json, given

_TABLES: Final = """
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    deck TEXT,
    byline TEXT,
    source TEXT,
    provider TEXT,
    section TEXT,
    published TEXT,
    modified TEXT,
    date_precision TEXT,
    body TEXT NOT NULL,
    dateline TEXT,
    located TEXT,
    headline_marks TEXT NOT NULL,
    story_form TEXT,
    series TEXT,
    keywords TEXT NOT NULL,
    language TEXT,
    copyright_notice TEXT,
    usage_terms TEXT,
    corrections TEXT,
    site TEXT NOT NULL,
    board TEXT,
    document_id TEXT,
    uri TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    fetched TEXT NOT NULL,
    revision INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    removed TEXT
);
CREATE TABLE bylines (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    name TEXT,
    role TEXT,
    agency TEXT,
    place TEXT,
    email TEXT,
    contribution TEXT,
    raw TEXT NOT NULL
);
CREATE TABLE images (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    url TEXT,
    caption TEXT,
    credit_line TEXT
);
"""
_INDEXES: Final = """
CREATE INDEX ix_articles_published ON articles (published);
CREATE INDEX ix_bylines_article_id ON bylines (article_id);
CREATE INDEX ix_bylines_name ON bylines (name);
CREATE INDEX ix_images_article_id ON images (article_id);
"""


def write(articles: Iterable[Kept], path: Path, how: How) -> None:
    """Writes a database, in constant memory. Raises OSError."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            _fill(database, given(articles, how))
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error


def _fill(database: sqlite3.Connection, articles: Iterable[Given]) -> None:
    # The file takes its name only when it is whole: until then nothing has to be undone.
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _TABLES)
    for key, kept in enumerate(articles, 1):
        values = article_json(kept)
        _insert(database, "articles", {"id": key, **_row(kept, values)})
        for table in ("bylines", "images"):
            for each in values[table]:
                _insert(database, table, {"article_id": key, **each})
    database.execute("COMMIT")
    database.executescript(_INDEXES + "PRAGMA optimize;")


def _insert(database: sqlite3.Connection, table: str, row: Mapping[str, object]) -> None:
    names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
    database.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", row)  # noqa: S608 – names of ours


_ALIKE: Final = (
    "source provider section date_precision dateline located story_form series language copyright_notice"
    " site board document_id uri revision content_hash removed"
).split()
_OTHERWISE: Final = {"title": "headline", "published": "date_published", "modified": "date_modified"}


def _row(kept: Given, values: Mapping[str, Any]) -> dict[str, object]:
    lists = {name: json.dumps(values[name], ensure_ascii=False) for name in ("headline_marks", "keywords")}
    lines = {name: "\n".join(values[name]) or None for name in ("deck", "usage_terms", "corrections")}
    named = {name: values[other] for name, other in _OTHERWISE.items()}
    return {
        **{name: values[name] for name in _ALIKE},
        **named,
        **lists,
        **lines,
        "byline": by(kept.article.bylines) or None,
        "body": plain(kept.article.body),
        "url": values["canonical_url"] or values["url"],
        "fetched": values["date_fetched"],
    }
