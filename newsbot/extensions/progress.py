"""Shows how a crawl goes: a live line on a terminal, a plain line every half minute elsewhere."""

from __future__ import annotations

import asyncio
import time
from typing import cast

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsbot.extensions.run_report import FIGURES

LIVE = 0.25  # seconds between two looks at the figures
PLAIN = 30.0  # seconds between two plain lines


class ProgressDisplay:
    """On when NEWSBOT_PROGRESS is set. Writes to standard error only."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("NEWSBOT_PROGRESS"):
            raise NotConfigured("NEWSBOT_PROGRESS is not set.")
        self._crawler = crawler
        self._console = Console(stderr=True)
        self._started = time.monotonic()
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ProgressDisplay:
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        show = self._live() if self._console.is_terminal else self._plain()
        self._task = asyncio.get_running_loop().create_task(show)

    def spider_closed(self, spider: Spider) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _live(self) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task(self._line())
            while True:
                await asyncio.sleep(LIVE)
                progress.update(task, description=self._line())

    async def _plain(self) -> None:
        while True:
            await asyncio.sleep(PLAIN)
            self._console.print(self._line(), highlight=False)

    def _line(self) -> str:
        stats = self._crawler.stats
        figures = {name: cast(int, stats.get_value(f"newsbot/{name}", 0)) for name in FIGURES}
        done = figures["new"] + figures["revised"] + figures["unchanged"]
        rate = done / max(time.monotonic() - self._started, 0.001)
        source = getattr(self._crawler.spider, "source_name", None) or getattr(
            self._crawler.spider, "source", ""
        )
        return (
            f"{source}: pages {figures['pages']}, headlines {figures['headlines']}, new {figures['new']},"
            f" failed {figures['failed']}, {rate:.1f} articles/s"
        )
