"""Rhymix for phones: the mobile skins ``default`` and ``simpleGray``, at the same URLs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from newsbot.sampleboard.database import BOARDS, Post
from newsbot.sampleboard.templates import fill
from newsbot.sampleboard.view import Page, View


def listing(view: View, page: Page, notices: Sequence[Post], *, suffix: str = "") -> str:
    items = "".join(_item(view, post, suffix) for post in (*notices, *page.posts))
    return f'{_head(view)}\n<ul class="lt">\n{items}</ul>\n{_page_links(view, page)}'


def article(view: View, post: Post, body: str) -> str:
    return fill(
        "rhymix-mobile-read-gray" if _is_gray(view) else "rhymix-mobile-read",
        mid=post.board, board_title=BOARDS[post.board], category=_category_link(view, post),
        title=escape(view.title(post)), poster=escape(post.article.poster),
        posted=f"{post.posted:%Y.%m.%d %H:%M:%S}", body=body,
    )  # fmt: skip


def _is_gray(view: View) -> bool:
    return view.look.mobile_skin == "simpleGray"


def _head(view: View) -> str:
    total = len(view.database.listed(view.board))
    link = f'<a href="/{view.board}">{BOARDS[view.board]}</a>'
    if _is_gray(view):
        return f'<h2 class="h2">{link} <em>{total:,}</em></h2>'
    return f'<div class="hx h2">\n<h2>{link} <em>[{total:,}]</em></h2>\n</div>'


def _item(view: View, post: Post, suffix: str) -> str:
    count, tag = len(post.comments), "span" if _is_gray(view) else "em"
    return fill(
        "rhymix-mobile-item-gray" if _is_gray(view) else "rhymix-mobile-item",
        link=f"/{post.board}/{post.id}{suffix}",
        notice='<span class="notice">공지</span> ' if post.notice else "",
        category=f"{escape(post.article.category)} &rsaquo;" if post.article.category else "",
        title=escape(view.title(post)), comments=f"<{tag}>[{count}]</{tag}>" if count else "",
        poster=escape(post.article.poster), date=f"{post.posted:%Y.%m.%d}",
    )  # fmt: skip


def _category_link(view: View, post: Post) -> str:
    name = post.article.category
    if name is None:
        return ""
    number = view.database.category_id(name)
    return f'&rsaquo; <a href="/{post.board}/category/{number}">{escape(name)}</a>'


def _page_links(view: View, page: Page) -> str:
    """Both skins compare with the last page only for equality, so past the end "다음" goes on for ever."""
    before, after = ("&lsaquo; 이전", "다음 &rsaquo;") if _is_gray(view) else ("이전", "다음")
    links = [f"<strong>{page.number} / {page.last}</strong>"]
    if page.number != 1:
        links.insert(0, f'<a href="/{view.board}?page={page.number - 1}" class="prev">{before}</a>')
    if page.number != page.last:
        links.append(f'<a href="/{view.board}?page={page.number + 1}" class="next">{after}</a>')
    return f'<div class="pn">\n{" ".join(links)}\n</div>'
