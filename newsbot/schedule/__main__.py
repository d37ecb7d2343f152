"""``python -m newsbot.schedule``: what `newsbot schedule` and `newsbot worker` (``--fleet``) turn into.

A process that may idle for a year keeps neither the readers of pages nor the command line in memory.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from newsbot import logs
from newsbot.errors import ConfigError, NewsbotError
from newsbot.korean.date_forms import KST
from newsbot.schedule.child import Outcome
from newsbot.schedule.config_file import ConfigFile
from newsbot.schedule.local import LocalSchedule

if TYPE_CHECKING:
    from newsbot.schedule.worker import FleetWorker

logger = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when all is done that was due, 1 when not, 2 on wrong use."""
    options = _parser().parse_args(arguments)
    try:
        logs.settle(form=options.log_format or "text", file=options.log_file, verbose=options.verbose)
        whole = asyncio.run(_schedule(options))
    except NewsbotError as error:
        logger.error("%s", error)
        return 2 if isinstance(error, ConfigError) else 1
    return 0 if whole else 1


async def _schedule(options: argparse.Namespace) -> bool:
    kind = partial(_fleet_worker(), at_once=options.at_once) if options.fleet else LocalSchedule
    schedule = kind(
        ConfigFile(options.config),
        archive=options.archive,
        tell=Teller(json_lines=options.json),
        relay=logs.relay,
        log=["--log-format", options.log_format or "text", *(["--verbose"] if options.verbose else [])],
    )
    return await (schedule.once() if options.once else schedule.forever())


def _fleet_worker() -> type[FleetWorker]:
    try:
        from newsbot.schedule.worker import FleetWorker  # noqa: PLC0415 - a schedule does without
    except ModuleNotFoundError as error:
        if error.name != "procrastinate":
            raise
        raise ConfigError("a fleet's worker needs procrastinate: pip install 'newsbot[fleet]'") from None
    return FleetWorker


class Teller:
    """Writes what came of a crawl as a line on standard output. Where that fails, the crawls go on."""

    def __init__(self, *, json_lines: bool) -> None:
        self._json_lines = json_lines
        self._failed = False

    def __call__(self, outcome: Outcome) -> None:
        line = json.dumps(as_json(outcome), ensure_ascii=False) if self._json_lines else _for_people(outcome)
        try:
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        except OSError as error:  # the disk that it goes to is full, or its reader has gone
            if not self._failed:
                logger.error("standard output cannot be written: %s", error.strerror)
            self._failed = True
        else:
            self._failed = False


def as_json(outcome: Outcome) -> dict[str, object]:
    """The figures of `newsbot crawl --json`; of a crawl that ended without any, how it ended."""
    if outcome.figures:
        return dict(outcome.figures)
    return {"source": outcome.source, "state": "failed", "cause": "broken", "trouble": _end(outcome)}


def _for_people(outcome: Outcome) -> str:
    when = f"{datetime.now(KST):%H:%M:%S} {outcome.source}"
    figures = outcome.figures
    if "run" not in figures:
        return f"{when} {outcome.came}: {figures.get('trouble') or _end(outcome)}"
    troubles = "".join(f", {figures[name]} {name}" for name in ("failed", "gone") if figures.get(name))
    troubles += ", and then the archive could not be used" if outcome.is_archive_s else ""
    return (
        f"{when} {outcome.came}: {figures['new']} new, {figures['revised']} revised of"
        f" {figures['headlines']} headlines{troubles} ({figures['requests']} requests, {outcome.seconds} s)"
    )


def _end(outcome: Outcome) -> str:
    if outcome.code < 0:
        return f"the crawl was ended by signal {-outcome.code}"
    return f"the crawl ended with exit code {outcome.code} and no word: see the log"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="newsbot schedule")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--fleet", action="store_true")
    parser.add_argument("--at-once", type=int)
    parser.add_argument("--archive")
    parser.add_argument("--config", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--log-format", choices=("text", "json"))
    parser.add_argument("--log-file", type=Path)
    parser.add_argument("--verbose", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
