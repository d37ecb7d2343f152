"""What a crawl read is what its captures read again, of every kind of source."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from commanding import HURRY, Command, in_its_own_process
from crawling import archive_url, articles, crawl
from outlet import Outlet
from test_crawl_paged_articles import publish

from newsbot.items import as_json
from newsbot.sampleboard.exchange import Answer


def read_again(newsbot: Command, archive: Path) -> dict[str, int]:
    with closing(sqlite3.connect(archive)) as database, database:
        database.execute("UPDATE revisions SET parser_version = 'old'")
    said = newsbot("reparse", "--archive", f"sqlite:///{archive}", "--json", "--jobs", "1", "--accept")
    assert said.code == 0, said.out + said.err
    return {name: said.lines[-1][name] for name in ("pages", "differ", "unreadable", "missing")}


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_an_outlets_feed_and_sitemap(kind: str, archive: Path, newsbot: Command) -> None:
    with Outlet() as outlet:
        if kind == "feed":
            outlet.feed("/source", [3, 2, 1])
        else:
            outlet.sitemap("/source", [3, 2, 1])
        options = ("-s", "DOWNLOAD_DELAY=0")
        assert crawl(outlet.site + "/source", archive, *options).shows(state="finished", new=3)
        assert crawl(outlet.site + "/source", archive, "--full").shows(state="finished", unchanged=3)
    assert read_again(newsbot, archive) == {"pages": 3, "differ": 0, "unreadable": 0, "missing": 0}


def test_an_article_on_several_pages(archive: Path, newsbot: Command) -> None:
    with Outlet() as outlet:
        publish(outlet)
        assert crawl(outlet.site + "/rss", archive).shows(state="finished", new=2)
    before = {key: as_json(one.article) for key, one in articles(archive).items()}
    assert read_again(newsbot, archive) == {"pages": 2, "differ": 0, "unreadable": 0, "missing": 0}
    assert {key: as_json(one.article) for key, one in articles(archive).items()} == before


def test_a_page_whose_encoding_only_the_source_knows(archive: Path, newsbot: Command, tmp_path: Path) -> None:
    with Outlet() as outlet:
        outlet.feed("/rss", [2, 1])
        for path, answer in list(outlet.served.items()):
            if path != "/rss":
                text = answer.body.decode().replace('<meta charset="utf-8">', "")
                outlet.served[path] = Answer(body=text.encode("cp949"), content_type="text/html")
        (tmp_path / "newsbot.toml").write_text(
            f'[sources.river]\nurl = "{outlet.site}/rss"\nencoding = "cp949"\noutlet = "샛강일보"\n'
        )
        feed = outlet.served["/rss"]
        outlet.served["/rss"] = replace(feed, body=feed.body.decode().encode("cp949"))
        done = in_its_own_process("crawl", "river", "--archive", archive_url(archive), *HURRY, cwd=tmp_path)
        assert done.code == 0, done.err
    assert any("나루터" in one.article.headline for one in articles(archive).values())
    assert read_again(newsbot, archive) == {"pages": 2, "differ": 0, "unreadable": 0, "missing": 0}
