import gzip
import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from exported import NOON, Version, article
from fastwarc.warc import ArchiveIterator

from newsbot.captures import CaptureWriter, Exchange
from newsbot.captures.extract import members
from newsbot.errors import NewsbotError
from newsbot.export import Format, How
from newsbot.export.formats import write_file
from newsbot.export.record import Recorded


def _page(number: int) -> Exchange:
    return Exchange(
        url=f"https://board.example/news/{number}",
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=f"<html><h1>시정 소식 {number}</h1></html>".encode(),
        fetched=NOON,
    )


@pytest.fixture
def how(tmp_path: Path) -> How:
    """Of a run that captured the pages 1 to 4, of which 1 and 2 are to be exported."""
    writer = CaptureWriter(tmp_path / "run.warc.gz", software="newsbot/0")
    places = {f"newsbot:board.example/{n}": (writer.write(_page(n)).capture, _page(n)) for n in (1, 2, 3, 4)}
    writer.close()

    def captured(uri: str, revision: int) -> Recorded | None:
        if uri not in places:
            return None
        place, page = places[uri]
        found = [(str(at.offset), data) for at, data in members(tmp_path, place, None)]
        return Recorded(url=page.url, fetched=page.fetched, members=found * revision)

    return How(emails=True, of="시정", captured=captured)


def _lines(packed: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in packed.read(name).decode().splitlines()]


def _indexed(packed: zipfile.ZipFile) -> dict[str, dict[str, str]]:
    """The index's entries by address."""
    lines = gzip.decompress(packed.read("indexes/index.cdx.gz")).decode().splitlines()
    entries = [json.loads(line.split(" ", 2)[2]) for line in lines]
    return {entry["url"]: entry for entry in entries if "url" in entry and entry.get("status")}


def test_a_wacz_is_valid_and_leads_to_its_pages(tmp_path: Path, how: How) -> None:
    path = tmp_path / "a.wacz"
    assert write_file(Format.WACZ, [Version(article(1)), Version(article(2), revision=2)], path, how) == 2
    check = [sys.executable, "-W", "ignore", "-m", "wacz.main", "validate", "--file", str(path)]
    checked = subprocess.run(check, capture_output=True, text=True, check=False)
    assert "the passed WACZ is valid" in checked.stdout, checked
    with zipfile.ZipFile(path) as packed:
        header, *pages = _lines(packed, "pages/pages.jsonl")
        index, warc = _indexed(packed), packed.read("archive/newsbot.warc.gz")
        assert json.loads(packed.read("datapackage.json"))["title"] == "시정"
    assert header["format"] == "json-pages-1.0"
    assert sorted(index) == [page["url"] for page in pages] == [_page(1).url, _page(2).url]
    for number, page in enumerate(pages, 1):
        at = int(index[page["url"]]["offset"])
        record = next(iter(ArchiveIterator(BytesIO(warc[at : at + int(index[page["url"]]["length"])]))))
        assert record.headers["WARC-Target-URI"] == page["url"]
        assert record.reader.read() == _page(number).body
    assert len(list(ArchiveIterator(BytesIO(warc)))) == 1 + 2 + 2  # each capture once
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.wacz", "run.warc.gz"]


def test_its_pages_bear_headline_time_and_rights(tmp_path: Path, how: How) -> None:
    versions = [Version(article(1)), Version(article(2, usage_terms=(), copyright_notice=None), removed=NOON)]
    write_file(Format.WACZ, versions, tmp_path / "a.wacz", how)
    with zipfile.ZipFile(tmp_path / "a.wacz") as packed:
        _, first, second = _lines(packed, "pages/pages.jsonl")
    assert first == {
        "id": "newsbot:board.example/1",
        "url": "https://board.example/news/1",
        "ts": "2026-03-02T03:00:00Z",
        "title": article().headline,
        "copyrightNotice": "저작권자 ⓒ 종이신문",
        "usageTerms": "무단 전재 금지\nAI 학습 금지",
    }
    assert set(second) == {"id", "url", "ts", "title", "removed"}


def test_what_was_not_captured_is_left_out(tmp_path: Path, how: How) -> None:
    write_file(Format.WACZ, [Version(article(9)), Version(article(2))], tmp_path / "a.wacz", how)
    with zipfile.ZipFile(tmp_path / "a.wacz") as packed:
        assert [page["id"] for page in _lines(packed, "pages/pages.jsonl")[1:]] == ["newsbot:board.example/2"]


def test_no_page_at_all_is_no_wacz(tmp_path: Path, how: How) -> None:
    with pytest.raises(NewsbotError, match="nothing to put into a WACZ"):
        write_file(Format.WACZ, [Version(article(9))], tmp_path / "a.wacz", how)
    assert [each.name for each in tmp_path.iterdir()] == ["run.warc.gz"]
