"""What the tests of the formats share: articles with every field, and how they are written."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from newsbot.export import Format, How
from newsbot.export.formats import write_stream
from newsbot.items import Article, Block, Byline, Headline, Image
from newsbot.korean.date_forms import KST

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=KST)
TEXT_FORMATS = [Format.JSONL, Format.CSV, Format.NINJS, Format.JSONLD, Format.ATOM]


@dataclass(frozen=True)
class Version:
    article: Article
    revision: int = 1
    content_hash: str = "c0ffee"
    stored: datetime = NOON + timedelta(days=1)
    first_stored: datetime = NOON + timedelta(hours=1)
    removed: datetime | None = None


def article(number: int = 1, **more: Any) -> Article:
    """An article with every field filled, and an address wherever one can stand."""
    values: dict[str, Any] = {
        "uri": f"newsbot:board.example/{number}",
        "url": f"https://board.example/news/{number}?page=2",
        "canonical_url": f"https://board.example/news/{number}",
        "site": "board.example",
        "board": "news",
        "document_id": str(number),
        "headline": '[단독] 하천 산책로 "넓힌다" & 잇는다 <1>',
        "headline_marks": ("단독",),
        "story_form": "종합",
        "deck": ("- 봄부터 세 곳", "조명도 바꿔"),
        "body": (
            Block(type="paragraph", text='시는 "넓힌다"고 <밝혔다> & 물러섰다.\n문의 park@city.example 로.'),
            Block(type="subhead", text="조명"),
            Block(type="list", text="다리 둘\n등 셋"),
            Block(type="note", text="나그네 기자 nagne@paper.example"),
        ),
        "bylines": (
            Byline(
                name="나그네", role="기자", agency="종이신문", place="수원", email="nagne@paper.example",
                raw="나그네 기자 (nagne@paper.example)",
            ),
            Byline(name=None, raw="사회부"),
            Byline(name="길손", role="기자", contribution="photo", raw="사진 길손 기자"),
            Byline(name=None, raw="desk@paper.example", email="desk@paper.example"),
        ),
        "byline_raw": "나그네 기자 nagne@paper.example / 사진 길손 기자",
        "dateline": "(수원=종이신문) 나그네 기자 nagne@paper.example =",
        "located": "수원",
        "images": (
            Image(url="https://board.example/산책로 1.jpg", caption="새 산책로 2026.3.2 g@paper.example"),
            Image(credit_line="시 제공"),
        ),
        "section": "사회",
        "keywords": ("하천", "산책로"),
        "language": "ko",
        "source": "종이신문",
        "provider": "p@board.example",
        "date_fetched": NOON,
        "date_published": NOON,
        "date_published_raw": "2026.03.02 12:00",
        "date_precision": "minute",
        "copyright_notice": "저작권자 ⓒ 종이신문",
        "usage_terms": ("무단 전재 금지", "AI 학습 금지"),
        "corrections": ("다리는 둘이 아니라 셋이기에 바로잡습니다.",),
        "listing": Headline(
            document_id="1", url="https://board.example/news/1", title="하천", poster="길 p@board.example"
        ),
    }  # fmt: skip
    return Article(**values | more)


def bare() -> Article:
    """An article with nothing but what none can be without."""
    return Article(
        uri="newsbot:board.example/9",
        url="https://board.example/news/9",
        site="board.example",
        document_id=None,
        headline="제목뿐",
        body=(),
        date_fetched=NOON,
    )


def written(form: Format, *versions: Version, emails: bool = False) -> str:
    out = io.StringIO(newline="")
    write_stream(form, versions, out, How(emails=emails))
    return out.getvalue()
