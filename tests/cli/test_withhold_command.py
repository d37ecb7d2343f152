"""withhold: a takedown is seen by every command that reads."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from commanding import Command

from newsbot.archive import open_archive
from newsbot.captures import directory_of
from newsbot.korean.date_forms import KST


@pytest.fixture
def own(crawled: Path, tmp_path: Path) -> Path:
    """A copy of the crawled archive, to be changed."""
    copy = tmp_path / "own.db"
    with closing(sqlite3.connect(crawled)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    before, after = (directory_of(f"sqlite:///{each}") for each in (crawled, copy))
    shutil.copytree(before, after)
    return copy


def first(archive: Path) -> str:
    with open_archive(f"sqlite:///{archive}", read_only=True) as opened:
        return next(opened.articles()).article.uri


def test_a_withheld_article_is_in_no_answer(own: Path, newsbot: Command) -> None:
    place, uri = ("--archive", f"sqlite:///{own}"), first(own)
    said = newsbot("withhold", uri, "--reason", "매체의 [요청]", *place)
    assert (said.code, said.out.splitlines()[0]) == (0, f"withheld: {uri}")
    assert uri not in newsbot("export", *place).out
    assert len(newsbot("export", *place).lines) == 11
    hidden = newsbot("show", uri, *place)
    assert (hidden.code, hidden.out) == (1, "")
    assert f"{uri} is withheld since 20" in hidden.err
    assert "매체의 [요청]" in hidden.err
    assert "withheld since" in newsbot("show", uri, "--withheld", *place).out
    (shown,) = newsbot("show", uri, "--withheld", "--json", *place).lines
    assert shown["uri"] == uri
    assert newsbot("verify", *place).code == 0


@pytest.mark.parametrize(
    "verb",
    [
        ("search", "날짜:2000-01-01..2099-12-31", "--all"),
        ("search", "고친 제목"),
        ("changes",),
        ("stories",),
        *(("export", "-f", form) for form in ("jsonl", "csv", "ninjs", "jsonld", "atom")),
    ],
)
def test_no_list_names_what_is_withheld(verb: tuple[str, ...], own: Path, newsbot: Command) -> None:
    place = ("--archive", f"sqlite:///{own}")
    with open_archive(f"sqlite:///{own}") as opened:
        uri = next(one.article.uri for one in opened.articles() if one.revision == 2)
        opened.withhold(uri, "편지", when=datetime(2026, 3, 2, tzinfo=KST))
    for json_lines in ((), ("--json",)) if verb[0] != "export" else ((),):
        said = newsbot(*verb, *json_lines, *place)
        assert said.code == 0, said.err
        assert uri not in said.out
        assert "고친 제목 [3]" not in said.out


def test_release_and_the_list_of_rulings(own: Path, newsbot: Command) -> None:
    place, uri = ("--archive", f"sqlite:///{own}"), first(own)
    (ruling,) = newsbot("withhold", uri, "--reason", "편지", "--json", *place).lines
    assert (ruling["uri"], ruling["action"], ruling["visible_reposts"]) == (uri, "withheld", [])
    assert newsbot("withhold", uri, "--release", "--reason", "둘째 편지", *place).out == f"released: {uri}\n"
    assert newsbot("show", uri, *place).code == 0
    listed = newsbot("withhold", "--list", "--json", *place).lines
    assert [(one["action"], one["reason"], one["in_force"]) for one in listed] == [
        ("withheld", "편지", False),
        ("released", "둘째 편지", False),
    ]
    assert "둘째 편지" in newsbot("withhold", "--list", *place).out


def test_reposts_that_stay_are_named(own: Path, newsbot: Command) -> None:
    place = ("--archive", f"sqlite:///{own}")
    with closing(sqlite3.connect(own)) as link, link:
        link.execute("UPDATE articles SET text_hash = 'same' WHERE id IN (1, 2)")
        other, uri = (row[0] for row in link.execute("SELECT uri FROM articles WHERE id < 3 ORDER BY id"))
    assert (
        f"still seen, of the same text: {other}" in newsbot("withhold", uri, "--reason", "편지", *place).out
    )


@pytest.mark.parametrize("asked", [(), ("newsbot:a/1",), ("newsbot:a/1", "--reason", " "), ("--reason", "x")])
def test_a_ruling_needs_an_article_and_a_reason(asked: tuple[str, ...], own: Path, newsbot: Command) -> None:
    assert newsbot("withhold", *asked, "--archive", f"sqlite:///{own}").code == 2


def test_an_article_that_is_not_there_cannot_be_withheld(own: Path, newsbot: Command) -> None:
    said = newsbot("withhold", "nowhere", "--reason", "편지", "--archive", f"sqlite:///{own}")
    assert (said.code, len(said.err.splitlines())) == (1, 1)
    assert said.out == ""
