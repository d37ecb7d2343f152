from __future__ import annotations

import re

import pytest
from parsel import Selector
from visiting import story

from newsbot.sampleboard.bodies import body_html, mask_emails

LINES = (
    "두 줄 부제",
    "@image https://img.example/1.jpg?a=1&b=2 | 개관식",
    "(서울=연합뉴스) 한가람 기자 = 개관식. 2026.3.2 han@yna.example",
    "본문 <첫> 줄 & 둘째.",
    "@subhead\n작은 제목",
    "@quote\n따온 말",
    "@list\n하나\n둘",
    "@table\n이름 | 수\n책 | 3",
)
TRUTH = {"deck": [LINES[0]], "images": [{"caption": LINES[2]}], "body": []}


@pytest.mark.parametrize("markup", ["p", "div", "br", "figure", "span", "table"])
def test_every_printed_line_is_there_in_its_order_and_without_classes(markup: str) -> None:
    body = Selector(body_html(story(markup=markup, paragraphs=LINES, truth=TRUTH)))
    texts = [text.strip() for text in body.xpath("//text()").getall() if text.strip()]
    printed = [LINES[0], LINES[2], LINES[3], "작은 제목", "따온 말", "하나", "둘", "이름", "수", "책", "3"]
    assert texts == printed
    assert body.xpath("//img/@src").get() == "https://img.example/1.jpg?a=1&b=2"
    assert body.xpath("//@class").getall() == []


@pytest.mark.parametrize(
    ("markup", "caption"),
    [("figure", "//figure[img]/figcaption"), ("table", "//table[.//img]//tr[2]/td"),
     ("div", "//div[span/img]/p"), ("br", "//img/following-sibling::text()[normalize-space()][1]"),
     ("p", "//p[img]/following-sibling::p[normalize-space(translate(., '\N{NO-BREAK SPACE}', ''))][1]")],
)  # fmt: skip
def test_a_caption_stands_beside_its_image(markup: str, caption: str) -> None:
    body = Selector(body_html(story(markup=markup, paragraphs=LINES, truth=TRUTH)))
    assert body.xpath(f"string({caption})").get("").strip() == LINES[2]


def test_a_body_of_breaks_has_no_block_element() -> None:
    html = body_html(story(markup="br", paragraphs=LINES[:4], truth=TRUTH))
    assert "<br />\n<br />\n" in html
    assert re.findall(r"<(?!br|img|strong)\w+", html) == []


def test_a_line_after_an_image_that_is_no_caption_is_left_outside_the_figure() -> None:
    html = body_html(
        story(markup="figure", paragraphs=(LINES[1], LINES[3]), truth={"images": [], "body": []})
    )
    assert "figcaption" not in html


def test_masked_addresses_can_be_read_back_and_no_tag_is_touched() -> None:
    masked = mask_emails('<img alt="a@b.example">hong@yna.example, kim@yna.example', 0x2A)
    assert masked.startswith('<img alt="a@b.example"><a ')
    found = Selector(masked).xpath("//@data-cfemail").getall()
    plain = [bytes(b ^ bytes.fromhex(text)[0] for b in bytes.fromhex(text)[1:]).decode() for text in found]
    assert plain == ["hong@yna.example", "kim@yna.example"]
    assert (
        Selector(masked).xpath("//a[@data-cfemail]/text() | //span[@data-cfemail]/text()").getall()
        == ["[email\N{NO-BREAK SPACE}protected]"] * 2
    )


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValueError, match="@video"):
        body_html(story(paragraphs=("@video\nx",)))
