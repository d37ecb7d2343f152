"""newsbot search: what the archive has on something."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import islice
from typing import Annotated, Any, Final, Literal

import typer
from rich.console import Console
from rich.text import Text

from newsbot.archive import Archive, open_archive
from newsbot.archive.reading import Choice
from newsbot.archive.records import Hit, Tally
from newsbot.cli.options import (
    ArchiveOption,
    ConfigOption,
    JsonOption,
    configured,
    key_of_source,
    query_of,
)
from newsbot.cli.standing import check_crawled
from newsbot.cli.tables import table_of
from newsbot.korean.queries import Query
from newsbot.korean.snippets import Mark

_MARKED: Final = "bold yellow"
_SHOWN: Final = 10  # names of a facet, for people
_NAMES: Final = 16  # letters wide: the names of an article with many bylines


class Order(StrEnum):
    """In which order the articles come."""

    DATE = "date"
    RELEVANCE = "relevance"


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="QUERY", help='Words, "exact phrases", -left out, 제목: 기자: 매체: 섹션: 날짜:'
        ),
    ],
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=10_000, help="So many articles at the most.")
    ] = 20,
    all_: Annotated[bool, typer.Option("--all", help="Re-posts too, each for itself.")] = False,
    latest: Annotated[
        bool, typer.Option("--latest", help="Of a wire story's versions only the latest.")
    ] = False,
    first: Annotated[bool, typer.Option("--first", help="Only the first: as first reported.")] = False,
    by: Annotated[Order, typer.Option("--by", help="The newest first, or headlines first.")] = Order.DATE,
    facets: Annotated[
        bool, typer.Option("--facets", help="Counts by outlet, section, byline and day too.")
    ] = False,
    source: Annotated[
        str | None, typer.Option("--source", metavar="NAME", help="Only what this source lists.")
    ] = None,
    site: Annotated[str | None, typer.Option("--site", metavar="HOST", help="Only of this site.")] = None,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Find articles by their words, the newest first.

    A word is found with any particle, and inside other words. Quotes for an exact phrase want quotes of
    the shell's around them.

    Examples:

        newsbot search 노란봉투법 -경영계

        newsbot search '"노란 봉투법" 기자:김현수 날짜:2025-06-01..2025-06-12' --facets
    """
    if latest and first:
        raise typer.BadParameter("--latest and --first exclude each other")
    query = query_of(words)
    settings, url = configured(config, archive)
    versions: Literal["latest", "first"] | None = "latest" if latest else "first" if first else None
    choice: Choice = {"source": key_of_source(settings, source), "site": site, "versions": versions}
    with open_archive(url, read_only=True, create=False) as opened:
        check_crawled(opened, source, choice["source"])
        hits = opened.search(query, limit=limit, by=by.value, folded=not all_, **choice)
        tally = _tally(opened, query, choice, folded=not all_) if facets or not json_lines else None
    if json_lines:
        _print_json(hits, tally)
    else:
        _print(Console(), hits, tally, facets=facets)


def _tally(opened: Archive, query: Query, choice: Choice, *, folded: bool) -> Tally:
    return opened.tally(query, folded=folded, **choice)


def _print_json(hits: Iterable[Hit], tally: Tally | None) -> None:
    for hit in hits:
        typer.echo(json.dumps(_as_json(hit), ensure_ascii=False))
    if tally is not None:
        typer.echo(json.dumps(_tally_json(tally), ensure_ascii=False))


def _as_json(hit: Hit) -> dict[str, Any]:
    article, removed = hit.stored.article, hit.stored.removed
    return {
        "uri": article.uri,
        "url": article.canonical_url or article.url,
        "headline": article.headline,
        "source": article.source,
        "date_published": article.date_published and article.date_published.isoformat(),
        "bylines": [line.name for line in article.bylines if line.name],
        "section": article.section,
        "snippet": hit.snippet.text,
        "highlights": {"headline": hit.snippet.headline, "snippet": hit.snippet.marks},
        "score": hit.score,
        "duplicates": hit.duplicates,
        "removed": removed and removed.isoformat(),
    }


def _tally_json(tally: Tally) -> dict[str, Any]:
    facets = {"source": tally.outlets, "section": tally.sections, "byline": tally.bylines, "day": tally.days}
    return {"total": tally.total, "more": tally.more, "facets": facets}


def _print(console: Console, hits: list[Hit], tally: Tally | None, *, facets: bool) -> None:
    table = table_of("date", "outlet", "article", "byline")
    table.columns[-1].max_width = _NAMES  # an article of many names leaves room for its URI
    for hit in hits:
        article = hit.stored.article
        names = ", ".join(line.name for line in article.bylines if line.name)
        table.add_row(f"{hit.dated:%Y-%m-%d %H:%M}", Text(article.source or ""), _told(hit), Text(names))
    if hits:
        console.print(table)
    if tally is not None:
        if facets and hits:
            _print_facets(console, tally)
        total = "more than 10,000 articles" if tally.more else _so_many(tally.total, "article")
        said = total if len(hits) >= tally.total else f"{len(hits):,} of {total}"
        console.print(said if hits else "nothing found", style="dim", highlight=False)


def _told(hit: Hit) -> Text:
    headline = _marked(hit.stored.article.headline, hit.snippet.headline, "bold")
    if hit.duplicates:
        headline.append(f"  +{_so_many(hit.duplicates, 're-post')}", "cyan")
    if hit.stored.removed is not None:
        headline.append(f"  removed {hit.stored.removed:%Y-%m-%d}", "red")
    passage = _marked(hit.snippet.text, hit.snippet.marks, "")
    return Text("\n").join([headline, passage, Text(hit.stored.article.uri, "dim")])


def _so_many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _marked(text: str, marks: Iterable[Mark], style: str) -> Text:
    shown = Text(text, style)
    for start, end in marks:
        shown.stylize(_MARKED, start, end)
    return shown


def _print_facets(console: Console, tally: Tally) -> None:
    table = table_of("outlet", "section", "byline", "day")
    facets = (tally.outlets, tally.sections, tally.bylines, tally.days)
    table.add_row(*(Text(_counts(facet)) for facet in facets))
    console.print(table)


def _counts(facet: Mapping[str, int]) -> str:
    lines = [f"{name} {count:,}" for name, count in islice(facet.items(), _SHOWN)]
    left = len(facet) - _SHOWN
    return "\n".join([*lines, f"… and {left:,} more"] if left > 0 else lines)
