import subprocess
import sys
from collections.abc import Callable
from datetime import datetime

import pytest

from newsbot import join_pages, read_article, read_listing
from newsbot.errors import NewsbotError, NoAddress, NotAListing, NotAnArticle

URL = "https://paper.example/news/articleView.html?idxno=901"
PAGE = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>강변에 새 다리 - 강변신문</title>
<meta property="og:site_name" content="강변신문"><meta property="og:title" content="강변에 새 다리">
<meta property="article:published_time" content="2026-03-05T08:40:00+09:00"></head><body><article>
<h1>강변에 새 다리</h1><div><p>(여주=강변신문) 노을빛 기자 = 강변 두 마을을 잇는 다리가 5일 놓였다.</p>
<p>길이 120미터의 다리는 걸어서만 건널 수 있고, 난간에는 마을 아이들의 그림이 걸렸다.</p>
<p>군은 다음 달까지 다리 양쪽에 쉼터를 하나씩 짓는다고 밝혔다.</p>
<p>noeul@paper.example</p></div></article></body></html>"""


def test_an_article_from_text_and_an_address() -> None:
    article = read_article(PAGE, URL)
    assert (article.headline, article.located) == ("강변에 새 다리", "여주")
    assert [(b.name, b.email) for b in article.bylines] == [("노을빛", "noeul@paper.example")]
    assert article.date_published == datetime.fromisoformat("2026-03-05T08:40:00+09:00")
    assert [block.text[:6] for block in article.body] == ["강변 두 마", "길이 120", "군은 다음 "]
    assert (article.provenance["date_published"], article.provenance["located"]) == ("meta", "text")


def test_an_article_from_bytes_in_their_own_encoding() -> None:
    wrapped = PAGE.replace("utf-8", "euc-kr").encode("cp949")
    assert read_article(wrapped, URL).body == read_article(PAGE, URL).body


@pytest.mark.parametrize("read", [read_article, read_listing])
def test_an_encoding_that_nobody_knows_is_refused(read: Callable[..., object]) -> None:
    for encoding in ("euckr9", "rot13", ""):
        with pytest.raises(ValueError, match="is no character encoding"):
            read(PAGE.encode(), URL, encoding=encoding)


def test_the_names_that_korean_sites_have_for_their_encoding_are_known() -> None:
    page = PAGE.encode("cp949")
    for encoding in ("EUC-KR", "x-windows-949", "ks_c_5601-1987", "cp949"):
        assert read_article(page, URL, encoding=encoding).headline == "강변에 새 다리"


@pytest.mark.parametrize("read", [read_article, read_listing])
@pytest.mark.parametrize(
    "url",
    [
        "",
        "/news",
        "paper.example/news",
        "https://",
        "http://[::1/a",
        "http://a.example:99999/",
        "http://a.example:n/",
    ],
)
def test_what_is_no_address_is_refused_in_one_line(read: Callable[..., object], url: str) -> None:
    with pytest.raises(NoAddress, match=r"is no address: give the whole one") as refused:
        read(PAGE, url)
    assert "\n" not in str(refused.value)
    assert isinstance(refused.value, NewsbotError)


def test_an_address_may_be_of_the_local_network_or_a_file() -> None:
    for url in ("http://[fe80::1]:8080/news/901", "file:///home/naru/901.html"):
        assert read_article(PAGE, url).headline == "강변에 새 다리"


def test_a_listing() -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td><a href='read.php?no={n}'>제목 {n}</a></td><td>2026-03-0{n}</td></tr>"
        for n in (3, 2)
    )
    page = f"<table><tr><th>번호</th><th>제목</th><th>날짜</th></tr>{rows}</table>"
    listing = read_listing(page, "https://board.example/list.php")
    assert [(h.document_id, h.title) for h in listing.headlines] == [("3", "제목 3"), ("2", "제목 2")]


def test_what_is_neither_is_refused() -> None:
    with pytest.raises(NotAnArticle):
        read_article("<p>짧다</p>", URL)
    with pytest.raises(NotAListing):
        read_listing(PAGE, URL)


def test_reading_needs_no_scrapy() -> None:
    code = "import sys, newsbot; sys.exit('scrapy' in sys.modules or 'twisted' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_article_on_several_pages() -> None:
    pager = '<p><b>1</b> <a href="?idxno=901&amp;page=2">2</a></p></article>'
    first = read_article(PAGE.replace("</article>", pager), URL)
    assert first.further_pages == (f"{URL}&page=2",)
    text = "다리를 건너는 이는 하루 300명이라고 군은 덧붙였다. 쉼터에는 의자를 놓는다."
    second = f"<html><body><h1>강변에 새 다리</h1><article><div><p>{text}</p></div></article></body></html>"
    whole = join_pages([first, read_article(second, first.further_pages[0], continues=first)])
    assert (whole.body[:-1], whole.body[-1].text) == (first.body, text)
    assert (whole.uri, whole.further_pages) == (first.uri, ())
