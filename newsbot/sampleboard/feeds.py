"""The change feeds of both engines: fifteen posts, whole bodies, the moment to the second.

Rhymix has RSS and Atom, with pages and a ``start_date`` that leaves only what was written, edited or
commented since; Gnuboard has RSS alone.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime
from html import escape

from newsbot.sampleboard.database import BOARDS, Post, rows
from newsbot.sampleboard.exchange import Answer, html
from newsbot.sampleboard.templates import fill
from newsbot.sampleboard.view import SITE, View, whole_number

_ITEMS = 15
_MOMENT = re.compile(r"\d{14}")
_LOCKED = "피드(Feed) 기능이 잠겨 있습니다."


def rhymix_feed(view: View, form: str) -> Answer:
    """``form``: "rss" or "atom". Off on some boards, which then answer 200, RSS either way, with no items."""
    if not view.look.feeds:
        form = "rss"
    items = "".join(_item(view, post, f"rhymix-{form}-item") for post in _asked(view))
    text = fill(
        f"rhymix-{form}",
        title=BOARDS[view.board], origin=view.request.origin, mid=view.board,
        items=items if view.look.feeds else "", description="" if view.look.feeds else _LOCKED,
        now=format_datetime(view.request.now), updated=view.request.now.isoformat(),
    )  # fmt: skip
    return Answer(body=text.encode(), content_type="text/xml; charset=UTF-8")


def gnuboard_rss(view: View) -> Answer:
    """Off on some boards, which say so in a line of text under 200."""
    if not view.look.feeds:
        return html("RSS 보기가 금지되어 있습니다.")
    newest = rows(view.database.listed(view.board), view.database, 0, _ITEMS)
    items = "".join(_item(view, post, "gnuboard-rss-item") for post in newest if not post.secret)
    text = fill(
        "gnuboard-rss",
        title=f"{SITE} &amp;gt; {BOARDS[view.board]}", items=items,
        link=f"{view.request.origin}/{view.board}", now=f"{view.request.now:%Y-%m-%d %H:%M:%S}",
    )  # fmt: skip
    return Answer(body=text.encode(), content_type="text/xml; charset=utf-8")


def _asked(view: View) -> list[Post]:
    ids = view.database.listed(view.board)
    since = view.request.query.get("start_date", "")
    first = (max(whole_number(view.request.query.get("page", "1")), 1) - 1) * _ITEMS
    if _MOMENT.fullmatch(since):
        start = datetime.strptime(since, "%Y%m%d%H%M%S").replace(tzinfo=view.request.now.tzinfo)
        changed = [post for post in _newest_first(view) if not post.secret and post.modified >= start]
        return changed[first : first + _ITEMS]
    return [post for post in rows(ids, view.database, first, _ITEMS) if not post.secret]


def _newest_first(view: View) -> list[Post]:
    """Notices among them, by the date that they bear."""
    ids = view.database.listed(view.board)
    posts = [*rows(ids, view.database, 0, len(ids)), *view.database.notices(view.board)]
    return sorted(posts, key=lambda post: (post.posted, post.id), reverse=True)


def feed_links(view: View) -> str:
    """What the head of every page names, where the board's feeds are on."""
    if not view.look.feeds:
        return ""
    return fill("rhymix-feed-links", origin=view.request.origin, mid=view.board)


def _item(view: View, post: Post, sheet: str) -> str:
    body = view.body(post)
    return fill(
        sheet,
        title=escape(view.title(post)), link=f"{view.request.origin}/{post.board}/{post.id}",
        poster=escape(post.article.poster), escaped_body=escape(body), body=body,
        posted=format_datetime(post.posted), published=post.posted.isoformat(),
        updated=post.modified.isoformat(),
    )  # fmt: skip
