"""What was captured stands in the archive too, until its file is safe on the disk.

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
