"""Types of columns that mean the same in SQLite and PostgreSQL.

Moments are whole seconds since 1970 in UTC (``Moment``): they sort, compare and make day histograms
by plain arithmetic in any database. An article's own dates stay as printed, with their zone, in its
JSON.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from newsbot.korean.date_forms import KST


class Moment(sa.TypeDecorator[datetime]):
    """An aware datetime, kept to the second; read back in Korean time."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its zone: {value}")
        return int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromtimestamp(value, KST)


def known(column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    """Holds a column to the words that are known for it."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"known_{column}")


def index_of_some(name: str, *columns: str, where: str, unique: bool = False) -> sa.Index:
    """An index of the rows alone of which ``where``, SQL of both databases, is true."""
    condition = sa.text(where)
    return sa.Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


# SQLite numbers rows by itself only in a column that is INTEGER to the letter.
Key = sa.BigInteger().with_variant(sa.Integer, "sqlite")

Key64 = sa.BigInteger()  # no number of a row

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)
