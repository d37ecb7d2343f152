import sqlite3
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from archive_desk import Desk, article, contents

from newsbot.archive import backup, open_archive
from newsbot.errors import ArchiveError


def _silent(done: int, total: int) -> None:
    """No progress is shown."""


def _desk(tmp_path: Path) -> Desk:
    """On SQLite: what a backup is of."""
    return Desk(f"sqlite:///{tmp_path / 'a.db'}").start()


def test_a_backup_is_the_archive(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with _desk(tmp_path) as desk:
        desk.store(*map(article, range(5)))
        made = backup.back_up(f"sqlite:///{tmp_path / 'a.db'}", copy, progress=_silent)
        assert [path.name for path in tmp_path.glob("copy*")] == ["copy.db"]
        assert (made.articles, made.bytes, made.capture_files) == (5, copy.stat().st_size, {})
        with open_archive(f"sqlite:///{copy}", read_only=True) as copied:
            assert contents(copied) == contents(desk.archive)
            assert list(copied.verify()) == []


def test_a_backup_is_of_one_moment_while_a_crawl_goes_on(tmp_path: Path) -> None:
    copy, told = tmp_path / "copy.db", list[tuple[int, int]]()
    with _desk(tmp_path) as desk, patch.object(backup, "PAGES", 1):
        desk.store(*map(article, range(5)))

        def crawl_on(done: int, total: int) -> None:
            told.append((done, total))
            desk.store(article(100 + done))

        assert backup.back_up(f"sqlite:///{tmp_path / 'a.db'}", copy, progress=crawl_on).articles == 5
        assert desk.archive.counts().articles == 5 + len(told)
    pages = told[0][1]
    assert told == [(done, pages) for done in range(1, pages + 1)]  # never begun anew


def test_a_backup_names_the_capture_files_that_belong_to_it(tmp_path: Path) -> None:
    with _desk(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / "a.db")) as link, link:
        insert = "INSERT INTO capture_files (run_id, name, sha256, cut) VALUES (1, ?, ?, 0)"
        link.executemany(insert, [("run-1.warc.gz", "c0ffee"), ("run-2.warc.gz", None)])
    made = backup.back_up(f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "copy.db", progress=_silent)
    assert made.capture_files == {"run-1.warc.gz": "c0ffee", "run-2.warc.gz": None}


def test_a_damaged_archive_is_not_taken_for_a_backup(tmp_path: Path) -> None:
    with _desk(tmp_path) as desk:
        desk.store(*map(article, range(60)))
    with (tmp_path / "a.db").open("r+b") as file:
        file.seek(tmp_path.joinpath("a.db").stat().st_size // 2)
        file.write(b"\xff" * 9000)
    with pytest.raises(ArchiveError, match=r"^[^\n]*(damaged|malformed)[^\n]*$"):
        backup.back_up(f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "copy.db", progress=_silent)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database at all" * 100, encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE other (id)")
    for name, said in (
        ("none.db", "no archive"),
        ("text.db", "not a database"),
        ("other.db", "not a newsbot"),
    ):
        with pytest.raises(ArchiveError, match=said):
            backup.back_up(f"sqlite:///{tmp_path / name}", tmp_path / "copy.db", progress=_silent)


def test_a_servers_archive_is_left_to_the_server(tmp_path: Path) -> None:
    url = "postgresql://user:secret@db.example:5433/news"
    with pytest.raises(ArchiveError) as refused:
        backup.back_up(url, tmp_path / "copy.db", progress=_silent)
    assert "pg_dump --format=custom" in str(refused.value)
    assert "postgresql://user@db.example:5433/news" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_backup_that_has_no_place_says_which(tmp_path: Path) -> None:
    with _desk(tmp_path), pytest.raises(ArchiveError, match="b\\.db cannot be written"):
        backup.back_up(f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "nowhere" / "b.db", progress=_silent)
