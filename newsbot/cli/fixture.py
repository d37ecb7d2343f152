"""newsbot fixture: a page and what is read from it, saved as a test without code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from newsbot.cli.fetching import (
    LegacyTlsOption,
    LoadedPage,
    Steps,
    address,
    fetch_for,
    further_pages,
    is_address,
    saved_page,
)
from newsbot.cli.options import ConfigOption
from newsbot.cli.parse import KindOption, UrlOption
from newsbot.config import load
from newsbot.errors import ConfigError, NewsbotError
from newsbot.items import Article, Listing, as_json
from newsbot.pages.reading import PageKind, read_page

_VOLATILE = ("date_fetched", "provenance", "site", "uri", "url")

_Read = tuple[Article | Listing, list[LoadedPage]]


def fixture(
    page: Annotated[str, typer.Argument(metavar="FILE|URL", help="A saved page, or an address to fetch.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="The fixture's folder.")],
    into: Annotated[Path, typer.Option(help="Where fixtures lie.")] = Path("tests/pages/fixtures"),
    url: UrlOption = None,
    kind: KindOption = None,
    legacy_tls: LegacyTlsOption = False,
    config: ConfigOption = None,
) -> None:
    """Save a page with what newsbot reads from it, to be corrected by hand: the whole test of an outlet.

    Example:

        newsbot fixture https://paper.example/news/901 paper-article
    """
    folder = into / name
    if folder.exists():
        raise ConfigError(f"{folder} is there already: give another name, or remove it")
    read_as: PageKind | None = kind.value if kind else None
    if is_address(page):
        item, pages = fetch_for(
            _fetched(page, read_as), address(page, None, legacy_tls=legacy_tls), load(config)
        )
    else:
        pages = [saved_page(page, url)]
        item = read_page(pages[0].document, read_as)
    try:
        _save(folder, pages, item)
    except OSError as error:
        raise NewsbotError(f"{folder} cannot be written: {error.strerror}") from None
    Console().print(
        f"written: [bold]{escape(str(folder))}[/]; now correct expected.json by hand", soft_wrap=True
    )


def _fetched(url: str, kind: PageKind | None) -> Steps[_Read]:
    """What is read at ``url``, of an article that stands on several pages from all of them; and the pages."""
    first = yield url
    item = read_page(first.document, kind)
    if not isinstance(item, Article):
        return item, [first]
    pages = [first]
    article = yield from further_pages(item, pages)
    # Where the pager turned out to be one of something else the article is on its first page alone.
    return article, pages if article.body != item.body else pages[:1]


def _save(folder: Path, pages: Sequence[LoadedPage], item: Article | Listing) -> None:
    folder.mkdir(parents=True)
    for number, part in enumerate(pages, 1):
        (folder / (f"page-{number}.html" if number > 1 else "page.html")).write_bytes(part.body)
    first, *further = map(_meta, pages)
    _write(folder / "meta.json", first | ({"further": further} if further else {}))
    expected = {"read_as": "article" if isinstance(item, Article) else "listing"} | _claims(as_json(item))
    _write(folder / "expected.json", expected)


def _meta(page: LoadedPage) -> dict[str, Any]:
    document = page.document
    meta = {"url": document.url, "content_type": page.content_type, "status": document.status}
    return meta | {"fetched": document.fetched.isoformat(timespec="seconds")}


def _claims(values: dict[str, Any]) -> dict[str, Any]:
    """What is worth claiming: no empty field, nothing that changes from one look to the next."""
    return {
        name: value for name, value in values.items() if value not in (None, [], "") and name not in _VOLATILE
    }


def _write(path: Path, values: dict[str, Any]) -> None:
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", "utf-8")
