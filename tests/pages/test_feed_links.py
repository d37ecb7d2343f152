"""Where a page says that its feeds are, and what a board's feed names."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from feeding import document
from sampled import visit

from newsbot.pages.feeds import feed_links, read_feed
from newsbot.pages.listing import read_listing
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.board import EngineName


def test_feeds_that_a_page_names() -> None:
    page = """<html><head>
        <link rel="alternate" type="application/rss+xml" title="전체기사" href="/rss/allArticle.xml">
        <link rel="alternate" type="application/atom+xml; charset=utf-8" href="/atom">
        <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
        <link rel="alternate" hreflang="en" href="https://en.dukgil.example/">
        <link rel="stylesheet" type="application/rss+xml" href="/style">
        </head><body><a href="/rss/S1N1.xml">정치</a> <a href="http://rss.dukgil.example/total.xml">모두</a>
        <a href="/bbs/rss.php?bo_table=news">RSS</a> <a href="/news/rss">RSS</a>
        <a href="feed://dukgil.example/feed">피드</a>
        <a href="/index.php?mid=news&act=rss">RSS</a>
        <a href="/SectionRssFeed.do?sectionId=01">RSS</a>
        <a href="/atom">다시</a> <a href="/sitemap.xml">지도</a> <a href="/about">소개</a>
        <a href="http://[">틀림</a>
        <a href="http://reader.example/add/rss?url=http://dukgil.example/rss">구독</a></body></html>"""
    assert feed_links(document(page, "https://www.dukgil.example/")) == (
        "https://www.dukgil.example/rss/allArticle.xml",
        "https://www.dukgil.example/atom",
        "https://www.dukgil.example/rss/S1N1.xml",
        "http://rss.dukgil.example/total.xml",
        "https://www.dukgil.example/bbs/rss.php?bo_table=news",
        "https://www.dukgil.example/news/rss",
        "http://dukgil.example/feed",
        "https://www.dukgil.example/index.php?mid=news&act=rss",
        "https://www.dukgil.example/SectionRssFeed.do?sectionId=01",
    )


@pytest.mark.parametrize(
    ("engine", "feed"),
    [("rhymix", "/news/rss"), ("rhymix", "/news/atom"), ("gnuboard", "/bbs/rss.php?bo_table=news")],
)
def test_a_boards_feed_names_the_posts_of_its_listing(engine: EngineName, feed: str) -> None:
    with SampleBoard(engine=engine) as board:
        listed = read_listing(visit(board, board.url)).headlines
        fed = read_feed(visit(board, urljoin(board.url, feed))).headlines
    rows = {headline.url: headline for headline in listed}
    both = [(headline, rows[headline.url]) for headline in fed if headline.url in rows]
    assert len(both) > 5
    for headline, row in both:
        assert headline.poster == row.poster
        assert headline.title.startswith(row.title.removesuffix("…"))
        assert headline.date_precision == "second"
