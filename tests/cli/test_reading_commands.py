"""show, export and verify: the commands that read an archive."""

import csv
import io
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from commanding import Command
from fastwarc.warc import ArchiveIterator, WarcRecordType

from newsbot.archive import open_archive
from newsbot.captures import directory_of
from newsbot.export import Format


def uris(archive: Path) -> list[str]:
    with open_archive(f"sqlite:///{archive}", read_only=True) as opened:
        return [one.article.uri for one in opened.articles()]


def edited(archive: Path) -> str:
    with open_archive(f"sqlite:///{archive}", read_only=True) as opened:
        return next(one.article.uri for one in opened.articles() if one.revision == 2)


def test_show_prints_an_article_under_any_of_its_names(crawled: Path, newsbot: Command) -> None:
    uri = edited(crawled)
    place = ("--archive", f"sqlite:///{crawled}")
    (shown,) = newsbot("show", uri, *place, "--json").lines
    assert (shown["uri"], shown["headline"], shown["revision"]) == (uri, "고친 제목 [3]", 2)
    assert shown["body"]
    for name in (shown["url"], shown["canonical_url"], shown["document_id"], uri.removeprefix("newsbot:")):
        assert newsbot("show", name, *place, "--json").lines == [shown]
    for_people = newsbot("show", uri, *place)
    assert for_people.code == 0
    assert "고친 제목 [3]" in for_people.out
    assert shown["body"][0]["text"][:20] in for_people.out


def test_show_tells_revisions_and_what_changed(crawled: Path, newsbot: Command) -> None:
    uri, place = edited(crawled), ("--archive", f"sqlite:///{crawled}")
    history = newsbot("show", uri, "--revisions", *place, "--json").lines
    assert [one["revision"] for one in history] == [1, 2]
    first = history[0]["headline"]
    assert all(title in newsbot("show", uri, "--revisions", *place).out for title in (first, "고친 제목 [3]"))
    changed = newsbot("show", uri, "--diff", *place).out.splitlines()
    assert changed[1] == f"headline: [-{first}-]{{+고친 제목 [3]+}}"
    other = next(each for each in uris(crawled) if each != uri)
    assert "nothing has changed" in newsbot("show", other, "--diff", *place).out


def test_export_writes_every_article_once(crawled: Path, newsbot: Command, tmp_path: Path) -> None:
    place = ("--archive", f"sqlite:///{crawled}")
    lines = newsbot("export", *place).lines
    assert [line["uri"] for line in lines] == uris(crawled)
    written = newsbot("export", "-f", "jsonl", "-o", tmp_path / "articles.jsonl", *place)
    assert written.code == 0
    assert (written.out, written.err.strip()) == ("", f"12 articles in {tmp_path / 'articles.jsonl'}")
    kept = (tmp_path / "articles.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in kept] == lines

    table = list(csv.DictReader(io.StringIO(newsbot("export", "-f", "csv", *place).out)))
    assert [row["headline"] for row in table] == [line["headline"] for line in lines]


@pytest.mark.parametrize("form", [form for form in Format if form != Format.WACZ])
def test_every_format_is_told_by_the_ending(
    form: Format, crawled: Path, newsbot: Command, tmp_path: Path
) -> None:
    said = newsbot("export", "-o", tmp_path / f"a.{form}", "--archive", f"sqlite:///{crawled}")
    assert (said.code, said.err.strip()) == (0, f"12 articles in {tmp_path / f'a.{form}'}")
    assert b"@yna.example" not in (tmp_path / f"a.{form}").read_bytes()


def test_an_export_is_of_what_was_chosen(crawled: Path, newsbot: Command) -> None:
    place = ("--archive", f"sqlite:///{crawled}")
    every = newsbot("export", *place).lines
    days = sorted({line["date_published"][:10] for line in every if line["date_published"]})
    (site,) = {line["site"] for line in every}
    for choice, wanted in (
        (("--since", days[-1]), [line for line in every if (line["date_published"] or "") >= days[-1]]),
        (("--until", days[0]), [line for line in every if (line["date_published"] or "~")[:10] <= days[0]]),
        (("--site", site), every),
        (("--site", "other.example"), []),
        (("--source", f"http://{site}/news"), every),
        (("--source", "http://other.example/news"), []),
    ):
        assert newsbot("export", *choice, *place).lines == wanted


def test_captured_pages_are_exported_when_addresses_are_asked_for(
    crawled: Path, newsbot: Command, tmp_path: Path
) -> None:
    place = ("--archive", f"sqlite:///{crawled}")
    refused = newsbot("export", "-o", tmp_path / "a.wacz", *place)
    assert (refused.code, list(tmp_path.iterdir())) == (2, [])
    whole = newsbot("export", "-o", tmp_path / "a.wacz", "--emails", *place)
    assert (whole.code, whole.err.strip()) == (0, f"12 articles in {tmp_path / 'a.wacz'}")
    assert newsbot("export", "고친 제목", "-o", tmp_path / "q.wacz", "--emails", *place).code == 0
    assert newsbot("export", "--run", "2", "-o", tmp_path / "r.wacz", "--emails", *place).code == 0
    for name in ("q.wacz", "r.wacz"):
        page = pages_of(tmp_path / name)[-1]
        assert (page["id"], page["title"]) == (edited(crawled), "고친 제목 [3]")
    assert len(pages_of(tmp_path / "q.wacz")) == 1


def test_a_run_that_is_not_there_is_said(crawled: Path, newsbot: Command, tmp_path: Path) -> None:
    said = newsbot("export", "--run", "99", "-o", tmp_path / "a.csv", "--archive", f"sqlite:///{crawled}")
    assert (said.code, said.err) == (1, "newsbot: there is no run 99 in the archive\n")
    assert list(tmp_path.iterdir()) == []


def pages_of(wacz: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(wacz) as packed:
        header, *pages = map(json.loads, packed.read("pages/pages.jsonl").decode().splitlines())
    assert header["format"] == "json-pages-1.0"
    return pages


def test_a_wacz_of_a_run_is_all_that_it_fetched_its_listing_first(
    crawled: Path, newsbot: Command, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(crawled, copy)
    shutil.copytree(directory_of(f"sqlite:///{crawled}"), directory_of(f"sqlite:///{copy}"))
    place = ("--run", "1", "--emails", "--archive", f"sqlite:///{copy}")
    assert newsbot("export", "-o", tmp_path / "run.wacz", *place).code == 0
    listing, *others = pages_of(tmp_path / "run.wacz")
    assert listing["title"] == listing["url"].removeprefix("http://")
    assert len([page for page in others if page["id"].startswith("newsbot:")]) == 12
    with zipfile.ZipFile(tmp_path / "run.wacz") as packed:
        warc = packed.read("archive/newsbot.warc.gz")
    kept = [
        record.headers["WARC-Target-URI"]
        for record in ArchiveIterator(io.BytesIO(warc), WarcRecordType.response)
    ]
    with open_archive(f"sqlite:///{copy}", read_only=True) as opened:
        assert kept == [each.url for each in opened.captures_of_run(1)]
    assert any(url.endswith("/robots.txt") for url in kept)

    assert (
        newsbot("withhold", edited(crawled), "--reason", "법원", "--archive", f"sqlite:///{copy}").code == 0
    )
    said = newsbot("export", "-o", tmp_path / "hidden.wacz", *place)
    assert said.err.strip().endswith("; not the listings, which may name what is withheld")
    assert len(pages_of(tmp_path / "hidden.wacz")) == 11
    assert all(page["id"].startswith("newsbot:") for page in pages_of(tmp_path / "hidden.wacz"))
    nothing = newsbot("export", "-o", tmp_path / "none.wacz", *place, "--run", "99")
    assert (nothing.code, len(nothing.err.splitlines())) == (1, 1)


def test_an_export_of_a_run_is_what_it_stored(crawled: Path, newsbot: Command) -> None:
    place = ("--archive", f"sqlite:///{crawled}")
    first = newsbot("export", "--run", "1", *place).lines
    assert ([line["revision"] for line in first], len(first)) == ([1] * 12, 12)
    (second,) = newsbot("export", "--run", "2", *place).lines
    assert (second["uri"], second["revision"]) == (edited(crawled), 2)
    assert newsbot("export", "고친", "--run", "2", *place).code == 2


def test_an_export_is_of_what_a_query_finds(crawled: Path, newsbot: Command) -> None:
    place = ("--archive", f"sqlite:///{crawled}")
    every = newsbot("export", *place).lines
    (edited_one,) = newsbot("export", "고친 제목", "-f", "jsonl", *place).lines
    assert edited_one["uri"] == edited(crawled)
    others = newsbot("export", "날짜:2000-01-01..2099-12-31", "-제목:고친", *place).lines
    assert sorted(line["uri"] for line in others) == sorted(
        line["uri"] for line in every if line["uri"] != edited_one["uri"]
    )
    assert [line["date_published"] for line in others] == sorted(
        (line["date_published"] for line in others), reverse=True
    )
    assert newsbot("export", "고친 제목", "--site", "other.example", *place).lines == []


@pytest.mark.parametrize(
    "asked", [("-경영계",), ("고친", "--emials"), ("날짜:어제",), ("--source", "nobody")]
)
def test_a_query_that_is_none_is_wrong_use(asked: tuple[str, ...], crawled: Path, newsbot: Command) -> None:
    said = newsbot("export", *asked, "--archive", f"sqlite:///{crawled}")
    assert (said.code, said.out) == (2, "")


def test_addresses_are_exported_when_asked_for(crawled: Path, newsbot: Command) -> None:
    place = ("--archive", f"sqlite:///{crawled}")
    assert "@" not in newsbot("export", *place).out
    assert any(line["bylines"][0]["email"] for line in newsbot("export", "--emails", *place).lines)


@pytest.mark.parametrize(
    "asked", [("-o", "articles.doc"), ("-f", "parquet"), ("-f", "doc"), ("-f", "sqlite")]
)
def test_an_export_without_a_form_or_a_file_is_wrong_use(
    asked: tuple[str, ...], crawled: Path, newsbot: Command
) -> None:
    assert newsbot("export", *asked, "--archive", f"sqlite:///{crawled}").code == 2


def test_an_export_does_not_write_over_its_archive(crawled: Path, newsbot: Command, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(crawled)
    before = crawled.read_bytes()
    for name in (crawled, tmp_path / "link.db"):
        assert newsbot("export", "-o", name, "--archive", f"sqlite:///{crawled}").code == 2
    assert crawled.read_bytes() == before


def test_an_export_that_cannot_be_written_says_so(crawled: Path, newsbot: Command, tmp_path: Path) -> None:
    said = newsbot("export", "-o", tmp_path / "no" / "where.csv", "--archive", f"sqlite:///{crawled}")
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
    assert "cannot be written" in said.err


def test_verify_finds_an_archive_in_order(crawled: Path, newsbot: Command) -> None:
    said = newsbot("verify", "--archive", f"sqlite:///{crawled}")
    assert said.code == 0
    assert "all in order" in said.out
    (counts,) = newsbot("verify", "--archive", f"sqlite:///{crawled}", "--json").lines
    assert (counts["articles"], counts["revisions"], counts["runs"], counts["findings"]) == (12, 13, 2, [])
    assert counts["headlines"]["stored"] == 12


def test_verify_finds_what_was_tampered_with(crawled: Path, newsbot: Command, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(crawled)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("UPDATE revisions SET article = replace(article, '고친 제목', '남의 제목')")
        target.commit()
    said = newsbot("verify", "--archive", f"sqlite:///{copy}")
    assert said.code == 1
    assert edited(crawled) in said.out
    findings = newsbot("verify", "--archive", f"sqlite:///{copy}", "--json").lines[0]["findings"]
    assert [found["check"] for found in findings if found["check"] != "captures"] == ["search", "revisions"]


@pytest.mark.parametrize("verb", [("show", "x"), ("export",), ("verify",)])
def test_no_archive_is_made_by_reading(verb: tuple[str, ...], newsbot: Command, tmp_path: Path) -> None:
    said = newsbot(*verb, "--archive", f"sqlite:///{tmp_path / 'none.db'}")
    assert said.code == 1
    assert said.err.splitlines() == [
        f"newsbot: there is no archive at {tmp_path / 'none.db'}: `newsbot crawl` makes one"
    ]
    assert list(tmp_path.iterdir()) == []


def test_an_article_that_is_not_there(crawled: Path, newsbot: Command) -> None:
    said = newsbot("show", "[/b]", "--archive", f"sqlite:///{crawled}")
    assert said.code == 1
    assert "no article '[/b]'" in said.err
    assert len(said.err.splitlines()) == 1
