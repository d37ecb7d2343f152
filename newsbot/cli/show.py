"""newsbot show: one article of the archive, its revisions, or what changed between them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from newsbot.archive import Archive, open_archive
from newsbot.archive.records import StoredArticle
from newsbot.cli.captures import write_page
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, captures_directory, configured
from newsbot.cli.printing import print_article
from newsbot.cli.revising import (
    diff_json,
    pairs_of,
    print_around,
    print_diff,
    print_revisions,
    revision_json,
)
from newsbot.errors import NewsbotError
from newsbot.export import article_json


def show(
    ref: Annotated[str, typer.Argument(metavar="URI", help="An article's uri, its address, or its id.")],
    span: Annotated[
        str | None, typer.Argument(metavar="[A..B]", help="With --diff: these two revisions.")
    ] = None,
    revisions: Annotated[
        bool, typer.Option("--revisions", help="Every revision: its time, what changed, its size.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="The words that changed from each revision to the next.")
    ] = False,
    capture: Annotated[
        bool, typer.Option("--capture", help="The page that it was read from, as it came.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the page to a file.")
    ] = None,
    withheld: Annotated[bool, typer.Option("--withheld", help="Even when it is withheld.")] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Show an article as it stands in the archive.

    Examples:

        newsbot show newsbot:board.example/3655

        newsbot show https://board.example/news/3655 --diff

        newsbot show newsbot:board.example/3655 --diff 1..3

        newsbot show newsbot:board.example/3655 --capture -o page.html
    """
    if span is not None and not diff:
        raise typer.BadParameter(f"{span!r} goes with --diff")
    if output is not None and not capture:
        raise typer.BadParameter("-o goes with --capture")
    settled, url = configured(config, archive)
    with open_archive(url, read_only=True, create=False) as opened:
        article = _found(opened, ref, url, withheld=withheld)
        uri = article.article.uri
        if capture:
            write_page(opened, article, captures_directory(settled, url), output)
        elif diff:
            pairs = pairs_of(opened.revisions(uri, withheld=withheld), span)
            _tell(json_lines, (diff_json(*pair) for pair in pairs), lambda out: print_diff(out, pairs))
        elif revisions:
            history = opened.revisions(uri, withheld=withheld)
            _tell(json_lines, map(revision_json, history), lambda out: print_revisions(out, history))
        else:
            _show_latest(opened, article, json_lines=json_lines)


def _tell(json_lines: bool, values: Iterable[dict[str, Any]], show: Callable[[Console], None]) -> None:
    if not json_lines:
        show(Console())
        return
    for value in values:
        typer.echo(json.dumps(value, ensure_ascii=False))


def _show_latest(opened: Archive, article: StoredArticle, *, json_lines: bool) -> None:
    uri, values = article.article.uri, article_json(article)
    matches, chain, happened = opened.matches(uri), opened.chain(uri), opened.events(uri)
    if json_lines:
        around: dict[str, Sequence[Any]] = {"matches": matches, "chain": chain, "events": happened}
        told = {name: [_plain(one) for one in each] for name, each in around.items()}
        typer.echo(json.dumps(values | told, ensure_ascii=False))
        return
    console = Console()
    print_article(console, values | {"duplicate_of": article.duplicate_of, "withheld": article.withheld})
    print_around(console, uri, [match for match in matches if match.kind != "exact"], chain, happened)


def _plain(record: Any) -> dict[str, Any]:
    """A record as JSON values."""
    values = asdict(record).items()
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values}


def _found(opened: Archive, ref: str, url: str, *, withheld: bool) -> StoredArticle:
    if article := opened.article(ref, withheld=withheld):
        return article
    if hidden := opened.withholding(ref):
        since = f"{hidden.decided:%Y-%m-%d %H:%M}"
        raise NewsbotError(f"{hidden.uri} is withheld since {since}: {hidden.reason} (--withheld shows it)")
    raise NewsbotError(f"no article {ref!r} in {url}; newsbot export -f csv lists what there is")
