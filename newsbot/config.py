"""newsbot.toml: where the archive lies, and which boards are crawled."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

import tomlkit
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PositiveInt,
    ValidationError,
    model_validator,
)
from w3lib.url import canonicalize_url

from newsbot.errors import ConfigError
from newsbot.expectations import expectation, one_line
from newsbot.timing import check_bounds, cron_fields, duration

DEFAULT_PATH = Path("newsbot.toml")

_DEFAULT_PORTS = {"http": 80, "https": 443}
# What only says which part of a listing is shown, and in what order, on the boards there are.
_PAGING = {
    "page", "cpage", "pageno", "page_no", "pagenum", "page_num", "pageindex", "currentpage", "curpage",
    "nowpage", "startpage", "start", "offset", "pg", "pn", "p",
    "sort_index", "order_type", "sst", "sod", "sop",
}  # fmt: skip


def _web_address(url: str) -> str:
    """``url`` if it is an absolute http(s) address; raises ValueError otherwise."""
    parts = urlsplit(url)
    unseen = re.search(r"[\s\x00-\x1f\x7f]", url)
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or parts.port == 0 or unseen:
        raise ValueError("should be a full http:// or https:// address")
    return url


def _day(value: object) -> object:
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("should be a day such as 2025-01-31")
    return value


def _goal(value: object) -> object:
    """How far a back-fill goes, as text: "all", a day, or a number of pages."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return str(value)
    with contextlib.suppress(ValueError):
        return value if value == "all" else str(_day(value))
    raise ValueError('should be "all", a day such as 2020-01-31, or a number of pages')


def _charset(name: str) -> str:
    try:
        "".encode(name)
    except LookupError:  # of what is no encoding of text (hex, rot13), too
        raise ValueError('should be a character encoding such as "cp949" or "utf-8"') from None
    return name


def _setting(name: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
        raise ValueError("should be a Scrapy setting in capitals such as DOWNLOAD_DELAY")
    return name


def _source_name(name: str) -> str:
    if not re.fullmatch(r"[\w-]+", name):
        raise ValueError("should be a name of letters, digits, - and _")
    return name


def _contact(text: str) -> str:
    """It becomes part of a header: visible ASCII alone."""
    if not re.fullmatch(r"[!-~]+", text) or not ("@" in text or "://" in text):
        raise ValueError("should be an e-mail address or a web address")
    return text


def _notice_address(url: str) -> str:
    if not re.match(r"[a-z0-9+]+://.", url, re.I):
        raise ValueError('should be an address for notices such as "mailto://…" or "json://host/path"')
    return url


def _archive_url(url: str) -> str:
    if not re.match(r"[a-z0-9+]+://", url):
        raise ValueError("should be a database URL such as sqlite:///newsbot.db")
    return url


def _span(value: object) -> object:
    return value if isinstance(value, timedelta) else duration(str(value))


Span = Annotated[timedelta, BeforeValidator(_span)]

_STRICT = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(BaseModel):
    """One board that is crawled."""

    model_config = _STRICT

    url: Annotated[str, AfterValidator(_web_address)]
    engine: Annotated[str, Field(min_length=1)] | None = None  # None: seen from the page
    pages: PositiveInt | None = None  # listing pages at the most, in one crawl
    since: Annotated[date, BeforeValidator(_day)] | None = None  # nothing listed before this day
    delay: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None  # seconds between two requests
    enabled: bool = True
    captures: bool = True  # its pages are kept as they came
    encoding: Annotated[str, AfterValidator(_charset)] | None = None  # None: the pages' own
    legacy_tls: bool = False  # the site speaks https as it was spoken long ago
    outlet: Annotated[str, Field(min_length=1)] | None = None  # who writes it, where the pages don't say
    revisit: list[Span] | None = None  # how long after its publication an article is read again
    visits: Annotated[int, Field(ge=0)] | None = None  # such readings in one crawl, at the most
    backfill: Annotated[str, BeforeValidator(_goal)] | None = None  # how far back, by and by
    backfill_pages: PositiveInt | None = None  # of the listing in one crawl, for that
    every: Span | None = None  # crawled so often by `newsbot schedule`
    every_min: Span | None = None  # so often if it brings much; None: never oftener than ``every``
    every_max: Span | None = None  # so seldom if it brings little; None: never more seldom than ``every``
    cron: Annotated[str, AfterValidator(cron_fields)] | None = None  # instead of ``every``: at these moments

    @model_validator(mode="after")
    def _one_schedule(self) -> Self:
        if self.every is not None and self.cron is not None:
            raise ValueError("should say every or cron, not both")
        check_bounds(self.every_min, self.every, self.every_max)
        return self


class Schedule(BaseModel):
    """How `newsbot schedule` crawls on this machine."""

    model_config = _STRICT

    at_once: PositiveInt = 4  # crawls, each a process
    longest: Span = timedelta(hours=6)  # for one crawl; what it leaves, the next one takes up
    grace: Span = timedelta(seconds=30)  # for crawls in hand, when the schedule is told to stop


class Notify(BaseModel):
    """Who is told when a trouble begins, and when it is over."""

    model_config = _STRICT

    urls: list[Annotated[str, AfterValidator(_notice_address)]] = []  # as Apprise writes them


class Config(BaseModel):
    """All of newsbot.toml."""

    model_config = _STRICT

    archive: Annotated[str, AfterValidator(_archive_url)] = "sqlite:///newsbot.db"
    captures: Annotated[str, Field(min_length=1)] | None = None  # a directory; None: beside the archive
    contact: Annotated[str, AfterValidator(_contact)] | None = (
        None  # in the User-Agent, for the site's people
    )
    sources: dict[Annotated[str, AfterValidator(_source_name)], Source] = {}
    schedule: Schedule = Schedule()
    notify: Notify = Notify()
    settings: dict[Annotated[str, AfterValidator(_setting)], Any] = {}  # Scrapy's


_TABLES: dict[str, type[BaseModel]] = {
    "": Config,
    "sources": Source,
    "schedule": Schedule,
    "notify": Notify,
}


def load(path: Path | None = None) -> Config:
    """The configuration in ``path``; without it newsbot.toml's of the working directory, else the defaults.

    Raises ConfigError, one line: the file, the key, and what was expected of it.
    """
    if path is None and not DEFAULT_PATH.exists():
        return Config()
    return parse(read_text(path or DEFAULT_PATH), path or DEFAULT_PATH)


def source_at(url: str) -> Source:
    """A source that stands in no file, at an address that was given; raises ConfigError if it is none."""
    try:
        return Source(url=url)
    except ValidationError as error:
        raise ConfigError(f"{url}: {expectation(error.errors()[0], _TABLES)}") from None


def add_source(path: Path, name: str, source: Source) -> None:
    """Writes ``source`` at the end of the file, made if need be; the rest of the file stays as it is.

    The file is replaced as a whole or not at all. Raises ConfigError if the name is taken, the file
    does not make sense, or it cannot be written.
    """
    text = read_text(path) if path.exists() else ""
    if name in parse(text, path).sources:
        raise ConfigError(f"{path}: there is a source {name!r} already")
    table = {"sources": {name: source.model_dump(exclude_defaults=True)}}
    longer = f"{text.rstrip()}\n\n{tomlkit.dumps(table)}".lstrip()
    parse(longer, path)
    try:
        _replace(path.resolve(), longer)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error


def source_key(url: str) -> str:
    """The identity of a listing, ``host[:port]/path?board``: the same for all its pages and orders.

    Without scheme, default port, final slash and what of the query only pages or sorts; a board named
    in the query (``bo_table``, ``mid``) and a category stay. Hosts are lower case and in ASCII form.
    Raises ConfigError if ``url`` is no web address.
    """
    parts = urlsplit(canonicalize_url(source_at(url).url, keep_blank_values=False))
    port = f":{parts.port}" if parts.port not in (None, _DEFAULT_PORTS[parts.scheme]) else ""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    kept = [pair for pair in parts.query.split("&") if pair and pair.partition("=")[0].lower() not in _PAGING]
    query = f"?{'&'.join(kept)}" if kept else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"


def source_host(url: str) -> str:
    """The host that is asked at such an address, ``host[:port]``: one crawl at a time is at it."""
    return re.split(r"[/?]", source_key(url), maxsplit=1)[0]


# ---- reading and writing the file -----------------------------------------------------------------


def read_text(path: Path) -> str:
    """The text of the file; raises ConfigError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text (byte {error.start})") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error


def parse(text: str, path: Path) -> Config:
    """What the text says; raises ConfigError, which names ``path`` as its place."""
    try:
        return Config.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from None
    except ValidationError as error:
        raise ConfigError(f"{path}: {one_line(error.errors(), _TABLES)}") from None


def _replace(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with fresh.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
