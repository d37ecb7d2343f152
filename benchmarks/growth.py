"""What a growing archive costs: storing an article, and a crawl that finds nothing new."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.children import newsbot_crawl
from benchmarks.figures import Figure
from benchmarks.site import ORIGIN, StaticBoard, served
from newsbot.archive import open_archive
from newsbot.config import source_key
from newsbot.items import Article, Block, Candidate, Headline
from newsbot.korean.dates import KST
from newsbot.korean.text import candidate
from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document

SIZES = (1_000, 10_000, 100_000)  # articles in the archive
WATCHED = 50  # transactions before each size, whose median counts
TOGETHER = 20  # articles in a transaction, about as many as a crawl at full speed puts into one
LISTED = 60  # posts of the board that is crawled: the archive holds them and all that the board has lost
ROBOTS_TXT = 1  # request of every crawl


def measure(scale: float) -> Iterator[Figure]:
    sizes = [int(size * scale) for size in SIZES]
    costs = []
    with served(LISTED) as url, tempfile.TemporaryDirectory() as directory:
        archive = Path(directory) / "archive.db"
        newsbot_crawl(url, archive)
        for below, size in pairwise((0, *sizes)):
            costs.append(_fill(archive, source_key(url), range(below, size)))
            yield Figure(f"storing one of {size:,} articles", costs[-1] * 1e6, "µs")
            requests = newsbot_crawl(url, archive).figures["requests"] - ROBOTS_TXT
            yield Figure(f"requests when none of {size:,} is new", requests, "listing pages", most=2)
    yield Figure("storing, last : first", costs[-1] / costs[0], "of its cost", most=1.3)


def _fill(archive: Path, source: str, numbers: range) -> float:
    """Lists and stores so many more articles as a finished run would; the last ones' median seconds."""
    now = datetime.now(KST)
    template = _an_article()
    seconds = []
    with open_archive(f"sqlite:///{archive}") as opened:
        run = opened.start_run(source=source, name=None, url=f"http://{source}", options={}, started=now)
        for start in range(numbers.start, numbers.stop, TOGETHER):
            page = [_another(template, n) for n in range(start, min(start + TOGETHER, numbers.stop))]
            headlines = [each.article.listing for each in page if each.article.listing]
            opened.list_headlines(run, source, headlines, when=now, reach="all")
            started = time.perf_counter()
            opened.store_together(run, source, page, when=now)
            seconds.append((time.perf_counter() - started) / len(page))
        opened.finish_run(run, state="finished", reach="all", figures={}, finished=now)
    return median(seconds[-WATCHED:])


def _an_article() -> Article:
    board = StaticBoard(1)
    target = board.articles[0]
    return read_article(parse_document(board.answer(target).body, ORIGIN + target))


def _another(article: Article, number: int) -> Candidate:
    """Another text under another id; the ids are none of the board's."""
    key = f"old-{number}"
    listing = Headline(document_id=key, url=f"{ORIGIN}/news/{key}", title=article.headline)
    body = (*article.body, Block(type="paragraph", text=f"보고서 {number}호에 실린 내용이다."))
    uri = f"{article.uri}-{key}"
    return candidate(replace(article, uri=uri, url=listing.url, document_id=key, body=body, listing=listing))
