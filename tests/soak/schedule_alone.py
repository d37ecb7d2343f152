"""A schedule alone, for days of simulated time: what grows in its process is newsbot's own.

``python schedule_alone.py FOLDER SOURCES DAYS``: the real schedule of so many sources, each asked every ten
minutes. Its crawls are made up and end soon, in every way there is; nothing is kept of them. Now and then
the archive is away. Writes what is seen of the process at each look, a JSON object a line, and at the end how
many crawls there were.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any, Final

from simulated_clock import CLOCK, DAY, MINUTE, SimulatedLoop, moment
from simulated_processes import Life, Spawning, sources
from simulated_week import Look, look, say, simulated

from newsbot.schedule.child import Outcome
from newsbot.schedule.config_file import ConfigFile
from newsbot.schedule.local import LocalSchedule

EVERY: Final = 10 * MINUTE
KNOWN: Final = 20  # runs of each source, when it begins
AWAY: Final = 0.05  # of the time the archive cannot be used
TURNS: Final = 20  # there and away, so often
_WAYS: Final[Mapping[str, int]] = {
    "finished": 90,
    "partial": 3,
    "failed": 3,
    "held": 1,
    "killed": 2,
    "broken": 1,
}


def live_alone(
    folder: Path, *, sources: int, days: float, python: Sequence[str] = (__file__,)
) -> tuple[int, list[Look]]:
    """How many crawls there were, and what was seen of it. ``python``: what is run in the place of this."""
    command = [sys.executable, *python, str(folder), str(sources), str(days)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parent)
    *looks, crawls = map(json.loads, done.stdout.splitlines())
    return crawls, [Look(**each) for each in looks]


class Alone:
    """``folder``: for newsbot.toml."""

    def __init__(self, folder: Path, *, sources: int, days: float) -> None:
        self._toml = folder / "alone.toml"
        tables = (
            f'[sources.board{number}]\nurl = "http://board{number}.example/news"\nevery = "{EVERY:.0f}s"\n'
            for number in range(sources)
        )
        self._toml.write_text("[schedule]\nat_once = 4\n" + "".join(tables), encoding="utf-8")
        self._until = days * DAY
        self._chance = Random("alone")
        self._crawls = 0

    def live(self) -> int:
        """Until the end; how many crawls there were."""
        with simulated(Spawning(self._run)), asyncio.Runner(loop_factory=SimulatedLoop) as runner:
            runner.run(self._live())
        return self._crawls

    async def _live(self) -> None:
        schedule = LocalSchedule(ConfigFile(self._toml), archive=None, tell=_ignore, relay=_ignore)
        running = asyncio.create_task(schedule.forever())
        while self._until > CLOCK.steady:
            say(asdict(look()))
            await asyncio.sleep(EVERY)
        schedule._stop._hear()
        await running

    def _run(self, command: Sequence[str], given: str) -> Life:
        away = CLOCK.steady * TURNS / self._until % 1 > 1 - AWAY
        if "crawl" not in command:
            told = "" if away else json.dumps(self._known(json.loads(given)))
            return self._life(command, [told], int(away), 0.5)
        if away:
            return self._life(command, [self._unkept(name) for name in sources(command)], 1, 2.0)
        names, code = sources(command), 0
        said: list[str] = []
        for name in names:
            way = self._chance.choices([*_WAYS], [*_WAYS.values()])[0]
            if way in ("killed", "broken"):
                code = -9 if way == "killed" else 70
                break
            said.append(json.dumps(self._figures(name, way)) + "\n")
        return self._life(command, said, code, 2.0 + len(names))

    def _life(self, command: Sequence[str], said: Sequence[str], code: int, seconds: float) -> Life:
        ended = CLOCK.steady + seconds
        return Life(command=command, code=code, ended=ended, said=[(ended, "out", line) for line in said])

    def _known(self, names: Mapping[str, str]) -> dict[str, Any]:
        """As ``newsbot.schedule.history`` writes it."""
        runs = [
            {
                "run": self._crawls,
                "started": moment(CLOCK.steady - number * EVERY).isoformat(),
                "state": "killed",
            }
            for number in range(KNOWN)
        ]
        return dict.fromkeys(names, runs)

    def _unkept(self, name: str) -> str:
        self._crawls += 1
        return (
            json.dumps({"source": name, "state": "failed", "cause": "archive", "trouble": "it is away"})
            + "\n"
        )

    def _figures(self, name: str, way: str) -> dict[str, Any]:
        self._crawls += 1
        if way == "held":
            return {"source": name, "state": "failed", "cause": "held", "trouble": f"{name} is held"}
        counts = {"new": self._chance.randrange(3), "revised": 0, "headlines": 20, "requests": 3}
        return {"source": name, "state": way, "run": self._crawls, "seconds": 1.5, **counts}


def _ignore(*_: str | Outcome) -> None:
    """What a crawl came to, and what it logs."""


if __name__ == "__main__":
    place, number, length = sys.argv[1:]
    say(Alone(Path(place), sources=int(number), days=float(length)).live())
