"""Feeds as Korean outlets, portals and boards send them."""

from __future__ import annotations

import contextlib
from datetime import datetime
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampled import visit

from newsbot.errors import NotAListing
from newsbot.items import Headline, Listing
from newsbot.korean.dates import KST
from newsbot.pages import entries, feeds
from newsbot.pages.document import Document, parse_document
from newsbot.pages.feeds import feed_links, read_feed
from newsbot.pages.listing import read_listing
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.board import EngineName

URL = "https://www.dukgil.example/rss/allArticle.xml"
NOW = datetime(2025, 6, 12, 9, 0, tzinfo=KST)
MORNING = datetime(2025, 6, 11, 7, 30, 5, tzinfo=KST)
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def document(source: str | bytes, url: str = URL) -> Document:
    return parse_document(source, url, fetched=NOW)


def read(source: str | bytes, url: str = URL) -> Listing:
    return read_feed(document(source, url))


def rss(items: str, attributes: str = DC) -> str:
    declaration = '<?xml version="1.0" encoding="utf-8"?>'
    return f'{declaration}<rss version="2.0" {attributes}><channel>{items}</channel></rss>'


def item(title: str = "둑길이 열렸다", link: str = "/view?no=7", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def only(source: str | bytes, url: str = URL) -> Headline:
    (headline,) = read(source, url).headlines
    return headline


WHOLE = {
    "newspaper": rss("""<title>둑길신문</title><link>https://www.dukgil.example</link>
        <image><title>둑길신문</title><url>https://www.dukgil.example/logo.png</url></image>
        <item><title><![CDATA[[단독] 강둑 산책길 "다시" 열린다]]></title>
        <link>https://www.dukgil.example/news/articleView.html?idxno=8841</link>
        <description><![CDATA[<title>딴 제목</title> 강둑 & 물길]]></description>
        <category><![CDATA[사회]]></category><author><![CDATA[나루한 기자]]></author>
        <pubDate>2025-06-11 07:30:05</pubDate></item>"""),
    "board": rss("""<item><title>[단독] 강둑 산책길 "다시" 열린다</title>
        <link>https://www.dukgil.example/news/articleView.html?idxno=8841</link><category>사회</category>
        <dc:creator>나루한 기자</dc:creator>
        <guid isPermaLink="true">https://www.dukgil.example/news/articleView.html?idxno=8841</guid>
        <pubDate>Wed, 11 Jun 2025 07:30:05 +0900</pubDate></item>"""),
    "rdf": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://www.dukgil.example/">
        <items><rdf:Seq><rdf:li rdf:resource="https://www.dukgil.example/x"/></rdf:Seq></items></channel>
        <item rdf:about="https://www.dukgil.example/news/articleView.html?idxno=8841">
        <title>[단독] 강둑 산책길 &#034;다시&#034; 열린다</title>
        <link>https://www.dukgil.example/news/articleView.html?idxno=8841</link><dc:subject>사회</dc:subject>
        <dc:creator>나루한 기자</dc:creator><dc:date>2025-06-11T07:30:05+09:00</dc:date></item></rdf:RDF>""",
    "atom": """<feed xmlns="http://www.w3.org/2005/Atom"><title>둑길신문</title>
        <author><name>둑길신문</name></author><entry>
        <title type="html">[단독] 강둑 산책길 &amp;quot;다시&amp;quot; 열린다</title>
        <link rel="enclosure" href="https://www.dukgil.example/a.mp3"/>
        <link href="https://www.dukgil.example/news/articleView.html?idxno=8841"/>
        <id>https://www.dukgil.example/news/articleView.html?idxno=8841</id><category term="사회"/>
        <author><name>나루한 기자</name><email>naru@dukgil.example</email></author>
        <updated>2025-06-11T09:00:00Z</updated><published>2025-06-10T22:30:05Z</published></entry></feed>""",
    "prefixed atom": """<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry>
        <a:title type="xhtml">
        <div xmlns="http://www.w3.org/1999/xhtml">[단독] 강둑 <b>산책길</b> "다시" 열린다</div></a:title>
        <a:link rel="alternate" href="https://www.dukgil.example/news/articleView.html?idxno=8841"/>
        <a:author><a:name>나루한 기자</a:name></a:author><a:category label="사회" term="soc"/>
        <a:published>2025-06-11T07:30:05+09:00</a:published></a:entry></a:feed>""",
}


@pytest.mark.parametrize("source", WHOLE.values(), ids=WHOLE)
def test_every_form_says_the_same(source: str) -> None:
    headline = only(source)
    assert headline.title == '[단독] 강둑 산책길 "다시" 열린다'
    assert headline.url == "https://www.dukgil.example/news/articleView.html?idxno=8841"
    assert headline.document_id == "news/articleView.html?idxno=8841"
    assert headline.poster == "나루한 기자"
    assert headline.category == "사회"
    assert headline.date_listed == MORNING
    assert headline.date_precision == "second"


def test_the_listing_itself() -> None:
    listing = read(rss(item("가을", "/2") + item("봄", "/1") + item("가을", "/2")))
    assert (listing.url, listing.engine, listing.next_page) == (URL, "feed", None)
    assert [headline.title for headline in listing.headlines] == ["가을", "봄"]


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


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("<![CDATA[ &lt;단독&gt; 둑길 <b>개통</b> ]]>", "<단독> 둑길 개통"),
        ("<단독> 둑길 < 물길", "<단독> 둑길 < 물길"),
        ("<AI 시대> 둑길 & 물길", "<AI 시대> 둑길 & 물길"),
        ("&lt;A 씨&gt; 둑길", "<A 씨> 둑길"),
        ("둑길<![CDATA[ & 물길]]>", "둑길 & 물길"),
        ("&lt;font color=&quot;red&quot;&gt;둑길&lt;/font&gt;&lt;br/&gt;물길", "둑길 물길"),
        ("&amp;#44053;둑 &amp;middot; 물길", "강둑 · 물길"),
        ("Q&amp;A &amp; M&amp;A&lt;3", "Q&A & M&A<3"),
    ],
)
def test_titles(printed: str, title: str) -> None:
    headlines = read(
        rss(item(printed, more="<dc:creator>나루한</dc:creator>") + item("다음", "/8"))
    ).headlines
    assert [headline.title for headline in headlines] == [title, "다음"]
    assert headlines[0].poster == "나루한"


@pytest.mark.parametrize("label", ["euc-kr", "utf-8", "iso-8859-1", "ks_c_5601-1987"])
@pytest.mark.parametrize("codec", ["cp949", "utf-8"])
def test_encodings_under_any_label(label: str, codec: str) -> None:
    source = rss(item("펲시가 둑길을 샀다")).replace("utf-8", label)
    assert only(source.encode(codec)).title == "펲시가 둑길을 샀다"


def test_namespaces_never_declared() -> None:
    more = '<dc:creator>나루한</dc:creator><media:title>사진</media:title><atom:link rel="self" href="/x"/>'
    headline = only(rss(item(more=more), attributes=""))
    assert (headline.title, headline.poster) == ("둑길이 열렸다", "나루한")


@pytest.mark.parametrize(
    ("printed", "understood", "precision"),
    [
        ("Wed, 11 Jun 2025 07:30:05 +0900", MORNING, "second"),
        ("Wed, 11 Jun 2025 07:30:05", MORNING, "second"),
        ("Wed, 11 Jun 2025 07:30:05 KST", MORNING, "second"),
        ("Tue, 10 Jun 2025 22:30:05 GMT", MORNING, "second"),
        ("Tue, 10 Jun 2025 18:30:05 EDT", MORNING, "second"),
        ("Wed, 11 Jun 2025 07:30:05 GMT+9", MORNING, "second"),
        ("Wed, 11 Jun 2025 07:30:05 +9:00", MORNING, "second"),
        ("Wed, 11 Jun 25 07:30:05 +0900", MORNING, "second"),
        ("수, 11 6월 2025 07:30:05 +0900", MORNING, "second"),
        ("수, 11 Jun 2025 07:30:05 +0900", MORNING, "second"),
        ("Wed, 11 Jun 2025 07:30:05 대한민국 표준시", MORNING, "second"),
        ("Wed, 11 Jun 2025 07:30:05 GMT+0900 (한국 표준시)", MORNING, "second"),
        ("2025-06-11 07:30:05", MORNING, "second"),
        ("2025-06-10T22:30:05.000Z", MORNING, "second"),
        ("20250611073005", MORNING, "second"),
        ("2025.06.11 07:30", MORNING.replace(second=0), "minute"),
        ("2025-06-11", datetime(2025, 6, 11, tzinfo=KST), "day"),
        ("곧", None, None),
    ],
)
def test_dates(printed: str, understood: datetime | None, precision: str | None) -> None:
    headline = only(rss(item(more=f"<pubDate>{printed}</pubDate>")))
    assert (headline.date_raw, headline.date_listed, headline.date_precision) == (
        printed,
        understood,
        precision,
    )


@pytest.mark.parametrize(
    "fields",
    [
        "<dc:date>2025-06-11T07:30:05+09:00</dc:date>",
        "<updated>2025-06-12T08:00:00+09:00</updated><published>2025-06-11T07:30:05+09:00</published>",
        "<updated>2025-06-11T07:30:05+09:00</updated>",
        "<pubDate>미정</pubDate><dc:date>2025-06-11T07:30:05+09:00</dc:date>",
        "<PUBDATE>2025-06-11 07:30:05</PUBDATE>",
    ],
)
def test_fields_of_dates(fields: str) -> None:
    assert only(rss(item(more=fields))).date_listed == MORNING


@pytest.mark.parametrize(
    ("fields", "poster"),
    [
        ("<author>naru@dukgil.example (나루한 기자)</author>", "나루한 기자"),
        ("<author>naru@dukgil.example</author>", "naru@dukgil.example"),
        (
            "<dc:creator>나루한</dc:creator><dc:creator>들샘</dc:creator><author>편집국</author>",
            "나루한, 들샘",
        ),
        ("<dc:creator/><author>편집국</author>", "편집국"),
        ("", None),
    ],
)
def test_posters(fields: str, poster: str | None) -> None:
    assert only(rss(item(more=fields))).poster == poster


@pytest.mark.parametrize(
    ("fields", "document_id"),
    [
        ("<link>http://dukgil.example/view?no=7</link><guid>20250611000915</guid>", "20250611000915"),
        ("<link>http://dukgil.example/view?no=7&amp;utm_source=rss</link>", "view?no=7"),
        ("<link>/a</link><guid>http://dukgil.example/view?no=7&amp;fbclid=x</guid>", "view?no=7"),
        ('<link>/a</link><guid isPermaLink="false">https://dukgil.example/?p=123</guid>', "?p=123"),
        ("<link>/a</link><guid>https://www.dukgil.example/</guid>", "a"),
        ("<link>https://out.example/view?no=7</link>", "out.example/view?no=7"),
        ('<guid isPermaLink="true">https://www.dukgil.example/view?no=7</guid>', "view?no=7"),
    ],
)
def test_what_an_entry_is_known_by(fields: str, document_id: str) -> None:
    assert only(rss(f"<item><title>둑길</title>{fields}</item>")).document_id == document_id


def test_an_id_that_every_entry_bears_is_none() -> None:
    guid = "<guid>dukgil</guid>"
    found = read(rss(item("봄", "/1", guid) + item("여름", "/2", guid) + item("봄", "/3", "<guid>s</guid>")))
    assert [headline.document_id for headline in found.headlines] == ["1", "2", "s"]


def test_one_article_in_two_sections_stands_once() -> None:
    found = read(
        rss(item("봄", "/a?no=1&amp;s=1", "<guid>1</guid>") + item("봄", "/a?no=1&amp;s=2", "<guid>1</guid>"))
    )
    assert [headline.url for headline in found.headlines] == ["https://www.dukgil.example/a?no=1&s=1"]


@pytest.mark.parametrize(
    "entry",
    [
        "<item><title>둑길</title></item>",
        '<item><title>둑길</title><guid isPermaLink="false">https://dukgil.example/7</guid></item>',
        "<item><link>/7</link></item>",
        "<item><title> <![CDATA[<b> </b>]]> </title><link>/7</link></item>",
        item(link="mailto:naru@dukgil.example"),
        item(link="http://[dukgil/7"),
    ],
)
def test_entries_that_name_no_article_are_left_out(entry: str) -> None:
    assert [headline.title for headline in read(rss(entry + item("물길"))).headlines] == ["물길"]


def test_the_original_behind_a_proxy() -> None:
    more = "<feedburner:origLink>https://www.dukgil.example/9</feedburner:origLink>"
    assert only(rss(item(link="http://proxy.example/~r/9", more=more))).url == "https://www.dukgil.example/9"


def test_links_under_a_base_of_their_own() -> None:
    source = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://m.dukgil.example/news/">
        <entry><title>둑길</title><link href="7"/></entry></feed>"""
    assert only(source).url == "https://m.dukgil.example/news/7"


@pytest.mark.parametrize(
    ("link", "following"),
    [
        ('<link rel="next" href="/atom?page=2"/>', "https://www.dukgil.example/atom?page=2"),
        (f'<link rel="next" href="{URL}"/>', None),
        ('<link rel="next" href="javascript:more()"/>', None),
        ('<link rel="self" href="/atom"/>', None),
        ('<entry><title>둑길</title><link rel="next" href="/8"/><link href="/7"/></entry>', None),
    ],
)
def test_the_next_page(link: str, following: str | None) -> None:
    assert read(f'<feed xmlns="http://www.w3.org/2005/Atom">{link}</feed>').next_page == following


def test_a_feed_that_is_off_lists_nothing() -> None:
    assert (
        read(rss("<title>둑길</title><description>피드 기능이 잠겨 있습니다.</description>")).headlines == ()
    )
    assert read('<feed xmlns="http://www.w3.org/2005/Atom"/>').headlines == ()


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
