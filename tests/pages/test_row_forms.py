"""Rows and posts that are put together in ways of their own: plain boards, cards, old tables."""

from __future__ import annotations

import pytest
from town_news import HEADLINE, NOW, PARAGRAPHS, TEXT, TITLES

from newsbot.items import Article, Listing
from newsbot.pages.document import parse_document
from newsbot.pages.reading import PageKind, read_page


def plain(inside: str, url: str, kind: PageKind = "listing") -> Article | Listing:
    source = (
        f"<html><head><title>{HEADLINE} - 나루시</title></head><body><h3>공지사항</h3>{inside}</body></html>"
    )
    return read_page(parse_document(source, url, fetched=NOW), kind)


def rows_of(inside: str) -> list[tuple[str, str | None, str | None, bool]]:
    listing = plain(inside, "https://city.example/list.do?bbsId=B1")
    assert isinstance(listing, Listing)
    return [(row.title, row.poster, row.date_raw, row.notice) for row in listing.headlines]


WANTED = [(title, "샛강지기", f"2026-03-0{n}", False) for n, title in enumerate(TITLES, 1)]


def test_a_row_may_be_a_form_whose_button_is_the_headline() -> None:
    rows = "".join(
        f'<tr><td>{n}</td><td><form action="/view.do" method="post">'
        '<input type="hidden" name="bbsId" value="B1">'
        f'<input type="hidden" name="nttId" value="{n}"><input type="submit" value="{title}"></form></td>'
        f"<td>샛강지기</td><td>2026-03-0{n}</td></tr>"
        for n, title in enumerate(TITLES, 1)
    )
    header = "<tr><th>번호</th><th>제목</th><th>작성자</th><th>작성일</th></tr>"
    inside = f"<table>{header}{rows}</table>"
    assert rows_of(inside) == WANTED
    listing = plain(inside, "https://city.example/list.do?bbsId=B1")
    assert isinstance(listing, Listing)
    assert [row.document_id for row in listing.headlines] == ["1", "2", "3"]
    assert listing.headlines[0].url == "https://city.example/view.do?bbsId=B1&nttId=1"


def test_rows_of_boxes_have_a_header_of_boxes() -> None:
    header = "<div><div>번호</div><div>제목</div><div>작성자</div><div>등록일</div></div>"
    rows = "".join(
        f'<div class="r"><div>{n}</div><div><a href="/view?no={n}">{title}</a></div><div>샛강지기</div>'
        f"<div>2026-03-0{n}</div></div>"
        for n, title in enumerate(TITLES, 1)
    )
    assert rows_of(f"<div>{header}{rows}</div>") == WANTED
    assert rows_of(f"<div>{header}<div>{rows}</div></div>") == WANTED


def test_a_row_may_say_who_posted_it_behind_a_label() -> None:
    rows = "".join(
        f'<dl><dt><a href="/view?no={n}">{title}</a></dt><dd><span>작성자 : 샛강지기</span>'
        f"<span>2026-03-0{n}</span></dd></dl>"
        for n, title in enumerate(TITLES, 1)
    )
    assert rows_of(rows) == WANTED


def test_the_bold_line_of_a_card_is_its_headline() -> None:
    rows = "".join(
        f'<li><a href="/view?no={n}"><p>소식</p><strong>{title} 하나둘</strong>'
        f"<p>낡은 난간을 걷어 내고 너른 나무 길을 낸다.</p><span>2026-03-0{n}</span></a></li>"
        for n, title in enumerate(TITLES, 1)
    )
    assert [row[0] for row in rows_of(f"<ul>{rows}</ul>")] == [f"{title} 하나둘" for title in TITLES]


def test_counts_and_flags_inside_the_block_that_a_link_holds() -> None:
    link = (
        '<a href="?mod=document&uid=7"><div class="cut"><span class="new-notify">New</span> 나루터 새 단장'
        ' <span class="comments-count">(5)</span></div></a>'
    )
    table = (
        "<table><tr><td>번호</td><td>제목</td><td>작성일</td></tr>"
        f"<tr><td>1</td><td>{link}</td><td>2026.03.04</td></tr></table>"
    )
    listing = plain(table, "https://naru.example/notice/")
    assert isinstance(listing, Listing)
    (headline,) = listing.headlines
    assert (headline.title, headline.comments, headline.flags) == ("나루터 새 단장", 5, ("new",))


@pytest.mark.parametrize(
    "info",
    [
        "<table><tr><td>글쓴이 : 샛강지기 &nbsp; 작성일 : 2026-03-04 &nbsp; 조회 : 100</td></tr></table>",
        "<div><div><div>작성자</div><div>샛강지기</div></div><div><div>작성일</div><div>2026-03-04</div></div></div>",
    ],
)
def test_several_labels_with_their_values(info: str) -> None:
    article = plain(
        f"<h4>{HEADLINE}</h4>{info}<div>{TEXT}</div>", "https://city.example/view?no=7", "article"
    )
    assert isinstance(article, Article)
    assert (article.provider, article.date_published_raw) == ("샛강지기", "2026-03-04")
    assert [block.text for block in article.body] == PARAGRAPHS


def test_a_public_body_s_terms_are_no_text() -> None:
    terms = '본 저작물은 "공공누리" 제1유형 출처표시 조건에 따라 이용할 수 있습니다.'
    asked = "<p>이 페이지에서 제공하는 정보에 만족하십니까?</p>"
    head = f"<h4>{HEADLINE}</h4><p>등록일 2026-03-04</p>"
    inside = f"<div>{head}<div>{TEXT}</div><div><p>{terms}</p>{asked}</div></div>"
    article = plain(inside, "https://city.example/view?no=7", "article")
    assert isinstance(article, Article)
    assert (article.headline, article.copyright_notice) == (HEADLINE, terms)
    assert [block.text for block in article.body] == PARAGRAPHS


def rhymix(rows: str) -> list[tuple[str, str | None, str | None]]:
    beside = "".join(
        f'<li><a href="/free/{n}">점심은 무엇을 먹을까요 {n}</a><i>2026.03.0{n}</i></li>' for n in (1, 2, 3)
    )
    head = '<head><meta content="Rhymix" name="generator"></head>'
    source = f"<html>{head}<body>{rows}<ul>{beside}</ul></body></html>"
    listing = read_page(parse_document(source, "https://naru.example/town", fetched=NOW), "listing")
    assert isinstance(listing, Listing)
    return [(row.title, row.poster, row.date_raw) for row in listing.headlines]


@pytest.mark.parametrize(
    ("row", "poster", "date"),
    [
        (
            '<h3>{title}</h3><div class="info"><span>Date<b>{date}</b></span><span>By<b>샛강지기</b></span>'
            '<span>Views<b>31</b></span></div><a href="{url}" class="fixed"></a>',
            "샛강지기",
            "2026.03.0{n}",
        ),
        (
            '<div><img src="/t.jpg"><a href="{url}"><span><b>{date}</b> by <b>샛강지기</b> Views '
            "<b>31</b></span></a></div><p><b>{title} 하나</b>"
            ' <a class="replyNum" href="{url}#comment">2</a></p>',
            "샛강지기",
            "2026.03.0{n}",
        ),
        (
            '<a href="{url}"><span><img src="/t.jpg"><span class="date">{date}</span></span>'
            "<em>{title}</em></a>",
            None,
            "2026.03.0{n}",
        ),
    ],
    ids=["web magazine", "gallery", "cloud"],
)
def test_rows_whose_link_lies_over_them(row: str, poster: str | None, date: str) -> None:
    made = [
        "<li>" + row.format(title=title, url=f"/town/{n}", date=f"2026.03.0{n}") + "</li>"
        for n, title in enumerate(TITLES, 1)
    ]
    one = " 하나" if "하나" in row else ""
    wanted = [(title + one, poster, date.format(n=n)) for n, title in enumerate(TITLES, 1)]
    assert rhymix(f"<ol>{''.join(made)}</ol>") == wanted


def test_rows_of_a_table_without_a_header_among_others_without_names() -> None:
    rows = "".join(
        f'<tr><td>{n}</td><td><a href="read.php?no={n}">{title}</a></td><td>2026/03/0{n}</td></tr>'
        for n, title in enumerate(TITLES, 1)
    )
    others = "".join(
        f'<table><tr><td><a href="{page}.php">{page} 쪽으로</a></td></tr></table>' for page in "abcdef"
    )
    page = f"<html><body>{others}<table>{rows}</table>{others}</body></html>"
    listing = read_page(parse_document(page, "http://old.example/list.php", fetched=NOW), "listing")
    assert isinstance(listing, Listing)
    assert [row.title for row in listing.headlines] == TITLES


BODY_OF_31 = f'<div class="document_31_7 xe_content">{TEXT}</div>'
LISTED = (
    "<table><tr><th>번호</th><th>제목</th><th>글쓴이</th><th>날짜</th></tr>"
    '<tr><td>1</td><td><a href="/town/30">앞 글</a></td><td>나루</td><td>2026.03.01</td></tr></table>'
)


@pytest.mark.parametrize(
    "head",
    [
        f"<h2><small>시장</small> <a href='/town/31'>{HEADLINE}</a></h2><ul class='list-inline'>"
        "<li><a class='member_7'>샛강지기</a></li><li>2026-03-04 07:30</li></ul>",
        f"<h4>{HEADLINE}</h4><p><b class='member_7'>샛강지기</b> <i>2026.03.04 07:30</i></p>",
        f"<table><tr><td>{HEADLINE}</td></tr><tr><td><b class='member_7'>샛강지기</b> | 2026.03.04 07:30"
        "</td></tr>"
        "</table>",
    ],
    ids=["bootstrap", "h4", "table"],
)
def test_a_post_of_rhymix_in_a_skin_of_another_kind(head: str) -> None:
    source = (
        f"<html><head><title>{HEADLINE} - 마을소식</title></head><body>"
        f"<h1><a href='/'>나루마을</a></h1>{head}"
        f"<div>{BODY_OF_31}</div>{LISTED}</body></html>"
    )
    article = read_page(parse_document(source, "https://naru.example/town/31", fetched=NOW))
    assert isinstance(article, Article)
    assert (article.headline, article.provider) == (HEADLINE, "샛강지기")
    assert str(article.date_published) == "2026-03-04 07:30:00+09:00"


def test_the_header_of_a_listing_names_nobody() -> None:
    head = f"<head><title>{HEADLINE}</title></head>"
    source = f"<html>{head}<body><h2>{HEADLINE}</h2>{BODY_OF_31}{LISTED}</body></html>"
    article = read_page(parse_document(source, "https://naru.example/town/31", fetched=NOW))
    assert isinstance(article, Article)
    assert article.provider is None


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        (
            '나루터 새 단장 <i class="xi-attach"><span class="hidden">첨부파일 있음</span></i>',
            "나루터 새 단장",
        ),
        ('<span class="screen_out">새글</span>나루터 새 단장', "나루터 새 단장"),
        ('<span class="hidden-xs">나루터</span> 새 단장', "나루터 새 단장"),
    ],
)
def test_what_only_readers_of_screens_are_told_is_no_headline(inside: str, title: str) -> None:
    rows = f'<tr><td>1</td><td><a href="/view?no=1">{inside}</a></td><td>2026-03-04</td></tr>'
    header = "<tr><th>번호</th><th>제목</th><th>등록일</th></tr>"
    assert [row[0] for row in rows_of(f"<table>{header}{rows}</table>")] == [title]


def test_cells_that_repeat_their_column_s_header() -> None:
    rows = "".join(
        f"<tr><td><b>번호</b>{n}</td><td><b>제목</b><a href='/view?no={n}'>{title}</a></td>"
        f"<td><b>작성자</b>샛강지기</td><td><b>작성일</b>2026-03-0{n}</td></tr>"
        for n, title in enumerate(TITLES, 1)
    )
    header = "<tr><th>번호</th><th>제목</th><th>작성자</th><th>작성일</th></tr>"
    assert rows_of(f"<table>{header}{rows}</table>") == WANTED
    notice = rows.replace("<b>번호</b>1", "<b>번호</b>공지")
    assert [row[3] for row in rows_of(f"<table>{header}{notice}</table>")] == [True, False, False]


@pytest.mark.parametrize("date", ["<b>0{n}</b><i>2026.03</i>", "<i>2026년 3월</i> <b>{n}일</b>"])
def test_a_day_that_stands_apart_from_its_month(date: str) -> None:
    rows = "".join(
        f'<li><a href="/view?no={n}"><div class="date">{date.format(n=n)}</div>'
        f'<div class="tit">{title}</div></a></li>'
        for n, title in enumerate(TITLES, 1)
    )
    listing = plain(f"<ul>{rows}</ul>", "https://city.example/list.do?bbsId=B1")
    assert isinstance(listing, Listing)
    days = [row.date_listed.strftime("%Y-%m-%d") for row in listing.headlines if row.date_listed]
    assert days == ["2026-03-01", "2026-03-02", "2026-03-03"]
    assert [row.title for row in listing.headlines] == TITLES


OLD_POST = "http://old.example/zboard.php?id=town&no=31"


def old_post(heading: str, below: str = "", info: str = "") -> Article | Listing:
    text = TEXT.replace("<p>", "").replace("</p>", "<br><br>")
    return read_page(
        parse_document(
            f"<html><head><title>마을소식</title></head><body><table><tr><td>{heading}</td></tr>{info}"
            f"<tr><td>{text}</td></tr></table>{below}</body></html>",
            OLD_POST,
            fetched=NOW,
        ),
    )


def test_where_the_title_is_only_the_board_s_the_line_above_the_text_is_the_headline() -> None:
    article = old_post(HEADLINE)
    assert isinstance(article, Article)
    assert article.headline == HEADLINE


def test_a_table_that_calls_itself_a_list_and_holds_no_links_says_when_and_who() -> None:
    member = "<span onMousedown=\"ZB_layerAction('zbLayer3','visible')\">샛강지기</span>"
    info = f"<tr class=list1><td class=list_eng>{member} 2026-03-04 07:30:12, 조회 : 100</td></tr>"
    article = old_post(f"<b>{HEADLINE}</b>", info=info)
    assert isinstance(article, Article)
    assert (article.headline, article.provider) == (HEADLINE, "샛강지기")
    assert str(article.date_published) == "2026-03-04 07:30:12+09:00"


def test_the_files_and_neighbours_of_a_post_are_no_listing() -> None:
    rows = (
        "<tr><td>이름</td><td>제목</td></tr>",
        "<tr><td>나루</td><td><a href='download.php?no=31&file=1'>나루터 그림 파일</a></td></tr>",
        "<tr><td>다온</td><td><a href='zboard.php?id=town&no=32'>다음 글</a></td></tr>",
    )
    below = f"<table>{''.join(rows)}</table>"
    assert isinstance(old_post(f"<b>{HEADLINE}</b>", below), Article)
