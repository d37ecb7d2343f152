"""newsbot crawl: sources or addresses into the archive."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from newsbot import logs
from newsbot.cli.options import DAY, ArchiveOption, ConfigOption, JsonOption, check_days, configured
from newsbot.cli.ordering import backfill_of, given_settings, order_of, scrapy_settings
from newsbot.cli.watching import watched
from newsbot.errors import ConfigError
from newsbot.timing import duration

if TYPE_CHECKING:
    from newsbot.crawl import Refused
    from newsbot.extensions.run_report import RunReport

logger = logging.getLogger(__name__)


def crawl(
    what: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE|URL]...", help="Default: every source.")
    ] = None,
    pages: Annotated[int | None, typer.Option(min=1, help="Read so many listing pages at the most.")] = None,
    since: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", formats=DAY, help="Only what is listed on this day or later."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", formats=DAY, help="Only what is listed on this day or earlier."),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Walk the whole listing and read every article again.")
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Walk the whole listing and fetch every article that is missing.")
    ] = False,
    backfill: Annotated[
        str | None,
        typer.Option(
            metavar="GOAL",
            help='Fetch old posts too, back to a day (2020-01-31), so many pages deep (200), or "all";'
            " --pages: so many pages of them now.",
        ),
    ] = None,
    no_backfill: Annotated[
        bool, typer.Option("--no-backfill", help="No old posts in this crawl, whatever newsbot.toml says.")
    ] = False,
    setting: Annotated[
        list[str] | None,
        typer.Option("-s", "--set", metavar="NAME=VALUE", help="A Scrapy setting, as in scrapy."),
    ] = None,
    wait: Annotated[
        str,
        typer.Option(
            metavar="TIME", help='How long to wait for another crawl of the source or its host, e.g. "10m".'
        ),
    ] = "",
    unless_run_after: Annotated[
        list[str] | None,
        typer.Option(
            "--unless-run-after",
            metavar="[SOURCE=]RUN",
            help="Not if a later run of the source than RUN has ended.",
        ),
    ] = None,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Crawl sources of newsbot.toml, or boards, feeds and sitemaps by their address, into the archive.

    Only what is new is fetched; what an earlier crawl left unfinished comes first. One crawl at a time is at
    a source, and at a host: a second one says who is there, and ends. Exit code 1 when anything failed, and
    what failed is said.

    Old posts are fetched after what is new, in stretches of 20 listing pages; it goes on where it stopped.

    Examples:

        newsbot crawl https://board.example/news

        newsbot crawl https://outlet.example/rss

        newsbot crawl ranknews --since 2026-01-01

        newsbot crawl ranknews --backfill 2015-01-01

        newsbot crawl --full -s DOWNLOAD_DELAY=2
    """
    from newsbot import crawl as crawling  # Scrapy takes half a second to load: only here

    settled, url = configured(config, archive)
    if backfill and (full or repair or until or no_backfill):
        raise ConfigError(
            "--backfill is a crawl of its own: without --full, --repair, --until, --no-backfill"
        )
    check_days(since, until)
    given = given_settings(setting or [])
    patience, known = _patience(wait), _known_runs(unless_run_after or [])
    orders = [
        replace(
            order_of(settled, name, None if backfill else pages, since, until, full, repair, given),
            wait=patience,
            unless_run_after=known.get(name, known.get(None)),
            **backfill_of(settled, name, backfill, pages, left_out=no_backfill),
        )
        for name in what or [name for name, source in settled.sources.items() if source.enabled]
    ]
    if not orders:
        raise ConfigError(
            "nothing to crawl: give a board's address, or add one with: newsbot sources add URL"
        )
    settings = {"NEWSBOT_CAPTURES": settled.captures or True} | scrapy_settings(settled) | given
    settings |= {"NEWSBOT_ARCHIVE": url, "NEWSBOT_PROGRESS": not json_lines}
    told = watched(partial(_print, json_lines=json_lines), settled, url)
    reports = crawling.crawl(orders, settings, told=told)
    if len(reports) < len(orders):
        left = len(orders) - len(reports)
        Console(stderr=True).print(f"[red]![/] stopped before {left} of {len(orders)} crawls began")
    whole = len(reports) == len(orders) and all(_is_done(report) for report in reports)
    raise typer.Exit(0 if whole else 1)


def _is_done(report: RunReport | Refused) -> bool:
    if report.state == "refused":
        return report.cause == "newer run"
    return report.state == "finished"


def _known_runs(values: Sequence[str]) -> dict[str | None, int]:
    """The runs of ``--unless-run-after``, by source; None: of every other source."""
    known: dict[str | None, int] = {}
    for value in values:
        name, _, run = value.rpartition("=")
        if not run.isdecimal():
            raise ConfigError(f"--unless-run-after {value}: give a run's number, or SOURCE=RUN")
        known[name or None] = int(run)
    return known


def _patience(text: str) -> timedelta:
    if not text:
        return timedelta(0)
    try:
        return duration(text)
    except ValueError as error:
        raise ConfigError(f"--wait {text}: {error}") from None


def _print(report: RunReport | Refused, *, json_lines: bool) -> None:
    if json_lines:
        typer.echo(json.dumps(_figures(report), ensure_ascii=False))
    else:
        Console().print(_summary(report), soft_wrap=True, highlight=False)
    if logs.is_settled():
        _log(report)
        return
    for line in _troubles(report):
        Console(stderr=True).print(f"  [yellow]![/] {escape(line)}", soft_wrap=True, highlight=False)


def _log(report: RunReport | Refused) -> None:
    """For those who read the log later; what troubled a run stands there already."""
    if report.state == "refused":
        level = logging.INFO if report.cause == "newer run" else logging.ERROR
        logger.log(level, "%s", report.reason, extra={"source": report.order.name or report.order.url})


def _figures(report: RunReport | Refused) -> dict[str, object]:
    if report.state == "refused":
        state = "skipped" if report.cause == "newer run" else "failed"
        name = report.order.name or report.order.url
        return {"source": name, "state": state, "cause": report.cause, "trouble": report.reason}
    cause = {"cause": report.cause} if report.cause else {}
    return {"run": report.run, "source": report.source, "state": report.state, **cause, **report.figures}


def _troubles(report: RunReport | Refused) -> tuple[str, ...]:
    return (report.reason,) if report.state == "refused" else report.troubles


def _summary(report: RunReport | Refused) -> str:
    """One line for a person: what was found, kept and missed."""
    if report.state == "refused":
        state = "[dim]skipped[/]" if report.cause == "newer run" else "[red]failed[/]"
        return f"[bold]{escape(report.order.name or report.order.url)}[/] {state}"
    figures = report.figures
    colour = {"finished": "green", "partial": "yellow", "failed": "red"}[report.state]
    trouble = "".join(f", {figures[name]} {name}" for name in ("failed", "gone") if figures[name])
    trouble += _old(figures.get("backfill"))
    return (
        f"[bold]{escape(report.source)}[/] [{colour}]{report.state}[/]: {figures['new']} new,"
        f" {figures['revised']} revised, {figures['known']} known of {figures['headlines']} headlines"
        f" on {figures['pages']} pages{trouble}"
        f" [dim]({figures['requests']} requests, {figures['seconds']} s)[/]"
    )


def _old(backfill: Mapping[str, Any] | None) -> str:
    """What was fetched of old posts."""
    if backfill is None:
        return ""
    back = f", back to {backfill['oldest'][:10]}" if backfill["oldest"] else ""
    failed = f", {backfill['failed']} failed" if backfill["failed"] else ""
    done = "done" if backfill["done"] else f"page {backfill['depth']}"
    return f"; back-fill: {backfill['new']} new on {backfill['pages']} pages{back}{failed} ({done})"
