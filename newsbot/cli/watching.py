"""What `newsbot crawl` does after each run: its health judged, and people told of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from newsbot import logs
from newsbot.archive import Archive, open_archive
from newsbot.config import Config
from newsbot.errors import NewsbotError
from newsbot.health.keeping import watch
from newsbot.health.notices import tell
from newsbot.korean.dates import KST

if TYPE_CHECKING:
    from newsbot.crawl import Refused
    from newsbot.extensions.run_report import RunReport

logger = logging.getLogger(__name__)


def watched(
    told: Callable[[RunReport | Refused], None], config: Config, archive: str
) -> Callable[[RunReport | Refused], None]:
    """``told``, and then the run that has ended is judged.

    What fails in that never fails a crawl: it is said, and that is all.
    """

    def ended(report: RunReport | Refused) -> None:
        told(report)
        if report.state == "refused" or report.cause == "archive":
            return
        try:
            with open_archive(archive, create=False) as opened:
                _watch(opened, report, config)
        except NewsbotError as error:
            _say(report, "[yellow]![/] ", str(error))

    return ended


def _watch(archive: Archive, report: RunReport, config: Config) -> None:
    source = archive.source_of(report.run)
    before = _open(archive, source)
    watch(archive, source, report.run, datetime.now(KST))
    now = _open(archive, source)
    for name in now.keys() - before.keys():
        _say(report, "[red]trouble[/] ", f"{name}: {now[name]}")
    for name in before.keys() - now.keys():
        _say(report, "[green]over[/] ", name)
    tell(archive, source, report.source, config.notify.urls)


def _open(archive: Archive, source: str) -> Mapping[str, str]:
    return {each.name: each.detail for each in archive.troubles(source, only_open=True)}


def _say(report: RunReport, kind: str, line: str) -> None:
    if logs.is_settled():
        word = Text.from_markup(kind).plain
        logger.warning("%s%s", word, line, extra={"source": report.source, "run": report.run})
    else:
        Console(stderr=True).print(f"  {kind}{escape(line)}", soft_wrap=True, highlight=False)
