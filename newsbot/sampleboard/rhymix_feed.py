"""Rhymix's RSS: fifteen posts a page, whole bodies, and only what changed since ``start_date``."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime
from html import escape

from newsbot.sampleboard.database import BOARDS, Post, rows
from newsbot.sampleboard.exchange import Answer
from newsbot.sampleboard.templates import fill
from newsbot.sampleboard.view import View, whole_number

_ITEMS = 15
_MOMENT = re.compile(r"\d{14}")
_LOCKED = "피드(Feed) 기능이 잠겨 있습니다."


def feed(view: View) -> Answer:
    """Off on some boards, which then answer 200 with no items."""
    items = "".join(_item(view, post) for post in _posts(view)) if view.look.feeds else ""
    text = fill(
        "rhymix-feed",
        title=BOARDS[view.board], origin=view.request.origin, mid=view.board, items=items,
        description="" if view.look.feeds else _LOCKED, now=format_datetime(view.request.now),
    )  # fmt: skip
    return Answer(body=text.encode(), content_type="text/xml; charset=UTF-8")


def _posts(view: View) -> list[Post]:
    ids = view.database.listed(view.board)
    since = view.request.query.get("start_date", "")
    if _MOMENT.fullmatch(since):
        start = datetime.strptime(since, "%Y%m%d%H%M%S").replace(tzinfo=view.request.now.tzinfo)
        posts = rows(ids, view.database, 0, len(ids))
        return [post for post in posts if not post.secret and post.modified >= start]
    page = max(whole_number(view.request.query.get("page", "1")), 1)
    return [post for post in rows(ids, view.database, (page - 1) * _ITEMS, _ITEMS) if not post.secret]


def _item(view: View, post: Post) -> str:
    return fill(
        "rhymix-feed-item",
        title=escape(view.title(post)), link=f"{view.request.origin}/{post.board}/{post.id}",
        description=escape(view.body(post)), poster=escape(post.article.poster),
        posted=format_datetime(post.posted),
    )  # fmt: skip
