"""What is under deploy/ is checked for syntax, and that it runs commands there are."""

import json
import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from newsbot.cli.app import app
from newsbot.config import Schedule

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
# What our compose file uses, of the Compose Specification.
COMPOSED = {"name", "services", "volumes"}
SERVICE = {
    "image", "build", "init", "restart", "environment", "volumes", "command", "healthcheck", "depends_on",
    "stop_signal", "stop_grace_period",
}  # fmt: skip
UNITS = sorted((DEPLOY / "systemd").iterdir())
# What our units use, of systemd.unit(5), .service(5), .exec(5), .kill(5) and .timer(5).
KEYS = {
    "Unit": {"Description", "Wants", "After"},
    "Service": {
        "Type", "User", "WorkingDirectory", "ExecStart", "Restart", "RestartSec", "KillMode",
        "TimeoutStopSec", "UMask", "NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectSystem",
        "ProtectHome", "ProtectKernelTunables", "ProtectControlGroups", "RestrictSUIDSGID", "ReadWritePaths",
    },
    "Timer": {"OnCalendar", "AccuracySec", "Persistent"},
    "Install": {"WantedBy"},
}  # fmt: skip
INSTRUCTIONS = {
    "FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "STOPSIGNAL", "ENTRYPOINT", "CMD",
}  # fmt: skip


def unit(path: Path) -> ConfigParser:
    parser = ConfigParser(strict=True, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text())
    return parser


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Containerfile").read_text(), flags=re.MULTILINE)
    whole = re.sub(r"\\\n\s*", " ", text)
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in whole.splitlines() if line.strip()]


def is_a_command(arguments: list[str]) -> bool:
    """Whether newsbot takes these arguments, as far as the command's own options."""
    import typer.main

    context = typer.main.get_command(app).make_context("newsbot", list(arguments), resilient_parsing=True)
    group = context.command
    name, command, rest = group.resolve_command(context, [*context._protected_args, *context.args])  # type: ignore[attr-defined]
    command.make_context(name, rest, resilient_parsing=True)
    return True


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_has_known_keys_in_their_sections(path: Path) -> None:
    found = unit(path)
    assert {name: set(found[name]) - KEYS[name] for name in found.sections()} == {
        name: set() for name in found.sections()
    }
    if path.suffix == ".timer":
        assert path.with_suffix(".service") in UNITS


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda p: p.name)
def test_a_unit_runs_a_command_that_there_is(path: Path) -> None:
    program, *arguments = shlex.split(unit(path)["Service"]["ExecStart"])
    assert Path(program).name == "newsbot"
    assert is_a_command(arguments)
    assert "schedule" in arguments


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path) -> None:
    for path in UNITS:  # with a program that is there
        (tmp_path / path.name).write_text(path.read_text().replace("/opt/newsbot/bin/newsbot", "/bin/true"))
    verify = ["systemd-analyze", "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))]
    done = subprocess.run(verify, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "newsbot" in line]
    assert (done.returncode, ours) == (0, [])


def test_the_container_file() -> None:
    found = instructions()
    assert {name for name, _ in found} <= INSTRUCTIONS
    said = dict(found)  # the last of each: the last stage's
    assert all(
        re.fullmatch(r"python:3\.\d+-slim( AS \w+)?", value) for name, value in found if name == "FROM"
    )
    assert said["USER"] == "newsbot"
    assert json.loads(said["ENTRYPOINT"]) == ["newsbot"]
    assert is_a_command(json.loads(said["CMD"]))
    copied = [value.split()[:-1] for name, value in found if name == "COPY" and "--from" not in value]
    assert [path for paths in copied for path in paths if not (ROOT / path).exists()] == []


def test_the_container_gets_extras_that_there_are() -> None:
    import tomllib

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    run = next(value for name, value in instructions() if name == "RUN" and "uv pip" in value)
    wanted = re.search(r'"\.\[([\w,]+)\]"', run)
    assert wanted is not None
    assert set(wanted[1].split(",")) < set(extras)


def composed() -> dict[str, Any]:
    found = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return {name: part for name, part in found.items() if not name.startswith("x-")}


def test_the_compose_file_has_known_keys() -> None:
    found = composed()
    assert set(found) == COMPOSED
    assert {name: set(service) - SERVICE for name, service in found["services"].items()} == {
        name: set() for name in found["services"]
    }
    for service in found["services"].values():
        assert service["restart"] in ("no", "always", "on-failure", "unless-stopped")
        assert all(
            condition["condition"] == "service_healthy"
            for condition in service.get("depends_on", {}).values()
        )
        assert set(service.get("depends_on", {})) < set(found["services"])
        assert re.fullmatch(r"\d+s", service["stop_grace_period"])
        assert set(service.get("healthcheck", {})) <= {"test", "interval", "timeout", "retries"}
    build = found["services"]["worker"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).exists()


def test_the_volumes_of_the_compose_file_are_its_own_or_given() -> None:
    found = composed()
    named = [volume.rsplit(":", 2) for service in found["services"].values() for volume in service["volumes"]]
    assert {parts[0] for parts in named if "$" not in parts[0]} == set(found["volumes"])


def test_the_worker_of_the_compose_file_is_a_command_and_its_grace_is_long_enough() -> None:
    worker = composed()["services"]["worker"]
    assert is_a_command(worker["command"])
    assert "worker" in worker["command"]
    assert int(worker["stop_grace_period"].rstrip("s")) > 2 * Schedule().grace.total_seconds()


def test_no_secret_stands_in_the_compose_file() -> None:
    for service in composed()["services"].values():
        for name, value in service["environment"].items():
            assert value.startswith("${"), name
            assert "PASSWORD" not in name or ":?" in value  # no default
