"""crawl, sources and parse against a board: the commands that ask a server."""

import json
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from commanding import HURRY, Command, Said, in_its_own_process

from newsbot.archive import open_archive
from newsbot.sampleboard import SampleBoard

ROOT = Path(__file__).parents[2]


def saved(url: str, path: Path) -> Path:
    with urllib.request.urlopen(url) as response:  # noqa: S310 - the sample board
        path.write_bytes(response.read())
    return path


def test_crawl_tells_people_what_it_found(tmp_path: Path) -> None:
    with SampleBoard(posts=3) as board:
        said = in_its_own_process("crawl", board.url, *HURRY, cwd=tmp_path)
    assert said.code == 0
    assert "3 new" in said.out
    assert said.err == ""
    with open_archive(f"sqlite:///{tmp_path / 'newsbot.db'}", read_only=True) as opened:
        assert opened.counts().articles == 3


def test_crawl_takes_every_enabled_source_and_goes_on_past_one_that_fails(tmp_path: Path) -> None:
    with (
        SampleBoard(posts=3) as one,
        SampleBoard(engine="table", posts=4) as two,
        SampleBoard(posts=2) as off,
    ):
        (tmp_path / "newsbot.toml").write_text(
            f'[sources.gone]\nurl = "http://127.0.0.1:9/news"\n'
            f'[sources.one]\nurl = "{one.url}"\noutlet = "샛강일보"\n'
            f'[sources.two]\nurl = "{two.url}"\npages = 1\n'
            f'[sources.off]\nurl = "{off.url}"\nenabled = false\n'
            f"[settings]\nRETRY_TIMES = 0\n"
        )
        said = in_its_own_process("crawl", "--json", *HURRY, cwd=tmp_path)
        assert said.code == 1
        assert [line["state"] for line in said.lines] == ["failed", "finished", "finished"]
        assert [line.get("new") for line in said.lines[1:]] == [3, 4]
        assert off.requests == []
        named = in_its_own_process("crawl", "one", "--json", *HURRY, cwd=tmp_path)
        assert (named.code, named.lines[0]["new"]) == (0, 0)


def test_sources_are_added_listed_and_checked(tmp_path: Path) -> None:
    with SampleBoard(posts=4, engine="gnuboard") as board:
        added = in_its_own_process("sources", "add", board.url, "--name", "mine", cwd=tmp_path)
        assert added.code == 0
        newest = board.truth[board.listed[0]]["headline"]
        assert newest[:12] in added.out
        listed = in_its_own_process("sources", "list", "--json", cwd=tmp_path)
        assert [(each["name"], each["url"]) for each in listed.lines] == [("mine", board.url)]
        assert in_its_own_process("sources", cwd=tmp_path).out.count("mine") == 1
        twice = in_its_own_process("sources", "add", f"{board.url}?page=2", "--name", "too", cwd=tmp_path)
        assert (twice.code, twice.out) == (2, "")
        assert "is there already: newsbot crawl mine" in twice.err
        again = in_its_own_process("sources", "add", board.url, "--name", "mine", cwd=tmp_path)
        assert (again.code, len(again.err.splitlines())) == (2, 1)
        fine = in_its_own_process("sources", "check", cwd=tmp_path)
        assert fine.code == 0
        assert "gnuboard, 4 headlines" in fine.out
        board.fail("other-page")
        broken = in_its_own_process("sources", "check", "mine", cwd=tmp_path)
        assert broken.code == 1
        assert "nothing could be read" in broken.out


def test_what_is_no_board_is_not_added(tmp_path: Path) -> None:
    with SampleBoard(posts=2) as board:
        said = in_its_own_process("sources", "add", board.site + "/nosuch", cwd=tmp_path)
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
    assert not (tmp_path / "newsbot.toml").exists()


def parsed(said: Said) -> dict[str, object]:
    assert said.code == 0, said.err
    (item,) = said.lines
    return item


def test_parse_reads_a_saved_page_as_what_it_is(newsbot: Command, tmp_path: Path) -> None:
    with SampleBoard(posts=5) as board:
        newest = board.listed[0]
        article = saved(f"{board.url}/{newest}", tmp_path / "article.html")
        listing = saved(board.url, tmp_path / "listing.html")
        truth = board.truth[newest]
    read = parsed(newsbot("parse", article, "--url", f"{board.url}/{newest}", "--json"))
    assert (read["headline"], read["document_id"]) == (truth["headline"], newest)
    assert truth["body"][0][1] in newsbot("parse", article).out.replace("\n", " ").replace("  ", " ")
    found = parsed(newsbot("parse", listing, "--url", board.url, "--json"))
    assert found["engine"] == "rhymix"
    assert [row["document_id"] for row in found["headlines"]] == board.listed  # type: ignore[attr-defined]
    under = parsed(newsbot("parse", article, "--url", f"{board.url}/{newest}", "--as", "listing", "--json"))
    assert {row["document_id"] for row in under["headlines"]} >= set(board.listed)  # type: ignore[attr-defined]
    assert newest in newsbot("parse", listing, "--url", board.url).out


@pytest.mark.parametrize("stated", ["http://[::1/a", "http://a.example:99999/", "https://a.example:port/"])
def test_a_saved_page_that_states_a_broken_address_is_read_without_it(
    stated: str, newsbot: Command, tmp_path: Path
) -> None:
    row = '<tr><td>1</td><td><a href="view?no=1">둑길 새 단장</a></td><td>2026-03-01</td></tr>'
    head = f'<head><link rel="canonical" href="{stated}"></head>'
    table = f"<table><tr><th>번호</th><th>제목</th><th>날짜</th></tr>{row}</table>"
    (tmp_path / "saved.html").write_text(f"<html>{head}<body>{table}</body></html>", "utf-8")
    said = newsbot("parse", "saved.html", "--json")
    assert (said.code, [h["title"] for h in said.lines[0]["headlines"]]) == (0, ["둑길 새 단장"])


def test_parse_fetches_an_address(tmp_path: Path) -> None:
    with SampleBoard(posts=3, engine="gnuboard") as board:
        newest = board.listed[0]
        read = parsed(in_its_own_process("parse", f"{board.url}/{newest}", "--json", cwd=tmp_path))
        assert read["headline"] == board.truth[newest]["headline"]
        gone = in_its_own_process("parse", f"{board.url}/99999", "--json", cwd=tmp_path)
        assert (gone.code, gone.out) == (1, "")
        assert "deleted" in gone.err
        nowhere = in_its_own_process("parse", "http://127.0.0.1:9/news/1", cwd=tmp_path)
        assert nowhere.code == 1
        assert len(nowhere.err.splitlines()) == 1
        assert nowhere.err.startswith(
            "newsbot: http://127.0.0.1:9/news/1: robots.txt cannot be had (connection refused)"
        )
    assert list(tmp_path.iterdir()) == []  # looking at a page leaves nothing behind


@pytest.mark.parametrize("text", ["", "<html><body><p>메뉴</p></body></html>", "\x00\x01\x02" * 50])
def test_parse_says_what_is_neither(text: str, newsbot: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(text)
    said = newsbot("parse", page, "--json")
    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1


def test_it_is_an_ordinary_scrapy_project(tmp_path: Path) -> None:
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    archive = tmp_path / "archive.db"
    with SampleBoard(posts=4) as board:
        arguments = ["crawl", "board", "-a", f"url={board.url}", "-a", "pages=1", *HURRY]
        arguments += ["-s", f"NEWSBOT_ARCHIVE=sqlite:///{archive}", "-O", "items.jsonl", "-L", "ERROR"]
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
    assert (done.returncode, done.stderr) == (0, "")
    with open_archive(f"sqlite:///{archive}", read_only=True) as opened:
        assert opened.counts().articles == 4
    items = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text("utf-8").splitlines()]
    assert len(items) == 4
