"""``python simulated_births.py PLAN SOCKET``: forks the processes of a simulated week as it is asked to.

It has loaded newsbot, so that they need not; its clock, and theirs, is the simulated one. PLAN: of
``simulated_site.Plan``, as JSON. ``simulated_processes.Nursery`` speaks to it, a JSON value a line.
"""

from __future__ import annotations

import gc
import importlib
import io
import json
import os
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final

import simulated_clock
import sqlalchemy as sa
import typer.main
from scrapy.downloadermiddlewares import cookies
from simulated_clock import CLOCK, die
from simulated_processes import Conditions
from simulated_site import Plan, sites
from simulated_wire import SimulatedWire, Wire
from twisted.internet.base import ReactorBase

from newsbot.archive import Archive
from newsbot.cli.app import app, main
from newsbot.crawl import _settings
from newsbot.schedule.history import main as history

_LOADED: Final = (  # what a crawl loads on its way, but for the reactor
    "alembic.command", "newsbot.archive.migrate", "newsbot.cli", "newsbot.crawl", "newsbot.schedule.history",
    "newsbot.spiders.board", "newsbot.spiders.page", "newsbot.tls", "scrapy.core.engine",
    "scrapy.dupefilters", "scrapy.core.downloader.contextfactory", "scrapy.core.downloader.handlers.http11",
    "scrapy.core.downloader.handlers.file", "scrapy.core.downloader.handlers.ftp",
    "scrapy.core.downloader.handlers.s3", "scrapy.core.downloader.handlers.datauri",
    "scrapy.downloadermiddlewares.offsite", "scrapy.extensions.telnet", "scrapy.logformatter",
    "scrapy.pqueues", "scrapy.squeues", "encodings.euc_kr", "encodings.utf_8_sig", "pydantic.type_adapter",
    "typer._adapters", "typer._click.decorators",
)  # fmt: skip


class _Said(io.TextIOBase):
    """Tells what is written in whole lines."""

    def __init__(self, what: str, tell: Any) -> None:
        self._what, self._tell = what, tell
        self._begun = ""

    def write(self, text: str) -> int:
        lines, mark, self._begun = (self._begun + text).rpartition("\n")
        if mark:
            self._tell(self._what, lines + mark)
        return len(text)

    def flush(self) -> None:
        """Nothing: a line is told when it is whole."""

    def end(self) -> None:
        if self._begun:
            self._tell(self._what, self._begun)


def _main() -> None:
    plan = Plan(**json.loads(sys.argv[1]))
    sites(plan)
    _prepare()
    lines = socket.socket(fileno=int(sys.argv[2])).makefile("rw", encoding="utf-8")
    for line in lines:
        command, given, conditions = json.loads(line)
        child = os.fork()
        if not child:
            _live(plan, command, given, Conditions(**conditions), lines)
        _, status = os.waitpid(child, 0)
        lines.write(json.dumps([0, "end", os.waitstatus_to_exitcode(status)]) + "\n")
        lines.flush()


def _prepare() -> None:
    """Loads all that a process needs, once; its clock is the simulated one."""
    for name in _LOADED:
        importlib.import_module(name)

    for path in _components(_settings({})):
        importlib.import_module(path.rpartition(".")[0])
    assert "twisted.internet.reactor" not in sys.modules, "each process has its own"
    _warm()
    simulated_clock.live_by_it("newsbot", "scrapy")
    # Not of the modules: Twisted has bound it to its reactors.
    ReactorBase.seconds = staticmethod(lambda: simulated_clock.CLOCK.steady)
    gc.collect()
    gc.freeze()


def _warm() -> None:
    """Makes once what each process would make anew: the command line, and the list of public domains."""
    made = typer.main.get_command(app)
    typer.main.get_command = lambda _: made  # type: ignore[assignment]
    cookies._split_domain("site.example")


def _components(settings: Any) -> Iterator[str]:
    for name in ("EXTENSIONS", "DOWNLOADER_MIDDLEWARES", "ITEM_PIPELINES", "SPIDER_MIDDLEWARES"):
        yield from (path for path, place in settings.getwithbase(name).items() if place is not None)


def _live(plan: Any, command: Sequence[str], given: str, conditions: Conditions, lines: IO[str]) -> None:
    def tell(what: str, value: Any) -> None:
        lines.write(json.dumps([CLOCK.steady, what, value], ensure_ascii=False) + "\n")
        lines.flush()

    CLOCK.steady, CLOCK.ahead = conditions.steady, conditions.ahead
    SimulatedWire.wire = Wire(plan, lambda *served: tell("served", served))
    _give(given)
    _limit(conditions, tell)
    _hear_of_runs(tell)
    said = sys.stdout, sys.stderr = _Said("out", tell), _Said("err", tell)
    begun, handles = _memory(), _handles()
    code = _run(list(command), tell)
    for stream in said:
        stream.end()
    tell("grown", _memory() - begun)
    tell("handles", _handles() - handles)
    os._exit(code)


def _run(command: list[str], tell: Any) -> int:
    """The command, which is that of a ``python -m MODULE`` with its arguments."""
    module = command[command.index("-m") + 1]
    sys.argv = [module, *command[command.index("-m") + 2 :]]
    try:
        (history if module.endswith("history") else main)()
    except SystemExit as ended:
        return int(ended.code or 0) if not isinstance(ended.code, str) else 1
    except Exception:  # noqa: BLE001 - it is told, and ends the soak
        tell("err", traceback.format_exc())
        return 70
    return 0


def _give(given: str) -> None:
    """Standard input, which newsbot opens by its name too."""
    file = os.memfd_create("given")
    os.write(file, given.encode())
    os.lseek(file, 0, os.SEEK_SET)
    os.dup2(file, 0)
    os.close(file)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115


def _limit(conditions: Conditions, tell: Any) -> None:
    steps = iter(range(conditions.steps)) if conditions.steps is not None else None

    def step(*_: object) -> None:
        late = conditions.dies is not None and CLOCK.steady >= conditions.dies
        if late or (steps is not None and next(steps, None) is None):
            CLOCK.steady = min(CLOCK.steady, conditions.dies or CLOCK.steady)
            tell("killed", None)
            die()

    CLOCK.watchers.append(step)
    for moment in ("before_cursor_execute", "after_cursor_execute"):
        sa.event.listen(sa.Engine, moment, step)
    for moment in ("begin", "commit"):
        sa.event.listen(sa.Engine, moment, step)
    if conditions.largest is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (conditions.largest, resource.RLIM_INFINITY))


def _hear_of_runs(tell: Any) -> None:
    start = Archive.start_run

    def start_run(self: Archive, **given: Any) -> int:
        run = start(self, **given)
        tell("run", given["name"])
        return run

    Archive.start_run = start_run  # type: ignore[assignment]


def _memory() -> int:
    """Bytes that no other process shares."""
    text = Path("/proc/self/smaps_rollup").read_text()
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Private_"))


def _handles() -> int:
    return len(os.listdir("/proc/self/fd"))


if __name__ == "__main__":
    _main()
