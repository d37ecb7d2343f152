"""Logs for those who read them later."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from commanding import HURRY, command_line

from newsbot import logs
from newsbot.errors import ConfigError
from newsbot.sampleboard import SampleBoard

Settle = Callable[..., None]


@pytest.fixture
def settle(monkeypatch: pytest.MonkeyPatch) -> Iterator[Settle]:
    """Logs to a file alone; as if this process had logged nothing before."""
    monkeypatch.setattr(logs, "_about", {})
    monkeypatch.setattr(logs, "_settled", {})
    monkeypatch.setattr(logging.root, "level", logging.WARNING)
    before = list(logging.root.handlers)

    def settle_on(file: Path, form: logs.Format = "text") -> None:
        logging.root.handlers.clear()
        logs.settle(form=form, file=file)

    yield settle_on
    for handler in logging.root.handlers:
        handler.close()
    logging.root.handlers[:] = before


def lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()


def test_each_line_is_json_with_its_source_and_run(settle: Settle, tmp_path: Path) -> None:
    file = tmp_path / "newsbot.log"
    settle(file, "json")
    logs.about(source="랭크뉴스", run=7)
    logging.getLogger("newsbot.crawl").warning("nothing of %s", "it")
    try:
        raise ValueError("two\nlines")
    except ValueError:
        logging.getLogger("newsbot").exception("what")
    first, second = map(json.loads, lines(file))
    assert first.pop("time")[10:11] == "T"
    assert first == {
        "level": "warning", "logger": "newsbot.crawl", "source": "랭크뉴스", "run": 7,
        "message": "nothing of it",
    }  # fmt: skip
    assert second["traceback"].endswith("ValueError: two\nlines")


def test_as_text(settle: Settle, tmp_path: Path) -> None:
    settle(tmp_path / "newsbot.log", "text")
    logging.getLogger("newsbot").error("one")
    logs.about(source="a", run=7)
    logging.getLogger("newsbot").info("two")
    said = [line.partition(" ")[2] for line in lines(tmp_path / "newsbot.log")]
    assert said == ["ERROR one", "INFO a run 7: two"]


def test_of_the_libraries_only_errors_unless_asked_for(settle: Settle, tmp_path: Path) -> None:
    settle(tmp_path / "newsbot.log", "text")
    for level in (logging.INFO, logging.WARNING, logging.ERROR):
        logging.getLogger("scrapy.core").log(level, "said")
    assert len(lines(tmp_path / "newsbot.log")) == 1


def test_the_lines_of_another_process_are_taken_as_they_are_and_what_is_no_line_is_made_one(
    settle: Settle, tmp_path: Path
) -> None:
    file = tmp_path / "newsbot.log"
    settle(file, "json")
    ready = '{"time": "2026-03-02T12:00:00+09:00", "level": "info", "source": "a", "run": 7, "message": "m"}'
    for line in (ready, "Traceback (most recent call last):", ""):
        logs.relay("a", line)
    assert lines(file)[0] == ready
    other = json.loads(lines(file)[1])
    assert (other["source"], other["message"]) == ("a", "Traceback (most recent call last):")
    assert len(lines(file)) == 2


def test_a_file_is_renamed_when_it_is_large(
    settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "LARGEST", 1000)
    settle(tmp_path / "newsbot.log", "text")
    for number in range(200):
        logging.getLogger("newsbot").info("line %d", number)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["newsbot.log", *(f"newsbot.log.{number}" for number in range(1, 6))]
    assert all(path.stat().st_size <= 1000 for path in tmp_path.iterdir())


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"--log-file .*: cannot be written: No such file"):
        logs.settle(form="text", file=tmp_path / "none" / "newsbot.log")


def test_a_crawl_logs_what_troubled_it_with_its_source_and_run(tmp_path: Path) -> None:
    with SampleBoard(posts=3) as board:
        board.fail("500", path=f"/{board.listed[0]}$")
        url, log = board.url, tmp_path / "newsbot.log"
        crawl = command_line("--log-format", "json", "--log-file", log, "crawl", url, "--json", *HURRY)
        done = subprocess.run(
            [*crawl, "--archive", f"sqlite:///{tmp_path}/a.db", "-s", "RETRY_TIMES=0"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (1, "")
        (line,) = [json.loads(line) for line in lines(log) if '"warning"' in line]
        assert (line["source"], line["run"]) == (url.partition("//")[2], 1)
        assert "http 500" in line["message"]
        held = subprocess.run(
            [*crawl, "--archive", f"sqlite:///{tmp_path}/none/a.db"], capture_output=True, check=False
        )
        assert (held.returncode, held.stderr) == (1, b"")
        assert json.loads(lines(log)[-1])["level"] == "error"


def test_wrong_use() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newsbot", "--log-format", "xml", "verify"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.strip() == "newsbot: --log-format xml: there are text and json"
