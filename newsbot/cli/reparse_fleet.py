"""A pass of `newsbot reparse` that a fleet shares: a job for each capture file, and how far they are."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsbot.archive import Archive
from newsbot.errors import ConfigError
from newsbot.reparse.passing import Chosen
from newsbot.schedule.jobs import ReadingJob
from newsbot.versions import parser_version

_NAME = "newsbot reparse"


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetPass:
    """The capture files that are left to a fleet. ``given``: just now; ``running``: being read.

    ``waiting``: were left by workers that do not have them, or broke off, and are tried again. ``pages``: of
    all that are left, as many as there were when each file was given.
    """

    files: int
    pages: int
    given: int
    running: int
    waiting: int

    @property
    def is_under_way(self) -> bool:
        """Whether there is a file that no worker has tried yet, or that is being read."""
        return self.files > self.waiting

    @property
    def line(self) -> str:
        """How far they are, for a person."""
        given = f"{self.given} given now, " if self.given else ""
        waiting = f", {self.waiting} wait for a machine that has them" if self.waiting else ""
        return (
            f"the fleet reads: {self.files} capture files with {self.pages} pages are left"
            f" ({given}{self.running} being read{waiting}); newsbot reparse says how far it is"
        )


def give_to_fleet(archive: Archive, url: str, chosen: Chosen) -> FleetPass:
    """Makes a job of each capture file with pages to read. Raises ConfigError: it cannot have a fleet."""
    if archive.dialect != "postgresql":
        raise ConfigError("--fleet: an archive in a file has no fleet; without --fleet this machine reads")
    try:
        from newsbot.schedule.fleet_server import prepare
    except ModuleNotFoundError as error:
        if error.name != "procrastinate":
            raise
        raise ConfigError("--fleet needs procrastinate: pip install 'newsbot[fleet]'") from None
    prepare(archive)
    files = archive.files_to_read(parser_version(), **chosen)
    return asyncio.run(_give(url, files, _as_json(chosen)))


def fleet_pass(archive: Archive, url: str) -> FleetPass | None:
    """How far a fleet is that was given files by an earlier call; None: nothing is left to one."""
    if archive.dialect != "postgresql":
        return None
    try:
        from newsbot.schedule.fleet_server import is_prepared
    except ModuleNotFoundError:
        return None
    if not is_prepared(archive):
        return None
    found = asyncio.run(_give(url, {}, {}))
    return found if found.files else None


async def _give(url: str, files: Mapping[str, int], chosen: Mapping[str, Any]) -> FleetPass:
    from newsbot.schedule.fleet import Jobs

    version = parser_version()
    async with Jobs(url, name=_NAME) as jobs:
        left = await jobs.readings()
        for job in left:
            if job.version != version and not job.running:
                await jobs.forget(job)
        known = {job.file for job in left if job.version == version}
        new = {file: pages for file, pages in files.items() if file not in known}
        for file, pages in new.items():
            await jobs.defer(ReadingJob(file=file, version=version, pages=pages, chosen=chosen))
        left = [job for job in await jobs.readings() if job.version == version]
    return FleetPass(
        files=len(left),
        pages=sum(job.pages for job in left),
        given=len(new),
        running=sum(job.running for job in left),
        waiting=sum(job.waits for job in left),
    )


def _as_json(chosen: Chosen) -> dict[str, Any]:
    values = {name: value for name, value in chosen.items() if value}
    return {name: each.isoformat() if isinstance(each, datetime) else each for name, each in values.items()}
