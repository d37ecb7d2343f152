"""What is captured stands in the archive until its file is safe; the latest entries and keys wait apart.

What stands here is never edited: a later change of the schema is a migration of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "capture_journal",
        sa.Column("id", key, nullable=False),
        sa.Column("file_id", key, nullable=False),
        sa.Column("offset", key, nullable=False),
        sa.Column("records", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_capture_journal"),
        sa.ForeignKeyConstraint(["file_id"], ["capture_files.id"], name="fk_capture_journal_file_id"),
    )
    op.create_table(
        "recent_bands",
        sa.Column("article_id", key, nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_recent_bands_article_id"),
        sa.PrimaryKeyConstraint("article_id", "period", "key", name="pk_recent_bands"),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TABLE search_latest (id INTEGER PRIMARY KEY, row INTEGER NOT NULL,"
            " headline TEXT NOT NULL, byline TEXT NOT NULL, text TEXT NOT NULL)"
        )
    else:  # gzip is not compressed again
        op.execute("ALTER TABLE capture_journal ALTER COLUMN records SET STORAGE EXTERNAL")
