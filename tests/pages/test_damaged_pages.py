"""Pages torn, mixed and damaged: whatever comes, the readers answer, or refuse with their own errors."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbot.errors import NotAListing, NotAnArticle, Unavailable
from newsbot.items import Article
from newsbot.pages.document import parse_document
from newsbot.pages.limits import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, MAX_LINKS
from newsbot.pages.reading import PageKind, read_page

PAGES = [page.read_bytes() for page in sorted((Path(__file__).parent / "fixtures").glob("*/page.html"))]
URLS = [
    "https://www.saetgang.example/a/5",
    "https://n.news.naver.com/mnews/article/001/0000000001",
    "http://board.example/news?page=2",
    "file:///saved.html",
]
SCRAPS = [
    b"", b"<!-- x -->", b"</div></td></table>", b"<table><tr>", b"<!DOCTYPE html>", b"\x00\xff", b"<a href>",
    b'<script type="application/ld+json">{"@type":"NewsArticle","author":[null,{}],"headline":3}</script>',
    b"<meta content><base href='http://['>", b"<li itemprop=author>", b"<time datetime=9-99>2026.99.99",
]  # fmt: skip
piece = st.builds(
    lambda page, start, length: page[start % (len(page) or 1) :][:length],
    st.sampled_from(PAGES),
    st.integers(0, 20_000),
    st.integers(1, 8_000),
)


@settings(max_examples=150, deadline=None)
@given(
    pieces=st.lists(st.one_of(piece, st.sampled_from(SCRAPS)), min_size=1, max_size=6),
    url=st.sampled_from(URLS),
    kind=st.sampled_from(["article", "listing", None]),
)
def test_no_page_raises_anything_else(pieces: list[bytes], url: str, kind: PageKind | None) -> None:
    page = parse_document(b"".join(pieces), url)
    with contextlib.suppress(NotAnArticle, NotAListing, Unavailable):
        read_page(page, kind)


@pytest.mark.parametrize("mark", ["\x01", "\x0b", "\ufffe", "&#8;", "&#xfffe;"])
def test_a_character_that_xml_cannot_hold_behind_a_line_break(mark: str) -> None:
    head = "<head><meta property=og:type content=article><title>새 둑길</title></head>"
    text = f"가온시는 둑길을 새로 낸다고 11일 밝혔다.<br>{mark}둑길은 두 마을을 잇는다."
    page = f"<html>{head}<body><article itemprop=articleBody>{text}</article></body></html>"
    article = read_page(parse_document(page, URLS[0]), "article")
    assert isinstance(article, Article)
    assert [block.text for block in article.body][-1].endswith("둑길은 두 마을을 잇는다.")


SENTENCE = "가온시는 둑길을 새로 낸다고 11일 밝혔다. "


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (b"<p>" + b"x" * MAX_BYTES, "more than 16 MiB"),
        ("<p>" + "가" * (MAX_BYTES // 3), "more than 16 MiB"),
        (b"<br>" * (MAX_BYTES // 4), "too many elements"),
        ("<p>" + (SENTENCE + "<br>") * (MAX_ELEMENTS + 1), "too many elements"),
        ("<table><tr><td>" * 10_000 + SENTENCE, "nested too deeply"),
        ("<div>" * 10_000 + SENTENCE + "</div>" * 10_000, "nested too deeply"),
        ("<p " + " ".join(f"a{n}" for n in range(200_000)) + ">", "too many attributes"),
        ("<p " + " ".join(f"a{n}='<>'" for n in range(100_000)) + ">", "too many attributes"),
        ("<p>" + SENTENCE * 50_000, "more than 1,000,000 letters"),
        ("<b><div>" * 100 + SENTENCE * 20_000, "too much text nested too deeply"),
        ("<p>" + "<a href=/1>둑길</a> " * (MAX_LINKS + 1), "more than 10,000 links"),
        ("<p>" + f'<a class="{"photo " * 1000}">둑길</a>' * 100, "letters of markup"),
    ],
)
@pytest.mark.parametrize("kind", ["article", "listing", None])
def test_too_much_of_anything_is_refused_in_plain_words(
    page: bytes | str, words: str, kind: PageKind | None
) -> None:
    document = parse_document(page, URLS[0])
    assert len(document.root) == 0, "nothing is left that a reader could walk"
    with pytest.raises((NotAnArticle, NotAListing), match=words):
        read_page(document, kind)


def test_a_page_just_below_the_limits_is_parsed() -> None:
    page = parse_document("<div>" * (MAX_DEPTH - 10) + "<b>둑</b>" * (MAX_ELEMENTS // 2), URLS[0])
    assert page.excess is None
    assert len(page.root.xpath("//b")) == MAX_ELEMENTS // 2


@pytest.mark.parametrize(
    "source",
    [
        '"headline":"' * 100_000,
        '"author":[' * 100_000,
        '"author":{"name":"' * 50_000,
        "--> " * 100_000 + " " * 1_000_000 + "x",
        "[" * 500_000,
        '{"a":' * 200_000,
        '{"@type":"NewsArticle","headline":"둑길"},' * 20_000,
    ],
)
def test_broken_json_ld_is_read_in_one_pass(source: str) -> None:
    """With what was quadratic these took minutes: nothing here would come to an end."""
    page = f'<script type="application/ld+json">{{"@type":"NewsArticle",{source}</script>'
    with contextlib.suppress(NotAnArticle):
        read_page(parse_document(page, URLS[0]), "article")


@pytest.mark.parametrize(
    "source",
    [
        "self.__next_f.push([" * 50_000,
        'self.__next_f.push([1,"' + "1:[" * 300_000 + '"])',
        'self.__next_f.push([1,"' + '1:{\\"a\\":1}\\n' * 100_000 + '"])',
        'Fusion.globalContent = {"a":' * 50_000,
    ],
)
def test_script_data_is_read_in_one_pass(source: str) -> None:
    with contextlib.suppress(NotAnArticle):
        read_page(parse_document(f"<script>{source}</script>", URLS[0]), "article")


def test_a_text_without_an_end_in_script_data() -> None:
    source = '{"content":"' + "가나다라마바사아자차카타파하 " * 60_000 + '"}'
    page = f'<script id="__NEXT_DATA__" type="application/json">{source}</script>'
    with pytest.raises(NotAnArticle):
        read_page(parse_document(page, URLS[0]), "article")


HEAD = "<meta property=og:type content=article><title>새 둑길</title><div itemprop=articleBody>"


def test_a_body_of_too_many_paragraphs_is_refused() -> None:
    page = parse_document(HEAD + "<p>둑길" * 20_001, URLS[0])
    with pytest.raises(NotAnArticle, match="more than 20,000 paragraphs"):
        read_page(page, "article")


@pytest.mark.parametrize(
    "source",
    [
        "".join(
            f"<p><img src=/1.jpg><p>(가온=마을신문) 홍길동 기자 = 둑길 {n}이 열렸다." for n in range(5000)
        ),
        "".join(f'<img src=/1.jpg alt="물길 둑길 {n}">' for n in range(8000))
        + "".join(f"<p>물길 둑길 {n}을 걷는다" for n in range(8000)),
    ],
)
def test_pictures_by_the_thousand_are_read_in_one_pass(source: str) -> None:
    """With what was quadratic these took minutes: nothing here would come to an end."""
    article = read_page(parse_document(HEAD + source, URLS[0]), "article")
    assert isinstance(article, Article)
    assert len(article.images) >= 5000
