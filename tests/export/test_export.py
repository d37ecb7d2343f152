import csv as spreadsheet
import io
import json
from collections.abc import Iterator
from dataclasses import fields

import pytest
from exported import NOON, TEXT_FORMATS, Version, article, bare, written

from newsbot.export import Format, How, article_json
from newsbot.export.formats import write_stream
from newsbot.items import Article, article_from_json


def test_an_article_has_the_fields_of_the_contract_in_its_order() -> None:
    names = list(article_json(Version(article(), revision=3)))
    assert names[:3] == ["uri", "url", "site"]
    assert names[-6:] == ["date_fetched", "revision", "content_hash", "removed", "capture", "listing"]
    assert {field.name for field in fields(Article)} | {"revision", "content_hash", "removed"} == set(names)


def test_json_lines_read_back_as_the_same_articles() -> None:
    articles = [article(), article(2, listing=None), bare()]
    lines = written(Format.JSONL, *map(Version, articles), emails=True).splitlines()
    assert [article_from_json(json.loads(line)) for line in lines] == articles
    assert "단독" in lines[0]
    assert json.loads(lines[0])["revision"] == 1


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_addresses_of_reporters_are_left_out_unless_asked_for(form: Format) -> None:
    assert "nagne@paper.example" in written(form, Version(article()), emails=True)
    without = written(form, Version(article()))
    assert "@paper.example" not in without
    assert "@board.example" not in without
    assert "나그네" in without
    assert "park@city.example" in without  # the text's own


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_usage_terms_and_the_copyright_notice_travel_along(form: Format) -> None:
    text = written(form, Version(article()))
    assert all(words in text for words in ("저작권자 ⓒ 종이신문", "무단 전재 금지", "AI 학습 금지"))


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_an_export_streams(form: Format) -> None:
    out = io.StringIO()

    def articles() -> Iterator[Version]:
        for number in range(3):
            yield Version(article(number))
            assert f"newsbot:board.example/{number}" in out.getvalue()  # written before the next is asked for

    write_stream(form, articles(), out, How())
    assert out.getvalue().count("newsbot:board.example/2") >= 1


def test_a_removed_article_says_since_when() -> None:
    removed = Version(article(), removed=NOON)
    assert json.loads(written(Format.JSONL, removed))["removed"] == "2026-03-02T12:00:00+09:00"
    assert _row(removed)["removed"] == "2026-03-02T12:00:00+09:00"


def _row(version: Version) -> dict[str, str]:
    (row,) = spreadsheet.DictReader(io.StringIO(written(Format.CSV, version), newline=""))
    return row


def test_a_row_of_csv_holds_the_lists_in_one_cell_each() -> None:
    row = _row(Version(article()))
    expected = {
        "headline": '[단독] 하천 산책로 "넓힌다" & 잇는다 <1>',
        "deck": "'- 봄부터 세 곳\n조명도 바꿔",
        "bylines": "나그네; 길손",
        "byline_emails": "",
        "image_urls": "https://board.example/산책로 1.jpg",
        "image_captions": "새 산책로 2026.3.2",
        "image_credits": "시 제공",
        "keywords": "하천; 산책로",
        "usage_terms": "무단 전재 금지\nAI 학습 금지",
        "date_published": "2026-03-02T12:00:00+09:00",
        "revision": "1",
        "removed": "",
    }
    assert {name: row[name] for name in expected} == expected
    assert row["body"].splitlines()[2:5] == ["조명", "다리 둘", "등 셋"]


@pytest.mark.parametrize("text", ["=1+1", "+82", "-3도", "@홍보", "＝A1", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert _row(Version(article(headline=text)))["headline"] == "'" + text


@pytest.mark.parametrize("text", ["3=3", "가-나", "'=1", "한국 +1"])
def test_ordinary_cells_stay_as_they_are(text: str) -> None:
    assert _row(Version(article(headline=text)))["headline"] == text


def test_an_empty_export_is_empty_in_its_form() -> None:
    assert written(Format.JSONL) == written(Format.NINJS) == ""
    assert written(Format.CSV).count("\r\n") == 1
    assert json.loads(written(Format.JSONLD))["@graph"] == []
    assert "<entry>" not in written(Format.ATOM)
