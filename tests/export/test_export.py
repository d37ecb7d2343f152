import csv as spreadsheet
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from newsbot.export import article_json, csv, jsonl
from newsbot.export.files import replacing
from newsbot.items import Article, Block, Byline, Headline, Image, article_from_json
from newsbot.korean.date_forms import KST

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=KST)


@dataclass(frozen=True)
class Version:
    article: Article
    revision: int = 1
    content_hash: str = "c0ffee"


def _article(**more: object) -> Article:
    values = {
        "uri": "newsbot:board.example/1",
        "url": "https://board.example/news/1",
        "site": "board.example",
        "document_id": "1",
        "headline": "[단독] 하천 산책로 넓힌다",
        "headline_marks": ("단독",),
        "deck": ("- 봄부터 세 곳", "조명도 바꿔"),
        "body": (
            Block(type="paragraph", text='시는 "넓힌다"고, 밝혔다.'),
            Block(type="subhead", text="조명"),
        ),
        "bylines": (
            Byline(name="나그네", raw="나그네 기자 nagne@paper.example", email="nagne@paper.example"),
            Byline(name=None, raw="사회부"),
            Byline(name="길손", raw="길손 기자"),
        ),
        "byline_raw": "나그네 기자 nagne@paper.example",
        "images": (
            Image(caption="새 산책로", credit_line="시 제공"),
            Image(url="https://board.example/1.jpg"),
        ),
        "keywords": ("하천", "산책로"),
        "date_fetched": NOON,
        "date_published": NOON,
        "listing": Headline(document_id="1", url="https://board.example/news/1", title="하천 산책로"),
    }
    return Article(**values | more)  # type: ignore[arg-type]


def _written(form: ModuleType, *articles: Article, **how: bool) -> str:
    out = io.StringIO(newline="")
    assert form.write(map(Version, articles), out, **how) == len(articles)
    return out.getvalue()


def test_an_article_has_the_fields_of_the_contract_in_its_order() -> None:
    names = list(article_json(Version(_article(), revision=3)))
    assert names[:3] == ["uri", "url", "site"]
    assert names[-5:] == ["date_fetched", "revision", "content_hash", "capture", "listing"]
    assert {field.name for field in fields(Article)} | {"revision", "content_hash", "capture"} == set(names)


def test_json_lines_read_back_as_the_same_articles() -> None:
    articles = [_article(), _article(uri="newsbot:board.example/2", listing=None)]
    lines = _written(jsonl, *articles).splitlines()
    assert [article_from_json(json.loads(line)) for line in lines] == articles
    assert "단독" in lines[0]
    assert json.loads(lines[0])["revision"] == 1


@pytest.mark.parametrize("form", [jsonl, csv])
def test_addresses_of_reporters_can_be_left_out(form: ModuleType) -> None:
    assert "nagne@paper.example" in _written(form, _article())
    bare = _written(form, _article(), emails=False)
    assert "@" not in bare
    assert "나그네" in bare


def _row(article: Article) -> dict[str, str]:
    (row,) = spreadsheet.DictReader(io.StringIO(_written(csv, article), newline=""))
    return row


def test_a_row_of_csv_holds_the_lists_in_one_cell_each() -> None:
    row = _row(_article())
    expected = {
        "headline": "[단독] 하천 산책로 넓힌다",
        "deck": "'- 봄부터 세 곳\n조명도 바꿔",
        "body": '시는 "넓힌다"고, 밝혔다.\n조명',
        "bylines": "나그네; 길손",
        "byline_emails": "nagne@paper.example",
        "image_urls": "https://board.example/1.jpg",
        "image_captions": "새 산책로",
        "keywords": "하천; 산책로",
        "date_published": "2026-03-02T12:00:00+09:00",
        "board": "",
        "revision": "1",
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("text", ["=1+1", "+82", "-3도", "@홍보", "＝A1", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert _row(_article(headline=text))["headline"] == "'" + text


@pytest.mark.parametrize("text", ["3=3", "가-나", "'=1", "한국 +1"])
def test_ordinary_cells_stay_as_they_are(text: str) -> None:
    assert _row(_article(headline=text))["headline"] == text


@pytest.mark.parametrize("form", [jsonl, csv])
def test_an_export_streams_and_tells_how_far_it_is(form: ModuleType) -> None:
    out = io.StringIO()
    told: list[tuple[int, bool]] = []

    def articles() -> Iterator[Version]:
        for number in range(3):
            yield Version(_article(uri=f"newsbot:board.example/{number}"))
            assert f"board.example/{number}" in out.getvalue()  # written before the next is asked for

    form.write(articles(), out, progress=lambda done: told.append((done, f"/{done - 1}" in out.getvalue())))
    assert told == [(1, True), (2, True), (3, True)]


def test_an_empty_export_is_an_empty_table() -> None:
    assert _written(jsonl) == ""
    assert _written(csv).count("\r\n") == 1


def test_a_file_appears_whole(tmp_path: Path) -> None:
    path = tmp_path / "articles.csv"
    with replacing(path, encoding=csv.ENCODING) as out:
        csv.write([Version(_article())], out)
        assert not path.exists()
    assert path.read_bytes().startswith("\ufeffuri,".encode())
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_export_leaves_the_file_of_before(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("before", encoding="utf-8")

    def articles() -> Iterator[Version]:
        yield Version(_article())
        raise RuntimeError

    with pytest.raises(RuntimeError), replacing(path) as out:
        jsonl.write(articles(), out)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]
