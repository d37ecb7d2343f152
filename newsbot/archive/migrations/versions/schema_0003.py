"""Back-fills of old posts; troubles that come and go, or are settled; what runs brought, by run and by day.

What stands here is never edited: a later change of the schema is a migration of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

RUNS = sa.table(
    "runs",
    sa.column("source"),
    sa.column("started", sa.BigInteger),
    sa.column("finished", sa.BigInteger),
    sa.column("figures", sa.JSON),
    sa.column("brought", sa.Integer),
    sa.column("revised", sa.Integer),
)
DAYS = sa.table("days", *map(sa.column, ("source", "day", "runs", "brought", "revised", "failed")))


def upgrade() -> None:
    _backfills()
    _troubles()
    _runs()
    _days()


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _source() -> sa.Text:
    return sa.Text() if _is_sqlite() else sa.Text(collation="C")


def _backfills() -> None:
    op.add_column("ledger", sa.Column("passed", sa.Boolean()))
    op.create_table(
        "backfills",
        sa.Column("source", _source(), nullable=False),
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


def _runs() -> None:
    op.add_column("runs", sa.Column("brought", sa.Integer()))
    op.add_column("runs", sa.Column("revised", sa.Integer()))
    figures = {
        name: RUNS.c.figures[of].as_integer() for name, of in (("brought", "new"), ("revised", "revised"))
    }
    op.execute(sa.update(RUNS).values(**figures))
    some = sa.text("brought > 0")
    op.create_index("ix_runs_brought", "runs", ["source", "id"], sqlite_where=some, postgresql_where=some)


def _days() -> None:
    op.create_table(
        "days",
        sa.Column("source", _source(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("brought", sa.Integer(), nullable=False),
        sa.Column("revised", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "day", name="pk_days"),
    )
    op.create_index("ix_days_day", "days", ["day"])
    day = (RUNS.c.started + 32_400) // 86_400  # in Korea
    sums = (RUNS.c.brought, RUNS.c.revised, RUNS.c.figures["failed"].as_integer())
    summed = sa.select(
        RUNS.c.source, day, sa.func.count(), *(sa.func.coalesce(sa.func.sum(each), 0) for each in sums)
    )
    op.execute(
        sa.insert(DAYS).from_select(
            list(DAYS.c), summed.where(RUNS.c.finished.is_not(None)).group_by(RUNS.c.source, day)
        )
    )
