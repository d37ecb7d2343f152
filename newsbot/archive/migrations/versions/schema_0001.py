"""The first schema: runs, articles and their revisions, links, the ledger of headlines and its events.

What stands here is never edited: a later change of the schema is a migration of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _articles()
    _runs()
    _ledger()
    _links()
    _revisions()
    _events()


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text()),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("date_published", sa.BigInteger()),
        sa.Column("dated", sa.BigInteger(), nullable=False),
        sa.Column("first_stored", sa.BigInteger(), nullable=False),
        sa.Column("checked", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("uri", name="uq_articles_uri"),
    )
    op.create_index("ix_articles_canonical_url", "articles", ["canonical_url"])
    op.create_index("ix_articles_dated_id", "articles", ["dated", "id"])
    op.create_index("ix_articles_document_id", "articles", ["document_id"])
    op.create_index("ix_articles_text_hash", "articles", ["text_hash"])
    op.create_index("ix_articles_url", "articles", ["url"])


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", KEY, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("finished", sa.BigInteger()),
        sa.Column("reach", sa.Text()),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ('running', 'finished', 'partial', 'failed', 'killed')",
            name=op.f("ck_runs_known_state"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_source_id", "runs", ["source", "id"])


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", KEY, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("headline", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("article_id", KEY),
        sa.Column("first_listed", sa.BigInteger(), nullable=False),
        sa.Column("last_listed", sa.BigInteger(), nullable=False),
        sa.Column("listed_run", KEY, nullable=False),
        sa.Column("taken_run", KEY),
        sa.Column("next_try", sa.BigInteger()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("settled_reach", sa.Text()),
        sa.CheckConstraint(
            "state IN ('listed', 'pending', 'stored', 'failed', 'secret', 'deleted', 'moved', 'vanished')",
            name=op.f("ck_ledger_known_state"),
        ),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_ledger_article_id"),
        sa.ForeignKeyConstraint(["listed_run"], ["runs.id"], name="fk_ledger_listed_run"),
        sa.ForeignKeyConstraint(["taken_run"], ["runs.id"], name="fk_ledger_taken_run"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        sa.UniqueConstraint("source", "document_id", name="uq_ledger_source_document_id"),
    )
    op.create_index("ix_ledger_article_id", "ledger", ["article_id"])
    op.create_index("ix_ledger_source_listed_run_id", "ledger", ["source", "listed_run", "id"])
    op.create_index(
        "ix_ledger_source_next_try_id",
        "ledger",
        ["source", "next_try", "id"],
        sqlite_where=sa.text("next_try IS NOT NULL"),
        postgresql_where=sa.text("next_try IS NOT NULL"),
    )


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("earliest_id", KEY, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("found", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_links_article_id"),
        sa.ForeignKeyConstraint(["earliest_id"], ["articles.id"], name="fk_links_earliest_id"),
        sa.PrimaryKeyConstraint("article_id", "kind", name="pk_links"),
    )
    op.create_index("ix_links_earliest_id", "links", ["earliest_id"])


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text()),
        sa.Column("parser_version", sa.Text(), nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_revisions_article_id"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_revisions_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.UniqueConstraint("article_id", "number", name="uq_revisions_article_id_number"),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", KEY, nullable=False),
        sa.Column("ledger_id", KEY, nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("happened", sa.BigInteger(), nullable=False),
        sa.Column("detail", sa.Text()),
        sa.ForeignKeyConstraint(["ledger_id"], ["ledger.id"], name="fk_events_ledger_id"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_events_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_ledger_id", "events", ["ledger_id"])
