import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from exported import NOON, Version, article, bare

from newsbot.export import Format, How
from newsbot.export.formats import write_file


@contextmanager
def opened(path: Path, *versions: Version, emails: bool = False) -> Iterator[sqlite3.Connection]:
    write_file(Format.SQLITE, versions, path, How(emails=emails))
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        yield database


def test_articles_stand_with_their_bylines_and_images(tmp_path: Path) -> None:
    with opened(tmp_path / "a.db", Version(bare()), Version(article(), revision=2, removed=NOON)) as database:
        first, second = database.execute("SELECT * FROM articles ORDER BY id").fetchall()
        assert (first["title"], first["body"], first["section"]) == ("제목뿐", "", None)
        assert second["title"] == article().headline
        assert second["url"] == article().canonical_url
        assert (second["byline"], second["revision"]) == ("나그네 기자·사회부·길손 기자", 2)
        assert json.loads(second["keywords"]) == ["하천", "산책로"]
        assert second["usage_terms"] == "무단 전재 금지\nAI 학습 금지"
        assert second["removed"] == "2026-03-02T12:00:00+09:00"
        named = "SELECT b.name FROM bylines b JOIN articles a ON a.id = b.article_id WHERE b.name NOT NULL"
        assert [row["name"] for row in database.execute(named)] == ["나그네", "길손"]
        images = database.execute("SELECT article_id, caption, credit_line FROM images").fetchall()
        assert [tuple(row) for row in images] == [(2, "새 산책로 2026.3.2", None), (2, None, "시 제공")]


def test_the_file_is_sound_and_its_tables_are_tied(tmp_path: Path) -> None:
    with opened(tmp_path / "a.db", Version(article())) as database:
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in ("bylines", "images"):
            (key,) = database.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            assert (key["table"], key["from"], key["to"]) == ("articles", "article_id", "id")


def test_what_others_refer_to_has_the_column_that_datasette_labels_it_by(tmp_path: Path) -> None:
    with opened(tmp_path / "a.db") as database:
        columns = {row["name"] for row in database.execute("PRAGMA table_info(articles)")}
        assert "title" in columns
        assert "name" not in columns


def test_addresses_have_their_column_when_asked_for(tmp_path: Path) -> None:
    emails = "SELECT email FROM bylines WHERE email NOT NULL"
    with opened(tmp_path / "a.db", Version(article())) as database:
        assert database.execute(emails).fetchall() == []
    with opened(tmp_path / "b.db", Version(article()), emails=True) as database:
        assert [row["email"] for row in database.execute(emails)] == [
            "nagne@paper.example",
            "desk@paper.example",
        ]
