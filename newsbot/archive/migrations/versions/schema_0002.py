"""Captures, readings, near texts, stories, withholding, search and troubles.

What stands here is never edited: a later change of the schema is a migration of its own.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# One order of text in every database: that of its code points.
ORDERED = (("articles", "uri"), ("ledger", "source"), ("ledger", "document_id"))


def upgrade() -> None:
    _ledger()
    _captures()
    _articles()
    _revisions()
    _matches()
    _search()
    _troubles()
    _fill()


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _key() -> str:
    return "INTEGER" if _is_sqlite() else "BIGINT"


def _ledger() -> None:
    op.add_column("ledger", sa.Column("visit_due", sa.BigInteger()))
    op.create_index(
        "ix_ledger_source_visit_due_id",
        "ledger",
        ["source", "visit_due", "id"],
        sqlite_where=sa.text("visit_due IS NOT NULL"),
        postgresql_where=sa.text("visit_due IS NOT NULL"),
    )


def _captures() -> None:
    op.create_table(
        "capture_files",
        sa.Column("id", KEY, nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("length", KEY),
        sa.Column("sha256", sa.Text()),
        sa.Column("closed", sa.BigInteger()),
        sa.Column("cut", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_capture_files_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_capture_files"),
        sa.UniqueConstraint("name", name="uq_capture_files_name"),
    )
    op.create_index("ix_capture_files_run_id", "capture_files", ["run_id"])
    op.create_table(
        "captures",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_id", KEY, nullable=False),
        sa.Column("offset", KEY, nullable=False),
        sa.Column("length", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("fetched", sa.BigInteger(), nullable=False),
        sa.Column("payload_sha256", sa.Text(), nullable=False),
        sa.Column("same_as", KEY),
        sa.ForeignKeyConstraint(["file_id"], ["capture_files.id"], name="fk_captures_file_id"),
        sa.ForeignKeyConstraint(["same_as"], ["captures.id"], name="fk_captures_same_as"),
        sa.PrimaryKeyConstraint("id", name="pk_captures"),
        sa.UniqueConstraint("file_id", "offset", name="uq_captures_file_id_offset"),
    )
    op.create_index("ix_captures_payload_sha256", "captures", ["payload_sha256"])


def _articles() -> None:
    op.add_column("articles", sa.Column("section", sa.Text()))
    op.add_column("articles", sa.Column("bylines", sa.JSON()))
    op.add_column("articles", sa.Column("removed", sa.BigInteger()))
    op.add_column("articles", sa.Column("withheld", sa.BigInteger()))
    op.add_column("articles", sa.Column("superseded_by", KEY))
    op.create_index("ix_articles_superseded_by", "articles", ["superseded_by"])
    if not _is_sqlite():
        for table, column in ORDERED:
            op.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE TEXT COLLATE "C"')
    op.create_table(
        "withholdings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("action IN ('withheld', 'released')", name=op.f("ck_withholdings_known_action")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_withholdings_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_withholdings"),
    )
    op.create_index("ix_withholdings_article_id", "withholdings", ["article_id"])


def _revisions() -> None:
    # By hand: Alembic's way to a foreign key on SQLite makes the table anew, and the old one's rows with it.
    key = f"{_key()} CONSTRAINT fk_revisions_capture_id REFERENCES captures (id)"
    op.execute(f"ALTER TABLE revisions ADD COLUMN capture_id {key}")
    op.add_column("revisions", sa.Column("changed", sa.JSON()))
    op.create_index("ix_revisions_capture_id", "revisions", ["capture_id"])
    op.create_index("ix_revisions_parser_version", "revisions", ["parser_version"])
    edited = sa.text("changed IS NOT NULL")
    op.create_index(
        "ix_revisions_stored", "revisions", ["stored", "id"], sqlite_where=edited, postgresql_where=edited
    )
    op.create_table(
        "readings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column("parser_version", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("article", sa.JSON()),
        sa.Column("content_hash", sa.Text()),
        sa.Column("text_hash", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("read", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'same', 'unreadable', 'replaced')", name=op.f("ck_readings_known_state")
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name="fk_readings_revision_id"),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.UniqueConstraint(
            "revision_id", "state", "parser_version", name="uq_readings_revision_id_state_parser_version"
        ),
    )


def _matches() -> None:
    op.add_column("links", sa.Column("folded", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "decisions",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("other_id", KEY, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("decided", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("verdict IN ('same', 'not')", name=op.f("ck_decisions_known_verdict")),
        sa.CheckConstraint("article_id < other_id", name=op.f("ck_decisions_ordered")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_decisions_article_id"),
        sa.ForeignKeyConstraint(["other_id"], ["articles.id"], name="fk_decisions_other_id"),
        sa.PrimaryKeyConstraint("article_id", "other_id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_other_id", "decisions", ["other_id"])
    op.create_table(
        "bands",
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("article_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_bands_article_id"),
        sa.PrimaryKeyConstraint("period", "key", "article_id", name="pk_bands"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stories",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("story_id", KEY, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_stories_article_id"),
        sa.ForeignKeyConstraint(["story_id"], ["articles.id"], name="fk_stories_story_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_stories"),
    )
    op.create_index("ix_stories_story_id", "stories", ["story_id"])


def _search() -> None:
    op.create_table(
        "schemes",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("built", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_schemes"),
    )
    if _is_sqlite():
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5(headline, byline, text, content='',"
            " tokenize=\"unicode61 remove_diacritics 0 tokenchars '_@#'\")"
        )
        return
    op.create_table(
        "search",
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.Column("dated", sa.BigInteger(), nullable=False),
        sa.Column("tokens", TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_search_article_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_search"),
    )
    # Each phrase is looked for in the row itself: one that lies apart, packed, takes twice as long.
    op.execute("ALTER TABLE search SET (toast_tuple_target = 8160)")
    op.create_index("ix_search_dated", "search", ["dated"])
    op.execute(
        "CREATE INDEX ix_search_tokens ON search USING gin (tokens) WITH (gin_pending_list_limit = 512)"
    )


def _troubles() -> None:
    op.create_table(
        "troubles",
        sa.Column("id", KEY, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.Column("told", sa.Text()),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("sample", sa.JSON()),
        sa.CheckConstraint("told IN ('begun', 'over')", name=op.f("ck_troubles_known_told")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_troubles_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_troubles"),
    )
    op.create_index("ix_troubles_source_id", "troubles", ["source", "id"])
    op.create_index(
        "ix_troubles_open",
        "troubles",
        ["source", "name"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )


def _fill() -> None:
    """The new columns of the articles that are there, from their latest revisions."""
    link = op.get_bind()
    latest = sa.text(
        "SELECT a.id, CAST(r.article AS TEXT) AS article FROM articles a"
        " JOIN revisions r ON r.article_id = a.id AND r.number = a.revision"
        " WHERE a.id > :after ORDER BY a.id LIMIT 500"
    )
    articles = sa.table("articles", sa.column("id"), sa.column("section"), sa.column("bylines", sa.JSON))
    change = sa.update(articles).where(articles.c.id == sa.bindparam("of_id"))
    after = 0
    while window := link.execute(latest, {"after": after}).all():
        after = window[-1].id
        link.execute(change, [_filled(row.id, json.loads(row.article)) for row in window])
    _fill_changed(link)


def _filled(key: int, article: dict[str, object]) -> dict[str, object]:
    signed = article.get("bylines")
    names = [line["name"] for line in signed if line.get("name")] if isinstance(signed, list) else []
    return {"of_id": key, "section": article.get("section"), "bylines": names}


def _fill_changed(link: sa.Connection) -> None:
    """What each revision changed of the one before."""
    pairs = sa.text(
        "SELECT new.id, CAST(new.article AS TEXT) AS article, CAST(old.article AS TEXT) AS before"
        " FROM revisions new JOIN revisions old"
        " ON old.article_id = new.article_id AND old.number = new.number - 1"
        " WHERE new.id > :after ORDER BY new.id LIMIT 500"
    )
    revisions = sa.table("revisions", sa.column("id"), sa.column("changed", sa.JSON))
    change = sa.update(revisions).where(revisions.c.id == sa.bindparam("of_id"))
    after = 0
    while window := link.execute(pairs, {"after": after}).all():
        after = window[-1].id
        link.execute(
            change, [_changed(row.id, json.loads(row.before), json.loads(row.article)) for row in window]
        )


def _changed(key: int, before: dict[str, Any], after: dict[str, Any]) -> dict[str, object]:
    old, new = _that_matter(before), _that_matter(after)
    return {"of_id": key, "changed": [name for name in new if new[name] != old[name]]}


def _that_matter(article: dict[str, Any]) -> dict[str, object]:
    return {
        "headline": article.get("headline"),
        "deck": article.get("deck"),
        "body": article.get("body"),
        "bylines": [[line.get("name"), line.get("email")] for line in article.get("bylines", [])],
        "captions": [image["caption"] for image in article.get("images", []) if image.get("caption")],
        "corrections": article.get("corrections"),
    }
