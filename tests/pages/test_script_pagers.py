"""Pagers that call a script: where they lead is read off the page, and nothing else is made up."""

import pytest

from newsbot.pages.document import parse_document
from newsbot.pages.listing import read_listing

URL = "https://office.example/board/news/list.do"
ROWS = "".join(
    f"<tr><td>{n}</td><td><a href='view.do?nttId={n + 900}'>둑길 소식 {n}</a></td><td>2026-03-0{n}</td></tr>"
    for n in (5, 4, 3)
)
TABLE = f"<table><tr><th>번호</th><th>제목</th><th>날짜</th></tr>{ROWS}</table>"
FORM = """<form name="frm" action="{action}" method="post"><input type="hidden" name="{name}" value="{value}">
<input type="hidden" name="bbsId" value="B07"><input type="text" name="searchWrd" value="">
<input type="hidden" name="_csrf" value="s3cret">
<select name="searchCnd"><option value="1">제목</option></select>
</form>"""


def following(pager: str, *, url: str = URL, head: str = "") -> str | None:
    page = f"<html><head><title>목록</title>{head}</head><body>{TABLE}{pager}</body></html>"
    return read_listing(parse_document(page, url)).next_page


def form(name: str = "pageIndex", value: str = "1", action: str = "/board/news/list.do") -> str:
    return FORM.format(name=name, value=value, action=action)


def calls(how: str, numbers: range = range(2, 6), here: int = 1) -> str:
    return f"<strong>{here}</strong>" + "".join(how.format(n) for n in numbers if n != here)


HOW = {
    "an address of a script": '<a href="javascript:goPage({0})">{0}</a>',
    "of the state's framework": '<a href="#" onclick="fn_egov_link_page({0}); return false;">{0}</a>',
    "in quotes": """<a href="#none" onclick="movePage('{0}')">[{0}]</a>""",
    "of K2Web": """<a href="javascript:page_link('{0}')">{0}</a>""",
    "a button": '<button type="button" onclick="linkPage({0})">{0}</button>',
    "with more arguments": """<a href="javascript:go.page({0}, 'list')">{0}</a>""",
}


@pytest.mark.parametrize("how", HOW.values(), ids=HOW)
def test_a_form_says_where_a_number_goes(how: str) -> None:
    assert following(form() + calls(how)) == f"{URL}?bbsId=B07&pageIndex=2"
    further = following(form(value="2") + calls(how, here=2), url=f"{URL}?pageIndex=2&bbsId=B07")
    assert further == f"{URL}?bbsId=B07&pageIndex=3"
    assert following(form(value="5") + calls(how, here=5), url=f"{URL}?pageIndex=5") is None


def test_the_page_shown_is_known_from_the_form_where_the_address_does_not_say() -> None:
    assert following(form(value="4") + calls(HOW["in quotes"], here=4)) == f"{URL}?bbsId=B07&pageIndex=5"


def test_beyond_the_numbers_shown_the_word_for_next_leads_on() -> None:
    pager = form(value="5") + calls(HOW["in quotes"], here=5)
    pager += '<a href="#" onclick="movePage(6)"><img src="n.gif" alt="다음"></a>'
    assert following(pager, url=f"{URL}?pageIndex=5") == f"{URL}?bbsId=B07&pageIndex=6"


def test_what_the_address_says_stays_said() -> None:
    pager = form(action="") + calls(HOW["of K2Web"])
    assert following(pager, url=f"{URL}?menu=7&pageIndex=1") == f"{URL}?menu=7&bbsId=B07&pageIndex=2"
    assert following(calls(HOW["of K2Web"]), url=f"{URL}?menu=7&page=1") == f"{URL}?menu=7&page=2"


FUNCTIONS = {
    "the whole address": (
        "function goPage(n) {{ location.href = '/board/news/list.do?bbsId=B07&cp=' + n; }}",
        f"{URL}?bbsId=B07&cp=2",
    ),
    "an address with more behind": (
        'var goPage = function (no) {{ window.location = "?nowp=" + no + "&bbsId=B07"; }}',
        f"{URL}?bbsId=B07&nowp=2",
    ),
    "a form's field and its action": (
        "function goPage(no){{ document.frm.myPageNo.value = no; document.frm.action = '/board/all.do';"
        "document.frm.submit(); }}",
        "https://office.example/board/all.do?bbsId=B07&myPageNo=2",
    ),
    "a field by its id": (
        "function goPage(no){{ $('#myPageNo').val(no);$('#frm').attr('action', '/board/all.do').submit(); }}",
        "https://office.example/board/all.do?bbsId=B07&myPageNo=2",
    ),
}


@pytest.mark.parametrize(("function", "address"), FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_function_that_is_printed_says_where_it_leads(function: str, address: str) -> None:
    script = f"<script>function other(x) {{}}\n{function.replace('{{', '{').replace('}}', '}')}</script>"
    pager = form("myPageNo", action="/board/news/view.do") + calls(HOW["an address of a script"])
    assert following(pager, head=script) == address


NONE = {
    "more, without an address": form() + '<a href="#" onclick="more(2)">더보기</a>',
    "numbers that open posts": form()
    + '<a href="javascript:fnView(2)">2</a><a href="javascript:fnView(4815)">둑길</a>',
    "numbers that are no pages": form() + '<a href="javascript:fnView(4815)">2</a>',
    "no place for the number": calls(HOW["of K2Web"]),
    "a form that leads to another site": form(action="https://other.example/list.do")
    + calls(HOW["of K2Web"]),
    "a form that does something else": form(action="/board/news/delete.do") + calls(HOW["of K2Web"]),
    "an address of another site": "<script>function goPage(n){location.href='https://other.example/?p='+n}</script>"
    + calls(HOW["an address of a script"]),
    "numbers back alone": form(value="5") + calls(HOW["of K2Web"], here=5),
}


@pytest.mark.parametrize("pager", NONE.values(), ids=NONE)
def test_what_leads_nowhere_that_can_be_told(pager: str) -> None:
    assert following(pager) is None


def test_nothing_of_a_session_is_sent() -> None:
    address = following(form() + calls(HOW["of K2Web"]))
    assert address is not None
    assert "s3cret" not in address


OFFSETS = "".join(
    f'<a href="?mode=list&amp;&amp;articleLimit=10&amp;article.offset={10 * n}">{n + 1}</a>' for n in range(4)
)


@pytest.mark.parametrize(
    ("query", "offset"),
    [
        ("", 10),
        ("?mode=list&articleLimit=10&article.offset=0", 10),
        ("?mode=list&articleLimit=10&article.offset=20", 30),
    ],
)
def test_a_pager_may_count_rows(query: str, offset: int) -> None:
    address = following(OFFSETS, url=f"https://univ.example/news/notice.do{query}")
    assert address is not None
    assert address.endswith(f"article.offset={offset}")
    assert address.startswith("https://univ.example/news/notice.do?mode=list&")


def test_a_pager_that_counts_rows_ends() -> None:
    url = "https://univ.example/news/notice.do?mode=list&articleLimit=10&article.offset=30"
    assert following(OFFSETS, url=url) is None
    assert following('<a href="/news/other.do?offset=10">2</a>', url=url.partition("?")[0]) is None


def test_a_pager_may_say_more_of_how_the_listing_is_shown() -> None:
    assert following('<a href="?mode=list&page=2">2</a>') == f"{URL}?mode=list&page=2"
    assert following('<a href="?cate=3&page=2">2</a>') is None


OPTIONS = "".join(f"<option value={n}>{n}</option>" for n in range(1, 6))
LINKS = "".join(f"<option value='{URL}?menu={{0}}&page={n}'>{n} / 5</option>" for n in range(1, 6))
SENT = (
    f"<form action=list.do><input type=hidden name=menu value=3><select name=page>{OPTIONS}</select></form>"
)
GO = "<script>function goPage(n) { location.href = '?menu=3&pageNo=' + n; }</script>"
MENUS = [
    (SENT, "menu=3", "menu=3&page=2"),
    (SENT, "menu=3&page=4", "menu=3&page=5"),
    (SENT, "menu=3&page=5", None),
    (f"<select onchange='location.href=this.value'>{LINKS.format(3)}</select>", "menu=3", "menu=3&page=2"),
    (f"<select onchange='location.href=this.value'>{LINKS.format(4)}</select>", "menu=3", None),
    (f"{GO}<select onchange='goPage(this.value)'>{OPTIONS}</select>", "menu=3", "menu=3&pageNo=2"),
    ("<form><select name=pageSize><option>10</option><option>20</option></select></form>", "menu=3", None),
    (
        f"{GO}<select onchange='goYear(this.value)'><option>2026</option><option>2025</option></select>",
        "",
        None,
    ),
]


@pytest.mark.parametrize(("menu", "query", "next_query"), MENUS)
def test_a_menu_of_numbers(menu: str, query: str, next_query: str | None) -> None:
    found = following(menu, url=f"{URL}?{query}")
    assert found == (next_query and f"{URL}?{next_query}")
