"""Sources that are no XML: JSON Feed, sitemaps in plain text; and links that hide where they lead."""

import base64
import json
from datetime import datetime
from typing import Any

import pytest

from newsbot.errors import NotAListing
from newsbot.items import Listing, as_json
from newsbot.korean.dates import KST
from newsbot.pages.document import parse_document
from newsbot.pages.feeds import feed_links, read_feed
from newsbot.pages.reading import kind_of, read_page
from newsbot.pages.source_pages import kind_of_source, read_source

URL = "https://www.satgang.co.kr/feed.json"
ITEM = {
    "id": "satgang-77",
    "url": "https://www.satgang.co.kr/news/77?utm_source=json",
    "title": "나루터 새 단장 &amp; 봄맞이",
    "content_text": "덕길시가 나루터의 마루를 새로 깔았다.",
    "date_published": "2026-03-05T07:30:00+09:00",
    "authors": [{"name": "한여울 기자"}, {"name": "서다온 기자"}],
    "tags": ["사회", "덕길"],
}


def feed(*items: Any, version: str = "1.1", **members: Any) -> str:
    head = {"version": f"https://jsonfeed.org/version/{version}", "title": "샛강일보"}
    return json.dumps({**head, **members, "items": items}, ensure_ascii=False)


def read(text: str | bytes, url: str = URL, content_type: str | None = None) -> Listing:
    page = parse_document(text, url, content_type=content_type, fetched=datetime(2026, 3, 10, tzinfo=KST))
    found = read_source(page)
    assert isinstance(found, Listing)
    assert kind_of(page) == "listing"
    assert read_page(page) == found
    return found


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_a_json_feed_is_a_feed(version: str) -> None:
    listing = read(feed(ITEM, version=version))
    [headline] = listing.headlines
    assert (listing.engine, kind_of_source(listing), listing.next_page) == ("feed", "feed", None)
    assert (headline.document_id, headline.title) == ("satgang-77", "나루터 새 단장 & 봄맞이")
    assert headline.url == "https://www.satgang.co.kr/news/77"
    assert (headline.poster, headline.category) == ("한여울 기자, 서다온 기자", "사회")
    assert headline.date_listed == datetime(2026, 3, 5, 7, 30, tzinfo=KST)


def test_the_author_of_version_1_and_ids_that_are_numbers() -> None:
    item = {**ITEM, "id": 77, "author": {"name": "한여울 기자"}, "tags": None}
    del item["authors"]
    [headline] = read(feed(item, version="1")).headlines
    assert (headline.document_id, headline.poster, headline.category) == ("77", "한여울 기자", None)


def test_where_an_items_address_stands() -> None:
    address = "https://www.satgang.co.kr/news/78"
    items = [
        {"id": address, "title": "가"},
        {"id": "x", "external_url": "https://other.example/1", "title": "나"},
    ]
    items += [{"id": "y", "title": "주소 없는 글"}, {"id": "z", "url": "/news/80", "title": ""}]
    items += [{"id": "r", "url": "/news/79", "title": "다"}]
    urls = [headline.url for headline in read(feed(*items)).headlines]
    assert urls == [address, "https://other.example/1", "https://www.satgang.co.kr/news/79"]


def test_the_next_page_of_a_json_feed() -> None:
    assert read(feed(ITEM, next_url="/feed.json?p=2")).next_page == f"{URL}?p=2"
    assert read(feed(ITEM, next_url=URL)).next_page is None


@pytest.mark.parametrize("items", [[], ["글", 7, None, {}], [{"url": [], "title": {}}]])
def test_what_is_no_entry_is_left_out(items: list[Any]) -> None:
    assert read(feed(*items)).headlines == ()


@pytest.mark.parametrize("cut", [60, 200, -1])
def test_a_json_feed_that_is_cut_is_none(cut: int) -> None:
    with pytest.raises(NotAListing, match="middle of the feed"):
        read_source(parse_document(feed(ITEM)[:cut], URL))


@pytest.mark.parametrize(
    "text", ['{"items": []}', '[{"version": "https://jsonfeed.org/version/1"}]', "{", "null"]
)
def test_other_json_is_no_feed(text: str) -> None:
    with pytest.raises(NotAListing):
        read_source(parse_document(text, URL))


def test_a_json_nested_without_end_is_refused() -> None:
    with pytest.raises(NotAListing):
        read_source(parse_document(feed(ITEM)[:-2] + "," + "[" * 200_000, URL))


def test_a_page_names_its_json_feed() -> None:
    head = '<link rel="alternate" type="application/feed+json" href="/feed.json">'
    head += '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">'
    page = parse_document(f"<html><head>{head}</head><body></body></html>", "https://www.satgang.co.kr/")
    assert feed_links(page) == (URL,)


ADDRESSES = "https://www.satgang.co.kr/news/3\nhttps://www.satgang.co.kr/news/2?utm_source=x\r\nhttps://www.satgang.co.kr/news/3\n"


@pytest.mark.parametrize("content_type", ["text/plain", "application/octet-stream", "text/html", None])
@pytest.mark.parametrize("mark", ["", "\ufeff", "\n\n"])
def test_a_sitemap_in_plain_text(content_type: str | None, mark: str) -> None:
    listing = read((mark + ADDRESSES).encode(), "https://www.satgang.co.kr/sitemap.txt", content_type)
    assert (listing.engine, kind_of_source(listing)) == ("sitemap", "sitemap")
    assert [(h.url, h.title) for h in listing.headlines] == [
        ("https://www.satgang.co.kr/news/3", ""),
        ("https://www.satgang.co.kr/news/2", ""),
    ]


@pytest.mark.parametrize(
    "text", ["나루터 소식", f"{ADDRESSES}나루터", f"<p>{ADDRESSES}</p>", f"{ADDRESSES}<html></html>"]
)
def test_other_text_is_no_sitemap(text: str) -> None:
    with pytest.raises(NotAListing):
        read_source(parse_document(text, "https://www.satgang.co.kr/sitemap.txt"))


@pytest.mark.parametrize(
    "content_type", ["application/octet-stream", "text/plain", "image/png", "text/html; charset=euc-kr"]
)
def test_what_a_file_is_sent_as_means_nothing(content_type: str) -> None:
    rss = "<rss><channel><item><title>나루터</title><link>/1</link></item></channel></rss>"
    for text in (rss, feed(ITEM), "<urlset><url><loc>/1</loc></url></urlset>"):
        assert len(read(text.encode(), URL, content_type).headlines) == 1


# ---- Google News ---------------------------------------------------------------------------------------

ARTICLE = "https://www.dukgil.example/news/7"


def named(*addresses: str) -> str:
    """A name of the kind that carries addresses: its parts with their lengths before them."""
    parts = [b'\x08\x13"', *(bytes([len(a)]) + a.encode() + b"\xd2\x01" for a in addresses)]
    return base64.urlsafe_b64encode(b"".join(parts)).decode().rstrip("=")


HIDDEN = (
    base64.urlsafe_b64encode(b'\x08\x13"\x9e\x01AU_yqLNqJx3bVd0aGVyZSBpcyBubyBhZGRyZXNz').decode().rstrip("=")
)


def google(*names: str, place: str = "rss/articles") -> Listing:
    links = (f"https://news.google.com/{place}/{name}?oc=5&amp;hl=ko" for name in names)
    items = "".join(f"<item><title>글 {n}</title><link>{link}</link></item>" for n, link in enumerate(links))
    return read_feed(parse_document(f"<rss><channel>{items}</channel></rss>", "https://news.google.com/rss"))


@pytest.mark.parametrize("place", ["rss/articles", "articles", "read", "__i/rss/rd/articles"])
@pytest.mark.parametrize("addresses", [(ARTICLE,), (ARTICLE, "https://amp.dukgil.example/news/7")])
def test_a_link_of_google_news_is_unwrapped_where_it_carries_the_address(
    place: str, addresses: tuple[str, ...]
) -> None:
    listing = google(named(*addresses), place=place)
    assert ([headline.url for headline in listing.headlines], listing.warnings) == ([ARTICLE], ())


def test_one_that_carries_none_is_kept_and_said_in_one_line() -> None:
    listing = google(named(ARTICLE), HIDDEN, HIDDEN[:-4])
    urls = [headline.url for headline in listing.headlines]
    assert urls[:2] == [ARTICLE, f"https://news.google.com/rss/articles/{HIDDEN}?hl=ko"]
    assert len(listing.warnings) == 1
    assert listing.warnings[0].startswith("2 links lead to Google News")
    assert as_json(listing)["warnings"] == list(listing.warnings)
