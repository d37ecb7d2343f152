"""Leaves a host alone whose robots.txt cannot be had: what it forbids is then not known (RFC 9309, 2.3.1.4).

Scrapy's own middleware takes an error for a permission. A robots.txt that is not there (4xx) is one.
"""

from __future__ import annotations

from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from newsbot.spiders.reasons import reason_of_error

ROBOTS: Final = "/robots.txt"
_SERVER_ERROR: Final = 500


class RobotsAwayMiddleware:
    """Stands behind Scrapy's: that waits for robots.txt before it lets the first request of a host go on."""

    def __init__(self) -> None:
        self._away: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsAwayMiddleware:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured("robots.txt is not obeyed")
        return cls()

    def process_request(self, request: Request) -> None:
        trouble = self._away.get(urlparse_cached(request).netloc)
        if trouble is not None and not _is_robots(request):
            raise IgnoreRequest(f"robots.txt {trouble}: nothing else is asked for")

    def process_response(self, request: Request, response: Response) -> Response:
        if _is_robots(request) and response.status >= _SERVER_ERROR:
            self._away[urlparse_cached(request).netloc] = f"answered {response.status}"
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        # What was refused here (off the host, stopped) says nothing of the robots.txt.
        if _is_robots(request) and not isinstance(exception, IgnoreRequest):
            self._away[urlparse_cached(request).netloc] = f"cannot be had ({reason_of_error(exception)})"


def _is_robots(request: Request) -> bool:
    return request.meta.get("dont_obey_robotstxt") is True and urlparse_cached(request).path == ROBOTS
