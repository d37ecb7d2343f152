"""Layouts are data: every selector can be used, every host has one owner, and none is trusted blindly."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from newsbot.items import Article
from newsbot.korean.dates import KST
from newsbot.korean.passages import Passage
from newsbot.korean.reading import read_body
from newsbot.pages.article import read_article
from newsbot.pages.document import Document, parse_document
from newsbot.pages.engines import ENGINES
from newsbot.pages.layout import ArticleLayout, Generation, Outlet
from newsbot.pages.outlets.registry import OUTLETS, generations, outlet_of
from newsbot.pages.selectors import value

FIXTURES = Path(__file__).parent / "fixtures"
NEWS = [
    folder
    for folder in sorted(FIXTURES.iterdir())
    if (expected := json.loads((folder / "expected.json").read_text("utf-8")))["read_as"] == "article"
    and "refused" not in expected
    and not any(engine in folder.name for engine in ("rhymix", "xe1", "sketchbook", "gnuboard"))
]


def _selectors() -> Iterator[str]:
    layouts = [generation.article for outlet in OUTLETS for generation in outlet.generations]
    for layout in [*layouts, *(engine.article for engine in ENGINES)]:
        for field in fields(layout):
            found = getattr(layout, field.name)
            yield from found if isinstance(found, tuple) else ()


def test_every_selector_can_be_used() -> None:
    root = parse_document("<p>", "http://a.example").root
    found = {css: value(root, css) for css in _selectors()}
    assert set(found.values()) == {None}


def test_no_host_has_two_outlets() -> None:
    hosts = Counter(host for outlet in OUTLETS for host in outlet.hosts)
    assert max(hosts.values()) == 1


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.mk.co.kr/news/society/1", "매일경제"),
        ("https://biz.chosun.com/a/1", "조선일보"),
        ("http://news.kbs.co.kr:80/1", "KBS"),
        ("https://notmk.co.kr/1", None),
        ("http://127.0.0.1:8081/news/1", None),
    ],
)
def test_an_outlet_is_known_by_its_host(url: str, name: str | None) -> None:
    outlet = outlet_of(parse_document("<p>", url))
    assert (outlet.name if outlet else None) == name


def test_the_layout_of_a_page_s_own_day_comes_first() -> None:
    layouts = [Generation(article=ArticleLayout(body=(name,))) for name in ("new", "old", "older")]
    days = (None, date(2020, 12, 31), date(2010, 12, 31))
    dated = tuple(replace(layout, until=day) for layout, day in zip(layouts, days, strict=True))
    outlet = Outlet(name="샛강일보", generations=dated)

    def order(year: int) -> list[str]:
        page = parse_document("<p>", "http://a.example", fetched=datetime(year, 6, 1, tzinfo=KST))
        return [layout.article.body[0] for layout in generations(outlet, page)]

    assert order(2026) == ["new", "old", "older"]
    assert order(2015) == ["old", "new", "older"]
    assert order(2008) == ["older", "old", "new"]


def _on_unchecked_host(body: str) -> Article:
    text = "".join(
        f"<p>{n}번째 나루터에서 배가 떠난다고 뱃사공이 알렸다. 손님은 모두 제시간에 탔다.</p>"
        for n in range(9)
    )
    page = f"""<html><head><title>나루터 배 시간 바뀌어</title><meta property="og:type" content="article">
    <meta property="og:title" content="나루터 배 시간 바뀌어"><meta property="article:published_time"
    content="2026-03-05T09:12:33+09:00"></head><body>{body}<main><h2>나루터 배 시간 바뀌어</h2>
    <div class="txt">{text}</div></main></body></html>"""
    return read_article(parse_document(page, "https://www.segye.com/newsView/20260305000001"))


@pytest.mark.parametrize(
    "misleading",
    [
        "",
        '<article class="viewBox2"><p>'
        "지난 한 주 많이 읽은 기사를 모은 상자입니다 눌러서 더 볼 수 있습니다</p></article>",
        '<h3 id="title_sns">많이 본 기사</h3>',
        '<p class="viewInfo">입력 2019-01-01 00:00</p>',
    ],
)
def test_a_layout_that_was_never_checked_yields_to_the_page(misleading: str) -> None:
    article = _on_unchecked_host(misleading)
    assert article.headline == "나루터 배 시간 바뀌어"
    assert (len(article.body), article.source) == (9, "세계일보")
    assert article.date_published == datetime(2026, 3, 5, 9, 12, 33, tzinfo=KST)


def _document(folder: Path) -> Document:
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    fetched = datetime.fromisoformat(meta["fetched"])
    body = (folder / "page.html").read_bytes()
    return parse_document(body, meta["url"], content_type=meta["content_type"], fetched=fetched)


def test_the_general_reader_alone_reads_every_news_page() -> None:
    """Mean F1 of the bodies' words at least .97, headlines at least .95."""
    scores, headlines = [], []
    for folder in NEWS:
        expected = json.loads((folder / "expected.json").read_text("utf-8"))
        article = read_article(_document(folder), layouts=False)
        found = Counter(" ".join(block.text for block in article.body).split())
        wanted = Counter(" ".join(block["text"] for block in expected["body"]).split())
        if wanted or found:  # photographs alone have no body
            scores.append(2 * (found & wanted).total() / (found.total() + wanted.total()))
        headlines.append(article.headline == expected["headline"])
    assert len(NEWS) >= 14
    assert sum(scores) / len(scores) >= 0.97
    assert sum(headlines) / len(headlines) >= 0.95


def test_every_outlet_has_a_page_of_its_own_making() -> None:
    pages = [_document(folder) for folder in NEWS]
    shown = {outlet.name for page in pages if (outlet := outlet_of(page)) is not None}
    assert {outlet.name for outlet in OUTLETS} <= shown


def test_a_moment_without_a_zone_is_the_outlet_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    layout = ArticleLayout(body=("div.text",), headline=("h1",), date=("p.date",), modified=("p.change",))
    abroad = Outlet(
        name="물결신문",
        hosts=("wave.example",),
        zone=timezone(timedelta(hours=-5)),
        generations=(Generation(article=layout, checked=date(2026, 3, 5)),),
    )
    monkeypatch.setattr("newsbot.pages.news_page.outlet_of", lambda page: abroad)
    lines = "".join(
        f"<p>물결신문이 {n}번째로 전하는 소식은 바다 건너 섬마을에서 온 것이다.</p>" for n in range(3)
    )
    page = parse_document(
        "<h1>바다 건너 온 소식</h1><p class=date>2026-03-05 09:12</p><p class=change>2026-03-05T10:01:00Z</p>"
        f"<div class=text>{lines}</div>",
        "https://wave.example/news/1",
        fetched=datetime(2026, 3, 6, tzinfo=KST),
    )
    article = read_article(page)
    assert article.date_published == datetime(2026, 3, 5, 23, 12, tzinfo=KST)


@pytest.mark.parametrize(
    ("line", "notice"),
    [("ⓒ 샛강일보사", True), ("© 샛강일보 All Rights Reserved", True), ("ⓒ 가온시청", False)],
)
def test_the_notice_of_a_known_holder(line: str, notice: bool) -> None:
    passages = [Passage(text="샛강시가 새 나루를 열었다고 5일 밝혔다."), Passage(text=line)]
    reading = read_body(passages, holders=("샛강일보사", "샛강일보"))
    assert (reading.copyright_notice == line) == notice
