"""Sitemaps, their indexes, and where robots.txt names them."""

from __future__ import annotations

import gzip
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbot.errors import NotAListing
from newsbot.items import Listing
from newsbot.korean.dates import KST
from newsbot.pages.document import Document, parse_document
from newsbot.pages.feeds import read_feed
from newsbot.pages.sitemaps import (
    SitemapPart,
    read_sitemap,
    read_sitemap_index,
    sitemaps_of_robots,
    unpacked,
)
from newsbot.pages.xmltree import kind_of_xml

URL = "https://www.dukgil.example/sitemap.xml"
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def document(source: str | bytes) -> Document:
    return parse_document(source, URL, fetched=datetime(2025, 6, 12, 9, 0, tzinfo=KST))


def read(source: str | bytes) -> Listing:
    return read_sitemap(document(source))


def urlset(urls: str, attributes: str = f"{XMLNS} {NEWS}") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {attributes}>{urls}</urlset>'


def url(link: str, more: str = "") -> str:
    return f"<url><loc>{link}</loc>{more}</url>"


OF_NEWS = url(
    "https://www.dukgil.example/news/articleView.html?idxno=8841",
    """<lastmod>2025-06-11T09:10:00+09:00</lastmod>
    <image:image><image:loc>https://cdn.dukgil.example/1.jpg</image:loc><image:title>강둑</image:title></image:image>
    <news:news><news:publication><news:name>둑길신문</news:name><news:language>ko</news:language></news:publication>
    <news:publication_date>2025-06-11T07:30:00+09:00</news:publication_date>
    <news:title><![CDATA[강둑 &quot;산책길&quot; 열린다]]></news:title></news:news>""",
)


@pytest.mark.parametrize(
    "source",
    [
        urlset(OF_NEWS, f'{XMLNS} {NEWS} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'),
        urlset(OF_NEWS),
        urlset(OF_NEWS, attributes=""),
        urlset(OF_NEWS, XMLNS + ' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"').replace(
            "news:", "n:"
        ),
        "\n\n" + urlset(OF_NEWS.replace("idxno", "utm_source=google&idxno")),
    ],
    ids=["declared", "images undeclared", "nothing declared", "another prefix", "bare ampersand"],
)
def test_a_news_sitemap(source: str) -> None:
    listing = read(source)
    (headline,) = listing.headlines
    assert (listing.url, listing.engine, listing.next_page) == (URL, "sitemap", None)
    assert headline.title == '강둑 "산책길" 열린다'
    assert headline.url == "https://www.dukgil.example/news/articleView.html?idxno=8841"
    assert headline.document_id == "news/articleView.html?idxno=8841"
    assert headline.poster == "둑길신문"
    assert headline.date_raw == "2025-06-11T07:30:00+09:00"
    assert headline.date_listed == datetime(2025, 6, 11, 7, 30, tzinfo=KST)
    assert headline.date_precision == "second"


@pytest.mark.parametrize(
    ("lastmod", "moment", "precision"),
    [
        ("<lastmod>2025-06-11</lastmod>", datetime(2025, 6, 11, tzinfo=KST), "day"),
        ("<lastmod>2025-06-10T22:30Z</lastmod>", datetime(2025, 6, 11, 7, 30, tzinfo=KST), "minute"),
        ("<lastmod>2025-06</lastmod>", None, None),
        ("", None, None),
    ],
)
def test_a_plain_sitemap_has_no_titles(lastmod: str, moment: datetime | None, precision: str | None) -> None:
    (headline,) = read(urlset(url("https://www.dukgil.example/8841", lastmod))).headlines
    assert (headline.title, headline.date_listed, headline.date_precision) == ("", moment, precision)


def test_order_is_kept_and_each_stands_once() -> None:
    links = ("/2", "/1", "https://www.dukgil.example/2", "mailto:x@dukgil.example", "/3")
    found = read(urlset("".join(map(url, links)) + "<url><lastmod>2025-06-11</lastmod></url>"))
    assert [headline.document_id for headline in found.headlines] == ["2", "1", "3"]


def test_an_index_newest_first() -> None:
    source = f"""<sitemapindex {XMLNS}>
        <sitemap><loc>https://www.dukgil.example/pages.xml</loc></sitemap>
        <sitemap><loc>https://www.dukgil.example/2025-05.xml.gz</loc><lastmod>2025-05-31</lastmod></sitemap>
        <sitemap><loc>/news.xml?a=1&utm_source=x</loc><lastmod>2025-06-11T22:30:00Z</lastmod></sitemap>
        <sitemap><loc>{URL}</loc><lastmod>2025-06-12</lastmod></sitemap>
        <sitemap><loc>ftp://www.dukgil.example/old.xml</loc></sitemap>
        <sitemap><lastmod>2025-06-12</lastmod></sitemap>
        </sitemapindex>"""
    index = read_sitemap_index(document(source))
    assert index.url == URL
    assert index.parts == (
        SitemapPart(
            url="https://www.dukgil.example/news.xml?a=1&utm_source=x",
            modified=datetime(2025, 6, 12, 7, 30, tzinfo=KST),
        ),
        SitemapPart(
            url="https://www.dukgil.example/2025-05.xml.gz", modified=datetime(2025, 5, 31, tzinfo=KST)
        ),
        SitemapPart(url="https://www.dukgil.example/pages.xml"),
    )


INDEX = f"<sitemapindex {XMLNS}></sitemapindex>"


@pytest.mark.parametrize("reader", [read_sitemap, read_sitemap_index, read_feed])
@pytest.mark.parametrize("source", [INDEX, urlset(""), "<rss></rss>", "<html><body>둑길</body></html>", ""])
def test_each_kind_has_its_reader(reader: object, source: str) -> None:
    readers = {"sitemap": read_sitemap, "sitemapindex": read_sitemap_index, "feed": read_feed}
    kind = kind_of_xml(source)
    if kind is not None and readers[kind] is reader:
        readers[kind](document(source))
    else:
        with pytest.raises(NotAListing):
            reader(document(source))  # type: ignore[operator]


def test_a_part_of_a_sitemap_is_refused() -> None:
    with pytest.raises(NotAListing, match="ends in the middle"):
        read(urlset(url("/1") + url("/2"))[:-12])
    with pytest.raises(NotAListing, match="ends in the middle"):
        read_sitemap_index(document(INDEX[:-4]))


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('\ufeff\n<?xml version="1.0"?><!-- 둑길 --><rss version="2.0">', "feed"),
        (
            '<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><feed xmlns="http://www.w3.org/2005/Atom">',
            "feed",
        ),
        ("<rdf:RDF>", "feed"),
        ("<a:feed>", "feed"),
        ("<urlset>", "sitemap"),
        ("<urlset/>", "sitemap"),
        ("<sitemapindex\n>", "sitemapindex"),
        ("<!DOCTYPE html><feed>", None),
        ("<html><body><rss>", None),
        ("<rssfeed>", None),
        (" " * 9000 + "<rss>", "feed"),
        ("x" * 9000 + "<rss>", None),
        ("", None),
    ],
)
def test_kinds(source: str, kind: str | None) -> None:
    assert kind_of_xml(source) == kind


PACKED = gzip.compress(urlset(url("/1")).encode(), mtime=0)  # the same bytes in every process


def test_gzip() -> None:
    assert unpacked(PACKED) == urlset(url("/1")).encode()
    assert unpacked(PACKED + PACKED) == urlset(url("/1")).encode() * 2
    assert unpacked(b"<urlset/>") == b"<urlset/>"
    assert unpacked(b"") == b""
    assert len(unpacked(gzip.compress(b" " * 5000), limit=64)) == 64


@pytest.mark.parametrize("body", [PACKED[:-30], PACKED[:9], b"\x1f\x8b" + b"\xff" * 40])
def test_damaged_gzip_is_no_sitemap(body: bytes) -> None:
    with pytest.raises(NotAListing):
        read(unpacked(body))


def test_sitemaps_that_robots_txt_names() -> None:
    robots = """\ufeffUser-agent: *\r
Disallow: /admin\r
Sitemap: https://www.dukgil.example/sitemap.xml\r
SITEMAP:https://www.dukgil.example/%EB%89%B4%EC%8A%A4.xml # 뉴스\r
  sitemap : /rel.xml
Sitemap: https://www.dukgil.example/sitemap.xml
# Sitemap: https://www.dukgil.example/old.xml"""
    assert sitemaps_of_robots(robots) == (
        "https://www.dukgil.example/sitemap.xml",
        "https://www.dukgil.example/%EB%89%B4%EC%8A%A4.xml",
        "/rel.xml",
    )
    assert sitemaps_of_robots("<html>404</html>") == ()


@settings(deadline=None)
@given(st.binary(), st.sampled_from([urlset, "<sitemapindex>{}</sitemapindex>".format]))
def test_no_source_raises_anything_else(inside: bytes, frame: object) -> None:
    source: bytes = frame(inside.decode("latin-1")).encode()  # type: ignore[operator]
    for reader in (read_sitemap, read_sitemap_index):
        for body in (source, inside, unpacked(b"\x1f\x8b" + inside)):
            try:
                reader(document(body))
            except NotAListing:
                continue
