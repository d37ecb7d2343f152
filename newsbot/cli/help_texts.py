"""A command's help out of its docstring: prose in lines of the terminal's width, examples a line each."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import typer


def lay_out(group: typer.Typer) -> None:
    """Gives the commands of a group their help. Typer keeps a docstring's own ends of lines."""
    for command in group.registered_commands:
        if command.callback is not None:
            command.help = help_of(command.callback.__doc__ or "")


def help_of(docstring: str) -> str:
    """The first paragraph, two empty lines, and the rest.

    Two, for Typer takes the indentation from all but the first line of the rest, which may be "Examples:".
    """
    first, *rest = inspect.cleandoc(docstring).split("\n\n")
    return f"{_joined(first)}\n{''.join(_laid_out(rest))}"


def _laid_out(paragraphs: list[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        is_example = paragraph.startswith(" ")
        yield f"\n{paragraph}" if is_example else f"\n\n{_joined(paragraph)}"


def _joined(paragraph: str) -> str:
    return " ".join(paragraph.split())
