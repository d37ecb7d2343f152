"""newsbot parse: what is read from one page."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from newsbot.cli.fetching import (
    LegacyTlsOption,
    Steps,
    address,
    fetch_for,
    further_pages,
    is_address,
    saved_page,
)
from newsbot.cli.options import ConfigOption, JsonOption
from newsbot.cli.printing import print_article, print_listing
from newsbot.config import load, source_at
from newsbot.errors import ConfigError
from newsbot.items import Article, Listing, as_json
from newsbot.pages.encoding import is_known
from newsbot.pages.reading import PageKind, read_page


class Kind(StrEnum):
    """What a page may be read as."""

    ARTICLE = "article"
    LISTING = "listing"


def _an_address(url: str | None) -> str | None:
    return None if url is None else source_at(url).url


def _an_encoding(name: str | None) -> str | None:
    if name is not None and not is_known(name):
        raise ConfigError(f'--encoding {name}: should be a character encoding such as "cp949" or "utf-8"')
    return name


UrlOption = Annotated[
    str | None,
    typer.Option(
        "--url",
        metavar="URL",
        help="Where a saved page came from: its links are read by it.",
        callback=_an_address,
    ),
]
KindOption = Annotated[Kind | None, typer.Option("--as", help="Default: seen from the page.")]


def parse(
    page: Annotated[str, typer.Argument(metavar="FILE|URL", help="A saved page, or an address to fetch.")],
    url: UrlOption = None,
    kind: KindOption = None,
    encoding: Annotated[
        str | None, typer.Option(help="The page's encoding, over what it says itself.", callback=_an_encoding)
    ] = None,
    provenance: Annotated[
        bool, typer.Option("--provenance", help="Say where each field came from: layout, jsonld, meta, text.")
    ] = False,
    legacy_tls: LegacyTlsOption = False,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Read one page and show what newsbot sees in it: an article, or a listing's headlines.

    Exit code 1 when the page is neither, and says what it is instead.

    Examples:

        newsbot parse https://board.example/news/3655

        newsbot parse saved.html --url https://board.example/news --as listing --json
    """
    read_as: PageKind | None = kind.value if kind else None
    if is_address(page):
        item = fetch_for(_read(page, read_as), address(page, encoding, legacy_tls=legacy_tls), load(config))
    else:
        item = read_page(saved_page(page, url, encoding).document, read_as)
    if json_lines:
        typer.echo(json.dumps(as_json(item), ensure_ascii=False))
    elif isinstance(item, Article):
        print_article(Console(), as_json(item), provenance=provenance)
    else:
        print_listing(Console(), item)


def _read(url: str, kind: PageKind | None) -> Steps[Article | Listing]:
    """The page at ``url``; an article that stands on several pages, from all of them."""
    item = read_page((yield url).document, kind)
    return (yield from further_pages(item)) if isinstance(item, Article) else item
