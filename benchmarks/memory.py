"""Peak memory of a long crawl against a short one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.children import newsbot_crawl
from benchmarks.figures import Figure
from benchmarks.site import served

SHORT, LONG = 2_000, 20_000


def measure(scale: float) -> Iterator[Figure]:
    peaks = []
    for articles in (int(SHORT * scale), int(LONG * scale)):
        with served(articles) as url, tempfile.TemporaryDirectory() as directory:
            peaks.append(newsbot_crawl(url, Path(directory) / "archive.db").peak)
        yield Figure(f"peak memory, {articles:,} articles", peaks[-1], "MiB")
    yield Figure("long : short", peaks[1] / peaks[0], "of its memory", most=1.15)
