"""Posts of boards of an older day: tables below a site's own heading, on a page titled by its board."""

from __future__ import annotations

import pytest
from town_news import HEADLINE, NOW, PARAGRAPHS, TEXT

from newsbot.items import Article
from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document

MEMBER = "<span onmousedown=\"ZB_layerAction('zbLayer3','visible')\"><font class=han>샛강지기</font></span>"


def read(inside: str, title: str = "나루마을 소식") -> Article:
    page = (
        f"<html><head><title>{title}</title></head><body><h1>나루마을</h1><a href='/'>처음</a>{inside}"
        "<p>나루마을 가온시 나루길 1</p></body></html>"
    )
    url = "http://maeul.example/bbs/view.php?id=town&no=31"
    return read_article(parse_document(page, url, fetched=NOW))


@pytest.mark.parametrize(
    "head",
    [
        f"<tr><td>{HEADLINE}</td></tr>",
        f"<tr><td><b>{HEADLINE}</b></td><td>2026/03/04 | 조회 : 47</td></tr>",
        f"<tr><td><img src='icon.gif'>&nbsp;{HEADLINE}&nbsp;<font>2026/03/04</font>"
        "<a href='write.php?mode=modify'><img src='modify.gif' alt='수정'></a></td></tr>",
    ],
    ids=["alone", "in bold", "glued to its date"],
)
@pytest.mark.parametrize("title", ["나루마을 소식", "자유게시판 - 나루마을"])
def test_a_sites_own_heading_is_not_the_headline(head: str, title: str) -> None:
    article = read(f"<table>{head}</table><table><tr><td>{TEXT}</td></tr></table>", title)
    assert article.headline == HEADLINE
    assert [block.text for block in article.body] == PARAGRAPHS


def test_the_name_that_opens_a_members_menu_and_the_date_behind_a_short_one() -> None:
    date = "<span title='2026년 03월 04일 14시 32분 05초'>03-04</span>"
    line = f"<tr><td>{MEMBER}</td><td>{date} | 조회 : 47</td></tr>"
    article = read(
        f"<table><tr><td>{HEADLINE}</td></tr>{line}</table><table><tr><td>{TEXT}</td></tr></table>"
    )
    assert (article.headline, article.provider) == (HEADLINE, "샛강지기")
    assert article.date_published is not None
    assert f"{article.date_published:%Y-%m-%d}" == "2026-03-04"


def test_labels_that_stand_behind_each_other_end_each_others_values() -> None:
    said = f"제목: {HEADLINE}<br>사진가: 샛강지기<br>등록시간: 2026-03-04 14:32:05"
    article = read(f"<table><tr><td>{TEXT}</td></tr></table><table><tr><td>{said}</td></tr></table>")
    assert article.headline == HEADLINE


CITY = "보도자료 | 가온시청"
KEEPER = "<dl><dt>담당부서</dt><dd>누리집지기</dd><dt>전화번호</dt><dd>000-1234</dd></dl>"


def city(inside: str) -> Article:
    return read(f"<h3>보도자료</h3>{inside}{KEEPER}", CITY)


def said(article: Article) -> tuple[str, str | None, str | None, list[str]]:
    date = article.date_published
    return (
        article.headline,
        article.provider,
        f"{date:%m-%d}" if date else None,
        [block.text for block in article.body],
    )


WHOLE = (HEADLINE, "홍보담당관", "03-04", PARAGRAPHS)
LABELS = "<th>담당부서</th><td>홍보담당관</td><th>등록일</th><td>2026-03-04</td>"
TITLED = f"<tr><th>제목</th><td>{HEADLINE}</td></tr>"
FILE = "<tr><th>첨부</th><td colspan=3><a href='d'>계획.hwp</a></td></tr>"
TEXT_CELL = f"<tr><td colspan=4><div>{TEXT}</div></td></tr>"
TIMED = "<ul><li><strong>작성일</strong> <span>2026-03-04 10:20</span></li></ul>"
ASKING = "<tr><th>비밀번호</th><td><input type='password'><p>고치려면 비밀번호를 넣어 주세요.</p></td></tr>"
FORMS = {
    "an office beside the date": f"<table>{TITLED}<tr>{LABELS}</tr>{FILE}{TEXT_CELL}</table>",
    "a header of all columns": f"<table><thead><tr><th colspan=4>{HEADLINE}</th></tr></thead>"
    f"<tr>{LABELS}</tr>{TEXT_CELL}</table>",
    "a heading around a box": f"<h1><span>{HEADLINE}</span></h1><table><tr>{LABELS}</tr></table>"
    f"<div>{TEXT}</div>",
    "labels in the cell of the text": f"<table>{TITLED}<tr><th>작성자</th>"
    "<td>홍보담당관 <span>(ip:)</span></td></tr>"
    f"<tr><td colspan=2>{TIMED}<div>{TEXT}</div></td></tr>{ASKING}</table>",
}
TITLES = "<li><span class='title'>작성자</span><span>홍보담당관</span></li>"
FORMS["labels named titles"] = (
    f"<p class='b-title'><span>{HEADLINE}</span></p>"
    f"<ul>{TITLES}<li><span class='title'>등록일</span><span>2026.03.04</span></li></ul><div>{TEXT}</div>"
)


@pytest.mark.parametrize("inside", FORMS.values(), ids=FORMS)
def test_posts_of_offices_and_shops(inside: str) -> None:
    assert said(city(inside)) == WHOLE


def test_the_office_that_keeps_a_page_is_not_its_posts() -> None:
    inside = f"<table><tr><th>제목</th><td>{HEADLINE}</td></tr><tr><td colspan=2>{TEXT}</td></tr></table>"
    assert city(inside).provider is None


def test_the_category_before_an_inquirys_headline() -> None:
    page = (
        "<html><head><title>나루마을</title><script>var g5_url = '/';</script></head><body>"
        f"<h2 id='bo_v_title'><span class='bo_v_cate'>회원</span> {HEADLINE}</h2>"
        f"<div id='bo_v_con'>{TEXT}</div></body></html>"
    )
    article = read_article(parse_document(page, "https://naru.example/bbs/qaview.php?qa_id=12", fetched=NOW))
    assert (article.headline, article.section, article.document_id) == (HEADLINE, "회원", "12")


def test_a_boards_name_is_no_headline_though_the_title_is_the_sites() -> None:
    inside = f"<h3>보도자료</h3><table><tr><td><b>{HEADLINE}</b></td></tr><tr><td>작성자 : 샛강지기</td></tr>"
    assert read(f"{inside}<tr><td>{TEXT}</td></tr></table>", "가온협회").headline == HEADLINE


def test_a_headline_that_nothing_names_is_looked_for_beyond_the_values_of_labels() -> None:
    licence = "<p>가온시청이 만든 저작물은 공공누리 출처표시 조건에 따라 쓸 수 있습니다.</p>"
    values = "<dt>등록자명</dt><dd>홍보담당관</dd><dt>등록일</dt><dd>2026-03-04</dd><dt>조회</dt><dd>31</dd>"
    file = "<dl><dt>첨부파일</dt><dd><a href='d'>나루터 새 단장 계획.hwp</a></dd></dl>"
    inside = (
        f"<p>홈 &gt; 가온소식 &gt; 보도자료</p><h3>보도자료</h3><div><dl><dt>{HEADLINE}</dt></dl>"
        f"<dl>{values}</dl><div>{TEXT * 2}</div>{file}<div>{licence}</div></div>"
    )
    article = read(inside, CITY)
    assert (article.headline, article.provider) == (HEADLINE, "홍보담당관")
    assert [block.text for block in article.body] == PARAGRAPHS * 2
