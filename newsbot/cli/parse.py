"""newsbot parse: what is read from one page."""

from __future__ import annotations

import json
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from newsbot.cli.fetching import fetch_page
from newsbot.cli.options import ConfigOption, JsonOption
from newsbot.cli.printing import print_article, print_listing
from newsbot.config import load
from newsbot.errors import ConfigError
from newsbot.items import Article, as_json
from newsbot.pages.document import Document, parse_document
from newsbot.pages.metadata import stated_url
from newsbot.pages.reading import read_page


class Kind(StrEnum):
    """What a page may be read as."""

    ARTICLE = "article"
    LISTING = "listing"


def parse(
    page: Annotated[str, typer.Argument(metavar="FILE|URL", help="A saved page, or an address to fetch.")],
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="Where a saved page came from: its links are read by it."),
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--as", help="Default: seen from the page.")] = None,
    encoding: Annotated[
        str | None, typer.Option(help="The page's encoding, over what it says itself.")
    ] = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Read one page and show what newsbot sees in it: an article, or a listing's headlines.

    Exit code 1 when the page is neither, and says what it is instead.

    Examples:

        newsbot parse https://board.example/news/3655

        newsbot parse saved.html --url https://board.example/news --as listing --json
    """
    document = _document(page, url, encoding, config)
    item = read_page(document, kind.value if kind else None)
    if json_lines:
        typer.echo(json.dumps(as_json(item), ensure_ascii=False))
    elif isinstance(item, Article):
        print_article(Console(), as_json(item))
    else:
        print_listing(Console(), item)


def _document(page: str, url: str | None, encoding: str | None, config: Path | None) -> Document:
    if page.startswith(("http://", "https://")):
        fetched = fetch_page(page, load(config))
        return parse_document(
            fetched.body,
            fetched.url,
            content_type=fetched.content_type,
            encoding=encoding,
            status=fetched.status,
        )
    try:
        body = Path(page).read_bytes()
    except OSError as error:
        raise ConfigError(
            f"{page}: {error.strerror}; give a file, or an address that begins with http(s)://"
        ) from None
    document = parse_document(body, url or Path(page).resolve().as_uri(), encoding=encoding)
    if url is None and (stated := stated_url(document.root)):
        return replace(document, url=stated, base_url=stated)
    return document
