"""newsbot export: the archive's articles as a file that other programs read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from newsbot.archive import Archive, open_archive
from newsbot.archive.captured import KeptCapture
from newsbot.archive.reading import Choice
from newsbot.captures.extract import members
from newsbot.captures.place import directory_of
from newsbot.cli.options import (
    ArchiveOption,
    ConfigOption,
    SinceOption,
    UntilOption,
    configured,
    days_between,
    key_of_source,
    query_of,
    refuse_the_archive,
)
from newsbot.cli.standing import check_crawled
from newsbot.cli.streams import write_data
from newsbot.config import source_key
from newsbot.export import Format, How, formats
from newsbot.export.record import Recorded
from newsbot.reparse.further import further_captures


def export(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="QUERY", help="Only what newsbot search finds by it.")
    ] = None,
    format_: Annotated[
        Format | None,
        typer.Option("-f", "--format", help="The form of the file. Default: by FILE's ending, else jsonl."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Default: standard output.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="NAME", help="Only what this source listed.")
    ] = None,
    site: Annotated[str | None, typer.Option("--site", metavar="HOST", help="Only this site's.")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    run: Annotated[
        int | None,
        typer.Option("--run", metavar="N", min=1, help="Only what this run stored, as it stored it."),
    ] = None,
    emails: Annotated[bool, typer.Option("--emails", help="With reporters' e-mail addresses.")] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
) -> None:
    """Write every article, or those a query finds, each in its latest revision.

    A file appears under its name only once it is whole.

    Examples:

        newsbot export -o articles.jsonl

        newsbot export -f csv --since 2026-01-01 > articles.csv

        newsbot export 노란봉투법 기자:김현수 -o law.parquet

        newsbot export --run 12 --emails -o run-12.wacz
    """
    settings, url = configured(config, archive)
    form = _format(format_, output)
    query = query_of(words) if words else None
    first, last = days_between(since, until)
    key = key_of_source(settings, source)
    choice = Choice(
        source=key,
        site=site,
        since=first,
        until=last,
        run=run,
    )
    if run is not None and query is not None:
        raise typer.BadParameter("a query finds latest revisions: give it, or --run")
    if formats.carries_captures(form) and not emails:
        raise typer.BadParameter(f"{form} holds the pages as they came, addresses included: add --emails")
    with open_archive(url, read_only=True, create=False) as opened:
        check_crawled(opened, source, key)
        if run is not None:
            opened.source_of(run)  # which says that there is none
        articles = opened.found(query, **choice) if query else opened.articles(**choice)
        pages = _Pages(opened, directory_of(url, settings.captures))
        whole = run is not None and not opened.lists_withheld(run)
        besides = pages.of_run(run) if run is not None and whole else ()
        how = How(emails=emails, of=_title(url, words), captured=pages.of, besides=besides)
        if output is None:
            write_data()
            formats.write_stream(form, articles, sys.stdout, how)
            return
        refuse_the_archive(output, opened.backend.file)
        with _bar(None if query else opened.how_many(**choice)) as told:
            written = formats.write_file(form, articles, output, how, progress=told)
    said = f"{written - pages.missing} articles in {output}"
    if pages.missing:
        said += f"; of {pages.missing} more no page was captured"
    if formats.carries_captures(form) and run is not None and not whole:
        said += "; not the listings, which may name what is withheld"
    Console(stderr=True).print(said, soft_wrap=True, highlight=False, markup=False)


class _Pages:
    """The captured pages of an archive's articles."""

    def __init__(self, archive: Archive, directory: Path) -> None:
        self._archive = archive
        self._directory = directory
        self.missing = 0  # articles whose page was not captured

    def of(self, uri: str, revision: int) -> Recorded | None:
        page = self._archive.page_to_read(uri, revision)
        if page is None:
            self.missing += 1
            return None
        return self._recorded(page.page, *further_captures(self._archive, self._directory, page))

    def of_run(self, run: int) -> Iterator[Recorded]:
        """All pages of a run; its listing bears the name of its source."""
        source: str | None = None
        for kept in self._archive.captures_of_run(run):
            source = source or self._archive.source_of(run)
            yield self._recorded(kept, title=source if source_key(kept.url) == source else None)

    def _recorded(self, first: KeptCapture, *further: KeptCapture, title: str | None = None) -> Recorded:
        named = [
            (f"{place.file}:{place.offset}", records)
            for kept in (first, *further)
            for place, records in members(self._directory, kept.capture, kept.payload)
        ]
        return Recorded(url=first.url, fetched=first.fetched, members=named, title=title)


def _format(asked: Format | None, output: Path | None) -> Format:
    form = asked or (Format.JSONL if output is None else formats.told_by(output))
    if form is None:
        raise typer.BadParameter(f"{output} does not tell its format by its ending: say it with -f")
    if output is None and not formats.is_text(form):
        raise typer.BadParameter(f"{form} is written to a file: say which with -o")
    return form


def _title(url: str, words: Sequence[str] | None) -> str:
    """The archive's name, without where it lies (``newsbot`` of sqlite:///data/newsbot.db), and the query."""
    name = url.partition("?")[0].rpartition("/")[2].removesuffix(".db") or "newsbot"
    return f"{name}: {' '.join(words)}" if words else name


@contextmanager
def _bar(total: int | None) -> Iterator[Callable[[int], None]]:
    errors = Console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("exporting", total=total)
        yield lambda done: bar.update(task, completed=done)
