"""What only an archive on a server can meet: no server, no rights, a server that goes away and comes back."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import postgres
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from archive_desk import NOON, SOURCE, Desk, article, headline
from test_archive_opening import is_no_index_of_words

from newsbot.archive import open_archive
from newsbot.archive.prepared import Prepared, together
from newsbot.archive.schema import metadata, schemes
from newsbot.errors import ArchiveError


@pytest.fixture
def url(server: postgres.Server) -> Iterator[str]:
    made = server.database(postgres.EMPTY)
    yield made
    server.drop(made)


def test_an_empty_database_becomes_an_archive_of_todays_schema(url: str) -> None:
    with Desk(url) as desk, desk.archive.reading() as connection:
        opts = {"compare_type": True, "include_name": is_no_index_of_words}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_an_empty_database_is_no_archive_to_readers(url: str) -> None:
    with pytest.raises(ArchiveError, match=r"there is no archive in .*, which is empty"):
        open_archive(url, read_only=True)


def test_another_database_is_left_as_it_is(url: str) -> None:
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(ArchiveError, match="is a database, but not a newsbot archive"):
        open_archive(url)
    assert sa.inspect(engine).get_table_names() == ["recipes"]
    engine.dispose()


def test_several_processes_may_make_one_archive_at_once(url: str) -> None:
    code = "import sys; from newsbot.archive import open_archive; open_archive(sys.argv[1]).close()"
    makers = [subprocess.Popen([sys.executable, "-c", code, url]) for _ in range(3)]
    assert [maker.wait() for maker in makers] == [0, 0, 0]


def test_a_reader_cannot_write(url: str) -> None:
    open_archive(url).close()
    with open_archive(url, read_only=True) as reader, pytest.raises(ArchiveError, match="for reading only"):
        reader.start_run(source="s", name=None, url="u", options={}, started=NOON)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"database": "nowhere"}, "the server has no such database: make it with createdb"),
        ({"host": "127.0.0.1", "port": 9, "query": {}}, "the server cannot be reached, or went away"),
        ({"username": "stranger"}, "the server refuses this user"),
    ],
)
def test_a_server_that_cannot_be_used_is_one_line_without_the_password(
    url: str, change: dict[str, object], said: str
) -> None:
    changed = sa.make_url(url).set(password="open sesame").set(**change)  # type: ignore[arg-type]
    with pytest.raises(ArchiveError, match=re.escape(said)) as raised:
        open_archive(changed.render_as_string(hide_password=False))
    assert "sesame" not in str(raised.value)


def test_the_driver_is_asked_for_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ArchiveError, match=re.escape("pip install 'newsbot[postgresql]'")):
        open_archive("postgresql://somebody@127.0.0.1/archive")


def test_a_second_writer_waits_for_its_turn_and_no_longer(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsbot.archive.postgresql.BUSY_SECONDS", 0.2)
    with Desk(url).start() as desk, Desk(url) as other:
        with desk.archive.writing(), pytest.raises(ArchiveError, match="another process is writing to it"):
            other.start()
        assert other.start().run == 2


def test_a_writer_without_the_right_is_told_so(url: str) -> None:
    with Desk(url).start() as desk:
        with desk.archive.writing() as connection:
            connection.exec_driver_sql("SET default_transaction_read_only = on")
        with pytest.raises(ArchiveError, match="it is read-only"):
            desk.list_page(headline(1))


def _end_connections(url: str) -> None:
    """As a restarted server does it."""
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with engine.connect() as connection:
        connection.exec_driver_sql(f"{others} AND datname = current_database()")
    engine.dispose()


def test_a_server_that_went_away_keeps_nothing_of_the_transaction_and_may_come_back(url: str) -> None:
    with Desk(url).start() as desk:
        desk.store(article(1))
        _end_connections(url)
        with pytest.raises(ArchiveError, match="went away"):
            desk.store(article(2), article(3))
        assert [kind.kind for kind in desk.store(article(2))] == ["new"]
        assert desk.archive.counts().articles == 2
        assert list(desk.archive.verify()) == []


def test_a_server_that_goes_away_between_statements_handed_over_together(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    add = Prepared(sa.insert(schemes))

    def write(*, until: Callable[[], None]) -> None:
        with desk.archive.writing() as connection, together(connection):
            add.run(connection, [{"name": "가", "version": "1", "built": NOON}])
            until()
            add.run(connection, [{"name": "나", "version": "1", "built": NOON}])

    with Desk(url).start() as desk:
        with pytest.raises(ArchiveError, match="went away"):
            write(until=lambda: _end_connections(url))
        assert caplog.messages == []
        write(until=lambda: None)


def test_a_page_is_looked_up_again_once_the_server_is_back(url: str) -> None:
    with Desk(url).start() as desk:
        assert desk.archive.same_payload("0" * 64) is None
        _end_connections(url)
        with pytest.raises(ArchiveError, match="went away"):
            desk.archive.same_payload("0" * 64)
        assert desk.archive.same_payload("0" * 64) is None


def test_a_crawl_that_lost_its_connection_has_lost_its_source_and_writes_no_more(url: str) -> None:
    with Desk(url).start() as desk:
        with desk.archive.hold(SOURCE):
            _end_connections(url)
            with pytest.raises(ArchiveError, match="went away"):
                desk.store(article(1))
            with Desk(url) as other, other.archive.hold(SOURCE):
                other.start().store(article(1))
            with pytest.raises(ArchiveError, match="the hold on the source with it"):
                desk.store(article(2))
        assert [key for key, *_ in desk.archive.all_known(SOURCE)] == ["1"]
