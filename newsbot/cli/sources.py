"""newsbot sources: what newsbot.toml says is to be crawled."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsbot.cli.fetching import fetch_pages
from newsbot.cli.options import ConfigOption, JsonOption
from newsbot.cli.printing import print_article, print_listing
from newsbot.config import DEFAULT_PATH, Config, Source, add_source, load, source_at, source_key
from newsbot.errors import ConfigError, NewsbotError
from newsbot.items import Article, Listing, as_json
from newsbot.pages.article import read_article
from newsbot.pages.document import Document, parse_document
from newsbot.pages.listing import read_listing

if TYPE_CHECKING:
    from newsbot.spiders.page import FetchedPage

app = typer.Typer(help="The sources of newsbot.toml: list them, add one, or check that they can be read.")


@app.callback(invoke_without_command=True)
def sources(context: typer.Context) -> None:
    """The sources of newsbot.toml: list them, add one, or check that they can be read."""
    if context.invoked_subcommand is None:
        list_sources()


@app.command("list")
def list_sources(config: ConfigOption = None, json_lines: JsonOption = False) -> None:
    """List the sources of newsbot.toml."""
    known = load(config).sources
    if json_lines:
        for name, source in known.items():
            typer.echo(json.dumps({"name": name, **source.model_dump(mode="json")}, ensure_ascii=False))
        return
    if not known:
        typer.echo("no sources yet; add one with: newsbot sources add https://board.example/news")
        return
    table = Table("source", "address", "engine", "", box=None, header_style="bold")
    for name, source in known.items():
        table.add_row(
            name, escape(source.url), source.engine or "", "" if source.enabled else "[dim]disabled[/]"
        )
    Console().print(table)


@app.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="A board's listing.")],
    name: Annotated[str | None, typer.Option(help="Default: made from the address.")] = None,
    config: ConfigOption = None,
) -> None:
    """Look at a board, show what would be read from it, and write it into newsbot.toml.

    Example:

        newsbot sources add https://board.example/news --name ranknews
    """
    settled = load(config)
    source = source_at(url)
    chosen = name or _name(url)
    if chosen in settled.sources:
        raise ConfigError(f"there is a source {chosen!r} already; give another name with --name")
    look = _look_at(source, settled)
    if look.listing is None:
        raise NewsbotError(look.trouble or f"{url}: no response")
    console = Console()
    print_listing(console, look.listing)
    if look.article is not None:
        console.rule("the first article, as it would be read")
        print_article(console, as_json(look.article))
    elif look.trouble:
        console.print(f"[yellow]![/] no article could be read: {escape(look.trouble)}", soft_wrap=True)
    path = config or DEFAULT_PATH
    add_source(path, chosen, source)
    console.print(
        f"\nwritten to {path} as [bold]{escape(chosen)}[/]; crawl it with: newsbot crawl {escape(chosen)}"
    )


@app.command()
def check(
    name: Annotated[str | None, typer.Argument(metavar="[SOURCE]", help="Default: all of them.")] = None,
    config: ConfigOption = None,
) -> None:
    """Read one listing page and one article of a source now, and say what could be read."""
    settled = load(config)
    if name is not None and name not in settled.sources:
        raise ConfigError(
            f"no source is called {name!r} (there are: {', '.join(settled.sources) or 'none yet'})"
        )
    chosen = [name] if name else list(settled.sources)
    if not chosen:
        raise ConfigError("no sources yet; add one with: newsbot sources add URL")
    looks = _looks_at([settled.sources[each] for each in chosen], settled)
    for each, look in zip(chosen, looks, strict=True):
        Console().print(f"[bold]{escape(each)}[/]: {_verdict(look)}", soft_wrap=True, highlight=False)
    raise typer.Exit(0 if all(look.listing and look.article for look in looks) else 1)


@dataclass(slots=True)
class _Look:
    """What a look at a source found: its listing, its first article that can be read, or the trouble."""

    source: Source
    listing: Listing | None = None
    article: Article | None = None
    trouble: str | None = None

    def take(self, page: FetchedPage) -> Iterator[str]:
        """Read a fetched page; the next to fetch is the first article of the listing."""
        if page.trouble:
            self.trouble = f"{page.url}: {page.trouble}"
            return
        document = self._document(page)
        try:
            if self.listing is None:
                self.listing = read_listing(document)
                self.trouble = None if self.listing.headlines else "the listing is empty"
                readable = (h for h in self.listing.headlines if not h.notice and "secret" not in h.flags)
                yield from (headline.url for headline in list(readable)[:1])
            else:
                self.article = read_article(document, outlet=self.source.outlet)
        except NewsbotError as error:
            self.trouble = str(error)

    def _document(self, page: FetchedPage) -> Document:
        return parse_document(
            page.body,
            page.url,
            content_type=page.content_type,
            encoding=self.source.encoding,
            status=page.status,
            engine_name=self.source.engine,
        )


def _look_at(source: Source, config: Config) -> _Look:
    return _looks_at([source], config)[0]


def _looks_at(sources: list[Source], config: Config) -> list[_Look]:
    looks = [_Look(source=source) for source in sources]
    fetch_pages([(look.source.url, look.take) for look in looks], config)
    return looks


def _verdict(look: _Look) -> str:
    if look.listing is None:
        return f"[red]nothing could be read[/]: {escape(look.trouble or 'no response')}"
    found = f"{look.listing.engine}, {len(look.listing.headlines)} headlines"
    if look.article is None:
        return f"[yellow]{found}, but no article[/]: {escape(look.trouble or 'none is open to be read')}"
    return f"[green]{found}[/]; the first article reads: {escape(look.article.headline)}"


def _name(url: str) -> str:
    """A source's name out of its address: the host's own part and the board's."""
    host = (urlsplit(url).hostname or "board").removeprefix("www.")
    stem = host if host.replace(".", "").isdigit() else host.split(".")[0]
    board = re.split(r"[/=&?]", source_key(url))[-1] if "/" in source_key(url) else ""
    return re.sub(r"[^\w-]+", "-", f"{stem}-{board}").strip("-")
