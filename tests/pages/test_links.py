"""One post has many addresses: which post a link means, and the form in which it is asked for."""

from __future__ import annotations

import pytest

from newsbot.pages.links import (
    canonical_url,
    gnuboard_post,
    listing_key,
    page_number,
    plain_post,
    plain_posts,
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
    ("urls", "ids"),
    [
        (["read?tbl=n&no=5&page=1", "read?tbl=n&no=4&page=1"], ["5", "4"]),
        (["view/11/5", "view/11/4"], ["5", "4"]),
        (["bbs/cse/775/91/a.do", "bbs/cse/775/90/a.do"], ["91", "90"]),
        (["r?no=5&t=a", "r?no=4&t=b"], ["5", "4"]),
        (["story/rain", "story/snow"], ["rain", "snow"]),
        (["a/1", "b/1"], ["a", "b"]),
    ],
)
def test_a_plain_post_is_named_by_what_tells_rows_apart(urls: list[str], ids: list[str]) -> None:
    whole = [f"http://p.example/{url}" for url in urls]
    posts = plain_posts(whole)
    assert [posts[url].document_id for url in whole] == ids


def test_one_plain_post_alone_is_named_by_its_likeliest_part() -> None:
    post = plain_post("http://p.example/read.php?tbl=news&no=88&page=3")
    assert post is not None
    assert (post.document_id, post.url) == ("88", "http://p.example/read.php?tbl=news&no=88")


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
