"""An archive on a PostgreSQL server: how it is opened, and what the server says when something is wrong.

One process writes at a time, as on SQLite: each write transaction begins by taking a lock of the whole
archive, so that what a transaction has read still holds when it writes. A crawl's hold on its source is
a lock of the session that writes: a crawl that has lost its connection has lost its right to write too.
"""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from newsbot.errors import ArchiveError, Held

BUSY_SECONDS: Final = 30
IDLE_SECONDS: Final = 25  # a writer that has been stopped ends before those that wait for it give up
CONNECT_SECONDS: Final = 10
WRITERS: Final = "newsbot: writers"
# A machine that is gone without a word has lost what it held after half a minute; the system's own rule is
# two hours, or a quarter of one where something was sent to it. In seconds, and asked for on both sides: each
# sees that the other is gone. What only stands still is another matter (answering.py).
_SILENT_SECONDS, _ASKED_EVERY, _ASKED_TIMES, _UNHEARD_SECONDS = 15, 5, 3, 30
_KEEPALIVES: Final = (
    f"-c tcp_keepalives_idle={_SILENT_SECONDS} -c tcp_keepalives_interval={_ASKED_EVERY}"
    f" -c tcp_keepalives_count={_ASKED_TIMES} -c tcp_user_timeout={_UNHEARD_SECONDS}s"
)
LASTING: Final = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": _SILENT_SECONDS,
    "keepalives_interval": _ASKED_EVERY,
    "keepalives_count": _ASKED_TIMES,
    "tcp_user_timeout": _UNHEARD_SECONDS * 1000,
}

_GONE: Final = "the server cannot be reached, or went away: see that it runs, and run again"
# The error codes of PostgreSQL (its manual, appendix A); the first that begins the error's code counts.
_SAID: Final = {
    "53100": "the disk is full, nothing of this transaction was kept: free some space and run again",
    "53300": "the server has no connection left: end some, or raise its max_connections",
    "53": "the server has not enough resources, nothing of this transaction was kept: see its log",
    "55P03": "another process is writing to it: wait for it to end, or stop it, and run again",
    "25006": "it is read-only: give this user a server that may be written",
    "42501": "this user may not do that: GRANT the rights on the database's tables",
    "28": "the server refuses this user: see the name and password in the URL",
    "3D000": "the server has no such database: make it with createdb",
    "57": _GONE,
    "08": _GONE,
    "58": "the server fails at reading or writing its disk: see its log, then run `newsbot verify`",
    "XX001": "its data are damaged: restore it from a backup (`newsbot verify` says what is wrong)",
}
_CONNECTING: Final = {
    re.compile(r"password authentication failed|no password supplied|role .* does not exist|pg_hba"): "28",
    re.compile(r"database .* does not exist"): "3D000",
    re.compile(r"too many (?:clients|connections)|remaining connection slots"): "53300",
}


class PostgreSQL:
    """Raises ArchiveError when made: the driver is not installed."""

    def __init__(self, url: sa.URL, *, read_only: bool) -> None:
        self.file = None
        self.place = url.set(drivername="postgresql").render_as_string(hide_password=True)
        self.engine = _engine(url.set(drivername="postgresql+psycopg"), read_only=read_only)

    def reader(self) -> sa.Connection:
        return self.engine.connect().execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    def glancer(self) -> sa.Connection:
        return self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def said(self, error: DBAPIError) -> str | None:
        code = getattr(error.orig, "sqlstate", None)
        if code is None and (error.connection_invalidated or isinstance(error, sa.exc.OperationalError)):
            return _connecting(str(error.orig))
        return next((said for prefix, said in _SAID.items() if (code or "").startswith(prefix)), None)

    @contextmanager
    def hold(self, source: str, writer: sa.Connection) -> Iterator[None]:
        key = lock_key(f"newsbot: source {source}")
        with writer.begin():
            held = writer.execute(sa.select(sa.func.pg_try_advisory_lock(key))).scalar_one()
            holder = None if held else writer.execute(_HOLDER, {"key": key}).scalar()
        if not held:
            raise Held(f"{source} is being crawled by {holder or 'another process'}: wait for it or stop it")
        try:
            yield
        finally:
            if not (writer.closed or writer.invalidated):
                with writer.begin():
                    writer.execute(sa.select(sa.func.pg_advisory_unlock(key)))

    def prepare(self) -> None:
        """Nothing is to be set once and for all."""

    def damage(self, connection: sa.Connection) -> Iterator[str]:  # noqa: ARG002 - the server's own care
        return iter(())


# A lock's key is shown in halves: https://www.postgresql.org/docs/current/view-pg-locks.html
_HOLDER: Final = sa.text(
    "SELECT a.application_name || ' since ' || to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ')"
    " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.database = a.datid AND l.objsubid = 1"
    " AND (l.classid::bigint << 32) | l.objid::bigint = CAST(:key AS bigint) LIMIT 1"
)


def _engine(url: sa.URL, *, read_only: bool) -> sa.Engine:
    options = f"-c lock_timeout={BUSY_SECONDS}s -c timezone=Asia/Seoul {_KEEPALIVES}"
    if read_only:
        options += " -c default_transaction_read_only=on"
    asked = set(url.query)
    given = {
        "options": options,
        "application_name": f"process {os.getpid()} on {socket.gethostname()}"[:63],
        **LASTING,
    }
    try:
        engine = sa.create_engine(
            url,
            connect_args={name: value for name, value in given.items() if name not in asked},
            json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
        )
    except ModuleNotFoundError:
        raise ArchiveError(
            "an archive on PostgreSQL needs its driver: pip install 'newsbot[postgresql]'"
        ) from None
    from newsbot.archive import answering  # noqa: PLC0415 - the driver need not be installed

    patience = answering.Patience()
    sa.event.listen(engine, "do_connect", lambda *given: answering.connect(patience, given[3]))
    sa.event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: sa.Connection) -> None:
    if connection.get_execution_options().get("writes"):
        patience = sa.func.set_config("idle_in_transaction_session_timeout", f"{IDLE_SECONDS}s", True)
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock_key(WRITERS)), patience))


def lock_key(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)


def _connecting(said: str) -> str:
    """libpq's own words of a connection that could not be made; it gives no code for them."""
    for words, code in _CONNECTING.items():
        if words.search(said):
            return _SAID[code]
    return _GONE
