"""One post has many addresses: which post a link means, and the form in which it is asked for."""

from __future__ import annotations

import pytest

from newsbot.pages.links import (
    canonical_url,
    gnuboard_post,
    listing_key,
    page_number,
    plain_post,
    rhymix_post,
    strangers,
    with_page,
)


@pytest.mark.parametrize(
    ("url", "key", "canonical"),
    [
        ("http://b.example/news/3655", "3655", "http://b.example/news/3655"),
        ("http://b.example/news/3655?page=2#c", "3655", "http://b.example/news/3655"),
        ("http://b.example/news?document_srl=3655", "3655", "http://b.example/news/3655"),
        ("http://b.example/index.php?mid=news&document_srl=3655&page=7", "3655",
         "http://b.example/index.php?mid=news&document_srl=3655"),
        ("http://b.example/news/category/84/3655", "3655", "http://b.example/news/3655"),
        ("http://b.example/3655", "3655", "http://b.example/3655"),
        ("http://b.example/xe/news/3655", "xe/3655", "http://b.example/xe/news/3655"),
        ("http://b.example/news/3655?act=dispDocumentPrint", "3655", "http://b.example/news/3655"),
    ],
)  # fmt: skip
def test_rhymix_names_a_post_by_its_number(url: str, key: str, canonical: str) -> None:
    post = rhymix_post(url)
    assert post is not None
    assert (post.document_id, post.key, post.url) == ("3655", key, canonical)
    assert post.uri == f"newsbot:b.example/{key}"


@pytest.mark.parametrize(
    "url",
    [
        "http://b.example/news",
        "http://b.example/news/category/84",
        "http://b.example/news/page/2",
        "http://b.example/news?act=dispBoardWrite&document_srl=3655",
        "http://b.example/index.php?module=admin&document_srl=3655",
        "http://b.example/index.php?mid=news&page=3",
        "http://b.example/news?document_srl=0",
        "http://b.example:port/news/1",
        "http://[::1/news/1",
        "javascript:go(3655)",
        "",
    ],
)
def test_what_is_no_post_of_rhymix(url: str) -> None:
    assert rhymix_post(url) is None


@pytest.mark.parametrize(
    ("url", "key", "canonical"),
    [
        ("http://g.example/bbs/board.php?bo_table=news&wr_id=320&page=4&sca=x", "news/320",
         "http://g.example/bbs/board.php?bo_table=news&wr_id=320"),
        ("http://g.example/news/320?page=2", "news/320", "http://g.example/news/320"),
        ("http://g.example/sub/news/320", "sub/news/320", "http://g.example/sub/news/320"),
        ("http://g.example/news/%EB%91%91%EA%B8%B8-%EA%B3%B5%EC%82%AC", "news/둑길-공사",
         "http://g.example/news/%EB%91%91%EA%B8%B8-%EA%B3%B5%EC%82%AC"),
    ],
)  # fmt: skip
def test_gnuboard_names_a_post_by_its_table_and_number(url: str, key: str, canonical: str) -> None:
    post = gnuboard_post(url)
    assert post is not None
    assert (post.key, post.url) == (key, canonical)


@pytest.mark.parametrize(
    "url",
    [
        "http://g.example/news",
        "http://g.example/bbs/board.php?bo_table=news",
        "http://g.example/bbs/board.php?bo_table=news&wr_id=x",
        "http://g.example/bbs/write.php",
        "http://g.example/news/write",
        "http://g.example/rss/news",
    ],
)
def test_what_is_no_post_of_gnuboard(url: str) -> None:
    assert gnuboard_post(url) is None


@pytest.mark.parametrize(
    ("url", "document_id"),
    [
        ("read.php?tbl=news&no=88&page=3", "88"),
        ("view.do?boardId=12&nttId=9120&pageIndex=1", "9120"),
        ("view?board_id=3&article_id=77", "77"),
        ("news/articleView.html?idxno=20311", "20311"),
        ("news/read.nhn?oid=032&aid=0002915741&sid1=001", "0002915741"),
        ("bbs/cse/775/1167245/artclView.do", "1167245"),
        ("mnews/article/018/0005316196?sid=100", "0005316196"),
        ("view/AKR20251201154051098?section=asia", "AKR20251201154051098"),
        ("2026/03/05/20260305091233", "20260305091233"),
        ("2026/03/05/rain-again/", "2026/03/05/rain-again/"),
        ("20260305/rain", "20260305/rain"),
        ("politics/12", "politics/12"),
        ("story/rain", "story/rain"),
    ],
)
def test_a_plain_post_is_named_by_the_number_in_its_link(url: str, document_id: str) -> None:
    post = plain_post(f"http://p.example/{url}")
    assert post is not None
    assert post.document_id == document_id


def test_the_address_of_a_plain_post_says_nothing_of_how_it_was_come_by() -> None:
    post = plain_post("http://p.example/read.php?tbl=news&no=88&page=3")
    assert post is not None
    assert post.url == "http://p.example/read.php?tbl=news&no=88"


def test_strangers_lead_to_another_board_than_most() -> None:
    own = [f"http://p.example/v.php?id=news&no={n}" for n in range(5)]
    assert strangers([*own, "http://p.example/v.php?id=ad&no=9"]) == {"http://p.example/v.php?id=ad&no=9"}
    assert strangers(own) == frozenset()


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://p.example/r?no=5&page=2#top", "http://p.example/r?no=5"),
        ("http://p.example/r?utm_source=x&no=5&PHPSESSID=9", "http://p.example/r?no=5"),
        ("http://p.example", "http://p.example/"),
        ("mailto:desk@p.example", None),
    ],
)
def test_an_address_without_how_it_was_come_by(url: str, canonical: str | None) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("url", "number"),
    [("?page=3", 3), ("?a=1&pg=12&b=2", 12), ("?homepage=3", None), ("?page=x", None), ("?PAGE=2#c", 2)],
)
def test_a_page_is_numbered_by_a_parameter(url: str, number: int | None) -> None:
    assert page_number(f"http://p.example/list{url}") == number


def test_another_page_of_the_same_listing() -> None:
    url = "http://p.example/list?tbl=news&page=2#top"
    assert with_page(url, "page", 3) == "http://p.example/list?tbl=news&page=3"
    assert listing_key(url) == listing_key("http://p.example/list/?pg=9&tbl=news")
    assert listing_key(url) != listing_key("http://p.example/list?tbl=free")
