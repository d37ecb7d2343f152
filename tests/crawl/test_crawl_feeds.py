"""Outlets without a board: their feeds and sitemaps are crawled with the same ledger and archive."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from commanding import in_its_own_process
from crawling import ONCE, articles, asked_for, broken_promises, crawl, let_time_pass, waiting
from outlet import Outlet, story

from newsbot.config import load
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.board import now_in_korea
from newsbot.sampleboard.exchange import Answer

FEEDS = [("rhymix", "/news/rss"), ("rhymix", "/news/atom"), ("gnuboard", "/bbs/rss.php?bo_table=news")]


def day(ago: int) -> str:
    return (now_in_korea() - timedelta(days=ago)).date().isoformat()


@pytest.mark.parametrize(("engine", "path"), FEEDS)
def test_a_boards_feed_gives_the_same_articles_as_the_board(engine: Any, path: str, archive: Path) -> None:
    with SampleBoard(engine=engine, posts=20, feeds=True) as board:
        newest = board.listed[:15]
        assert crawl(board.site + path, archive).shows(state="finished", pages=1, headlines=15, new=15)
        uris = {one.article.uri for one in articles(archive).values()}
        assert articles(archive).keys() == set(newest)
        again = crawl(board.site + path, archive)
        assert again.shows(state="finished", known=15, new=0, unchanged=0, requests=2)
        assert crawl(board, archive).shows(state="finished", new=5, unchanged=15)
        assert {one.article.uri for one in articles(archive).values()} > uris
    assert len(articles(archive)) == 20
    assert broken_promises(archive) == []


def test_what_falls_out_of_a_feed_is_not_gone(archive: Path) -> None:
    with Outlet() as outlet:
        outlet.feed("/rss", [3, 2, 1])
        assert crawl(outlet.site + "/rss", archive).shows(state="finished", new=3, failed=0)
        outlet.take_asked()
        outlet.feed("/rss", [4, 3])
        assert crawl(outlet.site + "/rss", archive).shows(state="finished", known=1, new=1)
        assert outlet.take_asked() == ["/rss", "/?p=4"]
        full = crawl(outlet.site + "/rss", archive, "--full")
        assert full.shows(state="finished", unchanged=2, gone=0)
        assert sorted(outlet.take_asked()) == ["/?p=3", "/?p=4", "/rss"]
        site = outlet.site.removeprefix("http://")
    kept = [one.article for one in articles(archive).values()]
    assert {article.uri for article in kept} == {f"newsbot:{site}/?p={n}" for n in (1, 2, 3, 4)}
    assert {article.headline for article in kept} == {story(n) for n in (1, 2, 3, 4)}
    assert [article.provider for article in kept if article.provider == "한여울 기자"] == []


def test_what_failed_is_asked_for_again_under_the_same_identity(archive: Path) -> None:
    with Outlet() as outlet:
        outlet.feed("/rss", [2, 1])
        good = outlet.served.pop("/?p=1")
        assert crawl(outlet.site + "/rss", archive, *ONCE).shows(state="partial", new=1, failed=1)
        outlet.feed("/rss", [3, 2])
        outlet.served["/?p=1"] = good
        let_time_pass(archive)
        outlet.take_asked()
        assert crawl(outlet.site + "/rss", archive).shows(state="finished", new=2)
        assert outlet.take_asked() == ["/?p=1", "/rss", "/?p=3"]
        site = outlet.site.removeprefix("http://")
    uris = {one.article.uri for one in articles(archive).values()}
    assert uris == {f"newsbot:{site}/?p={n}" for n in (1, 2, 3)}


def test_a_feed_of_several_pages_is_read_to_its_end(archive: Path) -> None:
    with Outlet() as outlet:
        outlet.feed("/feed", [6, 5], following="/feed?part=2")
        outlet.feed("/feed?part=2", [4, 3], following="/feed?part=3")
        outlet.feed("/feed?part=3", [4, 3], following="/feed?part=4")  # it only repeats: its end
        assert crawl(outlet.site + "/feed", archive).shows(state="finished", pages=3, new=4)


def test_an_index_is_read_newest_part_first_and_only_what_changed_again(archive: Path) -> None:
    with Outlet() as outlet:
        outlet.sitemap("/old.xml.gz", [1, 2], day(40))
        outlet.sitemap("/new.xml.gz", [3, 4], day(0))
        outlet.sitemap("/bare.xml.gz", [5], titled=False)
        parts = {"/old.xml.gz": day(40), "/bare.xml.gz": day(39), "/new.xml.gz": day(0)}
        outlet.index("/sitemap.xml", parts)
        first = crawl(outlet.site + "/sitemap.xml", archive)
        assert first.shows(state="finished", pages=3, headlines=5, new=5, failed=0)
        asked = outlet.take_asked()
        assert [each for each in asked if ".xml" in each] == [
            "/sitemap.xml",
            "/new.xml.gz",
            "/bare.xml.gz",
            "/old.xml.gz",
        ]
        assert {one.article.headline for one in articles(archive).values()} == {story(n) for n in range(1, 6)}

        outlet.sitemap("/new.xml.gz", [6, 4], day(0))
        assert crawl(outlet.site + "/sitemap.xml", archive).shows(state="finished", pages=1, new=1)
        assert outlet.take_asked() == ["/sitemap.xml", "/new.xml.gz", "/news/6.html"]
        full = crawl(outlet.site + "/sitemap.xml", archive, "--full")
        assert full.shows(state="finished", pages=3, unchanged=5, gone=0)
    assert broken_promises(archive) == []


def test_since_limits_the_parts_and_settles_only_so_deep(archive: Path) -> None:
    with Outlet() as outlet:
        outlet.sitemap("/old.xml", [1], day(40))
        outlet.sitemap("/new.xml", [2], day(1))
        outlet.index("/sitemap.xml", {"/old.xml": day(40), "/new.xml": day(1)})
        near = crawl(outlet.site + "/sitemap.xml", archive, "--since", day(7))
        assert near.shows(state="finished", pages=1, new=1)
        assert crawl(outlet.site + "/sitemap.xml", archive, "--pages", "1").shows(pages=1, new=0)
        assert crawl(outlet.site + "/sitemap.xml", archive).shows(state="finished", pages=2, new=1)


def test_a_part_that_cannot_be_read_keeps_no_other_from_it(archive: Path) -> None:
    with Outlet() as outlet:
        outlet.index("/sitemap.xml", {"/gone.xml": day(0), "/old.xml": day(40)})
        outlet.sitemap("/old.xml", [1], day(40))
        done = crawl(outlet.site + "/sitemap.xml", archive, *ONCE)
        assert done.code == 1
        assert done.shows(state="partial", new=1)
        assert "/gone.xml answered 404" in done.err
        outlet.sitemap("/gone.xml", [2], day(0))
        assert crawl(outlet.site + "/sitemap.xml", archive).shows(state="finished", pages=2, new=1)


def test_an_article_on_a_strangers_host_is_not_asked_for(archive: Path) -> None:
    with Outlet() as outlet, Outlet() as stranger:
        outlet.feed("/rss", [1], link=stranger.article(7))
        done = crawl(outlet.site + "/rss", archive, *ONCE)
        assert done.shows(state="partial", new=1, failed=1)
        assert stranger.asked == []
    assert "leads off the source's host" in done.err
    assert len(waiting(archive)) == 1


def test_an_article_that_an_outlet_redirects_has_not_moved_off_a_board(archive: Path) -> None:
    with Outlet() as outlet:
        outlet.sitemap("/news.xml", [1], day(0), path="/news/{}")
        at = outlet.article(1, "/local/{}")
        outlet.served["/news/1"] = Answer(status=301, body=b"", headers=(("Location", at),))
        assert crawl(outlet.site + "/news.xml", archive).shows(state="finished", new=1, gone=0)
        assert crawl(outlet.site + "/news.xml", archive).shows(state="finished", known=1, requests=2)


BROKEN = {
    "cut": "<rss><channel><item><title>선착장</title>",
    "empty": "",
    "page": "<!doctype html><html><title>점검</title><body>점검 중입니다</body></html>",
    "no entries": "<rss><channel></channel></rss>",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_feed_is_a_failure_in_one_line(text: str, archive: Path) -> None:
    with Outlet() as outlet:
        outlet.feed("/rss", [1])
        crawl(outlet.site + "/rss", archive)
        outlet.put("/rss", text)
        done = crawl(outlet.site + "/rss", archive, *ONCE)
        assert done.code == 1
        assert done.shows(state="failed", new=0, gone=0)
        assert len(done.complaints) == 1
        outlet.feed("/rss", [1, 2])
        assert crawl(outlet.site + "/rss", archive).shows(state="finished", new=1)


def test_sources_add_finds_out_what_an_address_is(tmp_path: Path) -> None:
    with Outlet() as outlet:
        outlet.feed("/rss/all.xml", [2, 1])
        outlet.feed("/rss/front.xml", [2, 1])
        outlet.sitemap("/part.xml.gz", [3], day(0))
        outlet.index("/sitemap.xml", {"/part.xml.gz": day(0)})
        link = '<link rel="alternate" type="application/rss+xml" href="{}">'
        links = link.format("/gone.xml") + link.format("/rss/front.xml")
        home = f"<html><head>{links}</head><body>샛강일보</body></html>"
        outlet.put("/", home, kind="text/html")
        for name, path, found, shown in (
            ("feed", "/rss/all.xml", "/rss/all.xml", story(2)),
            ("index", "/sitemap.xml", "/sitemap.xml", story(3)),
            ("home", "/", "/rss/front.xml", "/gone.xml"),
        ):
            said = in_its_own_process("sources", "add", outlet.site + path, "--name", name, cwd=tmp_path)
            assert (said.code, said.err) == (0, "")
            assert shown in said.out
            assert "이용 시간은 아침 여섯 시부터" in said.out
            assert load(tmp_path / "newsbot.toml").sources[name].url == outlet.site + found
        checked = in_its_own_process("sources", "check", "feed", cwd=tmp_path)
        assert (checked.code, "feed, 2 headlines" in checked.out) == (0, True)


def test_sources_add_takes_the_sitemap_that_robots_txt_names(tmp_path: Path) -> None:
    with Outlet() as outlet:
        outlet.sitemap("/news.xml", [1], day(0))
        outlet.put("/", "<html><body>샛강일보</body></html>", kind="text/html")
        outlet.put("/robots.txt", f"User-agent: *\nSitemap: {outlet.site}/news.xml\n", kind="text/plain")
        said = in_its_own_process("sources", "add", outlet.site, "--name", "outlet", cwd=tmp_path)
        assert (said.code, said.err) == (0, "")
        assert load(tmp_path / "newsbot.toml").sources["outlet"].url == outlet.site + "/news.xml"
        wrong = in_its_own_process("sources", "add", outlet.site + "/nosuch", cwd=tmp_path)
        assert (wrong.code, len(wrong.err.splitlines())) == (1, 1)


def test_a_board_goes_on_being_read_as_a_board(archive: Path) -> None:
    with SampleBoard(posts=25, page_size=10, feeds=True) as board:
        assert crawl(board, archive).shows(state="finished", new=25)
        assert not any("rss" in target for target in asked_for(board))


def plain_sources(outlet: Outlet) -> dict[str, str]:
    addresses = [outlet.article(number) for number in (2, 1)]
    items = [{"id": url, "url": url, "title": story(2 - n)} for n, url in enumerate(addresses)]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "샛강", "items": items}
    return {"/feed.json": json.dumps(feed), "/sitemap.txt": "\n".join(addresses)}


@pytest.mark.parametrize("path", ["/feed.json", "/sitemap.txt"])
def test_sources_that_are_no_xml_are_crawled_and_added(path: str, archive: Path, tmp_path: Path) -> None:
    with Outlet() as outlet:
        outlet.put(
            path, plain_sources(outlet)[path], packed=path == "/sitemap.txt", kind="application/octet-stream"
        )
        assert crawl(outlet.site + path, archive).shows(state="finished", new=2, failed=0)
        assert crawl(outlet.site + path, archive).shows(state="finished", new=0)
        added = in_its_own_process("sources", "add", outlet.site + path, "--name", "plain", cwd=tmp_path)
        assert added.code == 0, added.err
        assert "as it would be read" in added.out
