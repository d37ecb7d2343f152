"""A simulated week: a real schedule, real crawls, simulated sites and time; every fault is drawn from a seed.

``python simulated_week.py PLAN FOLDER`` is the scheduler's process, whose memory and handles are looked at:
it keeps no record of the week. PLAN: of ``simulated_site.Plan``, as JSON. It writes how far it is, a number
of seconds a line, and at the end an object of what it has counted.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

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


class Folder:
    """Where newsbot.toml and the archive of a week lie, the lives of its crawls, and the looks at its
    scheduler, a JSON object a line.
    """

    def __init__(self, path: Path) -> None:
        self.disk, self.mounted = path / "disk", path / "mounted"
        self.archive = f"sqlite:///{self.disk}/archive.db"
        self.toml, self.lives, self.looks = (
            path / name for name in ("newsbot.toml", "lives.jsonl", "looks.jsonl")
        )


def simulate(plan: Plan, path: Path, progress: Progress) -> Mapping[str, int]:
    """Lets a week pass, in a process of its own. ``progress`` hears how far it is; what was counted."""
    folder = Folder(path)
    folder.mounted.mkdir()
    folder.toml.write_text(configuration(plan, folder.archive), encoding="utf-8")
    command = [sys.executable, __file__, json.dumps(asdict(plan)), str(path)]
    counts: Mapping[str, int] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for said in map(json.loads, process.stdout):
            if isinstance(said, dict):
                counts = said
            else:
                progress(said)
    assert process.returncode == 0, "the scheduler's process has ended"
    return counts


class Week:
    """``progress`` hears how far it is."""

    def __init__(self, plan: Plan, folder: Folder, progress: Progress) -> None:
        self.plan = plan
        self.counts: Counter[str] = Counter()
        self.faults: Faults = machine_faults(plan.seed, plan.days, calm=plan.calm)
        self._chance = Random(f"week {plan.seed}")
        self._folder = folder
        self._progress = progress
        self._until = plan.days * DAY
        self._dies: float | None = None

    def live(self) -> None:
        """Until the end."""
        nursery = Nursery(asdict(self.plan), self._folder.lives)
        with nursery as self._nursery, simulated(Spawning(self._run)):
            for shift in self.faults.shifts:
                if shift.start >= self._until:
                    break
                CLOCK.steady = max(CLOCK.steady, shift.start)
                if shift.what != "down":
                    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
                        runner.run(self._shift(shift))
                    gc.collect()  # what a scheduler held, the system would take back
                self._progress(min(shift.end, self._until))

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
        self.counts["schedulers killed" if killed else "schedulers stopped"] += 1
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
                self.counts["timer"] += 1
                with suppress(ArchiveError):  # it ends with exit code 1
                    await schedule.once()
                gc.collect()  # as above: it would be a process of its own
            await asyncio.sleep(TIMER - CLOCK.steady % TIMER)

    def _schedule(self) -> LocalSchedule | None:
        return LocalSchedule(ConfigFile(self._folder.toml), archive=None, tell=self._tell, relay=_ignore)

    def _tell(self, outcome: Outcome) -> None:
        self.counts[outcome.came] += 1

    async def _look(self) -> None:
        while True:
            with self._folder.looks.open("a") as file:
                file.write(json.dumps(asdict(look())) + "\n")
            self._progress(CLOCK.steady)
            await asyncio.sleep(LOOK)

    # --- a process

    def _run(self, command: Sequence[str], given: str) -> Life:
        self._mount(at(self.faults.away, CLOCK.steady) is None)
        conditions = self._conditions(crawl="crawl" in command)
        life = self._nursery.run(command, given, conditions)
        if life.code == 70:
            raise AssertionError("".join(text for _, what, text in life.said if what == "err"))
        self.counts["processes"] += "crawl" in command
        self.counts["killed"] += "crawl" in command and life.code == -9
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
        disk = self._folder.disk
        if there and not disk.exists():
            disk.symlink_to(self._folder.mounted.name)
        elif not there and disk.exists():
            disk.unlink()


def look() -> Look:
    """At this process, now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    handles = len(list(Path("/proc/self/fd").iterdir()))
    return Look(at=CLOCK.steady, memory=pages * resource.getpagesize(), handles=handles)


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
def simulated(spawn: Spawning) -> Iterator[None]:
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


def say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    week = Week(Plan(**json.loads(sys.argv[1])), Folder(Path(sys.argv[2])), say)
    week.live()
    say(week.counts)
