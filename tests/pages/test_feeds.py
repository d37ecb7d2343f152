"""Feeds as Korean outlets, portals and boards send them."""

from __future__ import annotations

from datetime import datetime

import pytest
from feeding import MORNING, URL, item, only, read, rss

from newsbot.korean.dates import KST

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
