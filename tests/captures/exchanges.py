"""Pages for the tests of captures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from newsbot.captures import Exchange
from newsbot.korean.dates import KST

NOON = datetime(2026, 3, 2, 12, tzinfo=KST)


def page(number: int, body: bytes | None = None, **more: Any) -> Exchange:
    text = f"<html><body><h1>시정 소식 {number}</h1>{'<p>산책로를 넓힌다.</p>' * 40}</body></html>"
    values: dict[str, Any] = {
        "url": f"https://board.example/news/{number}?page=1",
        "status": 200,
        "headers": (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Set-Cookie", "a=1"),
            ("Set-Cookie", "b=2"),
        ),
        "body": text.encode() if body is None else body,
        "fetched": NOON,
        "request_headers": (("User-Agent", "newsbot/0"), ("Accept", "*/*")),
        "ip_address": "192.0.2.7",
    }
    return Exchange(**values | more)
