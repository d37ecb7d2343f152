import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from archive_desk import Desk, article, headline

from newsbot.archive import open_archive, sqlite
from newsbot.archive.schema import SCHEMA, metadata
from newsbot.errors import ArchiveError, NoArchiveURL


def _text_file(path: Path) -> None:
    path.write_text("이것은 데이터베이스가 아니다. " * 100, encoding="utf-8")


def _other_database(path: Path) -> None:
    _execute(path, "CREATE TABLE recipes (name TEXT)")


def _execute(path: Path, statement: str, *values: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement, values)
    connection.close()


def _of_schema(number: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        open_archive(f"sqlite:///{path}").close()
        _execute(path, "UPDATE alembic_version SET version_num = ?", number)

    return make


def test_an_archive_on_a_read_only_medium_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite would make files beside it, and there it cannot. Where a log is left, it has to."""
    path = tmp_path / "a.db"
    open_archive(f"sqlite:///{path}").close()
    assert [each.name for each in tmp_path.iterdir()] == ["a.db"]
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
    with open_archive(f"sqlite:///{path}", read_only=True) as archive:
        assert archive.counts().articles == 0
        assert [each.name for each in tmp_path.iterdir()] == ["a.db"]
    assert "immutable" not in sqlite.uri_of(path, "rw")
    (tmp_path / "a.db-wal").write_bytes(b"of a process that was killed")
    assert "immutable" not in sqlite.uri_of(path, "ro")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (
            "mysql://localhost/news",
            "mysql:// is no archive newsbot can keep:"
            r" use sqlite:///PATH \(a file\) or postgresql://USER@HOST/DATABASE",
        ),
        (
            "newsbot.db",
            r"'newsbot\.db' is no archive: write it as sqlite:///PATH \(a file\) or postgresql://",
        ),
        ("sqlite://", "an archive is kept in a file"),
        ("sqlite:///:memory:", "an archive is kept in a file"),
    ],
)
def test_an_address_that_is_none_of_an_archive(url: str, said: str) -> None:
    with pytest.raises(NoArchiveURL, match=said):
        open_archive(url)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:////nowhere/at/all/a.db", "the directory /nowhere/at/all does not exist: make it"),
        ("sqlite:////", "/ is a directory: an archive is a file"),
    ],
)
def test_a_place_where_no_archive_can_be(url: str, said: str) -> None:
    with pytest.raises(ArchiveError, match=said):
        open_archive(url)


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_text_file, "this file is not a newsbot archive"),
        (_other_database, "is a database, but not a newsbot archive"),
        (_of_schema("9999"), r"was made by a newer newsbot \(schema 9999\): upgrade newsbot"),
    ],
)
def test_a_file_that_is_no_archive_is_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], None], said: str, read_only: bool
) -> None:
    path = tmp_path / "a.db"
    make(path)
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match=said):
        open_archive(f"sqlite:///{path}", read_only=read_only)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.touch, "which is empty"),
        (_of_schema("0000"), "of an older newsbot: the next `newsbot crawl` brings it up to date"),
    ],
)
def test_what_only_a_writer_can_put_right(tmp_path: Path, make: Callable[[Path], None], said: str) -> None:
    make(tmp_path / "a.db")
    with pytest.raises(ArchiveError, match=said):
        open_archive(f"sqlite:///{tmp_path}/a.db", read_only=True)


@pytest.mark.parametrize("how", [{"read_only": True}, {"create": False}])
def test_an_absent_archive_is_not_made_by_readers(tmp_path: Path, how: dict[str, bool]) -> None:
    with pytest.raises(ArchiveError, match="there is no archive at"):
        open_archive(f"sqlite:///{tmp_path}/a.db", **how)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    with Desk(f"sqlite:///{tmp_path}/a.db").start() as desk:
        assert desk.archive.counts().runs == 1


def test_names_with_odd_signs_are_ordinary_names(tmp_path: Path) -> None:
    path = tmp_path / "뉴스 #1 100%?.db"
    open_archive(sa.URL.create("sqlite", database=str(path)).render_as_string()).close()
    assert path.exists()


def test_a_reader_cannot_write_and_meets_no_lock(tmp_path: Path) -> None:
    with Desk(f"sqlite:///{tmp_path}/a.db").start() as desk:
        with desk.archive.writing(), open_archive(desk.archive.url, read_only=True) as reader:
            assert reader.counts().runs == 1
        with (
            open_archive(desk.archive.url, read_only=True) as reader,
            pytest.raises(ArchiveError, match="opened for reading only"),
        ):
            reader.start_run(source="s", name=None, url="u", options={}, started=desk.now)


def test_the_file_is_safe_to_read_while_written_and_after_a_power_cut(tmp_path: Path) -> None:
    with Desk(f"sqlite:///{tmp_path}/a.db") as desk, desk.archive.writing() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        settings = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
        assert settings == ["wal", 2, 1]


def test_a_second_writer_is_told_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0)
    with Desk(f"sqlite:///{tmp_path}/a.db").start() as desk, Desk(f"sqlite:///{tmp_path}/a.db") as other:
        with desk.archive.writing(), pytest.raises(ArchiveError, match="another process is writing to it"):
            other.start()
        assert other.start().run == 2


def test_a_full_disk_keeps_nothing_of_the_article_and_all_that_was_before(tmp_path: Path) -> None:
    with Desk(f"sqlite:///{tmp_path}/a.db").start() as desk:
        desk.store(article(1))
        with desk.archive.writing() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")  # no page more than there are
        with pytest.raises(ArchiveError, match="the disk is full, nothing of this transaction was kept"):
            desk.store(article(2, "긴 소식이다. " * 20_000))
        assert desk.archive.counts().articles == 1
        with desk.archive.writing() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        assert desk.store(article(2))[0].kind == "new"
        assert list(desk.archive.verify()) == []


def test_an_archive_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    with Desk(f"sqlite:///{tmp_path}/a.db").start() as desk:
        with desk.archive.writing() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")  # as good as a file without the right
        with pytest.raises(ArchiveError, match="it is read-only: give this user the right"):
            desk.list_page(headline(1))


def test_a_mistake_of_ours_is_not_dressed_up_as_the_archives(tmp_path: Path) -> None:
    with Desk(f"sqlite:///{tmp_path}/a.db") as desk, pytest.raises(sa.exc.IntegrityError):
        desk.store(article(1))  # of no run


def test_the_migrations_make_the_schema_that_the_queries_use(tmp_path: Path) -> None:
    with Desk(f"sqlite:///{tmp_path}/a.db") as desk, desk.archive.reading() as connection:
        opts = {"compare_type": True, "include_name": is_no_index_of_words}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []
        made = _checks(connection)
    with sa.create_engine("sqlite://").connect() as connection:
        metadata.create_all(connection)
        assert made == _checks(connection)


def is_no_index_of_words(name: str | None, kind: str, _parents: object) -> bool:
    """FTS5's tables are its own."""
    return not (kind == "table" and name is not None and name.split("_")[0] == "search")


def _checks(connection: sa.Connection) -> dict[str, set[tuple[str | None, str]]]:
    """Alembic compares no CHECK constraints and no conditions of indices."""
    inspector = sa.inspect(connection)
    found = {
        table: {(check["name"], check["sqltext"]) for check in inspector.get_check_constraints(table)}
        for table in metadata.tables
    }
    indices = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql LIKE '%INDEX%'")
    return found | {"indices": {(name, sql) for name, sql in indices}}


def test_the_schema_is_the_last_migration() -> None:
    scripts = ScriptDirectory(str(files("newsbot.archive") / "migrations"))
    assert scripts.get_heads() == [SCHEMA]


def test_several_processes_may_make_one_archive_at_once(tmp_path: Path) -> None:
    code = "import sys; from newsbot.archive import open_archive; open_archive(sys.argv[1]).close()"
    url = f"sqlite:///{tmp_path}/a.db"
    makers = [subprocess.Popen([sys.executable, "-c", code, url]) for _ in range(3)]
    assert [maker.wait() for maker in makers] == [0, 0, 0]
    with open_archive(url, read_only=True) as archive:
        assert list(archive.verify()) == []
