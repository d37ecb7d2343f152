"""One article, one identity: whatever address it was come by, and whatever the source."""

from dataclasses import replace

import pytest

from newsbot.errors import NotAnArticle
from newsbot.items import Headline
from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document
from newsbot.pages.feeds import read_feed
from newsbot.pages.links import plain_post
from newsbot.pages.source_pages import SourceKind, listed_post, read_listed
from newsbot.pages.variants import home_site, is_variant, same_domain, usual_form

NAVER = [
    "https://n.news.naver.com/article/999/0000000123",
    "https://n.news.naver.com/article/999/0000000123?cds=news_media_pc&type=editn",
    "https://n.news.naver.com/mnews/article/999/0000000123?sid=102",
    "https://n.news.naver.com/article/comment/999/0000000123",
    "https://n.news.naver.com/mnews/article/comment/999/0000000123",
    "https://n.news.naver.com/mnews/ranking/article/999/0000000123?ntype=RANKING",
    "https://news.naver.com/main/read.naver?mode=LSD&mid=sec&sid1=102&oid=999&aid=0000000123",
    "http://news.naver.com/main/read.nhn?oid=999&aid=0000000123",
    "https://m.news.naver.com/read.naver?aid=0000000123&oid=999",
    "https://news.naver.com/main/tool/print.naver?oid=999&aid=0000000123",
    "https://entertain.naver.com/read?oid=999&aid=0000000123",
    "https://entertain.naver.com/now/read?oid=999&aid=0000000123",
    "https://m.entertain.naver.com/article/999/0000000123",
    "https://m.entertain.naver.com/home/article/999/0000000123",
    "https://sports.news.naver.com/news?oid=999&aid=0000000123",
    "https://sports.news.naver.com/kbaseball/news/read.nhn?oid=999&aid=0000000123",
    "https://m.sports.naver.com/kbaseball/article/999/0000000123",
]
DAUM = [
    "https://v.daum.net/v/20260305091233123",
    "http://news.v.daum.net/v/20260305091233123?f=o",
    "https://entertain.v.daum.net/v/20260305091233123",
    "http://v.media.daum.net/v/20260305091233123",
    "http://media.daum.net/v/20260305091233123",
    "http://media.daum.net/politics/others/newsview?newsid=20260305091233123",
    "http://m.media.daum.net/m/media/economic/newsview/20260305091233123",
    "https://sports.v.daum.net/v/20260305091233123#cmt",
]


@pytest.mark.parametrize("url", NAVER)
def test_an_article_on_naver_has_one_identity(url: str) -> None:
    post = plain_post(url)
    assert post is not None
    assert (post.uri, post.document_id) == (
        "newsbot:n.news.naver.com/article/999/0000000123",
        "999/0000000123",
    )
    assert "comment" not in post.url
    assert "sid" not in post.url
    assert plain_post(post.url) == post


@pytest.mark.parametrize("url", DAUM)
def test_an_article_on_daum_has_one_identity(url: str) -> None:
    post = plain_post(url)
    assert post is not None
    assert (post.uri, post.document_id) == ("newsbot:v.daum.net/v/20260305091233123", "20260305091233123")


@pytest.mark.parametrize(
    "url",
    [
        "https://news.naver.com/main/list.naver?mode=LS2D&sid1=102",
        "https://media.naver.com/press/999",
        "https://blog.naver.com/read?oid=999&aid=0000000123",
        "https://n.news.naver.com.example/article/999/0000000123",
        "https://media.daum.net/breakingnews/society",
        "https://cafe.daum.net/v/20260305091233123",
    ],
)
def test_what_is_no_article_of_a_portal(url: str) -> None:
    post = plain_post(url)
    assert post is None or post.site is None


def test_two_outlets_articles_of_one_number_are_two() -> None:
    one, two = (plain_post(f"https://n.news.naver.com/article/{oid}/0000000123") for oid in ("998", "999"))
    assert one
    assert two
    assert (one.uri != two.uri, one.document_id != two.document_id) == (True, True)


# ---- mobile, AMP and printed forms -------------------------------------------------------------------

USUAL = "https://www.paper.co.kr/news/articleView.html?idxno=20311"
FORMS = [
    "http://paper.co.kr/news/articleView.html?idxno=20311",
    "https://m.paper.co.kr/news/articleView.html?idxno=20311",
    "https://amp.paper.co.kr/news/articleView.html?idxno=20311",
    "https://www.paper.co.kr/news/articleViewAmp.html?idxno=20311",
    "https://www.paper.co.kr/news/articlePrint.html?idxno=20311",
    "https://www.paper.co.kr/amp/news/articleView.html?idxno=20311",
    "https://www.paper.co.kr/news/articleView.html?idxno=20311&outputType=amp",
    "https://www.paper.co.kr/news/articleView.html?idxno=20311&print=1",
]


@pytest.mark.parametrize("url", FORMS)
def test_a_form_of_a_page_is_the_same_article(url: str) -> None:
    one, other = plain_post(USUAL), plain_post(url)
    assert one
    assert other
    assert (other.uri, other.document_id) == (one.uri, "20311")
    assert one.uri == "newsbot:paper.co.kr/news/articleView.html?idxno=20311"


@pytest.mark.parametrize(
    ("within", "usual"),
    [
        ("news/48213/amp", "news/48213"),
        ("news/48213/amp/", "news/48213/"),
        ("news/48213.amp.html", "news/48213.html"),
        ("news/48213_amp.html", "news/48213.html"),
        ("news/48213.amp", "news/48213"),
        ("m/48213", "48213"),
        ("news/48213?amp", "news/48213"),
        ("news/48213?amp=1&no=2", "news/48213?no=2"),
        ("news/camp", "news/camp"),
        ("news/amplifier.html", "news/amplifier.html"),
        ("amp", "amp"),
        ("news?champ=2&mode=view", "news?champ=2&mode=view"),
    ],
)
def test_the_usual_form_of_an_address(within: str, usual: str) -> None:
    assert usual_form(within) == usual
    assert is_variant(f"https://paper.co.kr/{within}") == (within != usual)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.paper.co.kr/1", "paper.co.kr"),
        ("https://m.paper.co.kr:8080/1", "paper.co.kr:8080"),
        ("https://m.kr/1", "m.kr"),
        ("https://music.paper.co.kr/1", "music.paper.co.kr"),
        ("http://127.0.0.1:8000/1", "127.0.0.1:8000"),
    ],
)
def test_the_home_site_of_an_address(url: str, site: str) -> None:
    assert home_site(url) == site


def test_one_registered_domain() -> None:
    assert same_domain("https://m.paper.co.kr/1", "https://www.paper.co.kr/2")
    assert not same_domain("https://paper.co.kr/1", "https://other.co.kr/1")
    assert not same_domain("http://127.0.0.1/1", "http://127.0.0.1/2")


TEXT = """<html><head><title>나루터 새 단장</title>{}<meta property="og:type" content="article"></head><body>
<h1>나루터 새 단장</h1><div itemprop="articleBody">
<p>덕길시가 나루터의 마루를 새로 깔고 난간을 고쳤다고 밝혔다.</p>
<p>나루과는 “차례로 손본다”며 “장마 전에 모두 마친다”고 말했다.</p></div></body></html>"""
MOBILE = "https://m.paper.co.kr/view?no=48213"


def uri(canonical: str, url: str = MOBILE) -> str:
    return read_article(parse_document(TEXT.format(f'<link rel="canonical" href="{canonical}">'), url)).uri


def test_a_mobile_page_is_the_article_that_its_canonical_link_names() -> None:
    assert uri("https://www.paper.co.kr/2026/03/48213.html") == "newsbot:paper.co.kr/view?no=48213"
    assert uri("https://www.paper.co.kr/news/48213") == "newsbot:paper.co.kr/news/48213"
    usual = "https://www.paper.co.kr/news/48213"
    assert uri(usual, usual) == uri(usual)


@pytest.mark.parametrize(
    "canonical",
    [
        "https://www.paper.co.kr/",
        "https://other.co.kr/news/48213",
        "https://www.paper.co.kr/news/99999",
        "",
        "http://[",
    ],
)
def test_a_canonical_link_is_believed_only_of_this_article_and_domain(canonical: str) -> None:
    assert uri(canonical) == "newsbot:paper.co.kr/view?no=48213"


def test_on_its_usual_page_an_articles_address_is_its_identity() -> None:
    assert uri("https://www.paper.co.kr/other/48213", "https://www.paper.co.kr/view?no=48213") == uri("")


KINDS: tuple[SourceKind, ...] = ("feed", "sitemap", "board")

# ---- whatever the source -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "urls", [NAVER, DAUM, [USUAL, *FORMS], ["https://paper.co.kr/?p=71", "https://paper.co.kr/?p=71#more"]]
)
def test_the_identity_does_not_depend_on_the_kind_of_source(urls: list[str]) -> None:
    uris = set()
    for url in urls:
        page = parse_document(TEXT.format(""), url)
        uris.add(read_article(page).uri)
        listed = Headline(document_id="900412", url=url, title="나루터 새 단장")
        for kind in KINDS:
            uris.add(read_listed(page, listed_post(page, listed), listed, kind=kind, outlet=None).uri)
    assert len(uris) == 1


def test_a_feed_names_a_portals_article_by_the_portals_name() -> None:
    items = "".join(
        f"<item><title>글</title><link>{url.replace('&', '&amp;')}</link></item>" for url in NAVER
    )
    listing = read_feed(parse_document(f"<rss><channel>{items}</channel></rss>", "https://feeds.example/rss"))
    assert [headline.document_id for headline in listing.headlines] == ["999/0000000123"]


def test_another_article_of_a_portal_is_not_the_one_asked_for() -> None:
    asked = plain_post(NAVER[0])
    assert asked
    page = parse_document(TEXT.format(""), NAVER[0].replace("0123", "0124"))
    with pytest.raises(NotAnArticle) as refused:
        read_article(page, asked=asked)
    assert refused.value.reason == "other post"
    assert read_article(replace(page, url=NAVER[2]), asked=asked).uri == asked.uri
