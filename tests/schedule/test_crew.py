"""Crawls as processes: which may run beside which."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from newsbot.schedule.child import CrawlTask, Outcome
from newsbot.schedule.crew import Crew

# Tells what it came to, and holds its host a moment longer.
CRAWL = """
import json, sys, time
log, source = sys.argv[1:]
def note(what):
    with open(log, "a") as file:
        print(source, what, file=file)
note("begins")
print(json.dumps({"source": source, "state": "finished", "run": 1}), flush=True)
time.sleep(0.5)
note("ends")
"""


@pytest.mark.parametrize(
    ("hosts", "order"),
    [
        (("x.example", "x.example"), ["a begins", "a ends", "b begins", "b ends"]),
        (("x.example", "y.example"), ["a begins", "b begins"]),
    ],
)
def test_a_host_is_free_when_the_process_has_ended_that_was_there(
    hosts: tuple[str, str], order: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, told = tmp_path / "log", list[str]()
    monkeypatch.setattr(
        CrawlTask, "command", property(lambda task: [sys.executable, "-c", CRAWL, str(log), *task.sources])
    )

    async def hear(outcome: Outcome) -> None:
        told.append(outcome.source)

    async def crawl() -> None:
        crew = Crew(
            make=lambda names: CrawlTask(sources=dict.fromkeys(names, 0), config="", archive=""),
            said=lambda source, line: told.append(f"{source}: {line}"),
            ended=hear,
        )
        crew.at_once, crew.hosts = 2, dict(zip("ab", hosts, strict=True))
        crew.call("a", "b")
        await crew.idle()

    asyncio.run(crawl())
    assert sorted(told) == ["a", "b"]
    lines = log.read_text().splitlines()
    assert (lines if len(order) == 4 else sorted(lines[:2])) == order


def test_a_place_and_a_host_that_are_kept_stay_free_and_then_go_to_whom_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    monkeypatch.setattr(
        CrawlTask, "command", property(lambda task: [sys.executable, "-c", CRAWL, str(log), *task.sources])
    )

    async def hear(outcome: Outcome) -> None:
        """Nothing."""

    async def crawl() -> int:
        freed = asyncio.Event()
        crew = Crew(
            make=lambda names: CrawlTask(sources=dict.fromkeys(names, 0), config="", archive=""),
            said=lambda source, line: None,
            ended=hear,
            freed=freed.set,
        )
        crew.at_once, crew.hosts = 2, dict(zip("abcd", "xyzx", strict=True))
        crew.keep_place("a", timedelta(seconds=0.3))
        free = crew.free
        crew.call("d", "b", "c")  # d is at a's host
        crew.call("a", first=True)
        await freed.wait()
        await crew.idle()
        return free

    assert asyncio.run(crawl()) == 1
    begun = [line.split()[0] for line in log.read_text().splitlines() if line.endswith("begins")]
    assert begun[:2] == ["b", "a"]
    assert sorted(begun[2:]) == ["c", "d"]
