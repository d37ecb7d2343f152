"""newsbot sources: what newsbot.toml says is to be crawled."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.markup import escape

from newsbot.cli.fetching import LegacyTlsOption
from newsbot.cli.looking import Sight, looks_at
from newsbot.cli.options import ConfigOption, JsonOption
from newsbot.cli.printing import print_article, print_listing
from newsbot.cli.tables import table_of
from newsbot.config import DEFAULT_PATH, Config, add_source, load, source_at, source_key
from newsbot.errors import ConfigError, NewsbotError
from newsbot.items import Listing, as_json

SHOWN = 30  # headlines: a page of a board; a sitemap may have thousands

app = typer.Typer(help="The sources of newsbot.toml: list them, add one, or check that they can be read.")


@app.callback(invoke_without_command=True)
def sources(context: typer.Context) -> None:
    """The sources of newsbot.toml: list them, add one, or check that they can be read."""
    if context.invoked_subcommand is None:
        list_sources()


@app.command("list")
def list_sources(config: ConfigOption = None, json_lines: JsonOption = False) -> None:
    """List the sources of newsbot.toml.

    Example:

        newsbot sources list --json
    """
    known = load(config).sources
    if json_lines:
        for name, source in known.items():
            typer.echo(json.dumps({"name": name, **source.model_dump(mode="json")}, ensure_ascii=False))
        return
    if not known:
        typer.echo("no sources yet; add one with: newsbot sources add https://board.example/news")
        return
    table = table_of("source", "address", "engine", "")
    for name, source in known.items():
        table.add_row(
            name, escape(source.url), source.engine or "", "" if source.enabled else "[dim]disabled[/]"
        )
    Console().print(table)


@app.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="A board, a feed, a sitemap, or a home page.")],
    name: Annotated[str | None, typer.Option(help="Default: made from the address.")] = None,
    legacy_tls: LegacyTlsOption = False,
    config: ConfigOption = None,
) -> None:
    """Find out what an address shows, show what would be read from it, and write it into newsbot.toml.

    Of a home page the first feed that can be read is taken, else a sitemap that its robots.txt names.

    Examples:

        newsbot sources add https://board.example/news --name ranknews

        newsbot sources add https://outlet.example
    """
    settled = load(config)
    source = source_at(url).model_copy(update={"legacy_tls": legacy_tls})
    chosen = name or _name(url)
    if chosen in settled.sources:
        raise ConfigError(f"there is a source {chosen!r} already; give another name with --name")
    _refuse_a_second(settled, url)
    [look] = looks_at([source], settled, search=True)
    found = look.sight
    if found.listing is None:
        raise NewsbotError(found.trouble or f"{url}: no response")
    _refuse_a_second(settled, found.url)
    console = Console()
    _show(console, found, found.listing)
    for other in look.others:
        console.print(f"[dim]there is also[/] {escape(other)}", soft_wrap=True, highlight=False)
    path = config or DEFAULT_PATH
    add_source(path, chosen, source.model_copy(update={"url": found.url}))
    said = f"\nwritten to {path} as [bold]{escape(chosen)}[/]; crawl it with: newsbot crawl {escape(chosen)}"
    console.print(said, soft_wrap=True)


@app.command()
def check(
    name: Annotated[str | None, typer.Argument(metavar="[SOURCE]", help="Default: all of them.")] = None,
    config: ConfigOption = None,
) -> None:
    """Read one listing page and one article of a source now, and say what could be read.

    Example:

        newsbot sources check ranknews
    """
    settled = load(config)
    if name is not None and name not in settled.sources:
        raise ConfigError(
            f"no source is called {name!r} (there are: {', '.join(settled.sources) or 'none yet'})"
        )
    chosen = [name] if name else list(settled.sources)
    if not chosen:
        raise ConfigError("no sources yet; add one with: newsbot sources add URL")
    looks = looks_at([settled.sources[each] for each in chosen], settled)
    for each, look in zip(chosen, looks, strict=True):
        Console().print(f"[bold]{escape(each)}[/]: {_verdict(look.sight)}", soft_wrap=True, highlight=False)
    raise typer.Exit(0 if all(look.sight.article for look in looks) else 1)


def _refuse_a_second(settled: Config, url: str) -> None:
    """An archive knows a source by its address: two of one address would be one, crawled twice."""
    for name, source in settled.sources.items():
        if source_key(source.url) == source_key(url):
            raise ConfigError(f"{url} is there already: newsbot crawl {name}")


def _show(console: Console, found: Sight, listing: Listing) -> None:
    """The first headlines, and the first article as it would be read."""
    print_listing(console, replace(listing, headlines=listing.headlines[:SHOWN]))
    if (further := len(listing.headlines) - SHOWN) > 0:
        console.print(f"[dim]… and {further} more[/]")
    if found.article is not None:
        console.rule("the first article, as it would be read")
        print_article(console, as_json(found.article))
    elif found.trouble:
        console.print(f"[yellow]![/] no article could be read: {escape(found.trouble)}", soft_wrap=True)


def _verdict(found: Sight) -> str:
    if found.listing is None:
        return f"[red]nothing could be read[/]: {escape(found.trouble or 'no response')}"
    read = f"{found.listing.engine}, {len(found.listing.headlines)} headlines"
    if found.article is None:
        return f"[yellow]{read}, but no article[/]: {escape(found.trouble or 'none is open to be read')}"
    return f"[green]{read}[/]; the first article reads: {escape(found.article.headline)}"


def _name(url: str) -> str:
    """A source's name out of its address: the host's own part and the board's."""
    host = (urlsplit(url).hostname or "board").removeprefix("www.")
    stem = host if host.replace(".", "").isdigit() else host.split(".")[0]
    board = re.split(r"[/=&?]", source_key(url))[-1] if "/" in source_key(url) else ""
    return re.sub(r"[^\w-]+", "-", f"{stem}-{board}").strip("-")
