"""What boards hang on a post's text within its box: files, and the posts before and after it."""

from __future__ import annotations

import pytest
from town_news import HEADLINE, NOW, PARAGRAPHS, TEXT

from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document

LINK = "<a href='/down.do?f=1'>나루터 계획.hwp</a>"
HUNG = {
    "a list with its label": f"<dl><dt>첨부파일</dt><dd>{LINK} [320.5 KB]</dd></dl>",
    "a box of files": f"<div><strong>첨부 파일 2</strong><ul><li>{LINK} <span>(320KB, 다운로드 12회)</span>"
    "<a href='/p.do'>미리보기</a></li><li><a href='/down.do?f=2'>나루터.jpg</a></li></ul></div>",
    "a line": f"<p>첨부 : {LINK}</p>",
    "an appendix": f"<p>붙임 : {LINK}</p>",
    "files without a label": f"<ul><li>{LINK}</li></ul>",
    "files of a table": f"<table><tr><td>첨부파일</td><td>{LINK}</td></tr></table>",
    "neighbours": "<ul><li><b>이전글</b> <a href='view.do?no=30'>둑길 느티나무 이름 공모</a></li>"
    "<li><b>다음글</b> 다음 글이 없습니다.</li></ul>",
}


def body(inside: str) -> list[str]:
    labels = "<dl><dt>작성자</dt><dd>홍보담당관</dd><dt>등록일</dt><dd>2026-03-04</dd></dl>"
    page = f"<html><body><h1>{HEADLINE}</h1>{labels}<div class='cont'>{inside}</div></body></html>"
    document = parse_document(page, "https://gaon.example/view.do?no=31", fetched=NOW)
    return [block.text for block in read_article(document).body]


@pytest.mark.parametrize("hung", HUNG.values(), ids=HUNG)
def test_what_is_hung_on_a_text_is_no_part_of_it(hung: str) -> None:
    assert body(TEXT + hung) == PARAGRAPHS
    assert body(hung + TEXT) == PARAGRAPHS


KEPT = {
    "words before a file": f"<p>자세한 내용은 {LINK} 파일에서 볼 수 있다.</p>",
    "an appendix without a file": "<p>붙임 1. 나루터 새 단장 계획 1부. 끝.</p>",
    "what comes next": "<p>다음 달에는 <a href='/a'>포구</a>에서도 공사를 시작한다.</p>",
}


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT)
def test_text_that_only_speaks_of_such_is_kept(kept: str) -> None:
    assert len(body(TEXT + kept)) == len(PARAGRAPHS) + 1
