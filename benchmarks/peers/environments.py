"""The readers' environments, made on demand, and a reader's run in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.corpus import Page
from benchmarks.peers.scoring import Read

HERE = Path(__file__).parent
ENVIRONMENTS = HERE.parents[1] / ".venv-peers"
READ = HERE / "read.py"

REQUIREMENTS = {
    "newsbot": None,
    "newsbot, general reader": None,
    "trafilatura": "requirements",
    "newspaper4k": "requirements",
    "readability-lxml": "requirements",
    "goose3": "requirements",
    "news-please": "requirements",
    "fundus": "requirements-fundus",
    "extruct": "requirements",
}
"""Of each reader; None: newsbot's own environment."""


def save(pages: Sequence[Page], folder: Path) -> None:
    listed = [{"key": page.key, "url": page.url, "fetched": page.fetched.isoformat()} for page in pages]
    (folder / "pages.json").write_text(json.dumps(listed), "utf-8")
    for page in pages:
        (folder / f"{page.key}.html").write_text(page.text, "utf-8")


def run(reader: str, folder: Path) -> dict[str, tuple[Read, float]]:
    """What ``reader`` read of each page of ``folder`` that is one for it, and the CPU seconds it took."""
    requirements = REQUIREMENTS[reader]
    python = _environment(requirements) if requirements else Path(sys.executable)
    out = folder / "read.json"
    # Safe path (-P): the modules beside the script must not hide packages of the reader.
    command: list[str | Path] = [python, "-P", READ, reader, folder, out]
    subprocess.run(command, check=True, stdout=sys.stderr)
    answers = json.loads(out.read_text("utf-8"))
    return {key: (read, seconds) for key, (read, seconds) in answers.items() if read is not None}


def _environment(requirements: str) -> Path:
    """The interpreter of an environment that holds exactly ``requirements``."""
    folder, pinned = ENVIRONMENTS / requirements, HERE / f"{requirements}.txt"
    python, uv = folder / "bin" / "python", Path(sys.executable).with_name("uv")
    if not python.exists():
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    subprocess.run([uv, "pip", "sync", "--quiet", "--python", python, pinned], check=True)
    return python
