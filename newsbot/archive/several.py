"""Many values given to a statement as one: its text stays the same however many they are.

Statements with a parameter for each value are written out anew each time, and prepared anew by the
database; these are neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, Self

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _Several(sa.TypeDecorator[Iterable[Any]]):
    """An array in PostgreSQL, JSON in SQLite, which has no arrays."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, each: TypeEngine[Any]) -> None:
        super().__init__()
        self.each: Final = each

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        return ARRAY(self.each) if dialect.name == "postgresql" else sa.Text()

    def process_bind_param(self, value: Iterable[Any] | None, dialect: sa.Dialect) -> Any:
        values = list(value or ())
        return values if dialect.name == "postgresql" else json.dumps(values)


class _OneOf(FunctionElement[bool]):
    type = sa.Boolean()
    inherit_cache = True

    def self_group(self, against: object = None) -> Self:  # noqa: ARG002 - SQLAlchemy's own
        """As it is: SQLAlchemy would compare it with 1 in SQLite, which then uses no index."""
        return self


def one_of(column: sa.Column[Any], name: str) -> sa.ColumnElement[bool]:
    """SQL: whether ``column`` has one of the values, texts or integers, that are given under ``name``."""
    return _OneOf(column, sa.bindparam(name, type_=_Several(column.type)))


@compiles(_OneOf, "postgresql")
def _in_array(element: _OneOf, compiler: SQLCompiler, **more: Any) -> str:
    column, values = element.clauses
    return f"{compiler.process(column, **more)} = ANY ({compiler.process(values, **more)})"


@compiles(_OneOf, "sqlite")
def _in_json(element: _OneOf, compiler: SQLCompiler, **more: Any) -> str:
    column, values = element.clauses
    asked = compiler.process(values, **more)
    return f"{compiler.process(column, **more)} IN (SELECT value FROM json_each({asked}))"  # noqa: S608 - what was compiled already
