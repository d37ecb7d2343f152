"""newsbot check, metrics and report."""

import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from commanding import Command, Said, command_line, in_its_own_process
from crawling import archive_url
from standings import Kept, keeping

from newsbot.archive import open_archive
from newsbot.korean.dates import KST


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    with keeping(tmp_path_factory.mktemp("kept")) as kept:
        yield kept


def check(kept: Kept, *options: str) -> Said:
    return in_its_own_process("check", "news", *kept.options, *options)


def test_a_check_says_field_by_field_what_is_read(kept: Kept) -> None:
    before = kept.archive.read_bytes()
    said = check(kept, "--json")
    assert said.code == 0
    (found,) = said.lines
    fields = {row["field"]: row for row in found["fields"]}
    assert fields["rows"]["found"] == "7"
    assert fields["bylines"]["usual"] == "100 % have it"
    assert not any(row["lacks"] for row in found["fields"])
    assert kept.archive.read_bytes() == before


def test_a_check_says_why_it_does_not_know_what_is_usual(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("no archive", "utf-8")
    said = in_its_own_process("check", kept.board.url, "--archive", archive_url(tmp_path / "a.db"))
    assert said.code == 0
    assert "what is usual is not known" in said.err
    assert "this file is not a newsbot archive" in said.err


def test_a_check_fails_where_something_usual_is_missing(kept: Kept) -> None:
    first = kept.board.listed[0]
    kept.board.edit(first, paragraphs=["마을에 새 다리가 놓여 오가는 길이 한결 짧아졌다고 한다."])
    said = check(kept)
    assert said.code == 1
    assert "✗" in said.out
    kept.board.fail("login")
    said = check(kept)
    assert (said.code, "it is a login page" in said.out) == (1, True)
    kept.board.heal()


def test_metrics_once(kept: Kept, newsbot: Command) -> None:
    said = newsbot("metrics", "--once", *kept.options)
    assert said.code == 0
    lines = said.out.splitlines()
    assert 'newsbot_run_state{source="news",state="failed"} 1.0' in lines
    assert 'newsbot_waiting{source="news",state="failed"} 1.0' in lines
    assert any(
        line.startswith('newsbot_trouble_since_seconds{source="news",trouble="login wall"}') for line in lines
    )


def test_labels_are_escaped(tmp_path: Path, newsbot: Command) -> None:
    place = f"sqlite:///{tmp_path}/a.db"
    odd = 'board.example/?mid="x\\y'
    with open_archive(place) as archive:
        now = datetime.now(KST)
        run = archive.start_run(source=odd, name=None, url="https://board.example", options={}, started=now)
        figures = {"failures": {'odd "reason"\nand more': 2}}
        archive.finish_run(run, state="partial", reach=None, figures=figures, finished=now)
    said = newsbot("metrics", "--once", "--archive", place)
    assert r'reason="odd \"reason\"\nand more",source="board.example/?mid=\"x\\y"} 2.0' in said.out


def test_metrics_are_served_on_loopback(kept: Kept) -> None:
    command = command_line("metrics", "--port", "0", *kept.options)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        url = server.stderr.readline().partition(";")[0]
        assert url.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(url) as answer:  # noqa: S310 - loopback
            assert b"newsbot_run_figure" in answer.read()
        server.terminate()


def test_a_port_in_use_is_one_clear_line(kept: Kept, newsbot: Command) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = newsbot("metrics", "--port", str(taken.getsockname()[1]), *kept.options)
    assert (said.code, "cannot be listened at" in said.err) == (1, True)


def test_without_the_extra_metrics_say_how_to_get_it(
    kept: Kept, newsbot: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "prometheus_client", None)
    said = newsbot("metrics", "--once", *kept.options)
    assert (said.code, "newsbot[metrics]" in said.err) == (1, True)


def test_a_report_is_a_file(kept: Kept, newsbot: Command, tmp_path: Path) -> None:
    assert newsbot("report", "-o", tmp_path / "r.html", *kept.options).code == 0
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "login wall" in page
    assert "http 500" in page
    assert newsbot("report", "-o", kept.archive, *kept.options).code == 2


@pytest.mark.parametrize("command", [["report"], ["export", "--source"], ["reparse", "--source"], ["status"]])
@pytest.mark.parametrize("source", ["never", "https://bord.example/news", "bord.example"])
def test_a_source_that_was_never_crawled_is_one_line(
    kept: Kept, command: list[str], source: str, newsbot: Command
) -> None:
    said = newsbot(*command, source, *kept.options)
    assert (said.code, said.out) == (2, "")
    (line,) = said.err.splitlines()
    assert source in line
