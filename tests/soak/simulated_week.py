"""A simulated week: a real schedule, real crawls, simulated sites and time; every fault is drawn from a seed.

The scheduler runs in this process, whose memory and handles are looked at; its crawls are processes.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import resource
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import IO, Any, Final

import tomlkit
from simulated_clock import CLOCK, DAY, MINUTE, SimulatedLoop, live_by_it
from simulated_faults import Faults, Spell, at, machine_faults, steps_to_live
from simulated_processes import SETTINGS, Conditions, Life, Nursery, Spawning
from simulated_site import Plan, sites

from newsbot.errors import ArchiveError
from newsbot.schedule import child
from newsbot.schedule.child import Outcome
from newsbot.schedule.config_file import ConfigFile
from newsbot.schedule.local import LocalSchedule
from newsbot.schedule.outage import Outage

EVERY: Final = {"10m": 1, "20m": 2, "1h": 6, "3h": 6, "6h": 3}
SELDOM: Final = {"3h": 1, "6h": 3, "12h": 3}
LOOK: Final = 10 * MINUTE  # between two looks at this process
TIMER: Final = 5 * MINUTE  # of the days on which a timer starts the schedule

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """At the scheduler, at a moment. ``memory`` in bytes."""

    at: float
    memory: int
    handles: int


@dataclass(slots=True, kw_only=True)
class Log:
    """What was seen from outside. ``file``: the lives of all crawls, a JSON object a line."""

    file: IO[str]
    looks: list[Look] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def life(self, life: Life, conditions: Conditions) -> None:
        command = list(life.command)
        crawl = "crawl" in command
        self.counts["processes"] += crawl
        self.counts["killed"] += crawl and life.code == -9
        sources = command[command.index("crawl") + 1 : command.index("--config")] if crawl else []
        line = {**asdict(life), "command": sources, "began": conditions.steady, "ahead": conditions.ahead}
        if crawl:
            self.file.write(json.dumps(line, ensure_ascii=False) + "\n")
        if life.code == 70:
            raise AssertionError("".join(text for _, what, text in life.said if what == "err"))


class Week:
    """``folder``: where newsbot.toml, archive and the log of the lives lie. ``progress``: how far it is."""

    def __init__(self, plan: Plan, folder: Path, progress: Progress) -> None:
        self.plan = plan
        self.archive = f"sqlite:///{folder}/disk/archive.db"
        self.log = Log(file=(folder / "lives.jsonl").open("w+", encoding="utf-8"))
        self.faults: Faults = machine_faults(plan.seed, plan.days, calm=plan.calm)
        self._chance = Random(f"week {plan.seed}")
        self._folder = folder
        self._progress = progress
        self._until = plan.days * DAY
        self._dies: float | None = None
        (folder / "mounted").mkdir()
        self._toml = folder / "newsbot.toml"
        self._toml.write_text(configuration(plan, self.archive), encoding="utf-8")

    def live(self) -> Log:
        """Until the end."""
        with Nursery(asdict(self.plan)) as self._nursery, _simulated(Spawning(self._run)):
            for shift in self.faults.shifts:
                if shift.start >= self._until:
                    break
                CLOCK.steady = max(CLOCK.steady, shift.start)
                if shift.what != "down":
                    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
                        runner.run(self._shift(shift))
                    gc.collect()  # what a scheduler held, the system would take back
                self._progress(min(shift.end, self._until))
        self.log.file.flush()
        return self.log

    async def _shift(self, shift: Spell) -> None:
        end = min(shift.end, self._until)
        killed = dict(shift.args)["ends"] == "killed"
        self._dies = end if killed else None
        looking = asyncio.create_task(self._look())
        await (self._timer(end) if shift.what == "timer" else self._service(end, killed=killed))
        looking.cancel()

    async def _service(self, end: float, *, killed: bool) -> None:
        schedule = self._schedule()
        if schedule is None:
            return
        running = asyncio.create_task(schedule.forever())
        await asyncio.sleep(end - CLOCK.steady)
        self.log.counts["schedulers killed" if killed else "schedulers stopped"] += 1
        if not killed:
            schedule._stop._hear()  # as by SIGTERM
            await running
            return
        running.cancel()  # its crawls have died with it at this very moment
        await asyncio.wait([running])

    async def _timer(self, end: float) -> None:
        while CLOCK.steady + TIMER < end:
            schedule = self._schedule()
            if schedule is not None:
                self.log.counts["timer"] += 1
                with suppress(ArchiveError):  # it ends with exit code 1
                    await schedule.once()
            await asyncio.sleep(TIMER - CLOCK.steady % TIMER)

    def _schedule(self) -> LocalSchedule | None:
        return LocalSchedule(ConfigFile(self._toml), archive=None, tell=self._tell, relay=_ignore)

    def _tell(self, outcome: Outcome) -> None:
        self.log.counts[outcome.came] += 1

    async def _look(self) -> None:
        while True:
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            handles = len(list(Path("/proc/self/fd").iterdir()))
            memory = pages * resource.getpagesize()
            self.log.looks.append(Look(at=CLOCK.steady, memory=memory, handles=handles))
            self._progress(CLOCK.steady)
            await asyncio.sleep(LOOK)

    # --- a process

    def _run(self, command: Sequence[str], given: str) -> Life:
        self._mount(at(self.faults.away, CLOCK.steady) is None)
        conditions = self._conditions(crawl="crawl" in command)
        life = self._nursery.run(command, given, conditions)
        self.log.life(life, conditions)
        return life

    def _conditions(self, *, crawl: bool) -> Conditions:
        now = CLOCK.steady
        wrong = at(self.faults.clock, now)
        CLOCK.ahead = wrong.what if wrong else 0.0
        full = at(self.faults.full, now)
        calm = now > self._until - self.plan.calm
        return Conditions(
            steady=now,
            ahead=CLOCK.ahead,
            dies=self._dies,
            steps=steps_to_live(self._chance) if crawl and not calm else None,
            largest=int(self._chance.uniform(1, 2000)) * 1024 if full and crawl else None,
        )

    def _mount(self, there: bool) -> None:
        disk = self._folder / "disk"
        if there and not disk.exists():
            disk.symlink_to("mounted")
        elif not there and disk.exists():
            disk.unlink()


def configuration(plan: Plan, archive: str) -> str:
    """The text of newsbot.toml."""
    chance = Random(f"every {plan.seed}")
    sources: dict[str, Any] = {}
    rhythms, longest = (SELDOM, "24h") if plan.seldom else (EVERY, "6h")
    for site in sites(plan).values():
        for name, feed in site.sources.items():
            every = chance.choices(tuple(rhythms), tuple(rhythms.values()))[0]
            sources[name] = {"url": site.url(feed=feed), "every": every}
            if chance.random() < 0.5:
                sources[name]["every_max"] = longest
    whole: Mapping[str, Any] = {"archive": archive, "schedule": {"at_once": 2}}
    return tomlkit.dumps({**whole, "sources": sources, "settings": SETTINGS})


@contextmanager
def _simulated(spawn: Spawning) -> Iterator[None]:
    """This process lives by the simulated clock, and its crawls are simulated."""
    before, child._spawn = child._spawn, spawn
    logging.getLogger("newsbot").setLevel(logging.CRITICAL)
    live_by_it("newsbot", "apscheduler")
    (Outage.__init__.__kwdefaults__ or {})["steady"] = lambda: CLOCK.steady
    try:
        yield
    finally:
        child._spawn = before


def _ignore(source: str, line: str) -> None:
    """What a crawl logs."""
