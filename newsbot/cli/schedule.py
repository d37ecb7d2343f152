"""newsbot schedule: the sources of newsbot.toml, each when it is due."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from newsbot.cli.options import ArchiveOption, ConfigOption, JsonOption, LogOptions, configured
from newsbot.config import DEFAULT_PATH
from newsbot.errors import ConfigError
from newsbot.schedule.due import timings


def schedule(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Crawl what is due now, and end.")] = False,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json_lines: JsonOption = False,
) -> None:
    """Crawl the sources of newsbot.toml that say when (every or cron), each when it is due.

    Each crawl is a process of its own. A newsbot.toml that changes is read again. SIGTERM or Ctrl-C: what is
    in hand ends first. With --once, for cron and systemd timers: exit code 1 when anything due failed.

    Examples:

        newsbot schedule

        newsbot schedule --once

        newsbot --log-format json --log-file newsbot.log schedule
    """
    run_process(context, config, archive, once=once, json_lines=json_lines)


def run_process(
    context: typer.Context,
    config: Path | None,
    archive: str | None,
    *,
    once: bool,
    json_lines: bool,
    more: Sequence[str] = (),
) -> None:
    """Turns into the process that keeps running. Raises ConfigError: there is nothing to run."""
    settled, _ = configured(config, archive)
    if not timings(settled):
        raise ConfigError(
            f'{config or DEFAULT_PATH}: no source is scheduled: give one every = "10m", or cron'
        )
    command = [sys.executable, "-m", "newsbot.schedule", *more]
    command += [flag for flag, on in (("--once", once), ("--json", json_lines)) if on]
    command += _given({"--archive": archive, "--config": config})
    if isinstance(context.obj, LogOptions):
        command += [*context.obj.flags, *_given({"--log-file": context.obj.file})]
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606 - ourselves, without what only the other commands need


def _given(options: dict[str, str | Path | None]) -> list[str]:
    return [str(part) for pair in options.items() if pair[1] is not None for part in pair]
