"""Back-fills of old posts; troubles that come and go, or are settled.

What stands here is never edited: a later change of the schema is a migration of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _backfills()
    _troubles()


def _backfills() -> None:
    op.add_column("ledger", sa.Column("passed", sa.Boolean()))
    source = sa.Text() if op.get_bind().dialect.name == "sqlite" else sa.Text(collation="C")
    op.create_table(
        "backfills",
        sa.Column("source", source, nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.Column("worked", sa.BigInteger()),
        sa.Column("ended", sa.BigInteger()),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("oldest", sa.BigInteger()),
        sa.Column("trail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_backfills"),
    )


def _troubles() -> None:
    op.add_column("troubles", sa.Column("well_runs", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("troubles", sa.Column("well_since", sa.BigInteger()))
    op.add_column("troubles", sa.Column("settled", sa.BigInteger()))
    op.add_column("troubles", sa.Column("note", sa.Text()))
