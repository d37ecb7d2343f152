"""Gnuboard5's basic skin, PC and mobile: listing, article, comments, alerts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from random import randint
from urllib.parse import quote

from newsbot.sampleboard.database import BOARDS, Post
from newsbot.sampleboard.exchange import Answer, html, session_cookie
from newsbot.sampleboard.templates import fill
from newsbot.sampleboard.view import SITE, Page, View

_LIST_CUT, _MOBILE_CUT, _HEADING_CUT = 60, 30, 70  # letters, as the board's default settings have it
_PAGE_LINKS = 10
_HOT_VIEWS = 700
_NOTICE = '<strong class="notice_icon">공지</strong>'
_NEW = '<span class="new_icon">N<span class="sound_only">새글</span></span>'
_NOTHING = "게시물이 없습니다."

Slugs = Mapping[int, str]  # by wr_id; empty where addresses carry the number


def framed(view: View, content: str, *, title: str) -> Answer:
    page = fill(
        "gnuboard-mobile" if view.request.is_mobile else "gnuboard-pc",
        title=_text(title), origin=view.request.origin, board=view.board, board_title=BOARDS[view.board],
        content=content, visitors=randint(1, 90),  # noqa: S311 - a counter that never stands still
    )  # fmt: skip
    return html(page, headers=session_cookie(view.request))


def alert(view: View, message: str, back: str) -> Answer:
    """How the software says that something is not there: a script, under 200."""
    return html(fill("gnuboard-alert", origin=view.request.origin, message=message, back=back))


def password_form(view: View, post_id: str) -> str:
    board, origin = view.board, view.request.origin
    return fill("gnuboard-password", title=SITE, origin=origin, board=board, id=escape(post_id))


def listing(
    view: View, page: Page, notices: Sequence[Post], slugs: Slugs, *, current: Post | None = None
) -> str:
    posts = (*notices, *page.posts)
    links = _page_links(view, page)
    if view.request.is_mobile:
        items = "".join(_item(view, post, _link(view, post, slugs, page)) for post in posts)
        return fill(
            "gnuboard-mobile-list", items=items or f'<li class="empty_table">{_NOTHING}</li>', pages=links
        )
    rows = "".join(_row(view, post, _link(view, post, slugs, page), current) for post in posts)
    return fill(
        "gnuboard-list",
        origin=view.request.origin, board=view.board, board_title=BOARDS[view.board], page=page.number,
        total=len(view.database.listed(view.board)) + len(view.database.notices(view.board)), pages=links,
        rows=rows or f'                <tr><td colspan="5" class="empty_table">{_NOTHING}</td></tr>',
    )  # fmt: skip


def article(view: View, post: Post) -> str:
    category = post.article.category
    note = f'\n<div class="content_move">{post.note}</div>' if post.note else ""
    return fill(
        "gnuboard-read-mobile" if view.request.is_mobile else "gnuboard-read",
        id=post.id, board=post.board, origin=view.request.origin, views=f"{view.count_view(post):,}",
        category=f'<span class="bo_v_cate">{escape(category)}</span>\n' if category else "",
        title=_text(cut(view.title(post), _HEADING_CUT)), poster=_author(view, post),
        posted=f"{post.posted:%y-%m-%d %H:%M}", comment_count=len(post.comments),
        attached=_attached(view, post), body=view.body(post) + note, comments=_comments(view, post),
    )  # fmt: skip


def address(view: View, post: Post, slugs: Slugs) -> str:
    """The link that the software prints: by number, or by a slug that changes with the title."""
    slug = slugs.get(post.id)
    return f"{view.request.origin}/{post.board}/{f'{quote(slug)}/' if slug else post.id}"


def cut(title: str, length: int) -> str:
    return title if len(title) <= length else title[:length] + "…"


def _text(text: str) -> str:
    """Escaped as the software does it: ampersands stay bare."""
    for char, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&#034;"), ("'", "&#039;")):
        text = text.replace(char, entity)
    return text


def _link(view: View, post: Post, slugs: Slugs, page: Page) -> str:
    return address(view, post, slugs) + (f"?page={page.number}" if page.number > 1 else "")


def _row(view: View, post: Post, link: str, current: Post | None) -> str:
    classes = f"{'bo_notice' if post.notice else ''} {'even' if post.id % 2 else ''}"
    return fill(
        "gnuboard-row",
        classes=classes, number=_number(view, post, current), link=link, lock=_lock(post),
        category=_category_link(view, post), title=_text(cut(view.title(post), _LIST_CUT)),
        marks=_marks(view, post), comments=_comment_count(post), author=_author(view, post),
        views=view.views(post), date=_list_date(view, post),
    )  # fmt: skip


def _item(view: View, post: Post, link: str) -> str:
    return fill(
        "gnuboard-item",
        classes="bo_notice" if post.notice else "", notice=_NOTICE if post.notice else "", link=link,
        lock=_lock(post), category=_category_link(view, post), marks=_marks(view, post),
        title=_text(cut(view.title(post), _MOBILE_CUT)), comments=_comment_count(post),
        author=_author(view, post), views=f"{view.views(post):,}", date=_list_date(view, post),
    )  # fmt: skip


def _number(view: View, post: Post, current: Post | None) -> str:
    if post.notice:
        return _NOTICE
    if current is not None and current.id == post.id:
        return '<span class="bo_current">열람중</span>'
    return str(view.database.rank(post))


def _category_link(view: View, post: Post) -> str:
    name = post.article.category
    if name is None:
        return ""
    url = f"{view.request.origin}/{post.board}?sca={quote(name)}"
    return f'<a href="{url}" class="bo_cate_link">{escape(name)}</a>\n'


def _lock(post: Post) -> str:
    return '<i class="fa fa-lock" aria-hidden="true"></i>' if post.secret else ""


def _marks(view: View, post: Post) -> str:
    hot = '<i class="fa fa-heart" aria-hidden="true"></i>' if view.views(post) >= _HOT_VIEWS else ""
    file = '<i class="fa fa-download" aria-hidden="true"></i>' if post.has_file else ""
    return (_NEW if view.is_fresh(post.posted) else "") + hot + file


def _comment_count(post: Post) -> str:
    if not post.comments:
        return ""
    count = f'<span class="cnt_cmt">{len(post.comments)}</span>'
    return f'<span class="sound_only">댓글</span>{count}<span class="sound_only">개</span>'


def _list_date(view: View, post: Post) -> str:
    """``HH:MM`` for today's posts, ``MM-DD`` without a year for all others."""
    today = post.posted.date() == view.request.now.date()
    return f"{post.posted:%H:%M}" if today else f"{post.posted:%m-%d}"


def _author(view: View, post: Post) -> str:
    """A member's name, with the menu that hides behind it where the board uses side views."""
    name = escape(post.article.poster)
    if not view.look.side_view:
        return f'<span class="sv_member">{name}</span>'
    return _side_view(name, f"{view.request.origin}/bbs")


@cache
def _side_view(name: str, bbs: str) -> str:
    return fill("gnuboard-author", name=name, bbs=bbs)


def _attached(view: View, post: Post) -> str:
    """The picture of an attached file, which the software shows above the body."""
    if not post.has_file:
        return ""
    source = f"{view.request.origin}/data/file/{post.board}/{post.id}.jpg"
    return f'<a href="{source}" class="view_image"><img src="{source}" alt=""></a>\n'


def _comments(view: View, post: Post) -> str:
    items = "".join(_comment(post, number) for number in post.comments)
    empty = '    <p id="bo_vc_empty">등록된 댓글이 없습니다.</p>\n'
    origin, board = view.request.origin, post.board
    return fill("gnuboard-comments", items=items or empty, origin=origin, board=board, id=post.id)


def _comment(post: Post, number: int) -> str:
    when = post.modified
    return fill(
        "gnuboard-comment",
        id=number, reader=f"독자{number % 97}", moment=when.isoformat(), when=f"{when:%y-%m-%d %H:%M}",
    )  # fmt: skip


def _page_links(view: View, page: Page) -> str:
    """Ten links by tens; past the end no page is the current one."""
    first = (min(page.number, page.last) - 1) // _PAGE_LINKS * _PAGE_LINKS + 1
    end = min(first + _PAGE_LINKS - 1, page.last)
    links = [_page_link(view, number, page) for number in range(first, end + 1)]
    if first > 1:
        links.insert(0, _end_link(view, first - 1, "prev", "이전"))
    if page.number > 1:
        links.insert(0, _end_link(view, 1, "start", "처음"))
    if end < page.last:
        links.append(_end_link(view, end + 1, "next", "다음"))
    if page.number < page.last:
        links.append(_end_link(view, page.last, "end", "맨끝"))
    joined = "\n".join(links)
    return f'<nav class="pg_wrap"><span class="pg">{joined}\n</span></nav>'


def _page_link(view: View, number: int, page: Page) -> str:
    after = '<span class="sound_only">페이지</span>'
    if number == page.number:
        return f'<span class="sound_only">열린</span><strong class="pg_current">{number}</strong>{after}'
    return f'<a href="{view.request.origin}/{view.board}?page={number}" class="pg_page">{number}{after}</a>'


def _end_link(view: View, number: int, name: str, text: str) -> str:
    return f'<a href="{view.request.origin}/{view.board}?page={number}" class="pg_page pg_{name}">{text}</a>'
