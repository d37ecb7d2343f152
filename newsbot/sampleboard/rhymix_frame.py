"""The frame of every Rhymix page: head, layout, footer; PC or mobile by the User-Agent."""

from __future__ import annotations

from html import escape
from secrets import token_urlsafe

from newsbot.sampleboard.bodies import plain_text
from newsbot.sampleboard.database import BOARDS, Post
from newsbot.sampleboard.exchange import Answer, html, session_cookie
from newsbot.sampleboard.feeds import feed_links
from newsbot.sampleboard.templates import fill
from newsbot.sampleboard.view import View

_DESCRIPTION = 150


def framed(
    view: View,
    content: str,
    *,
    title: str,
    path: str,
    meta: str = "",
    description: str = "",
    status: int = 200,
) -> Answer:
    """A page around ``content``; ``path`` is what its canonical link names."""
    request, look = view.request, view.look
    mobile = request.is_mobile
    page = fill(
        "rhymix-mobile" if mobile else "rhymix-pc",
        csrf=token_urlsafe(12), title=escape(title, quote=False), description=escape(description),
        origin=request.origin, mid=view.board, canonical=request.origin + path, meta=meta, content=content,
        feeds=feed_links(view),
        skin=look.mobile_skin if mobile else look.skin, board_title=BOARDS.get(view.board, ""),
    )  # fmt: skip
    return html(page, status=status, headers=session_cookie(request))


def message(view: View, status: int, text: str) -> Answer:
    """The engine's own page for what cannot be shown."""
    if view.request.is_mobile:
        content = f'<div class="hx h2"><h2>{text}</h2></div>'
    else:
        content = fill("rhymix-message", message=text, mid=view.board)
    title, path = BOARDS.get(view.board, ""), f"/{view.board}"
    meta = site_meta(view, title, path)
    return framed(view, content, title=title, path=path, meta=meta, status=status)


def site_meta(view: View, title: str, path: str) -> str:
    url = ("og:url", view.request.origin + path)
    return _properties([url, ("og:title", title), ("og:type", "website")] if view.look.seo else [url])


def article_meta(view: View, post: Post, path: str) -> str:
    """Where the site has SEO off, only ``og:url`` is left; ``modified_time`` moves with comments too."""
    url = ("og:url", view.request.origin + path)
    if not view.look.seo:
        return _properties([url])
    if post.secret:
        return _properties([url, ("og:title", "권한이 없습니다."), ("og:type", "article")])
    return _properties([
        url, ("og:title", view.title(post)), ("og:site_name", "샛강일보 게시판"),
        ("og:description", excerpt(post)), ("og:type", "article"), ("og:locale", "ko_KR"),
        ("og:article:section", BOARDS[post.board]), ("og:article:author", post.article.poster),
        ("og:article:published_time", post.posted.isoformat(timespec="seconds")),
        ("og:article:modified_time", post.modified.isoformat(timespec="seconds")),
    ])  # fmt: skip


def excerpt(post: Post) -> str:
    """The first words of the body, caption and e-mails included, as the engine makes its description."""
    text = plain_text(post.article)
    return text if len(text) <= _DESCRIPTION else text[:_DESCRIPTION] + "..."


def _properties(pairs: list[tuple[str, str]]) -> str:
    return "\n".join(f'<meta property="{name}" content="{escape(value)}" />' for name, value in pairs)
