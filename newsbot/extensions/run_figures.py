"""The figures of a run by which its health is judged, gathered from what Scrapy and the run see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from scrapy import Request
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector

from newsbot.health.collecting import Collector
from newsbot.items import Candidate, Headline
from newsbot.korean.dates import KST
from newsbot.middlewares.retry_after import LEFT_ALONE
from newsbot.pipelines.check import missing

_TROUBLE: Final = 300  # letters of the listing's trouble that are kept
_TOLD: Final = ("Date", "Age")


class RunFigures:
    """Of one crawl. What it keeps does not grow with the run."""

    def __init__(self, stats: StatsCollector) -> None:
        self._stats = stats
        self._seen = Collector()

    def rows(self, headlines: Sequence[Headline]) -> None:
        self._seen.rows(headlines, datetime.now(KST))

    def article(self, candidate: Candidate) -> None:
        self._seen.article(candidate.article, candidate.text_hash, missing(candidate.article))

    def failure(self, reason: str, detail: str, document_id: str) -> None:
        self._seen.failure(reason, detail, document_id)

    def response_received(self, response: Response, request: Request) -> None:
        if request.url.endswith("/robots.txt") or "cached" in response.flags:
            return
        headers = {
            name.lower(): value.decode("latin-1") for name in _TOLD if (value := response.headers.get(name))
        }
        latency = request.meta.get("download_latency")
        self._seen.response(response.url, response.status, headers, latency, datetime.now(KST))

    def figures(self, trouble: str | None, ended: str) -> dict[str, Any]:
        """JSON values. ``trouble``: the listing's; ``ended``: why the crawl ended, in Scrapy's word."""
        found = self._seen.figures(datetime.now(KST))
        found["bytes"] = self._stats.get_value("downloader/response_bytes", 0)
        found["left_alone"] = self._stats.get_value(LEFT_ALONE, 0)
        found |= {"trouble": trouble and trouble[:_TROUBLE], "ended": ended}
        return found | {"samples": self._seen.samples}
