"""Rhymix on a PC: the listing table, alone or under an article, and the article itself.

The skins ``xedition`` and ``default`` share the table and differ in the article's header.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from html import escape

from newsbot.sampleboard.database import Post
from newsbot.sampleboard.templates import fill
from newsbot.sampleboard.view import Page, View, whole_number

_ICONS = "/modules/document/tpl/icons/default"
_HEADS = {
    "no": "번호",
    "title": "제목",
    "author": "글쓴이",
    "time": "날짜",
    "views": "조회 수",
    "category": "분류",
}
_PAGE_LINKS = 10
_TABS = "\t" * 16  # the software's templates leave long runs of white space
_EDITOR = escape(json.dumps({
    "skin": "moono-lisa", "language": "ko", "toolbar": "simple", "allow_upload": True,
    "fonts": [f"글꼴{n}/Sample Gothic {n}, sans-serif" for n in range(1, 130)],
    "font_sizes": [f"{n}/{n}px" for n in range(8, 72)],
    "remove_plugins": ["liststyle", "tabletools", "tableselection", "contextmenu", "exportpdf"],
}))  # fmt: skip


def listing(
    view: View,
    page: Page,
    notices: Sequence[Post],
    *,
    suffix: str = "",
    current: Post | None = None,
    category: str | None = None,
) -> str:
    """The board's list; ``suffix`` is what the request's page adds to links, ``current`` the article read."""
    heads = _TABS.join(_head(view, column, current) for column in view.look.columns)
    return fill(
        "rhymix-list",
        categories=_categories(view, current, category), headers=heads,
        mid=view.board, origin=view.request.origin,
        notices="".join(_row(view, post, suffix, current) for post in notices),
        rows="".join(_row(view, post, suffix, current) for post in page.posts) or _nothing(view, notices),
        pages="".join(_page_link(view, number, page) for number in _window(page)), last=page.last,
    )  # fmt: skip


def article(view: View, post: Post, body: str, comment_form: str) -> str:
    permanent = f"{view.request.origin}/{post.board}/{post.id}"
    title = view.title(post)
    return fill(
        "rhymix-read",
        id=post.id, mid=post.board, permanent=permanent, title=escape(title), meta=_article_head(view, post),
        category=_article_category(view, post), body=body,
        script_title=json.dumps(title).replace("</", "<\\/"), files=_files(post), tags=_tags(post),
        comment_count=len(post.comments),
        comments=_comments(post), comment_form=comment_form,
    )  # fmt: skip


def comment_form(post: Post, editor: int) -> str:
    """``editor`` counts the editors that the visitor's session has opened."""
    return fill("rhymix-comment-form", mid=post.board, id=post.id, editor=editor, editor_config=_EDITOR)


def body(view: View, post: Post) -> str:
    """The stored body between the engine's marks, which carry the ids of document and poster."""
    ids = f"{post.id},{_member(post)}"
    name = f"document_{post.id}_{_member(post)} rhymix_content xe_content"
    return (
        f'<!--BeforeDocument({ids})--><div class="{name}">{view.body(post)}</div><!--AfterDocument({ids})-->'
    )


def secret_form(post: Post) -> str:
    return fill("rhymix-secret", mid=post.board, id=post.id)


def _head(view: View, column: str, current: Post | None) -> str:
    if column == "title":
        return '<th scope="col" class="title"><span>제목</span></th>'
    path = f"/{view.board}/{current.id}" if current else f"/{view.board}"
    sort = f'<a href="{path}?sort_index=regdate&amp;order_type=desc">날짜</a>'
    return f'<th scope="col"><span>{sort if column == "time" else _HEADS[column]}</span></th>'


def _row(view: View, post: Post, suffix: str, current: Post | None) -> str:
    cells = _TABS.join(_cell(view, column, post, suffix, current) for column in view.look.columns)
    opened = '<tr class="notice">' if post.notice else "<tr>"
    return f"{opened}\n\t\t{cells}\t\t\t</tr>"


def _cell(view: View, column: str, post: Post, suffix: str, current: Post | None) -> str:
    match column:
        case "no":
            number = "공지" if post.notice else str(view.database.rank(post))
            shown = "&raquo;" if current is not None and current.id == post.id else number
            name = "notice" if post.notice else "no"
            return f'<td class="{name}">\n\t\t{shown}\t\t\t\t</td>'
        case "title":
            return _title_cell(view, post, suffix)
        case "author":
            return f'<td class="author">{_author(post)}</td>'
        case "time":
            return f'<td class="time">{post.posted:%Y.%m.%d}</td>'
        case "views":
            return f'<td class="readNum">{view.views(post)}</td>'
        case "category":
            return f'<td class="cate">{escape(post.article.category or "")}</td>'
        case _:
            raise ValueError(f"a Rhymix list has no column {column!r}")


def _title_cell(view: View, post: Post, suffix: str) -> str:
    link = f"/{view.board}/{post.id}{suffix}"
    title = escape(view.title(post))
    if post.id % 11 == 0:  # posters may buy a coloured title
        title = f'<span style="font-weight:bold;color:#ff0000">{title}</span>'
    if post.notice:
        title = f"\n\t{title}\t\t\t\t\t"
    icons = "".join(_icon(flag) for flag in _flags(view, post))
    return fill("rhymix-title-cell", link=link, title=title, replies=_replies(post, link), icons=icons)


def _replies(post: Post, link: str) -> str:
    if not post.comments:
        return ""
    return f'<a href="{link}#comment" class="replyNum" title="Replies">[{len(post.comments)}]</a>'


def _flags(view: View, post: Post) -> list[str]:
    """Notices bear no marks, not even secret ones."""
    if post.notice:
        return []
    flags = ["secret"] if post.secret else []
    if view.is_fresh(post.posted):
        flags.append("new")
    elif post.modified > post.posted and view.is_fresh(post.modified):
        flags.append("update")
    return [*flags, "file"] if post.has_file else flags


def _icon(name: str) -> str:
    return f'<img src="{_ICONS}/{name}.gif" alt="{name}" title="{name}" style="margin-right:2px;" />'


def _member(post: Post) -> int:
    return 5 if post.article.poster == "관리자" else 71


def _author(post: Post, classes: str = "") -> str:
    return _member_link(_member(post), post.article.poster, classes)


@cache
def _member_link(member: int, name: str, classes: str) -> str:
    return fill("rhymix-author", member=member, classes=classes, name=escape(name))


def _nothing(view: View, notices: Sequence[Post]) -> str:
    """Past the end: nothing where notices stand above, else one row that says so."""
    return "" if notices else fill("rhymix-nothing", columns=len(view.look.columns))


def _window(page: Page) -> range:
    first = max(min(page.number - _PAGE_LINKS // 2, page.last - _PAGE_LINKS + 1), 1)
    return range(first, min(first + _PAGE_LINKS, page.last + 1))


def _page_link(view: View, number: int, page: Page) -> str:
    if number == page.number:
        return f"<strong>{number}</strong>\t\t\t\t"
    return f'<a href="/{view.board}?page={number}">{number}</a>\t\t\t'


def _categories(view: View, current: Post | None, category: str | None) -> str:
    if not view.database.categories:
        return ""
    here = f"/{view.board}/{current.id}" if current else f"/{view.board}"
    links: list[tuple[str | None, str]] = [(None, here)]
    links += [
        (name, f"/{view.board}/category/{view.database.category_id(name)}")
        for name in view.database.categories
    ]
    items = (_category_tab(name, url, chosen=name == category) for name, url in links)
    return f'<ul class="cTab">\n\t{"".join(items)}</ul>'


def _category_tab(name: str | None, url: str, *, chosen: bool) -> str:
    opened = '<li class="on">' if chosen else "<li>"
    return f'{opened}<a href="{url}">{escape(name or "전체")}</a>\n\t\t</li>'


def _article_category(view: View, post: Post) -> str:
    name = post.article.category
    if name is None:
        return ""
    number = view.database.category_id(name)
    return f'<a href="/{post.board}/category/{number}" class="category">{escape(name)}</a>'


def _article_head(view: View, post: Post) -> str:
    author, posted = _author(post, " author"), f"{post.posted:%Y.%m.%d %H:%M}"
    return fill(f"rhymix-meta-{view.look.skin}", author=author, posted=posted, views=view.views(post))


def _files(post: Post) -> str:
    return fill("rhymix-files", file=post.id + 1) if post.has_file else ""


def _tags(post: Post) -> str:
    tags = [post.article.category, post.article.kind] if post.article.category else []
    links = (f'<a href="/{post.board}/tag/{tag}" class="tag" rel="tag">{tag}</a>' for tag in tags)
    return f'<span class="tags">{"<span>,</span>".join(links)}</span>' if tags else ""


def _comments(post: Post) -> str:
    """Comments carry the body's own classes, which is why plain ``.xe_content`` is a trap."""
    items = (_comment(post, number) for number in post.comments)
    return f'<ul class="fbList">{"".join(items)}</ul>' if post.comments else ""


def _comment(post: Post, number: int) -> str:
    when = f"{post.modified:%Y.%m.%d %H:%M}"
    return fill("rhymix-comment", id=number, reader=f"독자{number % 97}", when=when)


def requested_page(view: View) -> tuple[int, str]:
    """The page asked for, and the suffix that the software then adds to every link of the list."""
    asked = view.request.query.get("page")
    number = whole_number(asked or "1")
    return (number or 1), f"?page={escape(asked)}" if asked else ""
