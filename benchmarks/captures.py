"""What captures cost a crawl, and how fast they are read again."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from benchmarks.children import Ran, newsbot_crawl
from benchmarks.figures import Figure
from benchmarks.site import served
from newsbot.archive import open_archive
from newsbot.archive.schema import revisions
from newsbot.captures import directory_of
from newsbot.reparse.page import Job, read_again
from newsbot.reparse.passing import read_captures
from newsbot.versions import parser_version

ARTICLES = 2_000
ROUNDS = 3
ALONE = 200  # pages that are read in this very process


def measure(scale: float) -> Iterator[Figure]:
    articles = int(ARTICLES * scale)
    with served(articles) as url, tempfile.TemporaryDirectory() as folder:
        kept, bare = [], []
        for number in range(ROUNDS):
            kept.append(_crawled(url, Path(folder, f"kept-{number}.db"), articles))
            bare.append(_crawled(url, Path(folder, f"bare-{number}.db"), articles, NEWSBOT_CAPTURES=False))
        cpu = [median(ran.cpu for ran in runs) for runs in (kept, bare)]
        seconds = [median(ran.seconds for ran in runs) for runs in (kept, bare)]
        yield Figure("a crawl with captures : without", cpu[0] / cpu[1], "of its CPU time", most=1.25)
        yield Figure("the same by the clock", seconds[0] / seconds[1], "of its time")
        yield Figure("a page captured", (cpu[0] - cpu[1]) / articles * 1000, "ms CPU", most=1)
        archive = Path(folder, "kept-0.db")
        directory = directory_of(f"sqlite:///{archive}")
        stored = sum(file.stat().st_size for file in directory.iterdir())
        yield Figure("and on the disk", stored / articles / 1000, "kB")
        yield from _read_again(archive, directory, articles)


def _crawled(url: str, archive: Path, articles: int, **settings: object) -> Ran:
    ran = newsbot_crawl(url, archive, **settings)
    if ran.figures["new"] != articles:
        raise ValueError(f"a crawl that is not worth measuring: {ran.figures}")
    return ran


def _read_again(archive: Path, directory: Path, articles: int) -> Iterator[Figure]:
    with open_archive(f"sqlite:///{archive}") as opened:
        with opened.writing() as connection:
            connection.execute(sa.update(revisions).values(parser_version="0"))
        pages = opened.to_read(parser_version())
        jobs = [Job(page=page) for _, page in zip(range(ALONE), pages, strict=False)]
        started = time.process_time()
        for job in jobs:
            read_again(directory, job)
        each = (time.process_time() - started) / len(jobs)
        yield Figure("captures read again, a core", 1 / each, "a second of CPU", least=200)
        started = time.perf_counter()
        read_captures(opened, directory, processes=2)
        seconds = time.perf_counter() - started
        yield Figure("a pass by two processes, rows and all", articles / seconds, "captures/s")
