"""The traps of listings: what a row may hold besides its headline, and what a pager may promise."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsbot.errors import NotAListing
from newsbot.items import Headline, Listing, Timestamp
from newsbot.korean.dates import KST
from newsbot.pages.document import parse_document
from newsbot.pages.listing import read_listing

NOW = datetime(2026, 3, 5, 18, 0, tzinfo=KST)
URL = "http://board.example/list.php?tbl=news"
HEADER = "<tr><th>번호</th><th>제목</th><th>글쓴이</th><th>날짜</th></tr>"


def row(title: str, number: str = "7", date: str = "2026.03.05") -> str:
    return f"<tr><td>{number}</td><td>{title}</td><td>샛강</td><td>{date}</td></tr>"


def listing(*rows: str, after: str = "", url: str = URL, above: Timestamp | None = None) -> Listing:
    page = f"<html><body><table>{HEADER}{''.join(rows)}</table>{after}</body></html>"
    return read_listing(parse_document(page, url, fetched=NOW), above=above)


def only(*rows: str) -> Headline:
    (headline,) = listing(*rows).headlines
    return headline


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ('<a href="read.php?no=5">둑길 공사 [3]</a>', "둑길 공사 [3]"),
        ('<a href="read.php?no=5">장터 › 골목</a>', "장터 › 골목"),
        ('<a href="read.php?no=5"><span style="color:#c00">둑</span>길 <b>공사</b></a>', "둑길 공사"),
        ('<a href="read.php?no=5">&amp;lt;둑길&amp;gt; 공사</a>', "&lt;둑길&gt; 공사"),
        ('<a href="read.php?no=5">\u202e둑길\u202c\x08 공사\u200b\ufeff</a>', "둑길 공사"),
        ('<a href="read.php?no=5">둑길\n\t  공사&nbsp;</a>', "둑길 공사"),
        ('<a href="read.php?no=5">둑길 공사 <span class="cnt_cmt">12</span></a>', "둑길 공사"),
        ('<a href="read.php?no=5">둑길 공사 <em class="reply_num">[12]</em></a>', "둑길 공사"),
        ('<a href="read.php?no=5#c">[12]</a> <a href="read.php?no=5">둑길 공사</a>', "둑길 공사"),
        ('<a href="list.php?category=2">정치 경제 사회</a> <a href="read.php?no=5">둑길</a>', "둑길"),
        ('<a href="read.php?no=5"><img src="t.jpg"></a><a href="read.php?no=5">둑길 공사</a>', "둑길 공사"),
        ('<a href="javascript:top()">위로 올라가기</a> <a href="read.php?no=5">둑길</a>', "둑길"),
        ('<a href="read.php?no=5"><span class="sound_only">새글</span>둑길 공사</a>', "둑길 공사"),
        ('<a href="read.php?no=5">3</a>', "3"),
    ],
)
def test_a_title_is_what_is_printed_without_what_stands_beside_it(cell: str, title: str) -> None:
    headline = only(row(cell))
    assert (headline.title, headline.document_id) == (title, "5")


@pytest.mark.parametrize(
    ("beside", "comments"),
    [
        ("", None),
        ('<a class="replyNum" href="read.php?no=5#c">3</a>', 3),
        ("<font size=1>(14)</font>", 14),
        ('<span class="cmt">+1,204</span>', 1204),
        ("<b>새소식</b>", None),
        ('<span class="comment_count"></span><i>[2]</i>', 2),
    ],
)
def test_comments_are_counted_beside_a_title(beside: str, comments: int | None) -> None:
    assert only(row(f'<a href="read.php?no=5">둑길 공사</a> {beside}')).comments == comments


@pytest.mark.parametrize(
    ("icon", "flags"),
    [
        ('<img src="i.gif" alt="secret">', ("secret",)),
        ('<img src="i.gif" alt="new"><img src="f.gif" alt="file">', ("new", "file")),
        ('<i class="fa fa-lock"></i>', ("secret",)),
        ('<span class="ico file-y">1</span>', ("file",)),
        ('<span class="file-n">0</span>', ()),
        ('<img src="i.gif" alt="둑길 사진">', ()),
    ],
)
def test_icons_are_flags(icon: str, flags: tuple[str, ...]) -> None:
    assert only(row(f'<a href="read.php?no=5">둑길 공사</a> {icon}')).flags == flags


@pytest.mark.parametrize("number", ["공지", "[공지]", " 전체공지 ", "필독", "알림", "Notice"])
def test_a_word_in_place_of_a_number_makes_a_notice(number: str) -> None:
    headline = only(row('<a href="read.php?no=5">이용 안내</a>', number=number))
    assert (headline.notice, headline.number, headline.flags) == (True, None, ("notice",))


def test_a_post_being_read_has_no_number_and_is_no_notice() -> None:
    headline = only(row('<a href="read.php?no=5">둑길</a>', number="»"))
    assert (headline.notice, headline.number) == (False, None)


def test_a_row_that_leads_to_another_host_is_no_row() -> None:
    rows = (row('<a href="http://shop.example/9">봄맞이 할인</a>'), row('<a href="read.php?no=5">둑길</a>'))
    assert only(*rows).title == "둑길"


def test_rows_of_a_saved_page_without_an_address_may_be_of_any_one_host() -> None:
    rows = [row(f'<a href="http://board.example/read.php?no={n}">둑길 {n}</a>') for n in (5, 4)]
    found = listing(*rows, url="file:///home/desk/saved.html")
    assert [headline.url for headline in found.headlines] == [
        "http://board.example/read.php?no=5",
        "http://board.example/read.php?no=4",
    ]


def test_the_same_post_under_two_links_is_one_headline() -> None:
    found = listing(
        row('<a href="read.php?no=5&page=1">둑길</a>'),
        row('<a href="read.php?no=4&page=1">나루</a>'),
        row('<a href="read.php?no=5&page=2">둑길</a>'),
    )
    assert [headline.document_id for headline in found.headlines] == ["5", "4"]


def test_yearless_dates_go_on_under_the_page_before() -> None:
    above = Timestamp(value=datetime(2025, 2, 3, tzinfo=KST), precision="day", raw="02-03")
    rows = [
        row(f'<a href="read.php?no={n}">둑길 {n}</a>', date=date) for n, date in ((5, "01-30"), (4, "12-24"))
    ]
    days = [f"{headline.date_listed:%Y-%m-%d}" for headline in listing(*rows, above=above).headlines]
    assert days == ["2025-01-30", "2024-12-24"]
    days = [f"{headline.date_listed:%Y-%m-%d}" for headline in listing(*rows).headlines]
    assert days == ["2026-01-30", "2025-12-24"]


ENDLESS = '<div class="pn"><strong>5 / 5</strong><a href="list.php?tbl=news&page=6">다음</a></div>'
ROWS = (row('<a href="read.php?no=5&page=3">둑길</a>'), row('<a href="read.php?no=4&page=9">나루</a>'))


@pytest.mark.parametrize(
    ("url", "pager", "following"),
    [
        (URL, "", None),
        (URL, '<a href="list.php?tbl=news&page=2">2</a>', f"{URL}&page=2"),
        (f"{URL}&page=2", '<a href="list.php?tbl=news&page=1">이전</a>', None),
        (f"{URL}&page=2", '<a href="list.php?tbl=news&page=3">다음</a>', f"{URL}&page=3"),
        (f"{URL}&page=2", '<a href="list.php?tbl=news&page=11">다음</a>', f"{URL}&page=3"),
        (URL, '<a href="list.php?tbl=free&page=2">다른 게시판</a>', None),
        (f"{URL}&page=4", ENDLESS, f"{URL}&page=5"),
        (f"{URL}&page=5", ENDLESS, None),
        (URL, '<a href="list.php?tbl=news&Page=2">2</a>', f"{URL}&Page=2"),
        ("http://board.example/local/all", '<a href="/local/all/2">2</a>', "http://board.example/local/all/2"),
        ("http://board.example/local/all/2", '<a href="/local/all/3">3</a>', "http://board.example/local/all/3"),
        ("http://board.example/local", '<link rel="next" href="/local?from=20">', "http://board.example/local?from=20"),
        (URL, '<a href="list.php?tbl=news&page=99999999999">9</a>', None),
    ],
)  # fmt: skip
def test_the_next_page_is_where_the_pager_numbers_one(url: str, pager: str, following: str | None) -> None:
    assert listing(*ROWS, after=pager, url=url).next_page == following


def test_an_empty_table_is_the_end_whatever_its_pager_says() -> None:
    pager = '<a href="list.php?tbl=news&page=8">다음</a>'
    found = listing("<tr><td colspan=4>등록된 글이 없습니다.</td></tr>", after=pager, url=f"{URL}&page=7")
    assert (found.headlines, found.next_page) == ((), None)


@pytest.mark.parametrize(
    ("source", "status", "said"),
    [
        ("", 200, "an empty page"),
        ("%PDF-1.4 …", 200, "a PDF file"),
        ("\ufffd" * 80, 200, "a binary file"),
        ("서버가 바쁩니다", 200, "plain text: “서버가 바쁩니다”"),
        ("<rss><channel></channel></rss>", 200, "a feed or another XML file"),
        ("<p>로그인이 필요합니다</p>", 200, "a login page"),
        ("<form><input type=password></form>", 401, "a login page"),
        ("<h1>Not Found</h1>", 404, "an error page (status 404)"),
        ("<b>Warning</b>: mysql_connect()", 200, "an error page that says “Warning: mysql_connect()”"),
        ("<p>자동등록방지 숫자를 넣으세요</p>", 200, "a check for robots"),
        ("<title>Just a moment...</title><script>_cf_chl_opt = {}</script>", 503, "a check for robots"),
        ("<script>document.cookie = 'a=1'; location.reload()</script>", 200, "a check for robots"),
        (f"<p>{'차례 ' * 900}</p><p>홈페이지 점검 중</p>", 503, "an error page (status 503)"),
        (
            "<p>회원</p><p>시스템 점검 안내</p>" + "<!-- -->" * 900,
            200,
            "an error page that says “시스템 점검 안내”",
        ),
        ("<html><head><title>샛강</title><link", 200, "a page cut short"),
        ("<html><body><p>차례</p><div><table><tr>", 200, "a page cut short"),
        ("<title>샛강</title><p>글</p>", 200, "a page titled “샛강”"),
        ("<p>글</p>", 200, "a page that says “글”"),
        ("<div></div>", 200, "a page without text"),
    ],
)
def test_what_is_no_listing_says_what_it_is(source: str, status: int, said: str) -> None:
    with pytest.raises(NotAListing) as refusal:
        read_listing(parse_document(source, URL, status=status))
    assert str(refusal.value) == f"no listing on {URL}: it is {said}"


def test_a_listing_cut_short_is_a_failure_and_never_the_end() -> None:
    page = f"<html><body><table>{HEADER}{row('<a href=read.php?no=5>둑길</a>')}"
    with pytest.raises(NotAListing, match="in the middle of the page"):
        read_listing(parse_document(page, URL))


def test_a_page_that_never_closes_its_body_is_not_cut() -> None:
    page = f"<html><body><table>{HEADER}{row('<a href=read.php?no=5>둑길</a>')}</table>"
    assert len(read_listing(parse_document(page, URL)).headlines) == 1


def test_a_menu_is_no_listing() -> None:
    items = "".join(f'<li><a href="/part/{n}">마을 이야기 {n}번째 묶음</a></li>' for n in range(9))
    with pytest.raises(NotAListing):
        read_listing(parse_document(f"<html><body><ul>{items}</ul></body></html>", URL))


def test_an_empty_gallery_is_a_listing_with_nothing_in_it() -> None:
    page = """<html><head><script>var g5_url = "https://gallery.example";</script></head><body>
    <h2>사진</h2>
    <div id="bo_gall"><ul id="gall_ul"><li class="empty_list">게시물이 없습니다.</li></ul></div></body>
    </html>"""
    found = read_listing(parse_document(page, "https://gallery.example/photo?page=9"))
    assert (found.engine, found.headlines, found.next_page) == ("gnuboard", (), None)


@pytest.mark.parametrize(
    ("line", "date", "day", "poster"),
    [
        ("노을빛 기자 · 2026.03.0{}", "2026.03.05", "2026-03-05", "노을빛 기자"),
        ("2026.03.0{} | 이가람 인턴기자", "2026.03.05", "2026-03-05", "이가람 인턴기자"),
        ("March {}, 2026", "March 5, 2026", "2026-03-05", None),
        ("By Noh Eul-bit | Mar {}, 2026 7:30 PM", "Mar 5, 2026 7:30 PM", "2026-03-05", "By Noh Eul-bit"),
    ],
)
def test_a_row_s_line_of_date_and_reporter(line: str, date: str, day: str, poster: str | None) -> None:
    cards = "".join(
        f"<li><a href=/n/10{n}>둑길 소식 {n}호</a><p>{line.format(n)}</p></li>" for n in (5, 4, 3)
    )
    first = read_listing(parse_document(f"<html><body><ul>{cards}</ul></body></html>", URL)).headlines[0]
    assert (first.date_raw, first.poster) == (date, poster)
    assert first.date_listed is not None
    assert f"{first.date_listed:%Y-%m-%d}" == day


def _plain(place: str) -> str:
    rows = "".join(f"<tr><td>{n}</td><td><a href='{place}{n}'>둑길 {n}</a></td></tr>" for n in (9, 8, 7))
    return f"<table><tr><th>번호</th><th>제목</th></tr>{rows}</table>"


def test_rows_that_lead_elsewhere_are_left_out_and_that_is_said() -> None:
    page = parse_document(_plain("https://other.example/view?no="), "https://board.example/news")
    listing = read_listing(page)
    assert listing.headlines == ()
    assert listing.warnings == ("3 rows lead to no post of this site, and are left out",)


def test_a_listing_without_an_address_is_refused_where_its_links_need_one() -> None:
    with pytest.raises(NotAListing, match=r"a listing of 3 rows .* its own address is missing"):
        read_listing(parse_document(_plain("view?no="), ""))
