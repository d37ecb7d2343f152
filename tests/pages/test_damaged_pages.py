"""Pages torn, mixed and damaged: whatever comes, the readers answer, or refuse with their own errors."""

from __future__ import annotations

import contextlib
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from newsbot.errors import NotAListing, NotAnArticle, Unavailable
from newsbot.pages.document import parse_document
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
