"""Archives as earlier schemas left them, opened today: ``released/schema_NNNN.sql``, never to be edited."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from archive_desk import NOON, SOURCE, TEXTS, Desk, article, headline

from newsbot.archive import open_archive
from newsbot.archive.schema import articles
from newsbot.errors import ArchiveError
from newsbot.korean.queries import read_query

RELEASED = sorted((Path(__file__).parent / "released").glob("schema_*.sql"))


@pytest.fixture(params=RELEASED, ids=[path.stem for path in RELEASED])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(request.param.read_text("utf-8"))
    return f"sqlite:///{path}"


def test_a_reader_leaves_an_older_archive_as_it_is(old: str) -> None:
    before = Path(old.removeprefix("sqlite:///")).read_bytes()
    with pytest.raises(ArchiveError, match="of an older newsbot: the next `newsbot crawl` brings it up"):
        open_archive(old, read_only=True)
    assert Path(old.removeprefix("sqlite:///")).read_bytes() == before


def test_nothing_is_lost_on_the_way_up(old: str) -> None:
    with Desk(old) as desk:
        assert list(desk.archive.verify()) == []
        counts = desk.archive.counts()
        assert (counts.articles, counts.revisions, counts.duplicates, counts.runs) == (5, 6, 1, 2)
        first, second = desk.archive.revisions("newsbot:board.example/1")
        assert first.article.images[0].credit_line == "수원시 제공"
        assert second.article.body[0].text == TEXTS[2]
        assert desk.archive.article("3").duplicate_of == "newsbot:board.example/2"  # type: ignore[union-attr]
        states = {key: state for key, _, state in desk.archive.all_known(SOURCE)}
        assert (states["5"], states["6"], states["8"]) == ("failed", "deleted", "pending")


def test_what_is_new_in_an_article_is_filled_from_what_was_kept(old: str) -> None:
    with Desk(old) as desk, desk.archive.reading() as connection:
        filled = sa.select(articles.c.document_id, articles.c.section, articles.c.bylines)
        found = {row.document_id: (row.section, row.bylines) for row in connection.execute(filled)}
    assert found == {
        "1": ("지역", []),
        "2": (None, []),
        "3": (None, []),
        "4": ("경제", ["나그네"]),
        "7": (None, []),
    }


def test_what_its_runs_brought_is_counted_by_day(old: str) -> None:
    with Desk(old, now=NOON + timedelta(days=2)) as desk:
        assert desk.archive.new_by_day(NOON) == {SOURCE: {NOON.date(): 1}}
        assert desk.archive.brought_new(SOURCE, limit=9) == [NOON]
        desk.start().finish()
        desk.start().finish()
        assert desk.archive.new_by_day(NOON)[SOURCE] == {
            NOON.date(): 1,
            (NOON + timedelta(days=2)).date(): 2,
        }


def test_all_of_it_is_found(old: str, request: pytest.FixtureRequest) -> None:
    with Desk(old) as desk:
        if request.node.callspec.id == "schema_0001":  # which had no index
            with pytest.raises(ArchiveError, match="run `newsbot reindex`"):
                desk.archive.search(read_query("산책로"), limit=9)
            desk.archive.reindex()
        found = desk.archive.search(read_query("산책로"), limit=9, folded=False)
        told = [kept.article.uri for kept in desk.archive.articles() if "산책로" in repr(kept.article)]
        assert sorted(hit.stored.article.uri for hit in found) == sorted(told)
        assert len(told) in (2, 4)


def test_a_crawl_goes_on_in_it(old: str) -> None:
    with Desk(old, now=NOON + timedelta(days=2)) as desk:
        desk.start()
        assert desk.due() == ["5", "8"]
        kinds = [stored.kind for stored in desk.store(article(8), article(7), article(7, TEXTS[1]))]
        assert kinds == ["new", "unchanged", "revised"]
        assert desk.see(headline(9)) == ("pending", True, False)
        assert list(desk.archive.verify()) == []


def test_one_that_was_killed_on_the_way_up_is_whole_afterwards(old: str) -> None:
    code = """
import os, signal, sys
import sqlalchemy as sa
from newsbot.archive import open_archive
def die(connection, cursor, statement, *rest):
    if "DROP INDEX ix_articles_canonical_url" in statement:
        os.kill(os.getpid(), signal.SIGKILL)
sa.event.listen(sa.Engine, "before_cursor_execute", die)
open_archive(sys.argv[1])
"""
    assert subprocess.run([sys.executable, "-c", code, old], check=False).returncode == -signal.SIGKILL
    with Desk(old) as desk:
        assert desk.archive.counts().articles == 5
        assert list(desk.archive.verify()) == []
