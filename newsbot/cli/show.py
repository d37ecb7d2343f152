"""newsbot show: one article of the archive, its revisions, or what changed between them."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsbot.archive import Archive, open_archive
from newsbot.archive.records import StoredArticle
from newsbot.cli.captures import write_page
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, captures_directory, configured
from newsbot.cli.printing import print_article
from newsbot.errors import NewsbotError
from newsbot.export import article_json


def show(
    ref: Annotated[str, typer.Argument(metavar="URI", help="An article's uri, its address, or its id.")],
    revisions: Annotated[
        bool, typer.Option("--revisions", help="Every revision, with its time and headline.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="What changed from each revision to the next.")
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

        newsbot show board.example/3655 --capture -o page.html
    """
    if output is not None and not capture:
        raise typer.BadParameter("-o goes with --capture")
    settled, url = configured(config, archive)
    with open_archive(url, read_only=True, create=False) as opened:
        article = _found(opened, ref, url, withheld=withheld)
        uri = article.article.uri
        if capture:
            write_page(opened, article, captures_directory(settled, url), output)
            return
        history = opened.revisions(uri, withheld=withheld) if revisions or diff else [article]
    if json_lines:
        for revision in history:
            typer.echo(json.dumps(article_json(revision), ensure_ascii=False))
    elif diff:
        _print_diff(Console(), history)
    elif revisions:
        _print_revisions(Console(), history)
    else:
        print_article(Console(), article_json(article) | {"duplicate_of": article.duplicate_of})


def _found(opened: Archive, ref: str, url: str, *, withheld: bool) -> StoredArticle:
    if article := opened.article(ref, withheld=withheld):
        return article
    if hidden := opened.withholding(ref):
        since = f"{hidden.decided:%Y-%m-%d %H:%M}"
        raise NewsbotError(f"{hidden.uri} is withheld since {since}: {hidden.reason} (--withheld shows it)")
    raise NewsbotError(f"no article {ref!r} in {url}; newsbot export -f csv lists what there is")


def _print_revisions(console: Console, history: list[StoredArticle]) -> None:
    table = Table("revision", "stored", "headline", box=None, header_style="dim")
    for revision in history:
        table.add_row(
            str(revision.revision),
            revision.stored.isoformat(timespec="minutes"),
            Text(revision.article.headline),
        )
    console.print(table)


def _print_diff(console: Console, history: list[StoredArticle]) -> None:
    if len(history) == 1:
        console.print("one revision only: nothing has changed")
    for old, new in pairwise(history):
        names = (
            f"revision {old.revision}, {old.stored:%Y-%m-%d %H:%M}",
            f"revision {new.revision}, {new.stored:%Y-%m-%d %H:%M}",
        )
        for line in difflib.unified_diff(list(_lines(old)), list(_lines(new)), *names, lineterm="", n=1):
            style = {"+": "green", "-": "red", "@": "cyan"}.get(line[0], "")
            console.print(Text(line, style=style), soft_wrap=True)


def _lines(stored: StoredArticle) -> Iterator[str]:
    article = stored.article
    yield article.headline
    yield from article.deck
    yield ", ".join(byline.name or byline.raw for byline in article.bylines)
    yield from (image.caption or "" for image in article.images)
    yield from (block.text for block in article.body)
