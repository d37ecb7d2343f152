"""Skins that put the parts of a known engine's board elsewhere than its own skins do."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsbot.errors import NotAnArticle
from newsbot.items import Article, Headline, Listing
from newsbot.korean.dates import KST
from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document
from newsbot.pages.reading import PageKind, read_page

NOW = datetime(2026, 3, 5, 18, 0, tzinfo=KST)
BOARD = "https://naru.example/bbs/board.php?bo_table=town"
OTHER_BOARD = BOARD.replace("town", "free")
HEADLINE = "나루터 새 단장…“걷기 좋은 길로”"
TEXT = (
    "<p>가온시가 나루터를 새로 단장한다고 4일 밝혔다.</p>"
    "<p>낡은 난간을 걷어 내고 너른 나무 길을 낸다. 공사는 다음 달까지 이어진다.</p>"
)
PARAGRAPHS = [
    "가온시가 나루터를 새로 단장한다고 4일 밝혔다.",
    "낡은 난간을 걷어 내고 너른 나무 길을 낸다. 공사는 다음 달까지 이어진다.",
]
SIDE = "".join(
    f'<li><a href="{OTHER_BOARD}&wr_id={n}">점심은 무엇을 먹을까요 {n}</a><span>03-0{n}</span></li>'
    for n in (1, 2, 3, 4)
)


def gnuboard(inside: str, title: str = "마을소식 1 페이지 | 나루마을") -> str:
    return (
        f"<!doctype html><html><head><title>{title}</title>"
        "<script>var g5_url = '//naru.example';</script></head>"
        f"<body><h1 id='hd_h1'>{title}</h1><div id='container'>{inside}</div><ul class='lat'>{SIDE}</ul>"
        "<div id='ft'>나루마을 | 가온시 나루길 1</div></body></html>"
    )


def read_list(inside: str, url: str = BOARD) -> Listing:
    listing = read_page(parse_document(gnuboard(inside), url, fetched=NOW))
    assert isinstance(listing, Listing)
    return listing


def read_post(inside: str, title: str | None = None) -> Article:
    page = gnuboard(inside, f"{HEADLINE} > 마을소식 | 나루마을" if title is None else title)
    article = read_page(parse_document(page, f"{BOARD}&wr_id=31", fetched=NOW))
    assert isinstance(article, Article)
    return article


def card(number: int, title: str, inside: str = "") -> str:
    href = f"{BOARD}&wr_id={number}"
    picture = f'<a href="{href}"><img src="/t{number}.jpg">{inside}</a>'
    return f'<li class="gall_li">{picture}<a href="{href}">{title}</a></li>'


TITLES = ["나루터 새 단장", "둑길 느티나무 이름 공모", "오리 열두 마리 돌아와"]


def test_cards_without_dates_are_the_posts_of_the_board_that_the_address_names() -> None:
    listing = read_list("<ul>" + "".join(card(31 - n, title) for n, title in enumerate(TITLES)) + "</ul>")
    assert [headline.title for headline in listing.headlines] == TITLES
    assert [headline.document_id for headline in listing.headlines] == ["31", "30", "29"]


@pytest.mark.parametrize("count", [1, 2])
def test_a_board_may_have_one_post_only(count: int) -> None:
    dated = [
        f'<li class="row"><a href="{BOARD}&wr_id={n}">{title}</a> <span class="date">03-0{n}</span></li>'
        for n, title in enumerate(TITLES[:count], 1)
    ]
    listing = read_list(f"<ul>{''.join(dated)}</ul>")
    assert [headline.title for headline in listing.headlines] == TITLES[:count]
    assert [headline.date_raw for headline in listing.headlines] == ["03-01", "03-02"][:count]


def test_addresses_that_do_not_say_their_board_may_be_its_posts() -> None:
    best = "".join(
        f'<li><a href="/index.php?mid=town&document_srl={n}">지난주 많이 본 글 {n}</a></li>'
        for n in (11, 12, 13)
    )
    rows = "".join(
        f'<li class="li"><h3><a href="/{31 - n}">{title}</a></h3><span>2026.03.0{4 - n}</span></li>'
        for n, title in enumerate(TITLES)
    )
    page = (
        '<!doctype html><html><head><meta name="generator" content="Rhymix"><title>마을소식</title></head>'
        f"<body><ul class='best'>{best}</ul><ul>{rows}</ul></body></html>"
    )
    listing = read_page(parse_document(page, "https://naru.example/town", fetched=NOW))
    assert isinstance(listing, Listing)
    assert (listing.engine, [headline.title for headline in listing.headlines]) == ("rhymix", TITLES)


def test_a_board_without_posts_of_its_own_is_not_filled_with_those_beside_it() -> None:
    listing = read_list("<ul>" + "".join(card(n, f"글 하나 {n}") for n in (7, 8, 9)) + "</ul>")
    assert all(headline.title.startswith("글 하나") for headline in listing.headlines)


@pytest.mark.parametrize(
    "label",
    ['<span class="is_notice">공지</span>', "<b>[공지]</b>", "<em>필독</em>"],
)
def test_a_card_is_a_notice_where_its_label_says_so(label: str) -> None:
    cards = [card(9, "누리집 이용 안내", label), card(8, "나루터 새 단장"), card(7, "둑길 공사 끝나")]
    listing = read_list(f"<ul>{''.join(cards)}</ul>")
    assert [headline.notice for headline in listing.headlines] == [True, False, False]


def test_a_list_in_which_all_are_called_notices_has_none() -> None:
    rows = [
        f'<li class="notice_row"><a href="{BOARD}&wr_id={n}">{title}</a><span>03-0{n}</span></li>'
        for n, title in enumerate(TITLES, 1)
    ]
    assert not any(headline.notice for headline in read_list(f"<ul>{''.join(rows)}</ul>").headlines)


def test_a_title_may_stand_beside_the_picture_that_links() -> None:
    rows = [
        f'<li><a href="{BOARD}&wr_id={n}"><img src="/t.jpg"></a>'
        f'<div class="subject">{title}</div><i>03-0{n}</i></li>'
        for n, title in enumerate(TITLES, 1)
    ]
    assert [h.title for h in read_list(f"<ul>{''.join(rows)}</ul>").headlines] == TITLES


def test_the_first_block_of_a_card_that_is_one_link_is_its_headline() -> None:
    rows = [
        f'<li><a href="{BOARD}&wr_id={n}"><div>소식</div><div>{title} 하나둘</div><div>03-0{n}</div>'
        "<div>낡은 난간을 걷어 내고 너른 나무 길을 낸다.</div></a></li>"
        for n, title in enumerate(TITLES, 1)
    ]
    assert [h.title for h in read_list(f"<ul>{''.join(rows)}</ul>").headlines] == [
        f"{t} 하나둘" for t in TITLES
    ]


@pytest.mark.parametrize(
    ("inside", "category", "comments", "notice"),
    [
        ('<span class="cate">시장</span> 나루터 새 단장', "시장", None, False),
        (
            '나루터 새 단장 <span class="sound_only">댓글</span>(5)<span class="sound_only">개</span>',
            None,
            5,
            False,
        ),
        ("<strong>[공지]</strong> 나루터 새 단장", None, None, True),
    ],
)
def test_what_stands_in_a_link_beside_the_headline(
    inside: str, category: str | None, comments: int | None, notice: bool
) -> None:
    table = (
        "<table><tr><th>번호</th><th>제목 <span>Page 1/3</span></th><th>Poster</th><th>날짜 <i>U</i></th>"
        f'</tr><tr><td>4</td><td><a href="{BOARD}&wr_id=31">{inside}</a></td><td>샛강</td><td>03-04</td>'
        "</tr></table>"
    )
    (headline,) = read_list(table).headlines
    assert headline.title == "나루터 새 단장"
    assert (headline.category, headline.comments, headline.notice) == (category, comments, notice)
    assert (headline.poster, headline.date_raw) == ("샛강", "03-04")


def test_a_row_without_a_column_for_its_date_may_print_it_beside_the_headline() -> None:
    table = (
        "<table><tr><th>번호</th><th>제목</th></tr><tr><td>4</td>"
        f'<td><a href="{BOARD}&wr_id=31">나루터 새 단장</a><p><span>2026.03.04</span></p></td></tr></table>'
    )
    assert [headline.date_raw for headline in read_list(table).headlines] == ["2026.03.04"]


@pytest.mark.parametrize("each_its_own", [False, True], ids=["one table below", "a table for each row"])
def test_the_header_of_a_listing_may_be_a_table_of_its_own(each_its_own: bool) -> None:
    rows = [
        f'<tr><td>{n}</td><td><a href="read.asp?no={n}">{title}</a></td><td>2026-03-0{n}</td></tr>'
        for n, title in enumerate(TITLES, 1)
    ]
    tables = (
        [f"<table>{row}</table>" for row in rows] if each_its_own else [f"<table>{''.join(rows)}</table>"]
    )
    header = "<tr><td>번호</td><td>제목</td><td>등록일</td></tr><tr><td colspan=3></td></tr>"
    below = "<table><tr><td>1</td><td>2</td></tr></table>"
    inside = f"<form><div><table>{header}</table></div>{'<hr>'.join(tables)}</form>{below}"
    page = f"<html><body>{inside}</body></html>"
    listing = read_page(parse_document(page, "http://old.example/list.asp", fetched=NOW), "listing")
    assert isinstance(listing, Listing)
    assert [headline.title for headline in listing.headlines] == TITLES
    assert [headline.date_raw for headline in listing.headlines] == ["2026-03-01", "2026-03-02", "2026-03-03"]


MENU = '<span class="sv"><a>전체게시물</a></span>'
MEMBER = f'<span class="sv_wrap"><a class="sv_member" href="#">샛강지기</a>{MENU}</span>'


@pytest.mark.parametrize(
    "heading",
    [
        f'<h1 id="bo_v_title">시장 | {HEADLINE}</h1>',
        f'<h1 id="bo_v_title">{HEADLINE} <span>26-03-04</span></h1>',
        f'<h2 id="bo_v_title"><span class="bo_v_tit">{HEADLINE}</span></h2>',
        "",
    ],
)
def test_the_headline_is_the_part_of_the_heading_that_the_title_names(heading: str) -> None:
    article = read_post(
        f'{heading}<p>작성일 <b>26-03-04 07:30</b> {MEMBER}</p><div id="bo_v_con">{TEXT}</div>'
        f'<section id="bo_vc"><a class="sv_guest">지나가다</a> 26-03-05 10:10</section>'
    )
    assert article.headline == HEADLINE
    assert article.provider == "샛강지기"
    assert str(article.date_published) == "2026-03-04 07:30:00+09:00"


@pytest.mark.parametrize(
    "body",
    [f'<span id="writeContents">{TEXT}</span>', f'<section class="read_text">{TEXT}</section>'],
    ids=["gnuboard 4", "unknown"],
)
def test_a_post_whose_skin_is_not_known_is_read_by_its_structure(body: str) -> None:
    article = read_post(
        f"<table><tr><td><b>[시장] {HEADLINE}</b></td></tr>"
        f"<tr><td>글쓴이 : {MEMBER} 날짜 : 26-03-04 07:30</td></tr>"
        f"<tr><td>{body}</td></tr></table><a href='{BOARD}&wr_id=30'>앞 글</a>"
        "<a href='reply.php?wr_id=31'>답글</a>"
    )
    assert [block.text for block in article.body] == PARAGRAPHS
    assert (article.headline, article.provider, article.document_id) == (HEADLINE, "샛강지기", "31")
    assert str(article.date_published) == "2026-03-04 07:30:00+09:00"


@pytest.mark.parametrize(
    "asked",
    [
        '<span><label for="n">글쓴이</label> <input type="text" id="n"></span>'
        '<span><label for="p">비밀번호</label> <input type="password" id="p"></span>',
        "<table><tr><th>이름 <input name=n></th><th>비밀번호 <input type=password></th></tr></table>",
        "<dl><dt><label>작성자</label></dt><dd><input></dd><dt>비밀번호</dt><dd><input></dd></dl>",
    ],
)
def test_a_form_for_comments_names_no_poster(asked: str) -> None:
    article = read_post(
        f"<h2 id='bo_v_title'>{HEADLINE}</h2><div id='bo_v_con'>{TEXT}</div><form>{asked}</form>"
    )
    assert (article.headline, article.provider) == (HEADLINE, None)


@pytest.mark.parametrize("link", ["", f"<a href='{BOARD}&wr_id=31'>나루터 새 단장</a>"])
def test_a_page_of_a_known_engine_that_names_no_post_is_none(link: str) -> None:
    page = gnuboard(f"<div class='msg'>{TEXT}</div>{link}", "오류안내 페이지 | 나루마을")
    url = f"{BOARD}&wr_id=31"
    listed = Headline(document_id="31", url=url, title=HEADLINE)
    with pytest.raises(NotAnArticle):
        read_article(parse_document(page, url, fetched=NOW), listed=listed)


def test_a_post_of_tables_has_its_headline_in_bold_and_its_date_above() -> None:
    member = "<span onMousedown=\"ZB_layerAction('zbLayer3','visible')\">샛강지기</span>"
    page = (
        "<html><head><title>마을소식</title></head><body><table><tr><td>로그인</td></tr></table>"
        f"<table><tr><td><b>{HEADLINE}</b></td></tr><tr><td><table><tr><td>{member}</td>"
        "<td>2026-03-04 07:30:12, 조회 : <b>100</b></td></tr></table><table><tr><td><font><table><tr>"
        f"<td>{TEXT.replace('<p>', '').replace('</p>', '<br><br>')}</td></tr></table></font></td></tr>"
        "</table></td></tr></table><table><tr><td>다음 글</td><td><a href='zboard.php?id=town&no=32'>"
        "오리 열두 마리 돌아와</a></td><td>2026/03/05</td></tr></table></body></html>"
    )
    article = read_page(parse_document(page, "http://old.example/zboard.php?id=town&no=31", fetched=NOW))
    assert isinstance(article, Article)
    assert [block.text for block in article.body] == PARAGRAPHS
    assert (article.headline, article.provider) == (HEADLINE, "샛강지기")
    assert str(article.date_published) == "2026-03-04 07:30:12+09:00"


def test_the_date_of_the_next_post_is_not_that_of_one_that_prints_none() -> None:
    page = (
        f"<html><head><title>{HEADLINE}</title></head><body><h2>{HEADLINE}</h2><div>{TEXT}</div>"
        "<ul><li><a href='view.php?no=32'>오리 열두 마리 돌아와, 시민들 반겨</a>"
        " <span>2026-03-05</span></li></ul>"
        "</body></html>"
    )
    article = read_page(parse_document(page, "http://old.example/view.php?no=31", fetched=NOW), "article")
    assert isinstance(article, Article)
    assert article.date_published is None


def test_a_pager_may_say_more_of_how_the_listing_is_shown() -> None:
    rows = "".join(
        f'<tr><td>{n}</td><td><a href="zboard.php?id=town&no={n}">{title}</a></td><td>2026/03/0{n}</td></tr>'
        for n, title in enumerate(TITLES, 1)
    )
    table = f"<table><tr><td>번호</td><td>제목</td><td>날짜</td></tr>{rows}</table>"
    pager = (
        "<a href='zboard.php?id=town&page=2&select_arrange=headnum&desc=asc&sn=off&ss=on&divpage=1'>[2]</a>"
    )
    other = "<a href='zboard.php?id=free&page=2'>2</a>"
    page = parse_document(
        f"<html><body>{other}{table}{pager}</body></html>", "http://old.example/zboard.php?id=town"
    )
    listing = read_page(page, "listing")
    assert isinstance(listing, Listing)
    assert listing.next_page is not None
    assert "id=town" in listing.next_page
    assert "page=2" in listing.next_page


def test_a_notice_may_be_told_by_its_icon() -> None:
    table = (
        "<table><tr><td>번호</td><td>제목</td><td>날짜</td></tr><tr><td>:::</td>"
        '<td><img src="skin/naru/notice_head.gif"> <a href="zboard.php?no=5">이용 안내</a></td>'
        "<td>2026/03/01</td></tr>"
        '<tr><td>4</td><td><img src="skin/naru/old_head.gif"> <a href="zboard.php?no=4">나루터</a></td>'
        "<td>2026/03/02</td></tr></table>"
    )
    page = parse_document(f"<html><body>{table}</body></html>", "http://old.example/zboard.php?id=town")
    listing = read_page(page, "listing")
    assert isinstance(listing, Listing)
    assert [headline.notice for headline in listing.headlines] == [True, False]


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
