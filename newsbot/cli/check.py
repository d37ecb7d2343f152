"""newsbot check: what can be read of a source now, held against what usually is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.markup import escape

from newsbot.archive import open_archive
from newsbot.cli.looking import Sight, looks_at
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, configured
from newsbot.cli.printing import say
from newsbot.cli.tables import table_of
from newsbot.config import Source, source_at, source_key
from newsbot.errors import ArchiveError, ConfigError
from newsbot.health.article_rules import LENGTHS, MISSING
from newsbot.health.figures import Figures, figures_of, together
from newsbot.health.keeping import settled_since
from newsbot.health.listing_rules import ROWS
from newsbot.items import Article, Listing

FIELDS: Final = ("bylines", "date_published", "source", "provider", "located", "images", "deck")
USUAL: Final = 0.8  # of the articles have a field: one without it is a change
HISTORY: Final = 30  # runs
ARTICLES: Final = 5  # that say what is usual
NONE: Final[Mapping[str, Figures | None]] = {}


def check(
    what: Annotated[
        str, typer.Argument(metavar="SOURCE|URL", help="A source of newsbot.toml, or an address.")
    ],
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Read a source's listing and its first article now, and say field by field what could be read.

    Nothing is written. Exit code 1 where something is missing that is usually there, by the source's history
    in the archive; without a history: a listing, an article, its headline and body.

    Example:

        newsbot check ranknews
    """
    settled, url = configured(config, archive)
    if what not in settled.sources and "://" not in what:
        raise ConfigError(
            f"no source is called {what!r} (there are: {', '.join(settled.sources) or 'none yet'})"
        )
    source = settled.sources.get(what) or source_at(what)
    usual, of_settled = _usual(url, source)
    (look,) = looks_at([source], settled)
    rows = rows_of(look.sight, usual, of_settled)
    if json_lines:
        found = {"source": what, "url": look.sight.url, "trouble": look.sight.trouble, "fields": rows}
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        _print(look.sight, rows)
    raise typer.Exit(int(look.sight.trouble is not None or any(row["lacks"] for row in rows)))


def rows_of(
    sight: Sight, usual: Figures | None, settled: Mapping[str, Figures | None] = NONE
) -> list[dict[str, Any]]:
    """A row for each field: ``{of, field, found, usual, lacks}``; ``usual`` in words, or None.

    ``settled``: what is usual of those fields for which a person has said so, by the trouble's name.
    """
    rows = [] if sight.listing is None else _listing_rows(sight.listing, settled.get(ROWS, usual))
    return rows + ([] if sight.article is None else _article_rows(sight.article, usual, settled))


def _listing_rows(listing: Listing, usual: Figures | None) -> list[dict[str, Any]]:
    rows = [each for each in listing.headlines if not each.notice]
    dated = sum(each.date_listed is not None for each in rows)
    # Each headline once: rows are counted on the way back over the pages, too.
    per_page = usual.count("headlines") / usual.count("pages") if usual and usual.count("pages") else None
    dates = 1 - usual.share("undated_rows", "rows") if usual and usual.count("rows") else None
    few = per_page is not None and len(listing.headlines) < per_page / 3
    undated = bool(rows) and dates is not None and dates >= USUAL and dated < len(rows) / 2
    usually = None if per_page is None else f"{per_page:.0f}"
    return [
        _row("listing", "rows", str(len(listing.headlines)), usually, few),
        _row("listing", "dates", f"{dated} of {len(rows)}", _percent(dates), undated),
    ]


def _article_rows(
    article: Article, usual: Figures | None, settled: Mapping[str, Figures | None]
) -> list[dict[str, Any]]:
    letters = sum(len(block.text) for block in article.body)
    lengths = settled.get(LENGTHS, usual)
    usually = lengths.letters if lengths else None
    odd = usually is not None and not usually / 10 <= letters <= usually * 10  # articles differ
    rows = [
        _row("article", "headline", article.headline, None, not article.headline),
        _row("article", "body", f"{letters} letters", f"{usually:.0f} letters" if usually else None, odd),
    ]
    for name in FIELDS:
        now_usual = settled.get(f"{name}{MISSING}", usual)
        share = now_usual.filled(name) if now_usual else None
        value = getattr(article, name)
        lacks = not value and (share or 0) >= USUAL
        rows.append(_row("article", name, _shown(value), _percent(share), lacks))
    return rows


def _row(of: str, field: str, found: str, usual: str | None, lacks: bool) -> dict[str, Any]:
    return {"of": of, "field": field, "found": found, "usual": usual, "lacks": lacks}


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{round(100 * share)} % have it"


def _shown(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_shown_part(each) for each in value)
    return "" if value is None else str(value)


def _shown_part(part: Any) -> str:
    return str(getattr(part, "name", None) or getattr(part, "caption", None) or getattr(part, "raw", part))


def _usual(url: str, source: Source) -> tuple[Figures | None, dict[str, Figures | None]]:
    """What runs of the source found so far, and those since something was settled, by its name.

    None: nothing that says much, or no archive yet.
    """
    key = source_key(source.url)
    try:
        with open_archive(url, read_only=True, create=False) as opened:
            runs = [figures_of(run) for run in opened.ended_runs(key, limit=HISTORY)]
            settled = settled_since(opened, key)
    except ArchiveError as error:
        say(Console(stderr=True), f"[yellow]![/] what is usual is not known: {escape(str(error))}")
        return None, {}
    later = {name: [run for run in runs if run.started >= since] for name, since in settled.items()}
    return _summed(runs), {name: _summed(since) for name, since in later.items()}


def _summed(runs: Sequence[Figures]) -> Figures | None:
    usual = together(runs) if runs else None
    return usual if usual and usual.count("articles") >= ARTICLES else None


def _print(sight: Sight, rows: Sequence[dict[str, Any]]) -> None:
    console = Console()
    console.print(escape(sight.url), style="bold", soft_wrap=True, highlight=False)
    table = table_of("", "field", "found", "usually")
    for row in rows:
        mark = "[red]✗[/]" if row["lacks"] else "[green]✓[/]" if row["found"] else "[dim]–[/]"
        found = row["found"] if len(row["found"]) <= 60 else f"{row['found'][:60]}…"
        table.add_row(mark, f"{row['of']} {row['field']}", escape(found), row["usual"] or "")
    console.print(table)
    if sight.trouble:
        console.print(f"[red]✗[/] {escape(sight.trouble)}", soft_wrap=True, highlight=False)
