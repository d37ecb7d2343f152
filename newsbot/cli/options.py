"""Options that every command takes, and what they come to together with newsbot.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from newsbot.archive.urls import read_url
from newsbot.captures import directory_of
from newsbot.cli import streams
from newsbot.config import Config, load, source_key
from newsbot.errors import ConfigError
from newsbot.korean.date_forms import KST
from newsbot.korean.queries import Query, read_query

DAY: Final = ["%Y-%m-%d"]  # how a day is written
_LIKE_AN_OPTION: Final = re.compile(r"--[a-z][a-z-]{0,30}(?:=|$)")  # not mere dashes

ArchiveOption = Annotated[
    str | None,
    typer.Option(
        "--archive", metavar="URL", help="The archive. Default: newsbot.toml's, else sqlite:///newsbot.db."
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="The configuration. Default: newsbot.toml here, if there is one."
    ),
]
SinceOption = Annotated[
    datetime | None,
    typer.Option(metavar="DATE", formats=DAY, help="Only what was published on this day or later."),
]
UntilOption = Annotated[
    datetime | None,
    typer.Option(metavar="DATE", formats=DAY, help="Only what was published on this day or earlier."),
]
LogFormatOption = Annotated[
    str | None,
    typer.Option(
        "--log-format", metavar="text|json", help="Log one record a line, for runs that nobody watches."
    ),
]
LogFileOption = Annotated[
    Path | None,
    typer.Option(
        "--log-file", metavar="FILE", help="Log to a file, which is renamed at 10 MB; five are kept."
    ),
]


def _as_data(asked: bool) -> bool:
    if asked:
        streams.write_data()
    return asked


JsonOption = Annotated[
    bool, typer.Option("--json", help="JSON lines alone on standard output.", callback=_as_data)
]


def key_of_source(config: Config, source: str | None) -> str | None:
    """What the archive calls a source that is named, or given by its address. Raises ConfigError."""
    if source is None:
        return None
    if source in config.sources:
        return source_key(config.sources[source].url)
    if "/" not in source and "." not in source:
        raise ConfigError(f"there is no source {source!r}; newsbot sources lists them")
    return source_key(source)


def check_days(since: datetime | None, until: datetime | None) -> None:
    """Raises BadParameter where no day lies between ``--since`` and ``--until``, both included."""
    if since and until and until < since:
        raise typer.BadParameter(f"--until {until:%Y-%m-%d} lies before --since {since:%Y-%m-%d}")


def days_between(since: datetime | None, until: datetime | None) -> tuple[datetime | None, datetime | None]:
    """The Korean midnights from which and before which what is wanted was published. Raises BadParameter."""
    check_days(since, until)
    first, last = (day and day.replace(tzinfo=KST) for day in (since, until))
    return first, last and last + timedelta(days=1)


def query_of(words: Sequence[str]) -> Query:
    """The words of a command line as one query. Raises QueryError, and BadParameter for a mistaken option."""
    if unknown := next((word for word in words if _LIKE_AN_OPTION.match(word)), None):
        raise typer.BadParameter(f"no such option: {unknown}")
    return read_query(" ".join(words))


def refuse_the_archive(output: Path, archive: Path | None) -> None:
    """Stops a command that was told to write over the archive that it reads. Raises BadParameter."""
    if archive is not None and output.exists() and output.samefile(archive):
        raise typer.BadParameter(f"{output} is the archive itself: choose another file")


@dataclass(frozen=True, slots=True)
class LogOptions:
    """The options of newsbot itself, before the command, that say what is logged, how and where."""

    verbose: bool
    form: Literal["text", "json"] | None
    file: Path | None

    @property
    def flags(self) -> list[str]:
        """Without the file: a process that logs for another one writes to it."""
        form = ["--log-format", self.form or "text"] if self.form or self.file else []
        return form + ["--verbose"] * self.verbose


def configured(path: Path | None, archive: str | None) -> tuple[Config, str]:
    """The configuration, and the archive's URL: the option's, else the configuration's.

    Raises ConfigError, and NoArchiveURL.
    """
    config = load(path)
    url = config.archive if archive is None else archive
    read_url(url)
    return config, url


def captures_directory(config: Config, archive: str) -> Path:
    """Where the captures of an archive lie, by its URL and the configuration."""
    return directory_of(archive, config.captures)
