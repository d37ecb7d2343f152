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
