"""What comes off the wire: no page, however broken, raises anything but the readers' own errors."""

from __future__ import annotations

import contextlib

import pytest

from newsbot.errors import NotAListing, NotAnArticle, Unavailable
from newsbot.pages.document import Document, parse_document
from newsbot.pages.reading import read_page

URL = "http://board.example/news/5"
LINK = '<a href="/news/6">둑길</a>'
DEEP = 10_000


def _is_refused(page: Document) -> bool:
    for kind in ("article", "listing"):
        try:
            read_page(page, kind)
        except (NotAnArticle, NotAListing, Unavailable):
            continue
        return False
    return True


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\x00" * 4096,
        bytes(range(256)) * 64,
        b"\x89PNG\r\n\x1a\n" + bytes(range(255, -1, -1)) * 16,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"<" * 50_000,
        b"<!--" + b"x" * 50_000,
        b"<![CDATA[" + b"<html>" * 9,
        b"&#0;&#x110000;&#xD800;<p>",
        "<html><body>\ud800</body></html>".encode("utf-8", "surrogatepass"),
        b"<div>" * DEEP,
        b"<table><tr><td>" * DEEP,
        b"<b><i>" * DEEP,
        (LINK * 50).encode() + b"<ul><li>" * DEEP,
    ],
    ids=lambda source: f"{source[:12]!r}",
)
def test_a_page_that_is_none_is_refused(source: bytes) -> None:
    assert _is_refused(parse_document(source, URL))


def test_a_title_column_in_every_one_of_many_nested_tables() -> None:
    page = "<table><tr><td>번호</td><td>제목</td></tr><tr><td colspan=2>" * 60
    with contextlib.suppress(NotAListing):
        read_page(parse_document(page, URL), "listing")


def test_what_stands_beyond_the_size_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsbot.pages.document.MAX_BYTES", 64)
    page = parse_document(b"<p>" + b"a" * 100 + b"</p>", URL)
    assert len(page.text) == 64


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("/news/6", "http://board.example/news/6"),
        ("/news/6#c", "http://board.example/news/6#c"),
        ("//img.example/a.jpg", "http://img.example/a.jpg"),
        ("../b/c", "http://board.example/b/c"),
        ("/a/../b", "http://board.example/b"),
        ("?page=2", "http://board.example/news/5?page=2"),
        ("https://a.example/b.html?x=1", "https://a.example/b.html?x=1"),
        (" /news/6 ", "http://board.example/news/6"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_links_are_made_whole(link: str, whole: str) -> None:
    assert parse_document("<p>", URL).absolute(link) == whole


def test_links_stand_on_the_base_that_the_page_gives() -> None:
    page = parse_document('<base href="http://m.example/b/">', URL)
    assert page.absolute("c") == "http://m.example/b/c"
    assert page.absolute("/c") == "http://m.example/c"


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("http://Board.example:80/x", "board.example"),
        ("https://board.example:443/", "board.example"),
        ("http://board.example:8081/", "board.example:8081"),
    ],
)
def test_a_site_is_its_host_and_a_port_of_its_own(url: str, site: str) -> None:
    assert parse_document("", url).site == site
