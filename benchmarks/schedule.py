"""What a schedule costs that has nothing to do, and what reckoning a thousand sources does."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.figures import Figure
from newsbot.archive import open_archive
from newsbot.korean.dates import KST
from newsbot.schedule.due import Every, Past, PastRun, due_now

SOURCES = 1000
IDLE = 120.0  # seconds
BEGINNING = 15.0  # seconds until a schedule has begun
URL = "https://board{}.example/news"


def measure(scale: float) -> Iterator[Figure]:
    yield Figure(f"what is due of {SOURCES:,} sources", 1000 * _reckoning(), "ms", most=100)
    megabytes, share = _idle(max(IDLE * scale, 30.0))
    yield Figure(f"idle with {SOURCES:,} sources: memory", megabytes, "MiB", most=60)
    yield Figure(f"idle with {SOURCES:,} sources: CPU", 100 * share, "% of a core", most=0.1)


def _reckoning() -> float:
    now = datetime.now(KST)
    timing = Every(timedelta(minutes=10), timedelta(minutes=5), timedelta(hours=1))
    runs = [PastRun(run=1, started=now - timedelta(minutes=7), state="finished")] * 20
    names = [f"board{number}" for number in range(SOURCES)]
    begun = time.process_time()
    due_now(dict.fromkeys(names, timing), dict.fromkeys(names, Past(runs=runs)), now)
    return time.process_time() - begun


def _idle(seconds: float) -> tuple[float, float]:
    """Resident memory in MiB, and the share of a core, of a schedule whose sources were all just crawled."""
    with tempfile.TemporaryDirectory() as directory:
        toml = _configured(Path(directory))
        command = [sys.executable, "-m", "newsbot.schedule", "--config", str(toml)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            time.sleep(BEGINNING)
            before = _cpu(process.pid)
            time.sleep(seconds)
            used, memory = _cpu(process.pid) - before, _resident(process.pid)
            process.terminate()
    return memory, used / seconds


def _configured(directory: Path) -> Path:
    toml, archive = directory / "newsbot.toml", f"sqlite:///{directory}/archive.db"
    tables = (f'[sources.board{n}]\nurl = "{URL.format(n)}"\nevery = "1d"\n' for n in range(SOURCES))
    toml.write_text(f'archive = "{archive}"\n' + "".join(tables))
    now = datetime.now(KST)
    with open_archive(archive) as opened:
        for number in range(SOURCES):
            key = f"board{number}.example/news"
            run = opened.start_run(source=key, name=None, url=URL, options={}, started=now)
            opened.finish_run(run, state="finished", reach=None, figures={}, finished=now)
    return toml


def _cpu(pid: int) -> float:
    """Seconds, in hundredths."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20
