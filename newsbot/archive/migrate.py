"""The schema's version, and the way up to today's through Alembic's migrations."""

from __future__ import annotations

import sqlalchemy as sa

from newsbot.archive.schema import SCHEMA
from newsbot.errors import ArchiveError


def version(connection: sa.Connection, place: str) -> str | None:
    """The schema's number ("0001" …), or None of a database that is still empty.

    Raises ArchiveError for a database that is something else, or of a newer newsbot.
    """
    tables = sa.inspect(connection).get_table_names()
    if not tables:
        return None
    if "alembic_version" not in tables or "ledger" not in tables:
        raise ArchiveError(f"{place} is a database, but not a newsbot archive: give another")
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and str(found) > SCHEMA:
        raise ArchiveError(
            f"the archive {place} was made by a newer newsbot (schema {found}): upgrade newsbot"
        )
    return found


def upgrade(connection: sa.Connection) -> None:
    """Brings the schema up to today's, inside the caller's transaction: all of it, or nothing."""
    # Alembic takes half a second to import, and is needed only when an archive is made or grows.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "newsbot.archive:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
