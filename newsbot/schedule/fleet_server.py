"""The server of a fleet's jobs: the tables, a worker's connection, and what is said when something is wrong.

The tables are procrastinate's, in the archive's own database, in a PostgreSQL schema that is named for
procrastinate's version of them. A newer one makes its own; the workers of the older one go on with theirs
until they are restarted, and then it may be dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import procrastinate
import psycopg
import psycopg_pool
import sqlalchemy as sa
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.schema import SchemaManager

from newsbot.archive import Archive
from newsbot.archive.answering import AnsweringSoon
from newsbot.archive.postgresql import LASTING
from newsbot.errors import ArchiveError


def is_prepared(archive: Archive) -> bool:
    """Whether there are tables of jobs. Raises ArchiveError."""
    with archive.reading() as connection:
        return _has(connection, schema_name())


def prepare(archive: Archive) -> None:
    """Makes the tables of the jobs, unless they are there. Raises ArchiveError."""
    schema = schema_name()
    if is_prepared(archive):
        return
    with archive.writing() as connection:
        if _has(connection, schema):  # another worker was first
            return
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        connection.exec_driver_sql(f"SET LOCAL search_path = {schema}")
        plain = connection.execution_options(no_parameters=True)  # its text has per cent signs
        plain.exec_driver_sql(SchemaManager.get_schema())


def _has(connection: sa.Connection, schema: str) -> bool:
    known = sa.text("SELECT count(*) FROM pg_namespace WHERE nspname = :name")
    return bool(connection.execute(known, {"name": schema}).scalar_one())


def schema_name() -> str:
    """The PostgreSQL schema of the jobs, by the last change that procrastinate made to its tables."""
    changes = (path.name for path in Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    last = max(re.findall(r"\d\d\.\d\d\.\d\d", " ".join(changes)))
    return f"procrastinate_{last.replace('.', '_')}"


def connector(url: str, name: str) -> procrastinate.PsycopgConnector:
    conninfo = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    given = {
        # A worker that was stopped in the middle of a statement or two keeps nobody waiting for long.
        "options": f"-c search_path={schema_name()} -c idle_in_transaction_session_timeout=10s",
        "application_name": name,
        **LASTING,
    }
    # One connection, for as long as it lasts: connections are what a server has fewest of.
    return procrastinate.PsycopgConnector(
        conninfo=conninfo,
        kwargs=given,
        connection_class=AnsweringSoon,
        min_size=1,
        max_size=1,
        timeout=10,
        max_lifetime=86400.0,
        reconnect_timeout=5,  # then whoever asks has it tried anew: the pool's own pauses grow without end
    )


class Away(ArchiveError):
    """The jobs cannot be had."""


class Forgotten(ArchiveError):
    """The worker has been struck off: it gave no sign of life for too long."""


@contextmanager
def plainly() -> Iterator[None]:
    try:
        yield
    except UniqueViolation:
        raise
    except (ConnectorException, psycopg.Error) as error:
        cause = error.__cause__ or error
        kind = Forgotten if isinstance(cause, psycopg.errors.ForeignKeyViolation) else Away
        raise kind(f"the fleet's jobs cannot be had from the archive's server: {_said(cause)}") from error


def _said(error: BaseException) -> str:
    if isinstance(error, psycopg_pool.PoolTimeout):
        return "it cannot be reached, or does not answer"
    said = str(error).strip().splitlines()
    return said[0] if said else repr(error)
