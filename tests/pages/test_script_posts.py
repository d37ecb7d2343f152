"""Rows that a script opens: where it leads is read off the page, else the row is said to have no address."""

import pytest

from newsbot.items import Listing
from newsbot.pages.document import parse_document
from newsbot.pages.listing import read_listing

URL = "https://office.example/board/news/list.do?menu=3"
FORM = """<form name="frm" method="post" action="/board/news/list.do">
<input type="hidden" name="bbsId" value="">
<input type="hidden" name="nttId" id="nttId"><input type="hidden" name="_csrf" value="s3cret"></form>"""
FILLS = "document.frm.bbsId.value = bbs; document.frm.nttId.value = no;"


def table(link: str, around: str = "") -> Listing:
    rows = "".join(
        f"<tr><td>{n}</td><td>{link.format(n=n + 900)}</td><td>2026-03-0{n}</td></tr>" for n in (5, 4, 3)
    )
    head = "<tr><th>번호</th><th>제목</th><th>날짜</th></tr>"
    page = f"<html><head><title>목록</title></head><body>{around}<table>{head}{rows}</table></body></html>"
    return read_listing(parse_document(page, URL))


LED = {
    "an address in the call": (
        """<a href="#" onclick="location.href='/news/view.do?nttId={n}'">둑길 소식 {n}</a>""", "",
        "/news/view.do?nttId=905",
    ),
    "a window of its own": (
        """<a href="javascript:window.open('/news/view.do?nttId={n}','w')">둑길 소식 {n}</a>""", "",
        "/news/view.do?nttId=905",
    ),
    "a cell that is clicked": (
        """<span onclick="location.href='view.do?nttId={n}'">둑길 소식 {n}</span>""", "",
        "/board/news/view.do?nttId=905",
    ),
    "a function that writes an address": (
        """<a href="javascript:goView('{n}')">둑길 소식 {n}</a>""",
        "<script>function goView(no) { location.href = 'view.do?menu=3&nttId=' + no + '&mode=v'; }</script>",
        "/board/news/view.do?menu=3&nttId=905&mode=v",
    ),
    "an arrow": (
        """<a href="#none" onclick="view({n})">둑길 소식 {n}</a>""",
        "<script>const view = (id) => { location.href = `/news/${id}?menu=3`; };</script>",
        "/news/905?menu=3",
    ),
    "a form that the function fills": (
        """<a href="#" onclick="fn_view('B07', {n}); return false;">둑길 소식 {n}</a>""",
        f"<script>function fn_view(bbs, no) {{ {FILLS} document.frm.action = 'view.do'; frm.submit(); }}"
        f"</script>{FORM}",
        "/board/news/view.do?bbsId=B07&nttId=905",
    ),
    "a form that jQuery fills": (
        """<a href="#" onclick="view({n})">둑길 소식 {n}</a>""",
        "<script>var view = function (n) { $('#nttId').val(n); $('#f').attr('action', 'view.do').submit(); };"
        f"</script>{FORM}",
        "/board/news/view.do?nttId=905",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("link", "around", "place"), LED.values(), ids=LED)
def test_where_a_script_leads(link: str, around: str, place: str) -> None:
    listing = table(link, around)
    assert listing.headlines[0].url == f"https://office.example{place}"
    assert [headline.title for headline in listing.headlines] == [f"둑길 소식 {n}" for n in (905, 904, 903)]
    assert listing.warnings == ()


UNTOLD = {
    "a function that is not printed": "",
    "a name that is not known": "<script>function view(id) { location.href = base + id; }</script>",
    "another host": "<script>function view(id) { location.href = '//ads.example/?id=' + id; }</script>",
    "a form of something else": "<script>function view(id) { document.frm.mode.value = 'v'; }</script>"
    + FORM,
}


@pytest.mark.parametrize("around", UNTOLD.values(), ids=UNTOLD)
def test_a_row_whose_script_says_nothing_has_no_address_and_that_is_said(around: str) -> None:
    listing = table("""<a href="#" onclick="view({n})">둑길 소식 {n}</a>""", around)
    assert [headline.url for headline in listing.headlines] == [f"{URL}#{n}" for n in (905, 904, 903)]
    [warning] = listing.warnings
    assert warning.startswith("3 rows have no address")


def test_rows_of_a_list() -> None:
    rows = "".join(
        f"""<li><a href="#" onclick="view({n})">둑길 소식 {n}</a><span>2026-03-0{n}</span></li>"""
        for n in (5, 4, 3)
    )
    script = "<script>function view(id) { location.href = '/news/view?id=' + id; }</script>"
    page = f"<html><body>{script}<ul>{rows}</ul></body></html>"
    listing = read_listing(parse_document(page, URL))
    assert [headline.url.rpartition("=")[2] for headline in listing.headlines] == ["5", "4", "3"]
