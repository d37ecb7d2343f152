"""Notices that no word tells: by a sign, an icon, or the number that they lack."""

from __future__ import annotations

import pytest
from town_news import NOW, TITLES

from newsbot.items import Listing
from newsbot.pages.document import parse_document
from newsbot.pages.reading import read_page

URL = "https://naru.example/news"
HEADER = "<tr><th>번호</th><th>제목</th><th>글쓴이</th><th>날짜</th></tr>"
NUMBERED = "".join(
    f"<tr><td>{40 - n}</td><td><a href='/news/{900 - n}'>{title}</a></td><td>샛강지기</td>"
    f"<td>2026.03.0{n}</td></tr>"
    for n, title in enumerate(reversed(TITLES), 1)
)


def notices(first: str, url: str = URL, title: str = "게시판 이용 안내", row: str = "") -> list[str]:
    above = (
        f"<tr class='{row}'><td class='no'>{first}</td><td><a href='/news/12'>{title}</a></td>"
        "<td>나루지기</td><td>2025.01.02</td></tr>"
    )
    source = f"<html><body><table>{HEADER}{above}{NUMBERED}</table></body></html>"
    listing = read_page(parse_document(source, url, fetched=NOW), "listing")
    assert isinstance(listing, Listing)
    assert len(listing.headlines) == len(TITLES) + 1
    return [headline.title for headline in listing.headlines if headline.notice]


@pytest.mark.parametrize(
    "first",
    [
        "★",
        "📌",
        "<i class='fa fa-bullhorn'></i>",
        "<span class='ico-noti'></span>",
        "<svg><use href='/icons.svg#pin'/></svg>",
        "<img src='/img/ico_noti.gif'>",
        "<img src='/img/bullet.gif'>",
        "",
    ],
)
def test_a_row_above_the_numbered_ones_is_a_notice(first: str) -> None:
    assert notices(first) == ["게시판 이용 안내"]


@pytest.mark.parametrize("mark", ["»", "▶", "<img src='/img/now.gif'>", ""])
def test_the_post_that_is_being_read_is_no_notice(mark: str) -> None:
    assert notices(mark, f"{URL}/12?page=3") == []


def test_an_answer_at_the_top_of_a_page_is_no_notice() -> None:
    assert notices("", title="Re: 게시판 이용 안내") == []


def test_a_list_without_numbers_has_no_notices_by_that() -> None:
    rows = NUMBERED
    for n in range(1, len(TITLES) + 1):
        rows = rows.replace(f"<td>{40 - n}</td>", "<td></td>")
    source = f"<html><body><table>{HEADER}{rows}</table></body></html>"
    listing = read_page(parse_document(source, URL, fetched=NOW), "listing")
    assert isinstance(listing, Listing)
    assert not any(headline.notice for headline in listing.headlines)


@pytest.mark.parametrize(
    ("row", "icon", "expected"),
    [
        ("pinned", "", ["게시판 이용 안내"]),
        ("", "<i class='fa fa-thumbtack'></i>", ["게시판 이용 안내"]),
        ("", "<i class='fa fa-pinterest'></i>", []),
    ],
)
def test_a_pin_in_a_list(row: str, icon: str, expected: list[str]) -> None:
    pinned = f"<li class='{row}'>{icon}<a href='/news/12'>게시판 이용 안내</a><span>2025.01.02</span></li>"
    rows = "".join(
        f"<li><a href='/news/{900 - n}'>{title}</a><span>2026.03.0{n}</span></li>"
        for n, title in enumerate(reversed(TITLES), 1)
    )
    source = f"<html><body><ul>{pinned}{rows}</ul></body></html>"
    listing = read_page(parse_document(source, URL, fetched=NOW), "listing")
    assert isinstance(listing, Listing)
    assert [headline.title for headline in listing.headlines if headline.notice] == expected
