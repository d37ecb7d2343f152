"""Crawls as child processes, with what each took: the whole process counts, its start as well."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Of both crawls alike: the machine is the limit, not manners.
SETTINGS = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 8,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
}


@dataclass(frozen=True, slots=True)
class Ran:
    """What a child printed at its end, its wall and CPU seconds, and its peak memory (RSS) in MiB."""

    figures: Mapping[str, Any]
    seconds: float
    cpu: float
    peak: float


def newsbot_crawl(url: str | Sequence[str], archive: Path, **settings: object) -> Ran:
    """Of one address, or of several in one process."""
    urls = [url] if isinstance(url, str) else url
    options = [part for name, value in (SETTINGS | settings).items() for part in ("-s", f"{name}={value}")]
    return _run(["-m", "newsbot", "crawl", *urls, "--archive", f"sqlite:///{archive}", "--json", *options])


def bare_crawl(url: str) -> Ran:
    return _run(["-m", "benchmarks.bare", url, json.dumps(SETTINGS | {"LOG_LEVEL": "ERROR"})])


def _run(arguments: Sequence[str]) -> Ran:
    with tempfile.TemporaryFile("w+") as output:
        started = time.perf_counter()
        child = subprocess.Popen([sys.executable, *arguments], stdout=output, env=_environment())
        _, status, used = os.wait4(child.pid, 0)  # of this child alone, unlike RUSAGE_CHILDREN
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise subprocess.CalledProcessError(child.returncode, child.args)
        output.seek(0)
        figures = json.loads(output.read().splitlines()[-1])
    return Ran(figures, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _environment() -> dict[str, str]:
    """With compiled modules, as any user has them from the second start on."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
