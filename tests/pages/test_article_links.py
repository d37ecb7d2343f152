"""The address of an article, out of what feeds, portals and alerts make of it."""

from __future__ import annotations

import base64

import pytest

from newsbot.pages.article_links import article_url

NAMED = (
    base64.urlsafe_b64encode(b"\x08\x13\x22\x1chttps://www.dukgil.example/7\xd2\x01\x00").decode().rstrip("=")
)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://WWW.dukgil.example/view?no=7#comments", "https://www.dukgil.example/view?no=7"),
        (" http://dukgil.example ", "http://dukgil.example/"),
        ("https://dukgil.example/?p=123", "https://dukgil.example/?p=123"),
        ("https://dukgil.example/v?page=3&no=7", "https://dukgil.example/v?page=3&no=7"),
        ("https://dukgil.example/v?no=7&utm_source=rss&utm_medium=x", "https://dukgil.example/v?no=7"),
        ("https://dukgil.example/v?fbclid=a&no=7&gclid=b", "https://dukgil.example/v?no=7"),
        ("https://dukgil.example/v?id=N7&plink=RSSREADER&cooper=RSS", "https://dukgil.example/v?id=N7"),
        ("https://dukgil.example/v/7?site=rss&input=rss_reader", "https://dukgil.example/v/7"),
        ("https://dukgil.example/v?refno=7&oc_no=2&ref=main", "https://dukgil.example/v?refno=7&oc_no=2"),
        ("https://dukgil.example/v?no=7&amp;s=1", "https://dukgil.example/v?no=7&s=1"),
        ("https://dukgil.example/v?t=%B5%CF&u=둑 길", "https://dukgil.example/v?t=%B5%CF&u=둑%20길"),
        (
            "https://www.google.com/url?rct=j&url=https://dukgil.example/v%3Fno%3D7&ct=ga",
            "https://dukgil.example/v?no=7",
        ),
        (
            "https://search.naver.com/p/crd/rd?m=1&u=http%3A//dukgil.example/v%3Fno%3D7",
            "http://dukgil.example/v?no=7",
        ),
        (
            "https://www.google.co.kr/url?q=https://cr.naver.com/rd?u=https://dukgil.example/7",
            "https://dukgil.example/7",
        ),
        (f"https://news.google.com/rss/articles/{NAMED}?oc=5", "https://www.dukgil.example/7"),
        (
            "https://news.google.com/rss/articles/CBMiAU_yqL?oc=5",
            "https://news.google.com/rss/articles/CBMiAU_yqL",
        ),
        (
            "https://n.news.naver.com/article/001/0015?sid=100",
            "https://n.news.naver.com/article/001/0015?sid=100",
        ),
        (
            "https://dukgil.example/go?url=http://out.example/",
            "https://dukgil.example/go?url=http://out.example/",
        ),
        (
            "https://notgoogle.example/url?q=http://out.example/",
            "https://notgoogle.example/url?q=http://out.example/",
        ),
        ("https://www.google.com/url?q=http://[", None),
        ("/view?no=7", None),
        ("mailto:naru@dukgil.example", None),
        ("http://dukgil.example:x/", None),
        ("http://[dukgil/", None),
        ("", None),
    ],
)
def test_addresses(link: str, url: str | None) -> None:
    assert article_url(link) == url
