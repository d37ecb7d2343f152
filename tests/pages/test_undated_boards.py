"""Boards of an older day: rows without a header or a date, galleries of cells, a first post shown large."""

from __future__ import annotations

import pytest
from town_news import NOW, TITLES

from newsbot.errors import NotAListing
from newsbot.items import Listing
from newsbot.pages.document import parse_document
from newsbot.pages.listing import read_listing

BOARD = "http://maeul.example/bbs/zboard.php?id=town"
STATE = "&page=1&divpage=1&category=&sn=off&ss=on&keyword=&select_arrange=headnum&desc=asc"


def read(inside: str, url: str = BOARD) -> Listing:
    page = f"<html><head><title>나루마을</title></head><body><a href='/'>처음</a>{inside}</body></html>"
    return read_listing(parse_document(page, url, fetched=NOW))


def ids(listing: Listing) -> list[str]:
    return [headline.document_id.rpartition("/")[2] for headline in listing.headlines]


def view(number: int, board: str = "town", state: str = STATE) -> str:
    return f"view.php?id={board}{state}&no={number}"


def row(number: int, title: str, first: str | None = None) -> str:
    label = first if first is not None else f"<b>{number}</b>"
    return (
        f"<tr><td>{label}</td><td><img src='skin/old_head.gif'> <a href='{view(number)}'>{title}</a></td>"
        "<td></td></tr><tr><td colspan=3><img src='t.gif'></td></tr>"
    )


def numbered(titles: list[str]) -> list[tuple[int, str]]:
    return [(31 - n, title) for n, title in enumerate(titles)]


def test_rows_without_a_header_or_dates_are_told_by_where_their_links_lead() -> None:
    rows = "".join(row(number, title) for number, title in numbered(TITLES))
    beside = "".join(
        f"<tr><td><a href='{view(n, 'free')}'>점심 이야기 {n}</a></td></tr>" for n in (4, 3, 2, 1)
    )
    listing = read(f"<table>{beside}</table><table>{rows}</table><a href='write.php?id=town'>글쓰기</a>")
    assert [h.title for h in listing.headlines] == TITLES
    assert [(h.document_id, h.number) for h in listing.headlines] == [
        ("31", "31"),
        ("30", "30"),
        ("29", "29"),
    ]
    assert listing.headlines[0].url.startswith("http://maeul.example/bbs/view.php?id=town&")


@pytest.mark.parametrize(
    ("listing", "post"),
    [
        ("/board/list.do?menu=4", "/board/view.do?menu=4&seq={n}"),
        ("/notice/list.html", "/notice/read.html?seq={n}"),
        ("/notice", "/notice/{n}"),
        ("/notice", "/notice?mode=view&no={n}"),
        ("/notice?mode=list", "/notice?mode=view&no={n}"),
    ],
)
def test_the_address_of_a_listing_names_the_place_of_its_posts(listing: str, post: str) -> None:
    rows = "".join(
        f"<li><a href='{post.format(n=number)}'>{title}</a></li>" for number, title in numbered(TITLES)
    )
    found = read(f"<ul>{rows}</ul>", f"https://naru.example{listing}")
    assert ids(found) == ["31", "30", "29"]


@pytest.mark.parametrize(
    "url",
    [
        "http://maeul.example/",  # links of one form, but the address is not that of a board
        "http://maeul.example/bbs/zboard.php?id=free",  # another board's
        "http://maeul.example/bbs/view.php?id=town&no=30",  # a post, and its neighbours
    ],
)
def test_links_of_one_form_are_no_listing_of_another_address(url: str) -> None:
    rows = "".join(row(number, title) for number, title in numbered(TITLES)).replace(
        "view.php", "/bbs/view.php"
    )
    with pytest.raises(NotAListing):
        read(f"<table>{rows}</table>", url)


def test_a_gallery_of_table_cells_goes_from_row_to_row() -> None:
    cells = [
        f"<td><table><tr><td><a href='{view(n, state='&&sn=off')}'><img src='{n}.jpg'></a></td></tr>"
        f"<tr><td><a href='{view(n, state='&sn=off')}'>{title}</a></td></tr>"
        f"<tr><td><span onmousedown=\"ZB_layerAction('l{n}','visible')\">샛강지기</span>{{}}</td></tr>"
        "</table></td>"
        for n, title in numbered([*TITLES, "포구에 새 등대", "둑길 벚나무", "나루터 셋째 배"])
    ]
    for date in ("", "<div>2026-02-28 14:32</div>"):
        rows = "".join(f"<tr>{a}{b}{c}</tr>".format(date, date, date) for a, b, c in (cells[:3], cells[3:]))
        listing = read(f"<table>{rows}</table>")
        assert ids(listing) == ["31", "30", "29", "28", "27", "26"]
        assert {h.poster for h in listing.headlines} == {"샛강지기"}


@pytest.mark.parametrize("picture", ["<img src='/a/31.jpg'>", ""])
def test_the_first_post_may_stand_large_above_the_others(picture: str) -> None:
    (first, second, third) = TITLES
    large = (
        f"<div class='top'><a href='/magazine/31'>{picture}</a><h2><a href='/magazine/31'>{first}</a></h2>"
        "<p>낡은 난간을 걷어 내고 너른 나무 길을 낸다.</p><span>2026.03.02</span></div>"
    )
    rows = "".join(
        f"<li><a href='/magazine/{number}'>{title}</a><span>2026.03.0{number - 28}</span></li>"
        for number, title in ((30, second), (29, third), (28, "포구에 새 등대"))
    )
    for inside in (f"{large}<ul>{rows}</ul>", f"<div>{large}</div><div><ul>{rows}</ul></div>"):
        listing = read(inside, "https://naru.example/magazine")
        assert ids(listing) == ["31", "30", "29", "28"]
        assert (listing.headlines[0].title, listing.headlines[0].date_raw) == (first, "2026.03.02")


def test_several_posts_may_stand_large_above_the_others() -> None:
    cards = "".join(
        f"<div class='top'><a href='/magazine/{n}'><img src='/a/{n}.jpg'><strong class='tit'>{title}</strong>"
        "<span>2026.03.02</span></a></div>"
        for n, title in numbered(TITLES)
    )
    rows = "".join(
        f"<li><a href='/magazine/{n}'>{title}</a><span>2026.03.01</span></li>"
        for n, title in (
            (28, "포구에 새 등대"),
            (27, "둑길 벚나무"),
            (26, "나루터 셋째 배"),
            (25, "오리 소식지"),
        )
    )
    listing = read(f"<div>{cards}<ul>{rows}</ul></div>", "https://naru.example/magazine")
    assert ids(listing) == ["31", "30", "29", "28", "27", "26", "25"]


def test_what_stands_above_a_list_and_leads_to_several_posts_or_elsewhere_is_no_first_post() -> None:
    rows = "".join(
        f"<li><a href='/magazine/{n}'>{title}</a><span>2026.03.0{n - 28}</span></li>"
        for n, title in numbered(TITLES)
    )
    for above in (
        "<a href='/shop/31'>나루 가게</a>",
        "<a href='/magazine/3'>셋</a><a href='/magazine/4'>넷</a>",
    ):
        listing = read(f"<div>{above}</div><ul>{rows}</ul>", "https://naru.example/magazine")
        assert ids(listing) == ["31", "30", "29"]


HEADER = (
    "<tr><td><img src='skin/t01.gif'></td><td><img src='t.gif'><img src='skin/h_subject.gif'></td>"
    "<td><img src='skin/h_name.gif'></td><td><img src='skin/h_date.gif'></td></tr>"
)


@pytest.mark.parametrize(
    ("first", "is_notice"),
    [("<img src='skin/notice_head.gif'>", True), ("<img src='skin/notice12.gif'>", True), ("NOTICE", True),
     ("34", False)],
)  # fmt: skip
def test_numbers_below_a_header_that_is_a_picture_without_words(first: str, is_notice: bool) -> None:
    rows = "".join(
        f"<tr><td>{label}</td><td><a href='{view(number)}'>{title}</a></td><td>샛강지기</td>"
        "<td>2026/03/01</td></tr>"
        for label, (number, title) in zip((first, "30", "29"), numbered(TITLES), strict=True)
    )
    listing = read(f"<table>{HEADER}{rows}</table>")
    assert [h.notice for h in listing.headlines] == [is_notice, False, False]
    assert [h.number for h in listing.headlines] == [None if is_notice else "34", "30", "29"]
    assert {(h.poster, h.date_raw) for h in listing.headlines} == {("샛강지기", "2026/03/01")}


def test_a_column_in_which_notices_have_numbers_too_holds_no_ranks() -> None:
    header = HEADER.replace("t01.gif", "x.gif")
    rows = "".join(
        f"<tr class='{names}'><td>{number}</td><td><a href='{view(number)}'>{title}</a></td><td>샛강지기</td>"
        "<td>2026/03/01</td></tr>"
        for names, (number, title) in zip(("notice", "", ""), numbered(TITLES), strict=True)
    )
    listing = read(f"<table>{header}{rows}</table>")
    assert [(h.notice, h.number) for h in listing.headlines] == [(True, None), (False, None), (False, None)]
