"""Articles to be searched for, and what a search finds, by their numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from archive_desk import NOON, Desk, article

from newsbot.archive.records import Hit
from newsbot.items import Article, Block
from newsbot.korean.queries import read_query


def news(number: int, text: str, headline: str = "시정", **more: Any) -> Article:
    """Each an hour after the one before."""
    body = (Block(type="paragraph", text=f"{text} {number}번째 소식이다."),)
    more.setdefault("date_published", NOON + timedelta(hours=number))
    return article(number, headline=headline, body=body, **more)


def numbers(hits: list[Hit]) -> list[int]:
    return [int(hit.stored.article.document_id or 0) for hit in hits]


def ask(desk: Desk, query: str, limit: int = 50, **more: Any) -> list[int]:
    return numbers(desk.archive.search(read_query(query), limit=limit, **more))
