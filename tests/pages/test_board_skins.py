"""Skins that put the parts of a known engine's board elsewhere than its own skins do."""

from __future__ import annotations

import pytest
from town_news import HEADLINE, NOW, PARAGRAPHS, TEXT, TITLES

from newsbot.errors import NotAnArticle
from newsbot.items import Article, Headline, Listing
from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document
from newsbot.pages.reading import read_page

BOARD = "https://naru.example/bbs/board.php?bo_table=town"
OTHER_BOARD = BOARD.replace("town", "free")
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


def test_a_poster_is_the_member_whatever_stands_before_the_name() -> None:
    header = "<tr><th>번호</th><th>제목</th><th>글쓴이</th><th>날짜</th></tr>"
    rows = "".join(
        f'<tr><td>{n}</td><td><a href="{BOARD}&wr_id={n}">{title}</a></td>'
        f'<td><span class="profile_img">m{n}</span> <span class="sv_wrap">'
        f'<a href="#" class="sv_member">샛강지기</a></span></td><td>03-0{n}</td></tr>'
        for n, title in enumerate(TITLES, 1)
    )
    listing = read_list(f"<table>{header}{rows}</table>")
    assert {headline.poster for headline in listing.headlines} == {"샛강지기"}


def test_a_phones_list_may_count_comments_before_its_date() -> None:
    rows = "".join(
        f'<li><a href="{BOARD}&wr_id={n}" class="bo_subject">{title}</a><span class="bo_date">'
        f'<span class="sound_only">댓글</span><span class="cnt_cmt">5</span> <i></i> 03-0{n}</span></li>'
        for n, title in enumerate(TITLES, 1)
    )
    listing = read_list(f'<div id="bo_list"><div class="list_01"><ul>{rows}</ul></div></div>')
    assert [headline.date_raw for headline in listing.headlines] == ["03-01", "03-02", "03-03"]


def test_rows_of_boxes_may_have_numbers() -> None:
    header = "<li><span>번호</span><span>제목</span><span>글쓴이</span><span>날짜</span></li>"
    rows = "".join(
        f'<li><span>{n}</span><span><a href="{BOARD}&wr_id={n}">{title}</a></span>'
        f"<span>샛강지기</span><span>03-0{n}</span></li>"
        for n, title in enumerate(TITLES, 1)
    )
    listing = read_list(f"<ul>{header}{rows}</ul>")
    assert [headline.number for headline in listing.headlines] == ["1", "2", "3"]


def test_what_the_engine_puts_into_a_body_is_none_of_it() -> None:
    lines = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    menu = (
        '<div class="document_popup_menu"><a href="#popup_menu_area" class="document_7">이 게시물을</a></div>'
    )
    page = (
        f'<html><head><meta name="generator" content="Rhymix"><title>{HEADLINE}</title></head><body>'
        f'<div class="read_header"><h1><a href="/town/7">{HEADLINE}</a></h1></div>'
        f'<div class="document_7_2 rhymix_content xe_content">{lines}{menu}</div></body></html>'
    )
    article = read_article(parse_document(page, "https://naru.example/town/7"))
    assert [block.text for block in article.body] == PARAGRAPHS


def test_a_log_of_where_a_post_was_is_none_of_its_body() -> None:
    lines = "".join(
        f"<p>{line}</p>"
        for line in (*PARAGRAPHS, "[이 게시물은 관리자님에 의해 2026-03-05 나루에서 이동 됨]")
    )
    article = read_post(f'<h2 id="bo_v_title">{HEADLINE}</h2><div id="bo_v_con">{lines}</div>')
    assert [block.text for block in article.body] == PARAGRAPHS
