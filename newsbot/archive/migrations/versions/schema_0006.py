"""The latest articles wait for the search index as they are, without their tokens; two indices are leaner.

What stands here is never edited: a later change of the schema is a migration of its own.
"""

import time

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    other = sa.text("canonical_url <> url")
    op.drop_index("ix_articles_superseded_by", "articles")
    op.drop_index("ix_articles_canonical_url", "articles")
    op.create_index(
        "ix_articles_canonical_url", "articles", ["canonical_url"], sqlite_where=other, postgresql_where=other
    )
    if op.get_bind().dialect.name == "sqlite":
        fields = "headline, byline, text"
        op.execute(
            f"INSERT INTO search (rowid, {fields}) SELECT row, {fields} FROM search_latest ORDER BY row"  # noqa: S608
        )
        op.drop_table("search_latest")
        op.get_bind().execute(
            sa.text(
                "INSERT INTO schemes (name, version, built)"
                " SELECT 'search entered', CAST(coalesce(max(id), 0) AS TEXT), :now FROM articles"
            ),
            {"now": int(time.time())},
        )
