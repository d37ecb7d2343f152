"""What is fuzzed: each target takes any bytes at all, and lets out only what its reader may raise."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import get_args

from newsbot.errors import NewsbotError
from newsbot.korean.dates import KST, read_date, read_dates, resolve_listed
from newsbot.korean.headlines import read_headline
from newsbot.korean.passages import Kind, Passage
from newsbot.korean.reading import read_body
from newsbot.korean.structure import blocks
from newsbot.korean.text import letters, text_hash, tidy
from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document
from newsbot.pages.reading import read_page
from newsbot.sampleboard.database import Database
from newsbot.sampleboard.exchange import Request
from newsbot.sampleboard.gnuboard import Gnuboard
from newsbot.sampleboard.rhymix import Rhymix
from newsbot.sampleboard.view import Look

_FIXTURES = Path(__file__).parents[2] / "tests" / "pages" / "fixtures"
_NOW = datetime(2026, 11, 25, 12, tzinfo=KST)
_KINDS = get_args(Kind)
_URLS = (
    "https://www.saetgang.example/news/articleView.html?idxno=12345",
    "https://n.news.naver.com/mnews/article/001/0000000001",
    "https://v.daum.net/v/20250611073012345",
    "http://board.example/news/320",
    "http://board.example/bbs/board.php?bo_table=news&page=2",
    "http://board.example/index.php?mid=news&document_srl=320",
    "file:///saved.html",
)  # the first byte of an input chooses one


def article(data: bytes) -> None:
    """A page as an article, by its layout and by its structure alone."""
    for layouts in (True, False):
        with contextlib.suppress(NewsbotError):
            read_article(parse_document(data[1:], _url(data), fetched=_NOW), layouts=layouts)


def listing(data: bytes) -> None:
    """A page as a listing, a feed or a sitemap."""
    with contextlib.suppress(NewsbotError):
        read_page(parse_document(data[1:], _url(data), fetched=_NOW), "listing")


def korean(data: bytes) -> None:
    """A body of one passage a line, the kind of each told by its first character."""
    headline, *lines = data.decode("utf-8", "surrogateescape").split("\n")
    read_headline(headline)
    passages = [_passage(line) for line in lines]
    read_body(passages, headline=headline, outlet="마을신문", byline_lines=lines[:2])
    text_hash(blocks(passages))
    letters(headline)


def dates(data: bytes) -> None:
    """A date, the same as a line of dates, and the lines of a listing's column."""
    text = data.decode("utf-8", "surrogateescape")
    read_date(text, now=_NOW)
    read_dates(text, now=_NOW)
    resolve_listed(text.split("\n"), now=_NOW)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (article, listing, korean, dates)
}


def seeds(name: str) -> Iterator[bytes]:
    """Inputs to begin with: the fixtures, the sample board's pages, and the texts in both."""
    if name in ("article", "listing"):
        yield from (bytes([n % len(_URLS)]) + page for n, page in enumerate(_pages()))
    elif name == "korean":
        yield from ("\n".join(_lines(page)).encode() for page in _pages())
    else:
        lines = {line for page in _pages() for line in _lines(page) if any(c.isdigit() for c in line)}
        yield from (line.encode() for line in sorted(lines) if len(line) < 60)


def _url(data: bytes) -> str:
    return _URLS[data[0] % len(_URLS)] if data else _URLS[0]


def _passage(line: str) -> Passage:
    kind: Kind = _KINDS[ord(line[0]) % len(_KINDS)] if line else "text"
    return Passage(kind=kind, text=tidy(line[1:]), image_url="/a.jpg" if kind == "image" else None)


def _pages() -> Iterator[bytes]:
    yield from (page.read_bytes() for page in sorted(_FIXTURES.glob("*/page.*")))
    for engine in (Rhymix, Gnuboard):
        board = engine(Database(lambda: _NOW, first_id=engine.first_id), Look())
        request = Request(method="GET", target=board.listing_path, origin="http://board.example", now=_NOW)
        yield board.answer(request).body


def _lines(page: bytes) -> list[str]:
    root = parse_document(page, _URLS[0]).root
    return [text for piece in root.itertext("*") if (text := tidy(piece)) and len(text) < 2000]
