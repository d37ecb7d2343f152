"""CPU time of reading one page, bytes to article or headlines: boards' pages, outlets' pages of full size,
pages that are meant to take long; and which of the printed dates are understood.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from lxml import etree

from benchmarks.figures import Figure
from benchmarks.hostile import hostile_pages
from benchmarks.peers import corpus
from benchmarks.site import ORIGIN, StaticBoard
from newsbot.errors import NewsbotError
from newsbot.korean.dates import KST, read_date
from newsbot.pages.article import read_article
from newsbot.pages.document import Document, parse_document
from newsbot.pages.listing import read_listing
from newsbot.pages.reading import read_page

PAGES = 200
BATCHES = 7
FULL_SIZE = 97_000  # bytes: the mean of outlets' pages
ROWS = 240  # of links around an article: some 1,000 elements, as many as such a page has

_LAID_OUT = (
    "https://n.news.naver.com/",
    "https://v.daum.net/",
    "https://www.mk.co.kr/",
    "https://www.hankookilbo.com/",
)

Page = tuple[str, bytes]  # target, body

PRINTED_DATES = (
    "2025.06.11", "2025.06.11.", "2025-06-11", "2025/06/11", "25-06-11", "25.06.11", "2025. 6. 11.",
    "2025.06.11 07:30", "2025-06-11 07:30:12", "2025.06.11 (수) 07:30", "2025.06.11(수)", "6월 11일",
    "2025년 6월 11일", "2025년 6월 11일 오전 7시 30분", "2025년 06월 11일 07:30", "06.11", "06-11",
    "06-11 07:30", "07:30", "07:30:12", "오전 7:30", "오후 3시", "2025.06.11 오후 3:05", "20250611",
    "20250611073012", "2025-06-11T07:30:12+09:00", "2025-06-11T07:30:12Z", "3시간 전", "13분전", "방금 전",
    "어제", "그제", "입력 2025.06.11 07:30", "기사입력 2025-06-11 07:30", "승인 2025.06.11 07:30",
    "등록 : 2025.06.11 07:30 수정 : 2025.06.11 08:00", "최종수정 2025년 6월 11일 08:00",
    "June 11, 2025", "11th of June, 2025 7:30 pm", "Wed, 11 Jun 2025 07:30 EST",
)  # fmt: skip


def measure(scale: float) -> Iterator[Figure]:
    board = StaticBoard(int(PAGES * scale) + 40)
    articles, listings = _drawn(board, board.articles), _drawn(board, board.listings)
    kilobytes = sum(len(body) for _, body in articles) / len(articles) / 1000
    yield Figure("the article page", kilobytes, "kB")
    yield Figure("parsing it alone (lxml)", _cpu(_parsed, articles), "ms CPU")
    yield Figure("reading it, parsing included", _cpu(_read_article, articles), "ms CPU", most=2.5)
    yield Figure("reading a listing page of 20 rows", _cpu(_read_listing, listings), "ms CPU", most=2.5)
    yield from _outlets()
    yield from _hostile()
    yield from _dates()


def _outlets() -> Iterator[Figure]:
    """Pages of outlets with layouts, as large as theirs are on average, read both ways."""
    pages = [(page.url, _full_size(page.text.encode())) for page in _laid_out()]
    kilobytes = sum(len(body) for _, body in pages) / len(pages) / 1000
    bare = _cpu(lambda page: etree.fromstring(page[1], etree.HTMLParser(encoding="utf-8")), pages)
    yield Figure("an outlet's page", kilobytes, "kB")
    yield Figure("lxml's bare parse of it", 1000 / bare, "pages/s")
    for way, layouts, least in (("its layout", True, 300), ("its structure alone", False, 100)):
        spent = _cpu(lambda page, layouts=layouts: _read_outlet(page, layouts), pages)  # type: ignore[misc]
        yield Figure(f"reading it by {way}", 1000 / spent, "pages/s", least=least)
        yield Figure("  as against the bare parse", spent / bare, "times")


def _laid_out() -> list[corpus.Page]:
    return [page for page in corpus.pages(0) if page.group == "outlets" and page.url.startswith(_LAID_OUT)]


def _full_size(page: bytes) -> bytes:
    """The page with what stands around an article: lists of links before the body's end, and scripts."""
    row = '<li class="item"><a href="/a/{n}"><span class="num">{n}</span><strong>둑길 소식</strong></a></li>'
    rows = "".join(row.format(n=n) for n in range(ROWS))
    ranking = f'<section class="ranking_area"><ul class="ranking_list">{rows}</ul></section>'.encode()
    room = FULL_SIZE - len(page) - len(ranking)
    script = b"<script>" + b'window.slots.push({"id":"top","size":[300,250],"lazy":true});' * (room // 61)
    return page.replace(b"</body>", ranking + script + b"</script></body>")


def _read_outlet(page: Page, layouts: bool) -> object:
    url, body = page
    return read_article(parse_document(body, url), layouts=layouts)


def _hostile() -> Iterator[Figure]:
    """The slowest of pages that are made to take long; each is read or refused."""
    times = {name: _cpu(_read_or_refused, [("/a/5", page)], rounds=1) for name, page in hostile_pages()}
    slowest = max(times, key=lambda name: times[name])
    yield Figure(f"the slowest hostile page of {len(times)}: {slowest}", times[slowest] / 1000, "s", most=2)


def _read_or_refused(page: Page) -> None:
    target, body = page
    with contextlib.suppress(NewsbotError):
        read_page(parse_document(body, ORIGIN + target))


def _dates() -> Iterator[Figure]:
    now = datetime.now(KST)
    understood = sum(read_date(text, now=now) is not None for text in PRINTED_DATES)
    yield Figure("printed date forms that are understood", understood, f"of {len(PRINTED_DATES)}")


def _drawn(board: StaticBoard, targets: Sequence[str]) -> list[Page]:
    return [(target, board.answer(target).body) for target in targets]


def _cpu(read: Callable[[Page], object], pages: Sequence[Page], rounds: int = BATCHES) -> float:
    """Milliseconds of CPU a page: of several rounds over all pages the least disturbed."""
    return min(_round(read, pages) for _ in range(rounds)) / len(pages) * 1000


def _round(read: Callable[[Page], object], pages: Sequence[Page]) -> float:
    started = time.process_time()
    for page in pages:
        read(page)
    return time.process_time() - started


def _parsed(page: Page) -> Document:
    target, body = page
    return parse_document(body, ORIGIN + target, content_type="text/html; charset=UTF-8")


def _read_article(page: Page) -> object:
    return read_article(_parsed(page))


def _read_listing(page: Page) -> object:
    return read_listing(_parsed(page))
