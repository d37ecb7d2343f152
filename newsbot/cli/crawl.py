"""newsbot crawl: sources or addresses into the archive."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.markup import escape

from newsbot import logs
from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, configured
from newsbot.cli.watching import watched
from newsbot.config import Config, Source, source_at
from newsbot.errors import ConfigError
from newsbot.pages.engines import ENGINE_NAMES
from newsbot.timing import duration
from newsbot.versions import newsbot_version

if TYPE_CHECKING:
    from newsbot.crawl import CrawlOrder, Refused
    from newsbot.extensions.run_report import RunReport

logger = logging.getLogger(__name__)


def crawl(
    what: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE|URL]...", help="Default: every source.")
    ] = None,
    pages: Annotated[int | None, typer.Option(min=1, help="Read so many listing pages at the most.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what is listed on this day or later.")
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Only what is listed on this day or earlier."),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Walk the whole listing and read every article again.")
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Walk the whole listing and fetch every article that is missing.")
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

    Examples:

        newsbot crawl https://board.example/news

        newsbot crawl https://outlet.example/rss

        newsbot crawl ranknews --since 2026-01-01

        newsbot crawl --full -s DOWNLOAD_DELAY=2
    """
    from newsbot import crawl as crawling  # Scrapy takes half a second to load: only here

    settled, url = configured(config, archive)
    given = _given(setting or [])
    patience, known = _patience(wait), _known_runs(unless_run_after or [])
    orders = [
        replace(
            _order(settled, name, pages, since, until, full, repair, given),
            wait=patience,
            unless_run_after=known.get(name, known.get(None)),
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


def scrapy_settings(config: Config) -> dict[str, Any]:
    """Scrapy's settings of the configuration, with the contact in the User-Agent."""
    contact = f"; +{config.contact}" if config.contact else ""
    settings: dict[str, Any] = {"USER_AGENT": f"newsbot/{newsbot_version()} (news archive bot{contact})"}
    settings["LOG_LEVEL"] = "DEBUG"  # what is shown, the command's own handler decides
    return settings | config.settings


def _given(pairs: Sequence[str]) -> dict[str, str]:
    """The settings of ``-s NAME=VALUE``."""
    settings = {}
    for pair in pairs:
        name, mark, value = pair.partition("=")
        if not mark or not name.isidentifier():
            raise ConfigError(f"-s {pair}: give a Scrapy setting as NAME=VALUE, e.g. -s DOWNLOAD_DELAY=2")
        settings[name] = value
    return settings


def _pace(source: Source) -> dict[str, float]:
    """How fast a source is asked: as it says itself; a board on this very machine need not be spared."""
    if source.delay is not None:
        return {"DOWNLOAD_DELAY": source.delay}
    own_machine = (urlsplit(source.url).hostname or "") in ("localhost", "127.0.0.1", "::1")
    return {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_START_DELAY": 0} if own_machine else {}


def _order(
    config: Config,
    name: str,
    pages: int | None,
    since: datetime | None,
    until: datetime | None,
    full: bool,
    repair: bool,
    given: Mapping[str, str],
) -> CrawlOrder:
    from newsbot.crawl import CrawlOrder
    from newsbot.tls import LEGACY_SETTINGS

    known = name in config.sources
    if not known and "://" not in name:
        names = ", ".join(config.sources) or "none yet"
        raise ConfigError(
            f"no source is called {name!r} (there are: {names}); an address begins with http(s)://"
        )
    source = config.sources[name] if known else source_at(name)
    if source.engine is not None and source.engine not in ENGINE_NAMES:
        raise ConfigError(
            f"{name}: no engine is called {source.engine!r} (there are: {', '.join(ENGINE_NAMES)})"
        )
    asked = {**config.settings, **given} if source.delay is None else given
    pace = {name: value for name, value in _pace(source).items() if name not in asked}
    kept = {} if source.captures or "NEWSBOT_CAPTURES" in given else {"NEWSBOT_CAPTURES": False}
    return CrawlOrder(
        url=source.url,
        name=name if known else None,
        pages=pages or source.pages,
        since=since.date() if since else source.since,
        until=until.date() if until else None,
        full=full,
        repair=repair,
        encoding=source.encoding,
        engine=source.engine,
        outlet=source.outlet,
        visits=source.visits,
        revisit=source.revisit,
        settings=pace | kept | (LEGACY_SETTINGS if source.legacy_tls else {}),
    )


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
    return (
        f"[bold]{escape(report.source)}[/] [{colour}]{report.state}[/]: {figures['new']} new,"
        f" {figures['revised']} revised, {figures['known']} known of {figures['headlines']} headlines"
        f" on {figures['pages']} pages{trouble}"
        f" [dim]({figures['requests']} requests, {figures['seconds']} s)[/]"
    )
