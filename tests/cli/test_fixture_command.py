import json
from pathlib import Path

from commanding import Command

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
