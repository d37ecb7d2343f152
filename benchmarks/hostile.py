"""Pages that are made to take long: much of one thing, or what keeps a careless search busy."""

from __future__ import annotations

from collections.abc import Iterator

from newsbot.pages.entries import MOST_ENTRIES
from newsbot.pages.limits import MAX_BYTES, MAX_ELEMENTS, MAX_LINKS
from newsbot.pages.sitemaps import MOST_ADDRESSES

_SENTENCE = "가온시는 둑길을 새로 낸다고 11일 밝혔다. "
_HEAD = (
    "<html><head><title>새 둑길</title><meta property=og:type content=article></head>"
    "<body><h1>새 둑길</h1><div itemprop=articleBody>"
)
_END = "</div></body></html>"
_IN_A_BODY = {
    "spaces": " ", "no-break spaces": "\xa0", "brackets": "([", "digits": "1", "signs": "=", "points": "·가",
    "dates": "2025.06.11 ", "addresses": "a@b.c", "half addresses": "a.", "quotes": '"',
    "names": "홍길동 기자 ", "signed": "홍길동 기자 = ", "credits": "사진=", "slashes": "/가",
    "invisible": "\u200b",
}  # fmt: skip
_REPEATED = {
    "breaks": "<br>", "cells": f"<td>{_SENTENCE}", "comments": "<!-- x -->", "open brackets": "<",
    "end tags": "</div>", "entities": "&amp;", "paragraphs": "<p>가",
    "unclosed": f"<p><b><a href=/1><div><table><tr><td>{_SENTENCE}",
}  # fmt: skip
_NUMBERED = {  # each of its kind another one: nothing is read once and remembered
    "signed pictures": "<p><img src=/{n}.jpg><p>(가온=마을신문) 홍길동 기자 = 둑길 {n}이 열렸다.",
    "signatures": "<p>홍길동·이가온 기자 a{n}@b.example",
    "datelines": "<p>(가온=마을신문)",
}
_LISTED = {
    "dated links": "<li><a href=/news/{n}>둑길 소식 {n}</a><span>2025.06.11</span>",
    "links": "<li><a href=/news/{n}>둑길 소식 {n}</a>",
}
_TABLE = "<html><body><table><tr><th>번호<th>제목<th>날짜"
_NAMED_ROW = "<tr><td>{n}<td><a href=/b?p{n}=a&id=news&no={n}>둑길 소식</a><td>2025.06.11"
_IN_SCRIPTS = {
    "JSON-LD": ("<script type=application/ld+json>[", '{"@type":"NewsArticle","headline":"둑길"},', "{}]"),
    "broken JSON-LD": ("<script type=application/ld+json>", '"NewsArticle" "headline":"', ""),
    "deep JSON-LD": ("<script type=application/ld+json>", '{"a":[', ""),
    "script data": ("<script id=__NEXT_DATA__>", '{"content":"가나다라마바사아자차카타파하 "},', ""),
    "flight": ('<script>self.__next_f.push([1,"', '1:{\\"a\\":1}\\n', '"])'),
    "script": ("<script>", 'var a="<b>x</b>"; ', ""),
}


_DATES = (
    "2025 June 11",
    "11th of June, 2025 7:30 pm",
    "Wed, 11 Jun 2025 07:30 CST",
    "입력 1 " * 15,
    "1 2025 " * 11,
    "입력 {n}. " * 9,
    "Mon {n} 2025 at of the",
)
_IN_A_FEED = "<pubDate>{date}</pubDate>"
_DATED = ("pubDate", "published", "issued", "created", "date", "updated", "modified")
_FEWER_LINKS = MAX_LINKS - 100
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def hostile_pages() -> Iterator[tuple[str, bytes]]:
    """Each with what it is."""
    for name, unit in _REPEATED.items():
        yield f"16 MiB of {name}", _filled(unit, MAX_BYTES)
    for name, unit in _IN_A_BODY.items():
        yield f"a body of {name}", _filled(unit, 1_400_000)
        yield f"16 MiB of {name}", _filled(unit, MAX_BYTES)
    for name, (start, unit, end) in _IN_SCRIPTS.items():
        yield f"9 MB of {name}", _filled(unit, 9_000_000, _HEAD + start, f"{end}</script>{_END}")
    yield "elements up to the limit", (_HEAD + f"<p>{_SENTENCE}" * (MAX_ELEMENTS - 100) + _END).encode()
    yield "nested tables", (_HEAD + f"<table><tr><td>{_SENTENCE}" * 60 + _END).encode()
    yield "ten thousand nested", ("<div>" * 10_000 + _SENTENCE).encode()
    yield "paragraphs in nested boxes", (_HEAD + "<div class=related>" * 200 + _SENTENCE * 5_000).encode()
    yield (
        "a line of links in nested spans",
        _numbered("<a href=/{n}>둑길 소식 {n}호</a> ", 9_900, _HEAD + "<span>" * 150),
    )
    yield "a pager of 9,900", _numbered("<a href=/a/5?page=2>2</a>", 9_900, f"{_HEAD}{_SENTENCE}<div><div>")
    yield "rows of labels", _numbered("<b>제목</b> <i>{n}</i>", 9_900, "<table><tr><td>" * 60)
    yield "a million attributes", ("<p " + " ".join(f"a{n}" for n in range(1_000_000)) + ">").encode()
    for name, unit in _NUMBERED.items():
        yield f"9,900 {name}", _numbered(unit, 9_900)
    for name, unit in _LISTED.items():
        yield (
            f"a home page of {MAX_LINKS:,} {name}",
            _numbered(unit, MAX_LINKS, "<html><body><ul>", "</html>"),
        )
    yield "a listing of links by 6,000 names", _numbered(_NAMED_ROW, 6_000, _TABLE, "</table></html>")
    yield f"a listing of {MAX_LINKS:,} rows", _listing(MAX_LINKS, "2025.06.11")
    for date in _DATES:
        yield f"a listing of rows dated {date[:40]}", _listing(_FEWER_LINKS, date)
        yield f"a feed of entries dated {date[:40]}", _feed(_IN_A_FEED.format(date=date))
        yield f"a sitemap of addresses dated {date[:40]}", _sitemap(date)
    yield (
        "a feed of entries with seven dates",
        _feed("".join(f"<{name}>7 pm 11 Jun 2025</{name}>" for name in _DATED)),
    )
    yield "30 MB", _filled(_SENTENCE, 30_000_000)


def _filled(unit: str, size: int, head: str = _HEAD, end: str = _END) -> bytes:
    return (head + unit * ((size - 1_000) // len(unit.encode())) + end).encode()


def _numbered(unit: str, times: int, head: str = _HEAD, end: str = _END) -> bytes:
    return (head + "".join(unit.format(n=n) for n in range(times)) + end).encode()


def _listing(rows: int, date: str) -> bytes:
    row = "<tr><td>1<td><a href=/news/{n}>둑길 소식</a><td>" + date
    return _numbered(row, rows, "<html><body><table><tr><th>번호<th>제목<th>날짜", "</table></body></html>")


def _feed(dates: str) -> bytes:
    entry = f"<item><title>둑길 소식</title><link>/news/{{n}}</link>{dates}</item>"
    return _numbered(entry, MOST_ENTRIES, "<rss version='2.0'><channel>", "</channel></rss>")


def _sitemap(date: str) -> bytes:
    entry = f"<url><loc>/news/{{n}}</loc><lastmod>{date}</lastmod></url>"
    return _numbered(entry, MOST_ADDRESSES, f"<urlset xmlns='{_SITEMAPS}'>", "</urlset>")
