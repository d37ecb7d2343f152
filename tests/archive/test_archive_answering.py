"""A server that stands still, and one that is only long at it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack

import postgres
import psycopg
import pytest
import sqlalchemy as sa

from newsbot.archive import Archive, answering, open_archive
from newsbot.errors import ArchiveError

SOURCE = "board.example/news"
NOW = sa.text("SELECT 1")


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "QUIET", 0.5)
    monkeypatch.setattr(answering, "ANSWER", 2)


@pytest.fixture
def archive(url: str) -> Iterator[Archive]:
    with open_archive(url) as opened:
        yield opened


def session(archive: Archive) -> int:
    """The server's process that this archive's writer talks to."""
    with archive.writing() as connection:
        return int(connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one())


def test_a_server_that_stands_still_is_gone_and_the_hold_with_it(
    server: postgres.Server, archive: Archive, url: str
) -> None:
    with ExitStack() as held:
        held.enter_context(archive.hold(SOURCE))
        with server.frozen():
            for look in (lambda: session(archive), lambda: archive.states(SOURCE)):
                with pytest.raises(ArchiveError, match="the server cannot be reached, or went away"):
                    look()
        with pytest.raises(ArchiveError, match="the hold on the source with it"):
            session(archive)
        assert archive.states(SOURCE) == {}
        with open_archive(url) as other, other.hold(SOURCE):
            """It is free."""
    assert session(archive)


def test_a_session_that_stands_still_alone_is_gone(archive: Archive) -> None:
    stopped = session(archive)
    os.kill(stopped, signal.SIGSTOP)
    try:
        with pytest.raises(ArchiveError, match="the server cannot be reached, or went away"):
            session(archive)
    finally:
        os.kill(stopped, signal.SIGCONT)
    assert session(archive) != stopped


def test_what_takes_long_is_waited_for(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    usual = answering.Asking.goes_on

    def goes_on(asking: answering.Asking) -> bool:
        asked.append(usual(asking))
        return asked[-1]

    monkeypatch.setattr(answering.Asking, "goes_on", goes_on)
    with archive.writing() as connection:
        connection.execute(sa.text("SELECT pg_sleep(3)"))
        assert connection.execute(NOW).scalar_one() == 1
    assert len(asked) >= 2
    assert all(asked)


def test_a_server_that_has_no_connection_left_has_answered(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise psycopg.OperationalError("FATAL:  sorry, too many clients already")

    with archive.writing() as connection:
        monkeypatch.setattr(answering.Answering, "connect", refuse)
        connection.execute(sa.text("SELECT pg_sleep(2)"))
        assert connection.execute(NOW).scalar_one() == 1
