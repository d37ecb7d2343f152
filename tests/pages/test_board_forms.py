"""Boards of offices, schools, shops and clubs: rows that scripts open, categories, tables within tables."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from town_news import NOW, TITLES

from newsbot.items import Headline, Listing
from newsbot.pages.document import parse_document
from newsbot.pages.reading import read_page

URL = "https://gaon.example/board/list.do?menu=12"
NUMBERS = (4815, 4810, 4777)
HEAD = ("번호", "제목", "작성자", "등록일", "조회")
Linked = Callable[[int, str], str]


def read(inside: str, url: str = URL, script: str = "") -> Listing:
    page = (
        f"<html><head><title>보도자료 | 가온시청</title><script>{script}</script></head><body>"
        f"<h1><a href='/'>가온시청</a></h1><ul><li><a href='/a.do'>새소식</a></li></ul>{inside}"
        "<dl><dt>담당부서</dt><dd>누리집지기</dd></dl></body></html>"
    )
    listing = read_page(parse_document(page, url, fetched=NOW))
    assert isinstance(listing, Listing)
    return listing


def table(rows: list[str], head: tuple[str, ...] = HEAD) -> str:
    return f"<table><tr>{''.join(f'<th>{word}</th>' for word in head)}</tr>{''.join(rows)}</table>"


def posts() -> list[tuple[int, int, str]]:
    return [(120 - n, NUMBERS[n], title) for n, title in enumerate(TITLES)]


def rows(link: Linked) -> list[str]:
    return [
        f"<tr><td>{rank}</td><td>{link(number, title)}</td><td>홍보담당관</td><td>2026-03-04</td>"
        "<td>30</td></tr>"
        for rank, number, title in posts()
    ]


def shown(headline: Headline) -> tuple[object, ...]:
    return (headline.number, headline.poster, headline.date_raw, headline.views)


def check(listing: Listing) -> None:
    assert [h.title for h in listing.headlines] == TITLES
    assert [h.document_id for h in listing.headlines] == ["4815", "4810", "4777"]
    assert [shown(h) for h in listing.headlines] == [
        (str(rank), "홍보담당관", "2026-03-04", 30) for rank, _, _ in posts()
    ]
    assert listing.warnings == ()


FORM = (
    '<form id="frm" name="frm" method="post" action="{action}"><input type="hidden" name="menu" value="12">'
    '<input type="hidden" name="idx" value="{idx}"><input type="hidden" name="pageIndex" value="1"></form>'
)
OPENED: dict[str, tuple[str, str, str]] = {
    "a form that waits for an id": (
        "<a href=\"javascript:view('{n}')\">{title}</a>", FORM.format(action="/board/view.do", idx=""), "",
    ),
    "a form that waits, for an id that is 0": (
        "<a href=\"#\" onclick=\"goDetail({n}, 'C'); return false\">{title}</a>",
        FORM.format(action="boardView.do", idx="0"), "",
    ),
    "a field found by its name": (
        '<a href="#" onclick="go({n})">{title}</a>', FORM.format(action="list.do", idx=""),
        'function go(n) { $("#frm input[name=idx]").val(n); $("#frm").attr("action", "view.do").submit(); }',
    ),
    "attributes set together": (
        '<a href="#" onclick="go({n})">{title}</a>', FORM.format(action="list.do", idx=""),
        "function go(n) { $('[name=\"idx\"]').val(n);"
        " $('#frm').attr({ method: 'get', 'action': 'view.do' }).submit(); }",
    ),
    "a click that a function handles": (
        '<a href="#" class="link view" data-idx="{n}">{title}</a>', "",
        '$(function () { $(".view").on("click", function () {'
        ' location.href = "view.do?menu=12&idx=" + $(this).data("idx"); }); });',
    ),
    "a click handled by the page": (
        '<a href="#" class="view" data-idx="{n}">{title}</a>', "",
        "$(document).on('click', 'a.view', function (e) { var idx = $(this).attr('data-idx');"
        " location.href = 'view.do?menu=12&idx=' + idx; });",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("link", "form", "script"), OPENED.values(), ids=OPENED)
def test_rows_that_a_script_opens(link: str, form: str, script: str) -> None:
    listing = read(form + table(rows(lambda n, title: link.format(n=n, title=title))), script=script)
    check(listing)
    path, _, query = listing.headlines[0].url.partition("?")
    assert path.lower().endswith("view.do")
    assert {"menu=12", "idx=4815"} <= set(query.split("&"))


FILLS = "function view(no) { document.frm.idx.value = no; frm.action = '/board/view.do'; frm.submit(); }"


@pytest.mark.parametrize(
    ("href", "led"),
    [
        ("/board/view.do", "/board/view.do?menu=12&idx=4815"),  # one for all rows (eGovFrame)
        ("/board/4815/view.do", "/board/4815/view.do"),  # names the post itself (K2Web)
        ("/board/view.do?idx=4815", "/board/view.do?idx=4815"),
    ],
)
def test_a_link_that_names_no_post_leads_where_its_script_says(href: str, led: str) -> None:
    link = f"<a href='{href}' onclick=\"view('{{n}}'); return false;\">{{title}}</a>"
    listing = read(
        FORM.format(action="/board/list.do", idx="")
        + table(rows(lambda n, title: link.replace("4815", str(n)).format(n=n, title=title))),
        script=FILLS,
    )
    assert [h.title for h in listing.headlines] == TITLES
    found = listing.headlines[0].url.removeprefix("https://gaon.example")
    assert found.replace("&pageIndex=1", "") == led


@pytest.mark.parametrize(
    "form",
    [
        FORM.format(action="/board/list.do", idx=""),  # lists
        FORM.format(action="/board/view.do", idx="77"),  # has its id already
        FORM.format(action="/board/view.do", idx="")
        + FORM.format(action="https://other.example/view", idx=""),
    ],
)
def test_a_form_that_does_not_wait_for_an_id_says_nothing(form: str) -> None:
    listing = read(form + table(rows(lambda n, title: f'<a href="javascript:view({n})">{title}</a>')))
    known = "other.example" in form
    assert (listing.warnings == ()) == known


def test_a_row_may_be_clicked_as_a_whole() -> None:
    clicked = [
        f"<tr onclick=\"location.href='/board/view.do?menu=12&amp;idx={number}'\"><td>{rank}</td>"
        f"<td>{title}</td><td>홍보담당관</td><td>2026-03-04</td><td>30</td></tr>"
        for rank, number, title in posts()
    ]
    check(read(table(clicked)))


@pytest.mark.parametrize(
    ("link", "category"),
    [
        ('<a href="view.do?idx={n}"><span>[마을]</span> {title}</a>', "마을"),
        ('<a href="view.do?idx={n}"><em>[마을]</em> <span>{title}</span></a>', "마을"),
        ('<span>[마을]</span> <a href="view.do?idx={n}">{title}</a>', "마을"),
        ('[마을] <a href="view.do?idx={n}">{title}</a>', "마을"),
        ('<img src="i.gif"> [마을] <a href="view.do?idx={n}">{title}</a>', "마을"),
        ('<span>마을</span> <a href="view.do?idx={n}">{title}</a>', None),
        ('<a href="view.do?idx={n}">{title} <span>새글</span></a>', None),
    ],
)
def test_a_category_in_brackets_is_no_part_of_the_title(link: str, category: str | None) -> None:
    listing = read(table(rows(lambda n, title: link.format(n=n, title=title))))
    check(listing)
    assert {h.category for h in listing.headlines} == {category}


@pytest.mark.parametrize("mark", ["[단독]", "[르포]", "[나루칼럼]", "[종합2보]", "[종료]"])
def test_a_headlines_own_mark_is_no_category(mark: str) -> None:
    link = "<a href='view.do?idx={n}'><b>{mark}</b> {title}</a>"
    listing = read(table(rows(lambda n, title: link.format(n=n, mark=mark, title=title))))
    assert [h.title for h in listing.headlines] == [f"{mark} {title}" for title in TITLES]
    assert {h.category for h in listing.headlines} == {None}


def test_the_header_of_a_row_goes_before_brackets_in_it() -> None:
    linked = rows(lambda n, title: f"[마을] <a href='view.do?idx={n}'>{title}</a>")
    sorted_rows = [row.replace("<td>홍보담당관", "<td>행사</td><td>홍보담당관") for row in linked]
    listing = read(table(sorted_rows, ("번호", "제목", "분류", "작성자", "등록일", "조회")))
    assert {h.category for h in listing.headlines} == {"행사"}


NESTED: dict[str, str] = {
    "in the row's one cell": "<tr><td colspan=5><table><tr>{row}</tr></table></td></tr>",
    "of its own": "</table><table><tr>{row}</tr>",
}


@pytest.mark.parametrize("around", NESTED.values(), ids=NESTED)
@pytest.mark.parametrize(
    "icon", ["<td><img src='icon.gif'></td>", "<td></td><td><img src='new.gif'></td>", ""]
)
def test_a_table_a_row_may_have_other_columns_than_the_header(around: str, icon: str) -> None:
    inner = [
        f"<td>{rank}</td>{icon}<td><a href='read.php?no={number}'>{title}</a></td><td>홍보담당관</td>"
        "<td>2026-03-04</td><td>30</td>"
        for rank, number, title in posts()
    ]
    check(read(table([around.format(row=row) for row in inner]), "http://old.example/board/list.php?id=town"))


def test_the_views_of_a_box_may_stand_behind_their_label() -> None:
    head = "<ul><li>제목</li><li>글쓴이</li><li>작성시간</li><li>조회수</li></ul>"
    boxes = [
        f"<ul class='li_body'><li class='tit'><a href='/notice/?idx={number}'><span>{title}</span></a></li>"
        "<li class='name'>홍보담당관</li><li class='time'>2026-03-04</li>"
        "<li class='read'><span>조회수</span>30</li></ul>"
        for _, number, title in posts()
    ]
    listing = read(f"<div>{head}{''.join(boxes)}</div>", "https://gaon.example/notice")
    assert [shown(h) for h in listing.headlines] == [(None, "홍보담당관", "2026-03-04", 30)] * 3


def test_the_user_of_a_card_is_its_poster() -> None:
    cards = [
        f"<li><a href='/g/?mod=document&amp;pageid=1&amp;uid={number}'><div class='cut'>{title}</div></a>"
        "<div class='list-user'>홍보담당관</div><div class='list-date'>2026.03.04</div></li>"
        for _, number, title in posts()
    ]
    listing = read(f"<ul>{''.join(cards)}</ul>", "https://gaon.example/g/")
    assert [(h.poster, h.url.rpartition("?")[2]) for h in listing.headlines] == [
        ("홍보담당관", f"mod=document&uid={number}") for _, number, _ in posts()
    ]


@pytest.mark.parametrize(
    ("url", "pager"),
    [
        ("https://shop.example/board/notice/1/", "?board_no=1&page=2"),
        ("https://club.example/notice", "/notice/?q=YToy&page=2"),
        ("https://press.example/notice/", "?pageid=2"),
        ("https://press.example/notice/", "https://press.example/notice/?board_page=2"),
        ("https://old.example/t/board.php?board=town", "./board.php?board=town&command=list&page=2"),
    ],
)
def test_what_a_pager_says_beside_the_page(url: str, pager: str) -> None:
    inside = table(rows(lambda n, title: f"<a href='/read/{n}'>{title}</a>"))
    listing = read(f"{inside}<a href='{pager}'>2</a>", url)
    assert listing.next_page is not None
    assert listing.next_page.endswith("=2")


@pytest.mark.parametrize("pager", ["?board_no=7&page=2", "?command=write&page=2"])
def test_a_pager_of_something_else_is_none(pager: str) -> None:
    inside = table(rows(lambda n, title: f"<a href='/read/{n}'>{title}</a>"))
    assert read(f"{inside}<a href='{pager}'>2</a>", "https://shop.example/board/notice/1/").next_page is None


def test_a_parameter_named_number_is_the_id() -> None:
    listing = read(
        table(
            rows(lambda n, title: f"<a href='main.cgi?board=town&number={n}&view=2&howmanytext='>{title}</a>")
        ),
        "http://old.example/cgi-bin/main.cgi?board=town",
    )
    check(listing)


def test_inquiries_of_gnuboard() -> None:
    asked = rows(
        lambda n, title: f"<a href='https://gaon.example/bbs/qaview.php?qa_id={n}&page=1'>{title}</a>"
    )
    listing = read(
        table(asked), "https://gaon.example/bbs/qalist.php", "var g5_url = 'https://gaon.example';"
    )
    check(listing)
    assert listing.engine == "gnuboard"
    assert listing.headlines[0].url == "https://gaon.example/bbs/qaview.php?qa_id=4815"


@pytest.mark.parametrize(
    "name", ["pgno", "pageIdx", "currPage", "q_currPage", "pageNumber", "thisPage", "nPage"]
)
def test_parameters_that_number_a_page(name: str) -> None:
    listing = read(
        table(rows(lambda n, title: f"<a href='view.do?menu=12&nttId={n}&{name}=1'>{title}</a>"))
        + f"<a href='list.do?menu=12&{name}=2'>2</a>"
    )
    assert listing.headlines[0].url == "https://gaon.example/board/view.do?menu=12&nttId=4815"
    assert listing.next_page == f"{URL}&{name}=2"


def test_a_session_in_the_path_is_no_part_of_an_address() -> None:
    session = ";jsessionid=AB12CD.node1"
    listing = read(
        table(rows(lambda n, title: f"<a href='/board/view.do{session}?menu=12&nttId={n}'>{title}</a>"))
        + f"<a href='/board/list.do{session}?menu=12&pageIndex=2'>2</a>"
    )
    check(listing)
    assert listing.headlines[0].url == "https://gaon.example/board/view.do?menu=12&nttId=4815"
    assert listing.next_page == f"{URL}&pageIndex=2"


@pytest.mark.parametrize(
    "words",
    ["조회된 데이터가 없습니다.", "등록된 내용이 없습니다", "검색된 목록이 없습니다.", "게시물이 없습니다"],
)
def test_a_list_that_says_that_it_is_empty(words: str) -> None:
    page = f"<html><body><h3>보도자료</h3><ul><li class='no'>{words}</li></ul></body></html>"
    listing = read_page(parse_document(page, URL, fetched=NOW), "listing")
    assert isinstance(listing, Listing)
    assert (listing.headlines, listing.next_page) == ((), None)


def test_what_a_club_keeps_of_its_list_in_the_links_is_no_part_of_a_posts_address() -> None:
    boxes = [
        f"<ul class='li_body'><li class='link_area'><a href='?bmode=view&amp;idx={number}'></a></li>"
        f"<li class='tit'><a href='/notice/?q=YToy{rank}&amp;bmode=view&amp;idx={number}&amp;t=board'>"
        f"<span>{title}</span></a></li><li class='time' title='2026-03-04 10:20'>2026-03-04</li></ul>"
        for rank, number, title in posts()
    ]
    listing = read(f"<div>{''.join(boxes)}</div>", "https://club.example/notice")
    assert [h.url for h in listing.headlines] == [
        f"https://club.example/notice/?bmode=view&idx={number}&t=board" for _, number, _ in posts()
    ]


FIRST = {
    "a word": ("<tr>", "<td><strong>중요</strong></td>"),
    "an English word": ("<tr>", "<td>TOP</td>"),
    "an icon that is named so": ("<tr class='top'>", "<td><span class='ico_notice'></span></td>"),
    "a picture": ("<tr>", "<td><img src='/img/icon_notice.gif'></td>"),
}


@pytest.mark.parametrize(("row", "cell"), FIRST.values(), ids=FIRST)
def test_what_stands_in_a_notices_number(row: str, cell: str) -> None:
    first, *others = rows(lambda n, title: f"<a href='view.do?idx={n}'>{title}</a>")
    listing = read(table([first.replace("<tr><td>120</td>", row + cell), *others]))
    assert [(h.number, h.notice) for h in listing.headlines] == [(None, True), ("119", False), ("118", False)]


def test_words_for_readers_of_screens_are_no_part_of_a_title() -> None:
    check(read(table(rows(lambda n, title: f"<a href='view.do?idx={n}'>{title}<span>상세보기</span></a>"))))
