"""The command line: one verb a file, errors as one line, honest exit codes."""

from __future__ import annotations

import logging
import sys
from typing import cast

import typer
from rich.console import Console
from rich.logging import RichHandler
from rich.markup import escape

from newsbot import logs
from newsbot.cli import (
    archive,
    backup,
    changes,
    check,
    crawl,
    demo,
    export,
    fixture,
    match,
    metrics,
    parse,
    reindex,
    reparse,
    report,
    schedule,
    search,
    show,
    sources,
    status,
    stories,
    streams,
    verify,
    withhold,
    worker,
)
from newsbot.cli.help_texts import lay_out
from newsbot.cli.options import LogFileOption, LogFormatOption, LogOptions
from newsbot.errors import ConfigError, NewsbotError, NoArchiveURL, QueryError
from newsbot.versions import newsbot_version

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode="rich",
    help="Crawls Korean news boards into an archive that people can trust. Start with: newsbot demo",
)
app.command("demo")(demo.demo)
app.command("crawl")(crawl.crawl)
app.command("schedule")(schedule.schedule)
app.command("worker")(worker.worker)
app.command("status")(status.status)
app.command("check")(check.check)
app.command("report")(report.report)
app.command("metrics")(metrics.metrics)
app.add_typer(sources.app, name="sources")
app.command("parse")(parse.parse)
app.command("fixture")(fixture.fixture)
app.command("show")(show.show)
app.command("changes")(changes.changes)
app.command("match")(match.match)
app.command("stories")(stories.stories)
# -word leaves a word out: it is none of the commands' options.
app.command("search", context_settings={"ignore_unknown_options": True})(search.search)
app.command("export", context_settings={"ignore_unknown_options": True})(export.export)
app.command("reparse")(reparse.reparse)
app.command("verify")(verify.verify)
app.command("reindex")(reindex.reindex)
app.command("withhold")(withhold.withhold)
app.add_typer(archive.app, name="archive")
app.command("backup")(backup.backup)
for _group in (app, sources.app, archive.app):
    lay_out(_group)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"newsbot {newsbot_version()}")
        raise typer.Exit


@app.callback()
def settle_logging(
    context: typer.Context,
    verbose: bool = typer.Option(False, "--verbose", "-v", help="Log what is requested and found."),
    log_format: LogFormatOption = None,
    log_file: LogFileOption = None,
    _version: bool = typer.Option(
        False, "--version", help="Show the version and exit.", is_eager=True, callback=_show_version
    ),
) -> None:
    """Crawls Korean news boards into an archive that people can trust."""
    options = context.obj = LogOptions(verbose, _log_format(log_format), log_file)
    if options.form or options.file:
        logs.settle(form=options.form or "text", file=options.file, verbose=verbose)
        return
    level = logging.INFO if verbose else logging.ERROR
    # The level is the handler's too: Scrapy opens its own logger to everything when it starts.
    handler = RichHandler(level, Console(stderr=True), show_path=False, log_time_format="%H:%M:%S")
    if not verbose:
        # What Scrapy says of a failed request, tracebacks included, the crawl says itself in one line.
        handler.addFilter(lambda record: not record.name.startswith(("scrapy", "twisted", "asyncio")))
    logging.basicConfig(level=level, format="%(message)s", handlers=[handler])


def _log_format(name: str | None) -> logs.Format | None:
    if name not in (None, "text", "json"):
        raise ConfigError(f"--log-format {name}: there are text and json")
    return cast("logs.Format | None", name)


def main() -> None:
    """Runs a command; exits 0 when done, 1 when the work failed, 2 on wrong use."""
    streams.take_every_letter()
    try:
        _run()
    except OSError as error:
        if not streams.is_full(error):
            raise
        streams.write_no_more()
        fail(f"{error.filename or 'standard output'} cannot be written: {error.strerror}", code=1)


def _run() -> None:
    try:
        app()
    except (ConfigError, QueryError, NoArchiveURL) as error:
        fail(str(error), code=2)
    except NewsbotError as error:
        fail(str(error), code=1)
    except SystemExit as ended:
        sys.exit(_exit_code(ended))


def _exit_code(ended: SystemExit) -> int | str | None:
    """0 where the reader of our output has gone (newsbot export | head): nothing is wrong.

    Typer and Rich end with 1 there.
    """
    gone = isinstance(ended.__context__, BrokenPipeError)
    if gone or not streams.is_written():
        streams.write_no_more()
    return 0 if gone else ended.code


def fail(message: str, *, code: int) -> None:
    if logs.is_settled():
        logging.getLogger("newsbot").error("%s", message)
    else:
        Console(stderr=True).print(
            f"[bold red]newsbot:[/] {escape(message)}", soft_wrap=True, highlight=False
        )
    sys.exit(code)
