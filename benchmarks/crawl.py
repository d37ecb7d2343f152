"""A whole crawl against a bare Scrapy spider that follows the same links."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.children import Ran, bare_crawl, newsbot_crawl
from benchmarks.figures import Figure
from benchmarks.site import served

ARTICLES = 3_000
ROUNDS = 3


def measure(scale: float) -> Iterator[Figure]:
    """Both in turn, so that what else the machine does meets both; medians of the whole processes."""
    articles = int(ARTICLES * scale)
    bare, ours = [], []
    with served(articles) as url:
        for _ in range(ROUNDS):
            bare.append(_checked(bare_crawl(url), "articles", articles))
            ours.append(_checked(_fresh_crawl(url), "new", articles))
    seconds = [median(ran.seconds for ran in runs) for runs in (bare, ours)]
    cpu = [median(ran.cpu for ran in runs) for runs in (bare, ours)]
    yield Figure("bare Scrapy", articles / seconds[0], "articles/s")
    yield Figure("newsbot", articles / seconds[1], "articles/s")
    yield Figure("newsbot : bare Scrapy", seconds[0] / seconds[1], "of its speed", least=0.6)
    yield Figure("the same by CPU time alone", cpu[0] / cpu[1], "of its speed")


def _fresh_crawl(url: str) -> Ran:
    with tempfile.TemporaryDirectory() as directory:
        return newsbot_crawl(url, Path(directory) / "archive.db")


def _checked(ran: Ran, figure: str, articles: int) -> Ran:
    if ran.figures[figure] != articles:
        raise ValueError(f"a crawl that is not worth measuring: {ran.figures}")
    return ran
