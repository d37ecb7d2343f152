"""A trouble settled by a person: what it found is how the source is now."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.markup import escape

from newsbot.archive import Archive, open_archive
from newsbot.archive.run_records import KeptTrouble
from newsbot.cli.standing import name_of
from newsbot.config import Config
from newsbot.errors import ConfigError
from newsbot.health.notices import NoticeError, tell
from newsbot.health.rules import is_by_history


def settle(config: Config, archive: str, key: str, name: str, *, note: str | None, now: datetime) -> None:
    """Ends the open trouble and tells people that it is over. Raises ConfigError: there is no such trouble,
    or it is none of what is usual at a source.
    """
    label = name_of(config, key)
    with open_archive(archive, create=False) as opened:
        opened.settle_trouble(_trouble(opened, key, name, label), note=note, when=now)
        line = f"[green]settled[/] {escape(label)}: {escape(name)}: what it found is the usual now"
        Console(stderr=True).print(line, soft_wrap=True, highlight=False)
        try:
            tell(opened, key, label, config.notify.urls)
        except NoticeError as error:
            Console(stderr=True).print(f"  [yellow]![/] {escape(str(error))}", soft_wrap=True)


def _trouble(archive: Archive, key: str, name: str, label: str) -> KeptTrouble:
    opened = {each.name: each for each in archive.troubles(key, only_open=True)}
    if name not in opened:
        there = ", ".join(opened) or "none"
        raise ConfigError(f"{label} has no open trouble {name!r} (there are: {there})")
    if not is_by_history(name):
        raise ConfigError(f"{name!r} is nothing that may be usual: it is over when the source is well again")
    return opened[name]
