"""match, changes and show: what is alike, what was edited, and which version supersedes which."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from commanding import Command

from benchmarks.variants import blocks, story
from newsbot.archive import open_archive
from newsbot.items import Article, Headline
from newsbot.korean.date_forms import KST
from newsbot.korean.headlines import read_headline
from newsbot.korean.text import candidate

NOON = datetime(2026, 3, 2, 12, tzinfo=KST)
LINES = story(Random(11), 6)
EDITED = [line.replace("다.", "다고.", 1) for line in LINES]


def article(number: int, title: str, lines: list[str], hours: float) -> Article:
    url = f"https://paper.example/{number}"
    return Article(
        uri=f"newsbot:paper.example/{number}",
        url=url,
        site="paper.example",
        document_id=str(number),
        headline=title,
        story_form=read_headline(title).story_form,
        source="가온통신",
        body=blocks(lines),
        date_fetched=NOON,
        date_published=NOON + timedelta(hours=hours),
        listing=Headline(document_id=str(number), url=url, title=title),
    )


@pytest.fixture
def place(archive: Path) -> tuple[str, str]:
    kept = [
        article(1, "[1보] 다리 3월에 끝나", LINES, 0),
        article(2, "다리 공사 4월에 끝나(종합)", [*LINES, *story(Random(3), 4)], 1),
        article(3, "[1보] 다리 3월에 끝나", EDITED, 2),
    ]
    edits = [article(1, "[1보] 다리 4월에 끝나", LINES, 0)]
    with open_archive(f"sqlite:///{archive}") as opened:
        run = opened.start_run(
            source="paper", name=None, url="https://paper.example", options={}, started=NOON
        )
        for post in (*kept, *edits):
            opened.store(run, "paper", candidate(post), when=NOON)
    return "--archive", f"sqlite:///{archive}"


def test_match_says_how_two_articles_compare(place: tuple[str, str], newsbot: Command) -> None:
    (told,) = newsbot("match", "3", "1", *place, "--json").lines
    assert (told["kind"], told["earlier"], told["together"], told["verdict"]) == (
        "near", "newsbot:paper.example/1", True, None,
    )  # fmt: skip
    said = newsbot("match", "3", "1", *place)
    assert said.code == 0
    assert said.out.startswith("near: nearly the same text (0.")
    assert "one group" in said.out
    assert newsbot("match", "1", "2", *place).out.startswith("update: versions of one story")


def test_match_keeps_a_decision(place: tuple[str, str], newsbot: Command) -> None:
    said = newsbot("match", "1", "3", "--not", "--note", "다른 [날]", *place)
    assert (said.code, said.out.splitlines()[-1]) == (0, "decided   not the same")
    (told,) = newsbot("match", "1", "3", *place, "--json").lines
    assert (told["verdict"], told["together"]) == ("not", False)
    assert newsbot("verify", *place).code == 0


def test_match_is_told_how_it_is_used(place: tuple[str, str], newsbot: Command) -> None:
    assert newsbot("match", "1", "3", "--not", "--same", *place).code == 2
    assert newsbot("match", "1", "3", "--note", "글", *place).code == 2
    missing = newsbot("match", "1", "99", *place)
    assert (missing.code, missing.err.strip()) == (1, "newsbot: there is no article '99' in the archive")


def test_changes_lists_changed_headlines(place: tuple[str, str], newsbot: Command) -> None:
    (change,) = newsbot("changes", *place, "--json").lines
    assert (change["uri"], change["before"], change["after"], change["size"]) == (
        "newsbot:paper.example/1", "[1보] 다리 3월에 끝나", "[1보] 다리 4월에 끝나", 6,
    )  # fmt: skip
    assert "- [1보] 다리 3월에 끝나" in newsbot("changes", *place).out
    none = newsbot("changes", "--since", "2030-01-01", *place)
    assert (none.code, none.out, none.err.strip()) == (0, "", "no headline was changed")


def test_show_names_versions_and_matches(place: tuple[str, str], newsbot: Command) -> None:
    (shown,) = newsbot("show", "1", *place, "--json").lines
    assert [link["uri"][-1] for link in shown["chain"]] == ["1", "2"]
    assert [(match["uri"][-1], match["kind"]) for match in shown["matches"]] == [("3", "near")]
    said = newsbot("show", "1", *place).out
    assert "superseded by: 다리 공사 4월에 끝나(종합) (newsbot:paper.example/2)" in said
    assert ", later: [1보] 다리 3월에 끝나 (newsbot:paper.example/3)" in said
    assert "supersedes: [1보] 다리 4월에 끝나 (newsbot:paper.example/1)" in newsbot("show", "2", *place).out


def test_show_diff_tells_words_and_takes_two_revisions(place: tuple[str, str], newsbot: Command) -> None:
    (told,) = newsbot("show", "1", "--diff", "1..2", *place, "--json").lines
    assert (told["from"], told["to"], told["changed"], told["size"]) == (1, 2, ["headline"], 6)
    assert told["fields"] == {
        "headline": [["=", "[1보] 다리 "], ["-", "3월에"], ["+", "4월에"], ["=", " 끝나"]]
    }
    assert "headline: [1보] 다리 [-3월에-]{+4월에+} 끝나" in newsbot("show", "1", "--diff", *place).out
    wrong = newsbot("show", "1", "--diff", "1..9", *place)
    assert (wrong.code, wrong.err.strip()[:34]) == (1, "newsbot: '1..9' is no pair of its ")
    assert newsbot("show", "1", "1..2", *place).code == 2


def test_show_revisions_tells_what_changed_and_how_long_each_is(
    place: tuple[str, str], newsbot: Command
) -> None:
    first, second = newsbot("show", "1", "--revisions", *place, "--json").lines
    assert (first["changed"], second["changed"]) == (None, ["headline"])
    assert first["letters"] == second["letters"] == len("".join("".join(LINES).split()))
    assert "(+0)" in newsbot("show", "1", "--revisions", *place).out


def test_search_shows_the_latest_or_the_first_version(place: tuple[str, str], newsbot: Command) -> None:
    def found(*options: str) -> set[str]:
        return {line["uri"][-1] for line in newsbot("search", "다리", *options, *place, "--json").lines}

    assert found("--all") == {"1", "2", "3"}
    assert found("--all", "--latest") == {"2"}  # 3 is a copy of what 2 supersedes
    assert found("--all", "--first") == {"1", "3"}
    assert newsbot("search", "다리", "--first", "--latest", *place).code == 2
