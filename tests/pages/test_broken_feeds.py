"""Feeds that are broken, too much, or none."""

from __future__ import annotations

import contextlib

import pytest
from feeding import item, only, read, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbot.errors import NotAListing, NotAnArticle
from newsbot.pages import entries, feeds
from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document

RIGHT = item("AT&amp;T &amp; 둑길 R&amp;D", "/view?no=7&amp;section=1")
WRONG = RIGHT.replace("&amp;", "&")
BROKEN = {
    "bare ampersands": rss(WRONG),
    "blank lines first": "\n\r\n  " + rss(RIGHT),
    "a notice first": "<br /><b>Warning</b>: mysql_query() in /www/rss.php" + rss(WRONG),
    "control characters": rss(RIGHT.replace("둑길 R", "\x0b둑\x03길 R&#11;")),
    "scripts behind": rss(RIGHT) + "<script>if (1 < 2) {}</script>",
    "HTML's entities": rss(RIGHT.replace("T &", "T&nbsp;&").replace("</item>", "<x>&hellip;</x></item>")),
    "an end tag too many": rss("</p>" + RIGHT),
    "escaped twice": rss(RIGHT.replace("&amp;", "&amp;amp;")),
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_broken_xml_loses_nothing(source: str) -> None:
    headline = only(source)
    assert headline.title == "AT&T & 둑길 R&D"
    assert headline.url == "https://www.dukgil.example/view?no=7&section=1"


@pytest.mark.parametrize("cut", [40, 150, 200, 1000])
def test_a_feed_or_a_part_of_one_is_no_article(cut: int) -> None:
    source = rss(item("둑길을 걷는 사람들", more="<description>둑길을 걷는 사람이 늘었다.</description>"))
    page = parse_document(source[:cut].encode(), "https://www.dukgil.example/rss.xml")
    with pytest.raises(NotAnArticle, match="it is a feed or another XML file") as refused:
        read_article(page)
    assert refused.value.reason == "no body"


@pytest.mark.parametrize("label", ["euc-kr", "utf-8", "iso-8859-1", "ks_c_5601-1987"])
@pytest.mark.parametrize("codec", ["cp949", "utf-8"])
def test_encodings_under_any_label(label: str, codec: str) -> None:
    source = rss(item("펲시가 둑길을 샀다")).replace("utf-8", label)
    assert only(source.encode(codec)).title == "펲시가 둑길을 샀다"


def test_namespaces_never_declared() -> None:
    more = '<dc:creator>나루한</dc:creator><media:title>사진</media:title><atom:link rel="self" href="/x"/>'
    headline = only(rss(item(more=more), attributes=""))
    assert (headline.title, headline.poster) == ("둑길이 열렸다", "나루한")


LAUGHS = "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    "declared",
    [
        f"<!ENTITY a 'lol'>{LAUGHS}",
        "<!ENTITY i SYSTEM 'file:///etc/passwd'>",
        "<!ENTITY i SYSTEM 'http://127.0.0.1:1/'>",
    ],
)
def test_entities_are_neither_fetched_nor_multiplied(declared: str) -> None:
    source = rss(item("둑&i;길")).replace("<rss", f"<!DOCTYPE rss [{declared}]><rss")
    assert only(source).title == "둑&i;길"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("", "an empty page"),
        ("RSS 보기가 금지되어 있습니다.", "plain text"),
        ("<!doctype html><html><body><rss><item></item></rss></body></html>", "no feed"),
        ("<urlset></urlset>", "a sitemap"),
        (rss(item() * 3)[:-40], "ends in the middle"),
        (rss("&" * 1_100_000), "too broken"),
    ],
    ids=["empty", "off", "html", "sitemap", "cut", "markup errors alone"],
)
def test_what_is_no_feed_is_refused(source: str, says: str) -> None:
    with pytest.raises(NotAListing, match=says):
        read(source)


@pytest.mark.parametrize(
    "text",
    [
        "가<br>나<img src=a.jpg width=3>다",
        "<p>가<p>나 <b>다",
        "<a href=http://out.example/?a=1&b=2 target=_blank>가</a>",
        "<script>if (a<b && c>d) {}</script>",
        "<![CDATA[가<br><title>나]]>",
        "가]]>나",
    ],
)
@pytest.mark.parametrize("name", ["description", "content:encoded"])
def test_html_that_stands_unescaped_in_a_text(name: str, text: str) -> None:
    items = (
        f"<item><title>둑길 {n}</title><{name}>{text}</{name}><link>/{n}</link></item>" for n in range(3000)
    )
    found = read(rss("".join(items))).headlines
    assert [headline.title for headline in found] == [f"둑길 {n}" for n in range(3000)]
    assert [headline.document_id for headline in found] == [f"{n}" for n in range(3000)]


def test_entries_lost_in_broken_markup_are_not_an_empty_feed() -> None:
    with pytest.raises(NotAListing, match="too broken"):
        read(rss("<x>" * 5000 + item()))


@pytest.mark.parametrize("part", ["<a>", "<title>", "<title>x", "<![CDATA[", "<!--", "<a b='", "<"])
def test_what_never_closes_is_read_to_its_end(part: str) -> None:
    assert read(rss(part * 50_000)).headlines == ()


def test_a_long_author_does_not_delay() -> None:
    assert only(rss(item(more=f"<author>{'a@' * 200_000}</author>"))).title == "둑길이 열렸다"


PIECES = st.sampled_from(
    "<rss>|</rss>|<channel>|<item>|</item>|<title>|</title>|<link>|</link>|<guid>|/7|http://[|<![CDATA[|]]>|<!--|&"
    "|&#0;|&#xD800;|<dc:|<pubDate>|</pubDate>|11 6월 2025 25:61|<link rel='next' href='http://['/>"
    "|<link href='http://a:b/'/>|<item xml:base='//['>|둑길|\x00|\ud800".split("|")
)
SOURCES = st.one_of(
    st.binary(), st.lists(PIECES).map("".join), st.lists(PIECES).map(lambda parts: rss("".join(parts)))
)


@settings(deadline=None)
@given(SOURCES)
def test_no_source_raises_anything_else(source: bytes | str) -> None:
    with contextlib.suppress(NotAListing):
        read(source)


def test_dates_in_forms_of_their_own_are_read_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "_MOST_OTHER_DATES", 2)
    listed = "".join(
        f"<item><title>둑길 소식 {n}</title><link>https://paper.example/{n}</link><pubDate>{date}</pubDate></item>"
        for n, date in enumerate(
            [
                "11th of June, 2025",
                "Wed, 11 Jun 2025 07:30:00 +0900",
                "2025.06.12",
                "2025.06.13",
                "2025-06-14",
            ]
        )
    )
    listing = read(rss(listed))
    days = [headline.date_listed and headline.date_listed.day for headline in listing.headlines]
    assert days == [11, 11, 12, None, 14]
    assert listing.headlines[3].date_raw == "2025.06.13"
    assert [warning.partition(":")[0] for warning in listing.warnings] == ["1 dates are left unread"]


def test_what_is_listed_beyond_any_feed_s_number_is_left_out_and_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 2)
    item = "<item><title>둑길 소식 {0}</title><link>https://paper.example/{0}</link></item>"
    listing = read(rss("".join(item.format(n) for n in range(3))))
    assert len(listing.headlines) == 2
    assert listing.warnings == ("more than 2 entries: those behind are left out",)
