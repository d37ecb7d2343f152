"""A command in a process of its own, forked from one that has imported newsbot: starting Python anew for
each of some hundred crawls would take most of the tests' time.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from commanding import PATIENCE, Said

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    [
        "newsbot.cli.app",
        "newsbot.archive.migrate",
        "newsbot.crawl",
        "newsbot.spiders.board",
        "alembic.command",
    ]
)


def run_forked(*arguments: str, environment: Mapping[str, str] | None = None) -> Said:
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = _CONTEXT.Process(target=_command, args=(arguments, out, err, dict(environment or {})))
        process.start()
        process.join(PATIENCE)
        code = process.exitcode
        process.kill()
        assert code is not None, "the command does not end"
        return Said(code, out.read_text("utf-8"), err.read_text("utf-8"))


def _command(arguments: tuple[str, ...], out: Path, err: Path, environment: Mapping[str, str]) -> None:
    from newsbot.cli import main

    for stream, path in ((sys.stdout, out), (sys.stderr, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream.fileno())
    sys.argv = ["newsbot", *arguments]
    os.environ.update(environment)
    main()
