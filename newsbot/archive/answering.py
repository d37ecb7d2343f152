"""Connections to a PostgreSQL server that notice when it answers no more.

A server that stands still (stopped by a signal, a paused machine, a hanging disk) keeps its connections, and
its kernel acknowledges what it is sent: neither keepalives nor TCP's time-outs see it. How long a statement
takes says little, either: an index may be an hour's work. So when nothing has come for a while, the server is
asked by a further connection. If it makes none, or says that it is not at the statement, the first is ended.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final, TypeVar

import psycopg
from psycopg.pq.abc import PGconn

QUIET = 40.0  # seconds without a word, more than a writer waits for its turn: then the server is asked
ANSWER = 20  # seconds that it is given for a connection
_STATE: Final = "SELECT state FROM pg_stat_activity WHERE pid = %s"

T = TypeVar("T")
Dialogue = Generator[Any, Any, T]


class Answering(psycopg.Connection[Any]):
    """One that is ended when nothing comes for ``QUIET`` seconds, unless ``asking`` says that it goes on."""

    asking: Asking | None = None

    def wait(self, gen: Dialogue[T], *given: Any, **more: Any) -> T:
        return super().wait(_watched(gen, self.pgconn, self.asking), *given, **more)


class AnsweringSoon(psycopg.AsyncConnection[Any]):
    """One all of whose statements are short."""

    async def wait(self, gen: Dialogue[T], *given: Any, **more: Any) -> T:
        return await super().wait(_watched(gen, self.pgconn, None), *given, **more)


@dataclass(slots=True)
class Patience:
    """Of all connections of a process with a server: none is left once it did not answer one of them."""

    is_lost: bool = False

    @property
    def seconds(self) -> float:
        return 0.0 if self.is_lost else QUIET


def connect(patience: Patience, given: Mapping[str, Any]) -> Answering:
    """A connection by the driver's own parameters."""
    connection = Answering.connect(**given)
    connection.asking = Asking(connection.info.backend_pid, patience, given)
    return connection


class Asking:
    """Asks a server, by a connection of its own, whether it lives and is at the statement in hand."""

    def __init__(self, process: int, patience: Patience, given: Mapping[str, Any]) -> None:
        self.patience = patience
        self._process = process
        self._given = {**given, "connect_timeout": ANSWER}
        self._was_idle = False

    def goes_on(self) -> bool:
        state = self._state()
        idle = state is not None and state != "active"
        # What it has just ended may be on its way: it is believed when it says so twice.
        goes_on = state != "" and not (idle and self._was_idle)
        self._was_idle = idle
        self.patience.is_lost = state == ""
        return goes_on

    def _state(self) -> str | None:
        """What the session does, as the server says; None: it does not say; "": it does not answer."""
        try:
            with Answering.connect(**self._given) as another:
                row = another.execute(_STATE, [self._process]).fetchone()
        except (psycopg.errors.ConnectionTimeout, Silent):
            return ""
        except psycopg.Error:  # it has no connection left, or is about to end: an answer, too
            return None
        return row[0] if row else None


class Silent(psycopg.OperationalError):
    """The server does not answer."""


def _watched(gen: Dialogue[T], connection: PGconn, asking: Asking | None) -> Dialogue[T]:
    """The driver's dialogue with the server: each step says what it waits for, and is told what has come."""
    since = monotonic()
    try:
        awaited = next(gen)
        while True:
            come = yield awaited
            if come:
                since = monotonic()
            elif monotonic() - since >= (asking.patience.seconds if asking else QUIET):
                if asking is None or not asking.goes_on():
                    connection.finish()
                    raise Silent("the server does not answer")
                since = monotonic()
            awaited = gen.send(come)
    except StopIteration as ended:
        result: T = ended.value
        return result
