"""CPU time of reading one page, bytes to article or headlines, and what of it dates cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from unittest import mock

from benchmarks.figures import Figure
from benchmarks.site import ORIGIN, StaticBoard
from newsbot.korean.dates import KST, read_date
from newsbot.pages.article import read_article
from newsbot.pages.document import Document, parse_document
from newsbot.pages.listing import read_listing

PAGES = 200
BATCHES = 7

Page = tuple[str, bytes]  # target, body

FIXED_FORMS = (
    "2025.06.11", "2025.06.11.", "2025-06-11", "2025/06/11", "25-06-11", "25.06.11", "2025. 6. 11.",
    "2025.06.11 07:30", "2025-06-11 07:30:12", "2025.06.11 (수) 07:30", "2025.06.11(수)", "6월 11일",
    "2025년 6월 11일", "2025년 6월 11일 오전 7시 30분", "2025년 06월 11일 07:30", "06.11", "06-11",
    "06-11 07:30", "07:30", "07:30:12", "오전 7:30", "오후 3시", "2025.06.11 오후 3:05", "20250611",
    "20250611073012", "2025-06-11T07:30:12+09:00", "2025-06-11T07:30:12Z", "3시간 전", "13분전", "방금 전",
    "어제", "그제", "입력 2025.06.11 07:30", "기사입력 2025-06-11 07:30", "승인 2025.06.11 07:30",
    "등록 : 2025.06.11 07:30 수정 : 2025.06.11 08:00", "최종수정 2025년 6월 11일 08:00",
)  # fmt: skip


def measure(scale: float) -> Iterator[Figure]:
    board = StaticBoard(int(PAGES * scale) + 40)
    articles, listings = _drawn(board, board.articles), _drawn(board, board.listings)
    kilobytes = sum(len(body) for _, body in articles) / len(articles) / 1000
    yield Figure("the article page", kilobytes, "kB")
    yield Figure("parsing it alone (lxml)", _cpu(_parsed, articles), "ms CPU")
    yield Figure("reading it, parsing included", _cpu(_read_article, articles), "ms CPU", most=2.5)
    yield Figure("reading a listing page of 20 rows", _cpu(_read_listing, listings), "ms CPU", most=2.5)
    yield from _dates()


def _dates() -> Iterator[Figure]:
    now = datetime.now(KST)
    with mock.patch("dateparser.parse", return_value=None) as parse:
        understood = sum(read_date(text, now=now) is not None for text in FIXED_FORMS)
    yield Figure("fixed date forms that reach dateparser", parse.call_count, f"of {len(FIXED_FORMS)}", most=0)
    yield Figure("and that are understood", understood, f"of {len(FIXED_FORMS)}")


def _drawn(board: StaticBoard, targets: Sequence[str]) -> list[Page]:
    return [(target, board.answer(target).body) for target in targets]


def _cpu(read: Callable[[Page], object], pages: Sequence[Page]) -> float:
    """Milliseconds of CPU a page: of several rounds over all pages the least disturbed."""
    return min(_round(read, pages) for _ in range(BATCHES)) / len(pages) * 1000


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
