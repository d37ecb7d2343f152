"""Gnuboard5: its URLs and status codes, as measured on 5.6.34.

An id is a ``wr_id``, which comments share; a move makes a new one. What is gone, and even a lost
database, is answered with 200.
"""

from __future__ import annotations

import dataclasses
import re

from newsbot.sampleboard import gnuboard_pages as pages
from newsbot.sampleboard.database import BOARDS, MAIN_BOARD, Database, Post
from newsbot.sampleboard.exchange import Answer, Request, redirect
from newsbot.sampleboard.feeds import gnuboard_rss
from newsbot.sampleboard.view import SITE, Look, View, whole_number

_SPECIAL = re.compile(r"[^\w]+")
_GONE = "글이 존재하지 않습니다. 글이 삭제되었거나 이동된 경우입니다."
_NO_BOARD = "존재하지 않는 게시판입니다."


class Gnuboard:
    listing_path = f"/{MAIN_BOARD}"
    database_down = Answer(
        body=b"Connect Error: SQLSTATE[HY000] [2002] No such file or directory\n",
        content_type="text/html; charset=utf-8",
    )
    first_id = 1
    sparse_ids = False

    def __init__(self, database: Database, look: Look) -> None:
        self._database = database
        self._look = look
        self._titles: dict[int, str] = {}
        self._known: dict[int, str] = {}

    def answer(self, request: Request) -> Answer:
        if request.query.get("device") == "mobile":
            request = dataclasses.replace(request, user_agent="Mobile")
        board, key = _address(request)
        view = View(
            request=request,
            look=self._look,
            database=self._database,
            board=board if board in BOARDS else MAIN_BOARD,
        )
        answer = self._shown(view, board, key)
        return dataclasses.replace(answer, content_type=answer.content_type.replace("UTF-8", "utf-8"))

    def move(self, post: Post, board: str) -> Post:
        """A copy under a new number, with a note in its body; the old number is gone."""
        when = self._database.clock()
        note = f"[이 게시물은 관리자님에 의해 {when:%Y-%m-%d %H:%M:%S} {BOARDS[post.board]}에서 이동 됨]"
        moved = dataclasses.replace(post, id=self._database.reserve(), board=board, note=note)
        self._database.change(post.id, state="moved")
        self._database.add(moved)
        return moved

    def _shown(self, view: View, board: str | None, key: str | None) -> Answer:
        request = view.request
        if request.path == "/bbs/password.php":
            return pages.framed(
                view, pages.password_form(view, request.query.get("wr_id", "")), title="비밀번호 입력"
            )
        if board is None:
            return pages.framed(view, "<p>어서 오십시오.</p>", title=SITE)
        if board not in BOARDS:
            return pages.alert(view, _NO_BOARD, request.origin)
        if request.path == "/bbs/rss.php" or request.path.startswith("/rss/"):
            return gnuboard_rss(view)
        return self._listing(view) if key is None else self._post(view, key)

    def _slugs(self) -> dict[int, str]:
        """Slugs by wr_id: one is made with a title, kept with it, and told from an equal one by a number."""
        if not self._look.slug_urls:
            return {}
        for number in self._database.ids():
            post = self._database.get(number)
            if post is not None and self._titles.get(number) != post.title:
                self._titles[number] = post.title
                plain = _SPECIAL.sub("-", post.title).strip("-")
                self._known[number] = f"{plain}-{number}" if plain in self._known.values() else plain
        return self._known

    def _listing(self, view: View) -> Answer:
        number = _page_number(view)
        title = f"{BOARDS[view.board]} {number if number > 1 else ''} 페이지 | {SITE}"
        return pages.framed(view, self._list(view, number), title=title)

    def _list(self, view: View, number: int, current: Post | None = None) -> str:
        """Notices stand on page 1 only, and take its rows from the others."""
        notices = self._database.notices(view.board)
        page = view.page(number, self._database.listed(view.board), hidden_notices=len(notices))
        return pages.listing(view, page, notices if number == 1 else (), self._slugs(), current=current)

    def _post(self, view: View, key: str) -> Answer:
        number = int(key) if key.isdecimal() else _number_of(key, self._slugs())
        owner = self._database.owner_of_comment(number)
        if owner is not None:
            return redirect(302, f"{view.request.origin}/{view.board}/{owner}?#c_{number}")
        post = self._database.get(number)
        if post is None or post.state != "live" or post.board != view.board:
            return pages.alert(view, _GONE, f"{view.request.origin}/{view.board}")
        if post.secret:
            query = f"w=s&bo_table={post.board}&wr_id={post.id}"
            return redirect(302, f"{view.request.origin}/bbs/password.php?{query}")
        content = pages.article(view, post) + "\n" + self._list(view, _page_number(view), post)
        title = f"{view.title(post)} > {BOARDS[post.board]} | {SITE}"
        return pages.framed(view, content, title=title)


def _page_number(view: View) -> int:
    return max(whole_number(view.request.query.get("page", "1")), 1)


def _number_of(slug: str, slugs: dict[int, str]) -> int:
    """The wr_id behind a slug; 0, which no post has, for an unknown one."""
    return next((number for number, known in slugs.items() if known == slug), 0)


def _address(request: Request) -> tuple[str | None, str | None]:
    """Board, and number or slug, of any URL form; no board on the site's first page."""
    if request.path.startswith("/bbs/"):
        return request.query.get("bo_table", ""), request.query.get("wr_id")
    parts = [part for part in request.path.removeprefix("/rss").split("/") if part]
    return (parts[0] if parts else None), (parts[1] if len(parts) > 1 else None)
