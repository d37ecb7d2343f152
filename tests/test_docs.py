"""The docs cannot lie by silence: a command, option, setting or dependency without its line fails here."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main

from newsbot import settings
from newsbot.cli.app import app
from newsbot.config import Config, Schedule, Source

ROOT = Path(__file__).parent.parent


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def commands() -> dict[str, Any]:
    def leaves(command: Any, name: str) -> dict[str, Any]:
        if not hasattr(command, "commands"):
            return {name: command}
        return {
            key: leaf
            for sub, child in command.commands.items()
            for key, leaf in leaves(child, f"{name} {sub}").items()
        }

    return leaves(typer.main.get_command(app), "newsbot")


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_is_documented(name: str) -> None:
    manual = text("docs/commands.md")
    assert f"`{name}" in manual or f"## {name}\n" in manual
    for parameter in commands()[name].params:
        for option in parameter.opts:
            if option.startswith("-") and option != "--help":
                assert f"`{option}" in manual, f"{name} {option}"


@pytest.mark.parametrize("name", commands())
def test_every_command_explains_itself_and_has_an_example(name: str) -> None:
    told, _, examples = (commands()[name].help or "").partition("Example")
    assert len(told) > 20
    assert f"    {name}" in examples


@pytest.mark.parametrize("field", [*Config.model_fields, *Source.model_fields, *Schedule.model_fields])
def test_every_key_of_the_configuration_has_its_heading(field: str) -> None:
    assert re.search(rf"^### {field}$", text("docs/settings.md"), re.MULTILINE)


@pytest.mark.parametrize("name", [name for name in dir(settings) if name.startswith("NEWSBOT_")])
def test_every_setting_of_newsbots_own_is_documented(name: str) -> None:
    assert f"`{name}`" in text("docs/settings.md")


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    wanted = project["dependencies"] + [
        d for extra in project["optional-dependencies"].values() for d in extra
    ]
    reasons = text("docs/dependencies.md")
    missing = [name for name in (re.split(r"[<>=\[ ]", each)[0] for each in wanted) if name not in reasons]
    assert missing == []


def test_every_part_of_the_house_is_on_its_plan() -> None:
    plan = text("docs/architecture.md")
    parts = [path for path in (ROOT / "newsbot").iterdir() if not path.name.startswith("__")]
    assert [part.name for part in parts if f"  {part.name}" not in plan] == []


def test_links_between_the_docs_lead_somewhere() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
