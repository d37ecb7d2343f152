"""A date that may mean this or that is left out, kept as printed, and said."""

from datetime import datetime
from pathlib import Path

import pytest
from commanding import Command

from newsbot.items import article_from_json, as_json
from newsbot.korean.dates import KST
from newsbot.pages.article import read_article
from newsbot.pages.document import Document, parse_document

HTML = """<html><head><title>강변에 새 다리</title><meta property="og:type" content="article">{meta}
</head><body>
<h1>강변에 새 다리</h1><div class="info">{line}</div><div itemprop="articleBody">
<p>강변 두 마을을 잇는 다리가 5일 놓였다. 길이 120미터의 다리는 걸어서만 건널 수 있다.</p>
</div></body></html>"""
UNCLEAR = ["05/06/2025", "05/06/2025 07:30", "2025.13.40", "2025.06.11 25:70"]


def page(line: str = "", meta: str = "") -> Document:
    return parse_document(
        HTML.format(line=line, meta=meta), "https://paper.example/news/48213",
        fetched=datetime(2025, 6, 20, 15, tzinfo=KST),
    )  # fmt: skip


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_stated_date_of_two_meanings_is_null_with_a_warning(text: str) -> None:
    article = read_article(page(meta=f'<meta property="article:published_time" content="{text}">'))
    assert (article.date_published, article.date_precision, article.date_published_raw) == (None, None, text)
    assert len(article.warnings) == 1
    assert article.warnings[0].startswith(f"date_published: “{text}”")
    assert article_from_json(as_json(article)).warnings == article.warnings


def test_a_printed_date_of_two_meanings_is_null_with_a_warning() -> None:
    article = read_article(page("<span>입력 05/06/2025 07:30</span>"))
    assert (article.date_published, article.date_published_raw) == (None, "05/06/2025 07:30")
    assert article.warnings


def test_a_change_of_two_meanings_is_null_with_a_warning() -> None:
    article = read_article(page("<span>입력 2025.06.11 07:30</span> <span>수정 06/07/2025</span>"))
    assert article.date_published is not None
    assert (article.date_modified, article.date_modified_raw) == (None, "06/07/2025")
    assert [warning.partition(":")[0] for warning in article.warnings] == ["date_modified"]


@pytest.mark.parametrize(
    "line", ["", "<span>입력 2025.06.11 07:30 수정 2025.06.11 08:00</span>", "<b>조회 1234</b>"]
)
def test_what_is_understood_or_not_there_is_no_warning(line: str) -> None:
    assert read_article(page(line)).warnings == ()


def test_a_date_that_is_understood_elsewhere_needs_no_warning() -> None:
    meta = '<meta property="article:published_time" content="05/06/2025">'
    article = read_article(page("<span>입력 2025.06.05 07:30</span>", meta))
    assert (article.date_published_raw, article.warnings) == ("2025.06.05 07:30", ())


def test_a_boards_date_too() -> None:
    text = """<html><body><div class="read_header"><h1><a href="/news/7">강변에 새 다리</a></h1>
<p class="time">2025.13.40</p></div>
<div class="document_7_4 rhymix_content xe_content"><p>다리가 놓였다.</p></div></body></html>"""
    article = read_article(parse_document(text, "https://board.example/news/7", engine_name="rhymix"))
    assert (article.date_published, len(article.warnings)) == (None, 1)


def test_parse_shows_the_warning(newsbot: Command, tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    saved.write_text(page("<span>입력 05/06/2025</span>").text, "utf-8")
    url = ("--url", "https://paper.example/news/48213")
    assert "! date_published: “05/06/2025”" in newsbot("parse", saved, *url).out
    assert newsbot("parse", saved, *url, "--json").lines[0]["warnings"]
    rows = "".join(
        f"<tr><td>{n}<td><a href='/r?no={n}'>둑길 소식 {n}</a><td>0{n}/06/2025</tr>" for n in (3, 2)
    )
    saved.write_text(f"<table><tr><th>번호<th>제목<th>날짜</tr>{rows}</table>", "utf-8")
    said = newsbot("parse", saved, "--url", "https://board.example/list", "--as", "listing")
    assert "! 2 dates are not understood" in said.out
