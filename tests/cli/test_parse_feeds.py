import gzip
from pathlib import Path

from commanding import Command

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>강변신문</title>
<item><title>강변에 새 다리</title><link>https://paper.example/news/901</link>
<pubDate>Thu, 05 Mar 2026 08:40:00 +0900</pubDate></item></channel></rss>
"""
INDEX = """<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://paper.example/sitemap-1.xml</loc></sitemap></sitemapindex>
"""


def test_a_feed_is_parsed_as_a_listing(newsbot: Command, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED, "utf-8")
    said = newsbot("parse", "feed.xml", "--url", "https://paper.example/rss", "--json")
    assert said.code == 0, said.err
    listing = said.lines[0]
    assert listing["engine"] == "feed"
    assert [(h["title"], h["url"]) for h in listing["headlines"]] == [
        ("강변에 새 다리", "https://paper.example/news/901")
    ]


def test_a_sitemaps_index_says_what_it_is_packed_or_not(newsbot: Command, tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml.gz").write_bytes(gzip.compress(INDEX.encode()))
    said = newsbot("parse", "sitemap.xml.gz", "--url", "https://paper.example/sitemap.xml.gz")
    assert said.code == 1
    assert "index of a sitemap: 1 parts, the newest https://paper.example/sitemap-1.xml" in said.err


def test_links_that_hide_where_they_lead_are_said(newsbot: Command, tmp_path: Path) -> None:
    hidden = FEED.replace("https://paper.example/news/901", "https://news.google.com/rss/articles/CBMiAU_yqL")
    (tmp_path / "feed.xml").write_text(hidden, "utf-8")
    said = newsbot("parse", "feed.xml", "--url", "https://news.google.com/rss")
    assert "! 1 links lead to Google News" in said.out
