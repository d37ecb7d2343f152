"""Flashes of a wire on a board: the headline says all, and below it stands a dateline."""

from __future__ import annotations

import pytest

from newsbot.errors import NotAnArticle
from newsbot.items import Article
from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document


@pytest.mark.parametrize("mark", ["속보", "긴급", "1보"])
def test_a_flash_says_all_in_its_headline(mark: str) -> None:
    article = flash(f"[{mark}] 가온시 둑길 열려")
    assert (article.body, article.dateline, article.source) == ((), "(가온=연합뉴스)", "연합뉴스")


def test_what_is_no_flash_has_a_body() -> None:
    with pytest.raises(NotAnArticle, match="empty"):
        flash("가온시 둑길 열려")


def flash(headline: str) -> Article:
    source = (
        f'<html><head><meta name="generator" content="Rhymix"><title>{headline} - 뉴스</title></head><body>'
        f'<div class="read_header"><h1><a href="/news/7">{headline}</a></h1></div>'
        '<div class="document_7_2 rhymix_content xe_content"><p>(가온=연합뉴스)</p></div></body></html>'
    )
    return read_article(parse_document(source, "https://naru.example/news/7"))
