import http.server
import json
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from commanding import Command, in_its_own_process

PAGE = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>강변에 새 다리</title></head>
<body><article>
<h1>강변에 새 다리</h1><div><p>(여주=강변신문) 노을빛 기자 = 강변 두 마을을 잇는 다리가 5일 놓였다.</p>
<p>길이 120미터의 다리는 걸어서만 건널 수 있고, 난간에는 마을 아이들의 그림이 걸렸다.</p>
</div></article></body></html>
"""


def test_a_page_becomes_a_fixture_to_correct(newsbot: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    said = newsbot(
        "fixture", page, "bridge", "--into", tmp_path / "fixtures", "--url", "https://paper.example/901"
    )
    assert said.code == 0, said.err
    folder = tmp_path / "fixtures" / "bridge"
    assert (folder / "page.html").read_text("utf-8") == PAGE
    assert json.loads((folder / "meta.json").read_text("utf-8"))["url"] == "https://paper.example/901"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert (expected["read_as"], expected["headline"], expected["located"]) == (
        "article",
        "강변에 새 다리",
        "여주",
    )
    assert not {"date_fetched", "uri", "provenance"} & set(expected)


def test_a_place_that_cannot_be_written_is_one_line(newsbot: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    said = newsbot("fixture", page, "bridge", "--into", page)
    assert said.code == 1
    assert said.err.strip() == f"newsbot: {page}/bridge cannot be written: Not a directory"


def test_a_fixture_is_not_written_over(newsbot: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    (tmp_path / "fixtures" / "bridge").mkdir(parents=True)
    said = newsbot("fixture", page, "bridge", "--into", tmp_path / "fixtures")
    assert said.code == 2
    assert "is there already" in said.err


def test_what_is_no_article_leaves_no_fixture(newsbot: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>짧다</p>", "utf-8")
    said = newsbot("fixture", page, "bridge", "--into", tmp_path / "fixtures")
    assert said.code == 1
    assert not (tmp_path / "fixtures").exists()


PART = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>강변에 새 다리</title></head>
<body><article><h1>강변에 새 다리</h1><div class="text">{text}</div>
<div class="paging"><a href="/long.html">1</a> <a href="/long.html?page=2">2</a></div></article></body></html>
"""
FIRST = "<p>강변 두 마을을 잇는 다리가 5일 놓였다. 길이 120미터의 다리는 걸어서만 건널 수 있다.</p>"
SECOND = "<p>난간에는 마을 아이들의 그림이 걸렸다. 다리 이름은 다음 달 투표로 정한다고 군은 밝혔다.</p>"


class _Site(http.server.SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        return str(Path(self.directory) / path.lstrip("/").replace("?", "-"))

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "long.html").write_text(PART.format(text=FIRST), "utf-8")
    (folder / "long.html-page=2").write_text(PART.format(text=SECOND), "utf-8")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Site, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_an_article_on_several_pages_is_saved_whole(site: str, tmp_path: Path) -> None:
    said = in_its_own_process(
        "fixture", f"{site}/long.html", "long", "--into", tmp_path / "fixtures", "--legacy-tls", cwd=tmp_path
    )
    assert said.code == 0, said.err
    folder = tmp_path / "fixtures" / "long"
    assert SECOND in (folder / "page-2.html").read_text("utf-8")
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    assert [each["url"] for each in meta["further"]] == [f"{site}/long.html?page=2"]
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert [block["text"][:6] for block in expected["body"]] == ["강변 두 마", "난간에는 마"]
