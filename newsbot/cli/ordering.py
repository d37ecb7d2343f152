"""What `newsbot crawl` is to do for a source: by newsbot.toml, and by what was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from newsbot.config import Config, Source, source_at, source_host
from newsbot.errors import ConfigError
from newsbot.pages.engines import ENGINE_NAMES
from newsbot.versions import newsbot_version

if TYPE_CHECKING:
    from newsbot.crawl import CrawlOrder

IN_A_TURN = timedelta(minutes=10)  # of a source that does not say how often it is crawled


def scrapy_settings(config: Config) -> dict[str, Any]:
    """Scrapy's settings of the configuration, with the contact in the User-Agent."""
    contact = f"; +{config.contact}" if config.contact else ""
    settings: dict[str, Any] = {"USER_AGENT": f"newsbot/{newsbot_version()} (news archive bot{contact})"}
    settings["LOG_LEVEL"] = "DEBUG"  # what is shown, the command's own handler decides
    return settings | config.settings


def given_settings(pairs: Sequence[str]) -> dict[str, str]:
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


def order_of(
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


def backfill_of(
    config: Config, name: str, goal: str | None, pages: int | None, *, left_out: bool
) -> dict[str, Any]:
    """How far a crawl goes back, and how long it may be at that: the schedule's turns are to come in time."""
    from newsbot.spiders.stretch import PAGES

    source = config.sources.get(name)
    a_stretch = (source and source.backfill_pages) or PAGES
    if goal is not None:
        a_stretch = min(a_stretch, pages or a_stretch)
        stretches = -(-pages // a_stretch) if pages else None
        return {"backfill": _goal(goal), "backfill_pages": a_stretch, "stretches": stretches}
    if source is None or source.backfill is None:
        return {}
    at_host = [each for each in config.sources.values() if source_host(each.url) == source_host(source.url)]
    longest = (source.every or IN_A_TURN) / 2 / len(at_host)
    return {
        "backfill": source.backfill,
        "backfill_pages": 0 if left_out else a_stretch,
        "backfill_seconds": longest.total_seconds(),
    }


def _goal(text: str) -> str:
    from newsbot.spiders.stretch import read_goal

    try:
        return read_goal(text).text
    except ValueError:
        raise ConfigError(
            f"--backfill {text}: give a day such as 2020-01-31, a number of pages, or all"
        ) from None
