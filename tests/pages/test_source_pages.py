"""What a source's address shows, and the post and article that a headline of it promises."""

from datetime import datetime

import pytest

from newsbot.errors import NotAListing, NotAnArticle
from newsbot.items import Headline
from newsbot.korean.dates import KST
from newsbot.pages.document import Document, parse_document
from newsbot.pages.source_pages import kind_of_source, listed_post, read_listed, read_source

SITE = "https://www.satgang.co.kr"
PAGE = """<html><head><title>나루터 새 단장 - 샛강일보</title>
<meta property="og:type" content="article">
<meta property="og:title" content="나루터 새 단장"></head><body><h1>나루터 새 단장</h1>
<div itemprop="articleBody">
<p>덕길시가 나루터의 마루를 새로 깔고 난간을 고쳤다고 밝혔다. 공사에는 두 달이 걸렸다.</p>
<p>나루과는 “차례로 손본다”며 “장마 전에 모두 마친다”고 말했다.</p></div></body></html>"""
RHYMIX = '<html><head><meta name="generator" content="Rhymix"></head><body></body></html>'


def document(text: str, url: str = SITE) -> Document:
    return parse_document(text, url, fetched=datetime(2026, 3, 10, tzinfo=KST))


def headline(path: str, document_id: str, title: str = "나루터 새 단장") -> Headline:
    return Headline(document_id=document_id, url=SITE + path, title=title, poster="한여울 기자")


ROW = "<tr><td>{0}</td><td><a href='/view?no={0}'>나루터 소식 {0}</a></td><td>2026-03-0{0}</td></tr>"
TABLE = (
    "<table><tr><th>번호</th><th>제목</th><th>날짜</th></tr>"
    + "".join(map(ROW.format, (3, 2, 1)))
    + "</table>"
)
SOURCES = [
    ("<rss><channel><item><title>글</title><link>/1</link></item></channel></rss>", "feed"),
    ("<urlset><url><loc>/1</loc></url></urlset>", "sitemap"),
    ("<sitemapindex><sitemap><loc>/1.xml</loc></sitemap></sitemapindex>", "sitemap"),
    (f"<html><body>{TABLE}</body></html>", "board"),
]


@pytest.mark.parametrize(("text", "kind"), SOURCES)
def test_what_an_address_shows_is_seen_from_the_page(text: str, kind: str) -> None:
    assert kind_of_source(read_source(document(text))) == kind


@pytest.mark.parametrize("text", ["", "<html><body><p>점검 중</p></body></html>", "<rss><channel>"])
def test_what_lists_nothing_is_none(text: str) -> None:
    with pytest.raises(NotAListing):
        read_source(document(text))


# (address, id in the listing, uri, id that the article is to have)
POSTS = [
    ("/?p=123", "?p=123", "newsbot:satgang.co.kr/?p=123", "?p=123"),
    ("/view?idxno=8841&sec=3", "900412", "newsbot:satgang.co.kr/view?idxno=8841&sec=3",
     "view?idxno=8841&sec=3"),
    ("/article/8841", "8841", "newsbot:satgang.co.kr/article/8841", "8841"),
    ("/article/8841", "tag:satgang:8841", "newsbot:satgang.co.kr/article/8841", "tag:satgang:8841"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "listed", "uri", "document_id"), POSTS)
def test_the_listed_address_is_the_identity(path: str, listed: str, uri: str, document_id: str) -> None:
    page = document(PAGE, SITE + path)
    asked = listed_post(page, headline(path, listed))
    assert (asked.uri, asked.document_id, asked.url) == (uri, document_id, SITE + path)
    article = read_listed(page, asked, headline(path, listed), kind="feed", outlet=None)
    assert (article.uri, article.headline) == (uri, "나루터 새 단장")


def test_on_a_known_engine_a_feed_and_its_board_name_the_same_post() -> None:
    post = listed_post(document(RHYMIX), headline("/news/3655", "news/3655"))
    assert (post.uri, post.document_id, post.board) == ("newsbot:satgang.co.kr/3655", "3655", "news")


def test_an_article_listed_without_a_title_has_its_own_and_keeps_its_row() -> None:
    page, listed = document(PAGE, f"{SITE}/1.html"), headline("/1.html", "1.html", title="")
    article = read_listed(page, listed_post(page, listed), listed, kind="sitemap", outlet=None)
    assert (article.headline, article.listing) == ("나루터 새 단장", listed)


@pytest.mark.parametrize(("kind", "provider"), [("feed", None), ("board", "한여울 기자")])
def test_whom_a_feed_names_is_not_who_delivered(kind: str, provider: str | None) -> None:
    page, listed = document(PAGE, f"{SITE}/1.html"), headline("/1.html", "1.html")
    article = read_listed(page, listed_post(page, listed), listed, kind=kind, outlet=None)  # type: ignore[arg-type]
    assert (article.provider, article.listing) == (provider, listed)


def test_a_page_that_does_not_show_the_listed_title_is_another() -> None:
    page, listed = (
        document(PAGE, f"{SITE}/1.html"),
        headline("/1.html", "1.html", title="전혀 딴 이야기 한 토막"),
    )
    with pytest.raises(NotAnArticle):
        read_listed(page, listed_post(page, listed), listed, kind="feed", outlet=None)
