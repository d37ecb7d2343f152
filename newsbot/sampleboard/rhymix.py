"""Rhymix (the XpressEngine line): its URLs and status codes, as measured on 2.1.35.

An id is a ``document_srl``, site-wide; every form of an article's URL answers 200, and only a wrong
board or none at all is redirected.
"""

from __future__ import annotations

from newsbot.sampleboard import rhymix_mobile, rhymix_pc
from newsbot.sampleboard.database import BOARDS, MAIN_BOARD, Database, Post
from newsbot.sampleboard.exchange import Answer, Request, html, redirect
from newsbot.sampleboard.feeds import rhymix_feed
from newsbot.sampleboard.rhymix_frame import article_meta, excerpt, framed, message, site_meta
from newsbot.sampleboard.templates import fill
from newsbot.sampleboard.view import Look, Page, View


class Rhymix:
    listing_path = f"/{MAIN_BOARD}"
    database_down = Answer(status=500)
    first_id = 120
    sparse_ids = True

    def __init__(self, database: Database, look: Look) -> None:
        self._database = database
        self._look = look
        self._editors = 0

    def answer(self, request: Request) -> Answer:
        if request.method == "HEAD":
            return Answer(status=405)
        mid, rest, document = _address(request)
        view = View(request=request, look=self._look, database=self._database, board=mid or MAIN_BOARD)
        if document is not None:
            return self._document(view, mid, document)
        if mid is None:
            return (
                html("<!DOCTYPE html><title>샛강일보 게시판</title><p>어서 오십시오.</p>")
                if not rest
                else _missing()
            )
        if mid not in BOARDS:
            return _missing()
        return self._board(view, rest)

    def move(self, post: Post, board: str) -> Post:
        """The document keeps its number; its old address answers 301."""
        return self._database.change(post.id, board=board)

    def _board(self, view: View, rest: list[str]) -> Answer:
        match rest:
            case []:
                return self._listing(
                    view, self._database.category_named(view.request.query.get("category", ""))
                )
            case ["category", number]:
                return self._listing(view, self._database.category_named(number))
            case ["rss" | "atom" as form]:
                return rhymix_feed(view, form)
            case _:
                return _missing()

    def _listing(self, view: View, category: str | None) -> Answer:
        number, suffix = rhymix_pc.requested_page(view)
        if number < 0:
            return message(view, 500, "서버 오류")
        page = view.page(number, self._database.listed(view.board, category))
        notices = self._database.notices(view.board)
        title, path = BOARDS[view.board], f"/{view.board}{suffix}"
        if view.request.is_mobile:
            content = rhymix_mobile.listing(view, page, notices, suffix=suffix)
        else:
            table = rhymix_pc.listing(view, page, notices, suffix=suffix, category=category)
            content = f'<div class="board">\n{table}\n</div>'
        return framed(view, content, title=title, path=path, meta=site_meta(view, title, path))

    def _document(self, view: View, mid: str | None, number: int) -> Answer:
        post = self._database.get(number)
        if post is None or post.state != "live":
            return message(view, 404, "대상을 찾을 수 없습니다.")
        if mid != post.board:
            return redirect(301, f"/{post.board}/{post.id}")
        if not view.request.is_bot:
            view.count_view(post)
        path = f"/{post.board}/{post.id}"
        description = "" if post.secret or not self._look.seo else excerpt(post)
        return framed(
            view, self._article(view, post), title=view.title(post), path=path, description=description,
            meta=article_meta(view, post, path), status=403 if post.secret else 200,
        )  # fmt: skip

    def _article(self, view: View, post: Post) -> str:
        body = rhymix_pc.secret_form(post) if post.secret else rhymix_pc.body(view, post)
        if view.request.is_mobile:
            return rhymix_mobile.article(view, post, body)
        form = "" if post.secret else rhymix_pc.comment_form(post, self._editor(view.request))
        read = rhymix_pc.article(view, post, body, form)
        below = rhymix_pc.listing(
            view, self._page_of(view, post), self._database.notices(post.board), current=post
        )
        return f'<div class="board">\n{read}\n{below}\n</div>'

    def _page_of(self, view: View, post: Post) -> Page:
        ids = self._database.listed(post.board)
        position = 0 if post.notice else len(ids) - self._database.rank(post)
        return view.page(position // self._look.page_size + 1, ids)

    def _editor(self, request: Request) -> int:
        """Editors are numbered within a session; a visitor without a cookie always gets the fourth."""
        if "PHPSESSID" not in request.cookies:
            return 4
        self._editors += 1
        return self._editors + 4


def _missing() -> Answer:
    return html(fill("rhymix-missing"), status=404)


def _address(request: Request) -> tuple[str | None, list[str], int | None]:
    """Board, the rest of the path, and document of any URL form; a trailing slash is its own address."""
    parts = request.path.removeprefix("/").split("/")
    if parts[-1] == "" and len(parts) == 2:
        parts.pop()  # a board, but not an article, may end in a slash
    query = request.query
    document = query.get("document_srl", "")
    if parts in ([""], ["index.php"]):
        return query.get("mid"), [], int(document) if document.isdecimal() else None
    if parts[0].isdecimal() and len(parts) == 1:
        return None, [], int(parts[0])
    if len(parts) == 2 and parts[1].isdecimal():
        return parts[0], [], int(parts[1])
    return parts[0], parts[1:], int(document) if document.isdecimal() else None
