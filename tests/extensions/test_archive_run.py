import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.http import Request, Response
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector
from twisted.python.failure import Failure

from newsbot.archive import open_archive
from newsbot.extensions.archive_run import ArchiveRun
from newsbot.items import Article, Block, Headline
from newsbot.korean.dates import KST
from newsbot.korean.text import candidate
from newsbot.spiders.walk import Limits, Walk

SOURCE = "board.example/news"


class Stats(MemoryStatsCollector):
    def __init__(self) -> None:
        super().__init__(SimpleNamespace(settings=Settings()))  # type: ignore[arg-type]


def spider() -> Any:
    limits = Limits()
    return SimpleNamespace(
        source=SOURCE,
        source_name="ranknews",
        url="https://board.example/news",
        limits=limits,
        unless_run_after=None,
        walk=Walk(limits),
        revisit=(),
    )


@pytest.fixture
def archive(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'news.db'}"


def closed(run: ArchiveRun, reason: str) -> None:
    async def close() -> None:
        run.spider_closed(None, reason)  # type: ignore[arg-type]
        assert run.leaving is not None
        await run.leaving

    asyncio.run(close())


@pytest.fixture
def run(archive: str) -> Iterator[ArchiveRun]:
    extension = ArchiveRun(SimpleNamespace(stats=Stats()), spider(), archive)  # type: ignore[arg-type]
    yield extension
    if extension.report is None:
        closed(extension, "shutdown")


def headline(document_id: str) -> Headline:
    return Headline(document_id=document_id, url=f"https://board.example/news/{document_id}", title="새 다리")


def article(document_id: str, text: str = "마을에 새 다리가 놓였다.") -> Article:
    return Article(
        uri=f"newsbot:board.example/{document_id}",
        url=f"https://board.example/news/{document_id}",
        site="board.example",
        document_id=document_id,
        headline="새 다리",
        body=(Block(type="paragraph", text=text),),
        date_fetched=datetime(2026, 3, 2, 9, tzinfo=KST),
        listing=headline(document_id),
    )


def states(archive: str) -> dict[str, str]:
    with open_archive(archive, read_only=True) as opened:
        return {document_id: state for document_id, _, state in opened.all_known(SOURCE)}


def test_an_error_of_newsbots_own_fails_its_article_and_the_run_is_no_success(
    run: ArchiveRun, archive: str
) -> None:
    run.list_headlines([headline("1")], wanted=lambda _: True, reach="all")
    run._spider.walk.forward("https://board.example/news", [], None)
    request = Request("https://board.example/news/1", cb_kwargs={"document_id": "1"})
    failure = Failure(ValueError("a bug"))  # type: ignore[no-untyped-call]
    run.spider_error(failure, Response(request.url, request=request))
    closed(run, "finished")
    assert states(archive) == {"1": "failed"}
    assert run.report is not None
    assert (run.report.state, run.report.source, run.report.figures["failed"]) == ("partial", "ranknews", 1)
    assert "a bug" in run.report.troubles[0]


def test_a_headline_without_an_outcome_keeps_a_run_from_being_finished(run: ArchiveRun) -> None:
    run.list_headlines([headline("1")], wanted=lambda _: True, reach="all")
    run._spider.walk.forward("https://board.example/news", [], None)
    closed(run, "finished")
    assert run.report is not None
    assert run.report.state == "partial"


def test_what_cannot_be_stored_takes_nothing_else_with_it(run: ArchiveRun, archive: str) -> None:
    unwritable = article("2", text="\udc80")  # a lone surrogate has no UTF-8

    async def store_both() -> list[Any]:
        both = (candidate(article("1")), candidate(unwritable))
        return await asyncio.gather(*(run.store(each) for each in both), return_exceptions=True)

    kept, refused = asyncio.run(store_both())
    assert kept.kind == "new"
    assert isinstance(refused, Exception)
    assert states(archive) == {"1": "stored"}
