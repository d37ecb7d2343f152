"""A plain old board, home-made in the days of EUC-KR: no engine to recognise, only header texts.

Its pages are CP949 under the label euc-kr. Tables lay out everything, so several stand on a page; the
columns are in another order than elsewhere; an article is a table with a block of 제목, 글쓴이, 날짜.
"""

from __future__ import annotations

from html import escape

from newsbot.sampleboard.database import MAIN_BOARD, Database, Post
from newsbot.sampleboard.exchange import Answer, Request
from newsbot.sampleboard.templates import fill
from newsbot.sampleboard.view import Look, Page, View, whole_number

_FOLDER = f"/{MAIN_BOARD}"


class PlainTable:
    listing_path = f"{_FOLDER}/list.php"
    database_down = Answer(
        body=b"<br />\n<b>Warning</b>: mysql_connect(): Too many connections in <b>db.inc</b><br />\n",
        content_type="text/html",
    )
    first_id = 1
    sparse_ids = False

    def __init__(self, database: Database, look: Look) -> None:
        self._database = database
        self._look = look

    def answer(self, request: Request) -> Answer:
        view = View(request=request, look=self._look, database=self._database, board=MAIN_BOARD)
        number = max(whole_number(request.query.get("page", "1")), 1)
        match request.path:
            case "/news/list.php" | "/news" | "/news/":
                return _encoded(self._listing(view, number))
            case "/news/read.php":
                return _encoded(self._article(view, whole_number(request.query.get("no", "")), number))
            case _:
                return Answer(status=404, body=b"<h1>Not Found</h1>", content_type="text/html")

    def move(self, post: Post, board: str) -> Post:
        """There is nowhere to move to: the post is no longer here."""
        return self._database.change(post.id, state="moved", board=board)

    def _listing(self, view: View, number: int) -> str:
        page = view.page(number, self._database.listed(MAIN_BOARD))
        notices = self._database.notices(MAIN_BOARD) if number == 1 else []
        rows = "".join(_row(view, post, number) for post in (*notices, *page.posts))
        empty = '<tr><td colspan="5" align="center">등록된 게시물이 없습니다.</td></tr>'
        calendar = f"{view.request.now:%Y년 %m월}"
        return fill("table-list", rows=rows or empty, pages=_page_links(page), calendar=calendar)

    def _article(self, view: View, number: int, page: int) -> str:
        post = self._database.get(number)
        if post is None or post.state != "live":
            return fill("table-alert", message="존재하지 않는 글입니다.")
        if post.secret:
            return fill("table-alert", message="비밀글입니다. 글쓴이만 읽을 수 있습니다.")
        comments = "".join(f"<tr><td>독자{n % 97}</td><td>{n}번째 한마디</td></tr>\n" for n in post.comments)
        return fill(
            "table-read",
            title=escape(view.title(post)), poster=escape(post.article.poster), page=page, comments=comments,
            posted=f"{post.posted:%Y-%m-%d %H:%M:%S}", views=view.count_view(post), body=view.body(post),
        )  # fmt: skip


def _encoded(text: str) -> Answer:
    return Answer(body=text.encode("cp949", "xmlcharrefreplace"), content_type="text/html; charset=euc-kr")


def _row(view: View, post: Post, page: int) -> str:
    comments = f' <font size="1">({len(post.comments)})</font>' if post.comments else ""
    return fill(
        "table-row",
        id=post.id, page=page, title=escape(view.title(post)), comments=comments, views=view.views(post),
        lock='<img src="img/secret.gif" alt="비밀글">' if post.secret else "", date=f"{post.posted:%Y/%m/%d}",
        poster=escape(post.article.poster), number="공지" if post.notice else view.database.rank(post),
    )  # fmt: skip


def _page_links(page: Page) -> str:
    first = (min(page.number, page.last) - 1) // 10 * 10 + 1
    end = min(first + 9, page.last)
    numbers = [
        f"<b>[{n}]</b>" if n == page.number else f'<a href="list.php?page={n}">[{n}]</a>'
        for n in range(first, end + 1)
    ]
    following = f' <a href="list.php?page={page.number + 1}">다음</a>' if page.number < page.last else ""
    return " ".join(numbers) + following


def _page_link(number: int, page: Page) -> str:
    if number == page.number:
        return f"<b>[{number}]</b>"
    return f'<a href="list.php?page={number}">[{number}]</a>'
