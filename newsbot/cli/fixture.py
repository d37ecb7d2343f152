"""newsbot fixture: a page and what is read from it, saved as a test without code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from newsbot.cli.fetching import load_page
from newsbot.cli.options import ConfigOption
from newsbot.cli.parse import KindOption, UrlOption
from newsbot.errors import ConfigError
from newsbot.items import Article, as_json
from newsbot.pages.document import Document
from newsbot.pages.reading import read_page

_VOLATILE = ("date_fetched", "provenance", "site", "uri", "url")


def fixture(
    page: Annotated[str, typer.Argument(metavar="FILE|URL", help="A saved page, or an address to fetch.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="The fixture's folder.")],
    into: Annotated[Path, typer.Option(help="Where fixtures lie.")] = Path("tests/pages/fixtures"),
    url: UrlOption = None,
    kind: KindOption = None,
    config: ConfigOption = None,
) -> None:
    """Save a page with what newsbot reads from it, to be corrected by hand: the whole test of an outlet.

    Example:

        newsbot fixture https://paper.example/news/901 paper-article
    """
    folder = into / name
    if folder.exists():
        raise ConfigError(f"{folder} is there already: give another name, or remove it")
    loaded = load_page(page, url, None, config)
    item = read_page(loaded.document, kind.value if kind else None)
    folder.mkdir(parents=True)
    (folder / "page.html").write_bytes(loaded.body)
    _write(folder / "meta.json", _meta(loaded.document, loaded.content_type))
    expected = {"read_as": "article" if isinstance(item, Article) else "listing"} | _claims(as_json(item))
    _write(folder / "expected.json", expected)
    Console().print(
        f"written: [bold]{escape(str(folder))}[/]; now correct expected.json by hand", soft_wrap=True
    )


def _meta(document: Document, content_type: str | None) -> dict[str, Any]:
    meta = {"url": document.url, "content_type": content_type, "status": document.status}
    return meta | {"fetched": document.fetched.isoformat(timespec="seconds")}


def _claims(values: dict[str, Any]) -> dict[str, Any]:
    """What is worth claiming: no empty field, nothing that changes from one look to the next."""
    return {
        name: value for name, value in values.items() if value not in (None, [], "") and name not in _VOLATILE
    }


def _write(path: Path, values: dict[str, Any]) -> None:
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", "utf-8")
