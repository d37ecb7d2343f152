"""Keeps a crawl on its source's host: a link or a redirect that leads elsewhere is refused.

So an address inside a private network is reached only by a source that is itself there. http and https
of one host are the same place; another port is not. A spider that ``roams`` (an outlet's feed lies on
another host than its articles) may ask the hosts of its source's registered domain, on the web's ports.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from newsbot.pages.variants import same_domain

_WEB_PORTS = {80, 443}


def same_place(url: str, home: str) -> bool:
    """Whether ``url`` is on the host of ``home``: the same name, and the same port or the web's own two."""
    there, here = urlsplit(url), urlsplit(home)
    if there.scheme not in ("http", "https") or there.hostname != here.hostname:
        return False
    ports = {_port(there.scheme, there.port), _port(here.scheme, here.port)}
    return len(ports) == 1 or ports == _WEB_PORTS


def same_site(url: str, home: str) -> bool:
    """Whether ``url`` is on a public host of the registered domain of ``home``: www.x.co.kr of rss.x.co.kr.

    An IP address and a name of the local network have no such domain.
    """
    there = urlsplit(url)
    if there.scheme not in ("http", "https") or _port(there.scheme, there.port) not in _WEB_PORTS:
        return False
    return same_domain(url, home)


def _port(scheme: str, port: int | None) -> int:
    return port or (443 if scheme == "https" else 80)


class OwnHostMiddleware:
    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OwnHostMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        spider: Any = self._crawler.spider
        if same_place(request.url, spider.url):
            return
        if not (spider.roams and same_site(request.url, spider.url)):
            raise IgnoreRequest(f"leads off the source's host, to {request.url}")
