"""Runs crawls: the one function under the command line, the schedule and the fleet alike."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from newsbot.config import source_host
from newsbot.errors import ArchiveError, Held, NewerRun, NewsbotError
from newsbot.extensions.archive_run import ArchiveRun
from newsbot.extensions.run_report import RunReport

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from newsbot.spiders.page import FetchedPage

Cause = Literal["held", "newer run", "archive", "failure"]

Resting = dict[str, asyncio.Task[None]]  # hosts that a crawl of this process holds for a moment yet

LOOK_AGAIN = 0.5  # seconds between two looks whether another crawl has ended
_GIVEN = ("visits", "revisit", "backfill", "backfill_pages", "backfill_seconds")
LET_GO = 2.0  # seconds between two stretches of a back-fill, in which another crawl may have the host


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlOrder:
    """What to crawl, and how far. ``settings`` are Scrapy settings of this crawl alone.

    ``backfill``: how far back old posts are fetched as well ("all", a day, a number of pages), in how many
    ``stretches`` of so many pages; None: until that is done. Each of them begins with what is new.
    """

    url: str
    name: str | None = None
    pages: int | None = None
    since: date | None = None
    until: date | None = None
    full: bool = False
    repair: bool = False
    encoding: str | None = None
    engine: str | None = None
    outlet: str | None = None
    unless_run_after: int | None = None  # not if a run of this source after this one has ended
    wait: timedelta = timedelta(0)  # for another crawl of the source or its host to end
    visits: int | None = None
    revisit: Sequence[timedelta] | None = None
    backfill: str | None = None
    backfill_pages: int | None = None  # 0: none of it in this crawl
    backfill_seconds: float | None = None  # of a whole crawl, after which its stretch ends
    stretches: int | None = 1
    settings: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOrder:
    """A page to fetch; ``look`` takes it in and says what to fetch next."""

    url: str
    look: Callable[[FetchedPage], Iterable[str]]
    settings: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A crawl that did not begin, and why: another was there, or has been there meanwhile, or a failure.

    ``cause`` "archive": it cannot be opened or written.
    """

    order: CrawlOrder
    reason: str
    cause: Cause = "failure"
    state: Literal["refused"] = "refused"


def crawl(
    orders: Sequence[CrawlOrder],
    settings: Mapping[str, Any],
    *,
    told: Callable[[RunReport | Refused], None] | None = None,
) -> list[RunReport | Refused]:
    """Crawls one source after the other in this process and reports each. To be called once a process.

    ``told`` hears each report as soon as its crawl has ended.
    ``settings`` are Scrapy settings over newsbot's own. After an interrupt (the crawl in hand is reported
    as partial) no further crawl is begun.
    """
    process = _process(settings)
    from twisted.internet import reactor as installed

    reactor: Any = installed

    reports: list[RunReport | Refused] = []

    async def crawl_all() -> None:
        resting: Resting = {}
        try:
            for order in orders:
                reports.append(await _stretches(process, order, settings, resting, told))
                if _was_interrupted(reports[-1]):
                    return
            await asyncio.gather(*resting.values())
        finally:
            with contextlib.suppress(RuntimeError):  # an interrupt has stopped it already
                reactor.stop()

    tasks: list[asyncio.Task[None]] = []
    loop = asyncio.get_event_loop()
    reactor.callWhenRunning(lambda: tasks.append(loop.create_task(crawl_all())))
    process.start(stop_after_crawl=False)
    for task in tasks:
        if task.done() and not task.cancelled():
            task.result()  # an error of ours is not to end in silence
    return reports


def fetch(orders: Sequence[PageOrder], settings: Mapping[str, Any]) -> None:
    """Fetches each address and then every address that its ``look`` returns for a page. Once a process."""
    from scrapy.crawler import Crawler

    from newsbot.spiders.page import PageSpider

    process = _process(settings)
    for order in orders:
        crawler = Crawler(PageSpider, _settings({**settings, **(order.settings or {})}))
        process.crawl(crawler, url=order.url, look=order.look)
    process.start()


def _process(settings: Mapping[str, Any]) -> AsyncCrawlerProcess:
    # Twisted's reactor is chosen when it is imported: Scrapy is loaded only where something is crawled.
    from scrapy.crawler import AsyncCrawlerProcess

    process = AsyncCrawlerProcess(_settings({**settings, "LOG_INSTALL_ROOT_HANDLER": False}))
    # Scrapy opens its logger to DEBUG; here the command's level holds. Writing every item out took as long
    # as crawling ten.
    logging.getLogger("scrapy").setLevel(logging.NOTSET)
    return process


def _next_stretch(order: CrawlOrder, report: RunReport | Refused) -> CrawlOrder | None:
    """What is to be crawled next of a back-fill that goes on; None: nothing."""
    if order.stretches == 1 or report.state == "refused" or report.interrupted:
        return None
    done = report.figures.get("backfill")
    if done is None or done["done"] or done["trouble"] or not done["pages"]:
        return None
    return replace(order, stretches=order.stretches and order.stretches - 1, unless_run_after=None)


def _was_interrupted(report: RunReport | Refused) -> bool:
    return isinstance(report, RunReport) and report.interrupted


async def _stretches(
    process: AsyncCrawlerProcess,
    order: CrawlOrder,
    settings: Mapping[str, Any],
    resting: Resting,
    told: Callable[[RunReport | Refused], None] | None,
) -> RunReport | Refused:
    """A crawl, and those that go on with its back-fill: the first report that is not of a finished one."""
    following: CrawlOrder | None = order
    worst: RunReport | Refused | None = None
    while following is not None:
        if (before := resting.pop(source_host(order.url), None)) is not None:
            await before
        report = await _crawl(process, following, settings, resting)
        if told is not None:
            told(report)
        if worst is None or worst.state == "finished" or _was_interrupted(report):
            worst = report
        following = _next_stretch(following, report)
        if following is not None:
            await asyncio.sleep(LET_GO)
    assert worst is not None  # noqa: S101 - one was crawled
    return worst


async def _crawl(
    process: AsyncCrawlerProcess, order: CrawlOrder, settings: Mapping[str, Any], resting: Resting
) -> RunReport | Refused:
    """One crawl, begun once no other is at the source or its host, if that is within the order's wait."""
    patience = time.monotonic() + order.wait.total_seconds()
    while True:
        report = await _try_crawl(process, order, settings, resting)
        held = report.state == "refused" and report.cause == "held"
        if not held or time.monotonic() >= patience:
            return report
        await asyncio.sleep(LOOK_AGAIN)


async def _try_crawl(
    process: AsyncCrawlerProcess, order: CrawlOrder, settings: Mapping[str, Any], resting: Resting
) -> RunReport | Refused:
    from scrapy.crawler import Crawler

    from newsbot.spiders.board import BoardSpider

    crawler = Crawler(BoardSpider, _settings({**settings, **(order.settings or {})}))
    try:
        await process.crawl(
            crawler,
            url=order.url,
            source_name=order.name,
            pages=order.pages,
            since=order.since,
            until=order.until,
            full=order.full,
            repair=order.repair,
            encoding=order.encoding,
            engine=order.engine,
            outlet=order.outlet,
            unless_run_after=order.unless_run_after,
            **{name: value for name in _GIVEN if (value := getattr(order, name)) is not None},
        )
    except NewsbotError as error:
        return Refused(order=order, reason=str(error), cause=_cause(error))
    except ValueError as error:  # Scrapy could not read a setting
        return Refused(order=order, reason=f"the crawl cannot begin: {error}: look at the settings given")
    run = crawler.get_extension(ArchiveRun)
    if run is None or run.report is None:
        return Refused(order=order, reason="the crawl ended before it began: see the log")
    if run.leaving is not None:
        resting[source_host(order.url)] = run.leaving
    return run.report


def _cause(error: NewsbotError) -> Cause:
    match error:
        case Held():
            return "held"
        case NewerRun():
            return "newer run"
        case ArchiveError():
            return "archive"
        case _:
            return "failure"


def _settings(values: Mapping[str, Any]) -> Settings:
    from scrapy.settings import Settings

    settings = Settings()
    settings.setmodule("newsbot.settings", priority="project")
    settings.setdict(dict(values), priority="cmdline")
    return settings
