"""A bare Scrapy spider over the same board: the yardstick of the crawl. ``python -m benchmarks.bare URL``.

Scrapy as it comes, but for the settings given to both; it follows the listing's rows and its next page,
and takes two selectors of each article.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response, TextResponse


class BareSpider(scrapy.Spider):
    name = "bare"

    async def start(self) -> AsyncIterator[Any]:
        yield scrapy.Request(self.url)  # type: ignore[attr-defined]

    def parse(self, response: Response) -> Iterator[scrapy.Request]:
        assert isinstance(response, TextResponse)
        yield from response.follow_all(css="td.title > a:first-child", callback=self.parse_article)
        yield from response.follow_all(css=".pagination > strong + a")

    def parse_article(self, response: Response) -> Iterator[dict[str, str | None]]:
        yield {
            "headline": response.css("h1 ::text").get(),
            "body": "".join(response.css(".xe_content ::text").getall()),
        }


def main() -> None:
    url, settings = sys.argv[1], json.loads(sys.argv[2])
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(BareSpider)
    process.crawl(crawler, url=url)
    process.start()
    assert crawler.stats is not None
    print(json.dumps({"articles": crawler.stats.get_value("item_scraped_count", 0)}))


if __name__ == "__main__":
    main()
