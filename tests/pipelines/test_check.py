from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from newsbot.errors import NotAnArticle
from newsbot.items import Article, Block, Byline, Image
from newsbot.korean.dates import KST
from newsbot.pipelines.check import WATCHED, CheckPipeline, missing

DAY = datetime(2026, 3, 2, 9, tzinfo=KST)
ARTICLE = Article(
    uri="newsbot:board.example/1",
    url="https://board.example/news/1",
    site="board.example",
    document_id="1",
    headline="도서관 개관",
    body=(Block(type="paragraph", text="마을 도서관이 문을 열었다."),),
    date_fetched=DAY,
)
WHOLE = replace(
    ARTICLE,
    bylines=(Byline(name="김하늘", raw="김하늘 기자"),),
    date_published=DAY,
    source="샛강일보",
    provider="랭크뉴스",
    located="세종",
    images=(Image(caption="새 도서관"),),
    deck=("책 3만 권",),
)


@pytest.mark.parametrize(
    ("article", "absent"),
    [
        (WHOLE, ()),
        (ARTICLE, WATCHED),
        (replace(WHOLE, bylines=(), deck=()), ("bylines", "deck")),
        (replace(WHOLE, source=None, located=None), ("source", "located")),
    ],
)
def test_what_is_missing_is_named(article: Article, absent: tuple[str, ...]) -> None:
    assert missing(article) == absent


@pytest.fixture
def stats() -> StatsCollector:
    return StatsCollector(Crawler(Spider))


def test_what_is_missing_is_counted_and_the_article_goes_on(stats: StatsCollector) -> None:
    pipeline = CheckPipeline(stats)
    assert pipeline.process_item(replace(WHOLE, deck=())).deck == ()
    assert pipeline.process_item(replace(WHOLE, deck=(), source=None)).source is None
    counted = {name: value for name, value in stats.get_stats().items() if "missing" in name}
    assert counted == {"newsbot/missing/deck": 2, "newsbot/missing/source": 1}


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({}, True),
        ({"body": (), "images": (Image(caption="새 도서관"),)}, True),  # a photo story
        ({"body": (), "images": (Image(url="https://board.example/1.jpg"),)}, False),
        ({"body": ()}, False),
        ({"headline": ""}, False),
    ],
)
def test_an_article_needs_a_headline_and_something_to_read(
    changes: dict[str, Any], kept: bool, stats: StatsCollector
) -> None:
    article = replace(ARTICLE, **changes)
    if kept:
        assert CheckPipeline(stats).process_item(article) is article
    else:
        with pytest.raises(NotAnArticle) as refused:
            CheckPipeline(stats).process_item(article)
        assert refused.value.reason == "nothing to keep"
