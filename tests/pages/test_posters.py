"""Whose post it is where its text names nobody: on a community's or an institution's board, its poster's."""

from __future__ import annotations

import pytest

from newsbot.items import Article
from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document

HEADLINE = "둑길 청소 자원봉사자 모집 안내"
TEXT = [
    "이번 주 토요일 아침 아홉 시에 둑길 들머리 정자에서 만납니다.",
    "장갑과 봉투는 준비합니다. 비가 오면 다음 주 토요일로 미룹니다.",
    "참가를 원하는 분은 금요일까지 이 글에 답글을 남겨 주세요.",
]


def read(
    poster: str, *more: str, url: str = "https://x.example/bbs/view.do?no=7", title: str = ""
) -> Article:
    lines = "".join(f"<p>{line}</p>" for line in (*TEXT, *more))
    return read_article(
        parse_document(
            f"<html><head><title>{title or HEADLINE}</title></head><body><table>"
            f"<tr><th>제목</th><td>{HEADLINE}</td></tr><tr><th>작성자</th><td>{poster}</td></tr>"
            f"<tr><th>작성일</th><td>2026-03-05</td></tr></table><div>{lines}</div></body></html>",
            url,
        )
    )


def names(article: Article) -> list[str | None]:
    return [person.name for person in article.bylines]


@pytest.mark.parametrize("poster", ["물수제비", "장학복지팀", "한가람", "공과대학 행정실"])
def test_the_poster_of_a_post_that_names_nobody(poster: str) -> None:
    article = read(poster)
    assert names(article) == [article.provider] == [poster]
    assert article.provenance["bylines"] == article.provenance["provider"] == "text"


@pytest.mark.parametrize("poster", ["관리자", "운영자2", "익명", "admin", "샛강일보", "마을신문"])
def test_an_office_of_the_board_and_an_outlet_sign_nothing(poster: str) -> None:
    article = read(poster)
    assert (names(article), article.provider) == ([], poster)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("윤서진 기자 seojin@paper.example", ["윤서진"]),
        ("<저작권자 ⓒ 샛강일보, 무단전재 및 재배포 금지>", []),
        ("샛강일보", []),
    ],
)
def test_a_post_that_says_whose_it_is(line: str, people: list[str]) -> None:
    assert names(read("물수제비", line)) == people


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://x.example/news/7", ""),
        ("https://x.example/bbs/view.do?no=7", f"{HEADLINE} > 마을 뉴스 > 샛강"),
    ],
)
def test_who_posts_on_a_board_of_news_only_delivers(url: str, title: str) -> None:
    assert names(read("물수제비", url=url, title=title)) == []
    assert names(read("윤서진 기자", url=url, title=title)) == ["윤서진"]


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("한가람  2026. 3. 5. 09:12", "한가람", None),
        ("윤서진 기자  2026. 3. 5. 09:12", "윤서진", "기자"),
        ("윤서진 기상캐스터 | 2026.03.05 09:12", "윤서진", "기상캐스터"),
    ],
)
def test_who_is_named_beside_the_date(line: str, name: str, role: str | None) -> None:
    body = "".join(f"<p>{text}</p>" for text in TEXT * 3)
    page = f"<title>-</title><h3>{HEADLINE}</h3><h6>{line}</h6><h6>[Source : 나루]</h6><div>{body}</div>"
    article = read_article(parse_document(page, "https://x.example/7"))
    assert [(person.name, person.role) for person in article.bylines] == [(name, role)]
    assert article.source == "나루"


@pytest.mark.parametrize(
    ("line", "poster"),
    [
        ('<div class="name">샛강지기</div><div class="date">2026-03-05 10:11</div>', "샛강지기"),
        ('<span class="view-author"><i></i> 샛강지기</span> <span>2026-03-05 10:11</span>', "샛강지기"),
        ('<span class="author">작성자 : 샛강지기</span> <span>2026-03-05 10:11</span>', "샛강지기"),
        ('<span class="author">작성자</span> <span>2026-03-05 10:11</span>', None),
        ('<span class="site-name">나루마을</span> <span>2026-03-05 10:11</span>', None),
        ('<span class="author">샛강지기</span>', None),
    ],
)
def test_an_element_named_a_writers_beside_a_date_holds_the_poster(line: str, poster: str | None) -> None:
    lines = "".join(f"<p>{text}</p>" for text in TEXT)
    page = (
        f"<html><head><title>{HEADLINE}</title></head><body><div><h1>{HEADLINE}</h1>{line}</div>"
        f'<div class="document_7_2 xe_content">{lines}</div></body></html>'
    )
    assert read_article(parse_document(page, "https://naru.example/town/7")).provider == poster


def test_what_an_outlet_calls_an_author_is_its_reporter() -> None:
    lines = "".join(f"<p>{text}</p>" for text in TEXT)
    page = (
        f'<html><head><title>{HEADLINE}</title><meta property="og:type" content="article"></head><body>'
        f'<h1>{HEADLINE}</h1><div><span class="author">샛강지기</span> <span>2026-03-05 10:11</span></div>'
        f"<article>{lines}</article></body></html>"
    )
    assert read_article(parse_document(page, "https://naru.example/news/7.html")).provider is None
