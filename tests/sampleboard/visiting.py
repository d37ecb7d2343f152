"""How the sample board's tests visit it: one request, one reply, nothing followed and nothing decoded."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import Message
from urllib.parse import urlsplit

from parsel import Selector

from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.articles import WrittenArticle
from newsbot.sampleboard.board import KST

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 15) Mobile"
BOT = "newsbot/0.1 (+https://news.example/bot)"

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=KST)


def noon() -> datetime:
    return NOON


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    def all(self, css: str) -> list[str]:
        found = (text.strip() for text in Selector(self.text).css(css).getall())
        return [text for text in found if text]

    def one(self, css: str) -> str:
        (found,) = self.all(css)
        return found


def visit(
    board: SampleBoard, target: str, *, agent: str = BROWSER, cookie: str = "", method: str = "GET"
) -> Reply:
    connection = http.client.HTTPConnection(urlsplit(board.site).netloc, timeout=10)
    try:
        connection.request(method, target, headers={"User-Agent": agent, "Cookie": cookie})
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


def story(number: int = 1, **fields: object) -> WrittenArticle:
    """A short article of no particular form."""
    lead, rest = f"마을 도서관 {number}호점이 문을 열었다.", f"첫날 {number}명이 책을 빌렸다."
    values: dict[str, object] = {
        "key": f"library-{number}", "title": f"도서관 {number}호점 개관", "kind": "wire", "markup": "p",
        "paragraphs": (lead, rest),
        "truth": {"headline": f"도서관 {number}호점 개관", "body": [["paragraph", lead]]},
    }  # fmt: skip
    return WrittenArticle(**(values | fields))  # type: ignore[arg-type]


def stories(count: int) -> list[WrittenArticle]:
    return [story(number) for number in range(1, count + 1)]


def ago(**spans: float) -> datetime:
    return NOON - timedelta(**spans)
