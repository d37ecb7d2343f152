"""Options that every command takes, and what they come to together with newsbot.toml."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsbot.config import Config, load

ArchiveOption = Annotated[
    str | None,
    typer.Option(
        "--archive", metavar="URL", help="The archive. Default: newsbot.toml's, else sqlite:///newsbot.db."
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="The configuration. Default: newsbot.toml here, if there is one."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON lines alone on standard output.")]


def refuse_the_archive(output: Path, archive: Path | None) -> None:
    """Stops a command that was told to write over the archive that it reads. Raises BadParameter."""
    if archive is not None and output.exists() and output.samefile(archive):
        raise typer.BadParameter(f"{output} is the archive itself: choose another file")


def configured(path: Path | None, archive: str | None) -> tuple[Config, str]:
    """The configuration, and the archive's URL: the option's, else the configuration's."""
    config = load(path)
    return config, archive or config.archive
