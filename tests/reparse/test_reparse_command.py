"""``newsbot reparse``: what today's readers make of captured pages, shown first and accepted on demand."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from commanding import Command, Said
from crawling import articles, broken_promises, crawl

from newsbot.archive import open_archive
from newsbot.captures import directory_of
from newsbot.items import as_json
from newsbot.reparse import passing
from newsbot.reparse.passing import read_captures
from newsbot.sampleboard import SampleBoard
from newsbot.versions import parser_version

OLD = "0.0.9+aaaaaaaa"
POSTS = 9


@pytest.fixture(scope="module")
def crawled_board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = tmp_path_factory.mktemp("read") / "archive.db"
    with SampleBoard(posts=POSTS) as board:
        assert crawl(board, archive).code == 0
    return archive


@pytest.fixture
def kept(crawled_board: Path, tmp_path: Path) -> Path:
    """The archive of a crawl whose readings are an older version's."""
    archive = tmp_path / "archive.db"
    shutil.copy(crawled_board, archive)
    shutil.copytree(directory_of(f"sqlite:///{crawled_board}"), directory_of(f"sqlite:///{archive}"))
    age(archive)
    return archive


def age(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as database, database:
        database.execute("UPDATE revisions SET parser_version = ?", (OLD,))


def reread(newsbot: Command, archive: Path, *options: str) -> Said:
    return newsbot("reparse", "--archive", f"sqlite:///{archive}", "--json", "--jobs", "2", *options)


def totals(said: Said) -> dict[str, Any]:
    return {name: said.lines[-1][name] for name in ("pages", "differ", "unreadable", "missing", "accepted")}


def misread(archive: Path, number: int, change: Callable[[dict[str, Any]], object]) -> str:
    """Makes the reading of one article what an older reader may have made of it; returns its uri."""
    with closing(sqlite3.connect(archive)) as database, database:
        every = "SELECT r.id, r.article, a.uri FROM revisions r JOIN articles a ON a.id = r.article_id"
        key, text, uri = list(database.execute(every))[number]
        article = json.loads(text)
        change(article)
        database.execute("UPDATE revisions SET article = ? WHERE id = ?", (json.dumps(article), key))
    return str(uri)


def rows(archive: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(archive)) as database:
        return list(database.execute(statement))


@pytest.mark.parametrize("engine", ["rhymix", "gnuboard", "table"])
def test_a_page_is_read_again_as_it_was_crawled(engine: Any, archive: Path, newsbot: Command) -> None:
    with SampleBoard(engine=engine, posts=12) as board:
        crawl(board, archive)
    before = articles(archive)
    age(archive)
    said = reread(newsbot, archive)
    assert totals(said) == {"pages": 12, "differ": 0, "unreadable": 0, "missing": 0, "accepted": 0}
    assert rows(archive, "SELECT DISTINCT parser_version FROM revisions") == [(OLD,)]
    reread(newsbot, archive, "--accept")
    assert rows(archive, "SELECT DISTINCT parser_version FROM revisions") == [(parser_version(),)]
    assert rows(archive, "SELECT count(*) FROM readings") == [(0,)]
    assert {key: as_json(one.article) for key, one in articles(archive).items()} == {
        key: as_json(one.article) for key, one in before.items()
    }
    assert broken_promises(archive) == []


def test_what_would_change_is_shown_before_anything_does(kept: Path, newsbot: Command) -> None:
    unsigned = [misread(kept, number, lambda article: article.update(bylines=[])) for number in (0, 1)]
    more = [{"type": "paragraph", "text": "덧붙은 다른 기사 제목이다. " * 300}]
    longer = misread(kept, 2, lambda article: article["body"].extend(more))
    misread(kept, 3, lambda article: article.update(headline="잘린 제목…"))
    said = reread(newsbot, kept)
    assert said.code == 0, said.err
    assert totals(said) == {"pages": POSTS, "differ": 4, "unreadable": 0, "missing": 0, "accepted": 0}
    fields = {(line["outlet"], line["field"]): line for line in said.lines if "field" in line}
    by_field = {name: [line for (_, field), line in fields.items() if field == name] for _, name in fields}
    assert sum(line["filled_after"] - line["filled_before"] for line in by_field["bylines"]) == 2
    assert {case["uri"] for line in by_field["bylines"] for case in line["cases"]} == set(unsigned)
    (body,) = by_field["body"]
    assert (body["changed"], body["shorter"], body["longer"], body["lost"]) == (1, 1, 0, 0)
    assert body["cases"][0]["uri"] == longer
    assert "덧붙은 다른 기사" in body["cases"][0]["before"]
    (headline,) = by_field["headline"]
    assert headline["cases"][0]["before"] == "잘린 제목…"
    assert [one.article.headline for one in articles(kept).values()].count("잘린 제목…") == 1
    people = newsbot("reparse", "--archive", f"sqlite:///{kept}").out
    assert "1 shorter by more than 20 %" in people
    assert "4 readings would change" in people


def test_accepted_readings_are_the_articles_own_and_the_old_ones_are_kept(
    kept: Path, newsbot: Command, crawled_board: Path
) -> None:
    for number in range(4):
        misread(
            kept, number, lambda article: article.update(headline="잘린 제목…", section="어느 면", bylines=[])
        )
    reread(newsbot, kept)
    assert totals(reread(newsbot, kept, "--accept"))["accepted"] == 4
    right = articles(crawled_board)
    for key, one in articles(kept).items():
        assert as_json(one.article) == as_json(right[key].article)
        assert (one.revision, one.content_hash, one.parser_version) == (
            1,
            right[key].content_hash,
            parser_version(),
        )
    replaced = rows(kept, "SELECT parser_version, state, article FROM readings")
    assert [(version, state) for version, state, _ in replaced] == [(OLD, "replaced")] * 4
    assert all(json.loads(article)["section"] == "어느 면" for *_, article in replaced)
    assert rows(
        kept, "SELECT count(*) FROM articles WHERE headline = '잘린 제목…' OR section = '어느 면'"
    ) == [(0,)]
    assert broken_promises(kept) == []
    assert totals(reread(newsbot, kept)) == {
        "pages": POSTS, "differ": 0, "unreadable": 0, "missing": 0, "accepted": 0,
    }  # fmt: skip


def test_a_page_that_is_no_article_any_more_replaces_nothing(kept: Path, newsbot: Command) -> None:
    uri = misread(
        kept, 0, lambda article: article["listing"].update(document_id="1", url="http://127.0.0.1/news/1")
    )
    before = {key: as_json(one.article) for key, one in articles(kept).items()}
    said = reread(newsbot, kept, "--accept")
    assert totals(said)["unreadable"] == 1
    assert [line["unreadable"] for line in said.lines if "unreadable" in line and "why" in line] == [uri]
    assert {key: as_json(one.article) for key, one in articles(kept).items()} == before
    assert sorted(rows(kept, "SELECT DISTINCT parser_version FROM revisions")) == [
        (OLD,),
        (parser_version(),),
    ]


def test_an_error_of_newsbots_own_takes_no_other_page_with_it(kept: Path, newsbot: Command) -> None:
    misread(kept, 0, lambda article: article["listing"].update(url="http://[", flags=[]))
    said = reread(newsbot, kept)
    assert (totals(said)["unreadable"], totals(said)["pages"]) == (1, POSTS)


def test_a_capture_that_is_not_there_is_said_and_asked_for_again(kept: Path, newsbot: Command) -> None:
    (file,) = directory_of(f"sqlite:///{kept}").iterdir()
    aside = file.rename(file.with_suffix(".aside"))
    said = reread(newsbot, kept)
    assert said.code == 1
    assert totals(said)["missing"] == POSTS
    assert "No such file" in said.lines[0]["why"]
    aside.rename(file)
    assert totals(reread(newsbot, kept))["missing"] == 0


def test_a_stopped_pass_goes_on_where_it_was(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "KEPT_TOGETHER", 4)
    totals_told = []

    def stop(done: int, total: int) -> None:
        totals_told.append(total)
        raise KeyboardInterrupt

    directory = directory_of(f"sqlite:///{kept}")
    with open_archive(f"sqlite:///{kept}") as opened:
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                read_captures(opened, directory, processes=1, progress=stop)
        assert opened.how_many_to_read(parser_version()) == POSTS - 8
        read_captures(opened, directory, processes=1)
        assert opened.how_many_to_read(parser_version()) == 0
    assert totals_told == [POSTS, POSTS - 4]


@pytest.mark.parametrize(
    ("options", "pages"),
    [
        (("--site", "nowhere.example"), 0),
        (("--outlet", "어느일보"), 0),
        (("--since", "2100-01-01"), 0),
        (("--until", "2100-01-01"), POSTS),
        (("--parser-version", OLD), POSTS),
        (("--parser-version", "1"), 0),
        (("--all",), POSTS),
    ],
)
def test_pages_are_chosen(options: tuple[str, ...], pages: int, kept: Path, newsbot: Command) -> None:
    assert totals(reread(newsbot, kept, *options))["pages"] == pages


def test_every_revision_is_read_when_all_are_asked_for(archive: Path, newsbot: Command) -> None:
    with SampleBoard(posts=3) as board:
        crawl(board, archive)
        board.edit(board.listed[0], title="고친 제목")
        crawl(board, archive)
    age(archive)
    misread(archive, 0, lambda article: article.update(section="어느 면"))
    assert totals(reread(newsbot, archive, "--accept"))["pages"] == 3
    assert totals(reread(newsbot, archive, "--all", "--accept"))["pages"] == 4
    assert broken_promises(archive) == []
