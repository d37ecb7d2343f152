"""Pages in the forms of real boards, each with what must be read from it.

A folder in ``fixtures`` is a test: ``page.html`` in its own encoding, ``meta.json`` (url, content_type,
status, fetched; of an article on several pages ``further``, the same of each of ``page-2.html`` …) and
``expected.json``: what is claimed of the article or listing as JSON, or of the refusal (``refused``: the
error's name, ``reason`` or ``state``). What is not claimed is not compared.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sampled import missing

from newsbot.errors import NotAListing, NotAnArticle, Unavailable
from newsbot.items import Article, Listing, as_json
from newsbot.pages.document import Document, parse_document
from newsbot.pages.joining import PagedArticle
from newsbot.pages.reading import PageKind, kind_of, read_page

FOLDERS = sorted(folder for folder in (Path(__file__).parent / "fixtures").iterdir() if folder.is_dir())


def _documents(folder: Path) -> list[Document]:
    """The page, and what its article goes on with."""
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    further = [
        _document(folder / f"page-{number}.html", each)
        for number, each in enumerate(meta.get("further", ()), 2)
    ]
    return [_document(folder / "page.html", meta), *further]


def _document(file: Path, meta: dict[str, Any]) -> Document:
    return parse_document(
        file.read_bytes(),
        meta["url"],
        content_type=meta.get("content_type"),
        fetched=datetime.fromisoformat(meta["fetched"]),
        status=meta.get("status", 200),
    )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_a_page_is_can_be_seen_from_it(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    if "refused" not in expected:
        assert kind_of(_documents(folder)[0]) == expected["read_as"]


def _outcome(pages: list[Document], claimed: dict[str, Any]) -> dict[str, Any]:
    kind = claimed["read_as"]
    try:
        return as_json(_read(pages, kind)) | {"read_as": kind}
    except (NotAListing, NotAnArticle, Unavailable) as error:
        said = {"refused": type(error).__name__, "message": str(error), "read_as": kind}
        return said | {name: getattr(error, name) for name in ("reason", "state") if hasattr(error, name)}


def _read(pages: list[Document], kind: PageKind) -> Article | Listing:
    item = read_page(pages[0], kind)
    if not isinstance(item, Article) or len(pages) == 1:
        return item
    paged = PagedArticle(item)
    for page in pages[1:]:
        assert paged.next_page == page.url
        paged.take(page)
    assert paged.next_page is None
    return paged.whole


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_page_is_read_as_it_should_be(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    wrong = missing(_outcome(_documents(folder), expected), expected)
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)
