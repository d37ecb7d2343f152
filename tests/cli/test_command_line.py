"""What holds for every command: help with examples, errors in a line, exit codes, newsbot.toml."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commanding import Command, command_line, in_its_own_process

from newsbot.archive import open_archive

VERBS = ["demo", "crawl", "parse", "show", "export", "verify"]


@pytest.mark.parametrize("verb", [*([each] for each in VERBS), ["sources", "add"]])
def test_help_has_an_example(verb: list[str], newsbot: Command) -> None:
    said = newsbot(*verb, "--help")
    assert said.code == 0
    assert "Example" in said.out
    assert f"newsbot {' '.join(verb)}" in said.out


def test_help_is_laid_out_by_the_screen(newsbot: Command) -> None:
    """Prose flows (its docstring is broken elsewhere); examples stand a line each, indented."""
    (prose,) = [line for line in newsbot("crawl", "--help").out.splitlines() if "One crawl at a time" in line]
    assert "a second one says who is there" in prose
    lines = newsbot("stories", "--help").out.splitlines()
    place = next(number for number, line in enumerate(lines) if "Examples:" in line)
    assert [line.rstrip() for line in lines[place + 1 : place + 3]] == [
        "     newsbot stories --since 2026-03-01",
        "     newsbot stories --outlets 5 --json",
    ]


@pytest.mark.parametrize("verb", ["crawl", "export", "reparse", "changes", "stories"])
def test_help_asks_for_a_date_in_words(verb: str, newsbot: Command) -> None:
    said = newsbot(verb, "--help").out
    assert "DATE" in said
    assert "%Y" not in said


def test_help_names_every_command(newsbot: Command) -> None:
    said = newsbot("--help")
    assert all(f" {verb} " in said.out for verb in [*VERBS, "sources"])


def edited(archive: Path) -> str:
    with open_archive(f"sqlite:///{archive}", read_only=True) as opened:
        return next(one.article.uri for one in opened.articles() if one.revision == 2)


WRONG = {
    "no such command": ["crwal"],
    "no such option": ["crawl", "--page", "1"],
    "no such source": ["crawl", "ranknews"],
    "nothing to crawl": ["crawl"],
    "a setting without a value": ["crawl", "http://127.0.0.1:9/news", "-s", "DOWNLOAD_DELAY"],
    "a day that is none": ["crawl", "http://127.0.0.1:9/news", "--since", "2026-02-30"],
    "days that end before they begin": ["export", "--since", "2026-03-02", "--until", "2026-03-01"],
    "a crawl of no day": ["crawl", "http://127.0.0.1:9/", "--since", "2026-03-02", "--until", "2026-03-01"],
    "no pages": ["crawl", "http://127.0.0.1:9/news", "--pages", "0"],
    "no such format": ["export", "-f", "xls"],
    "no such kind": ["parse", "page.html", "--as", "column"],
    "no such file": ["parse", "page.html"],
    "an encoding of no text": ["parse", "page.html", "--encoding", "rot13"],
    "an address that is none": ["parse", "page.html", "--url", "paper"],
    "an empty address": ["parse", "page.html", "--url", ""],
    "an address with a broken port": ["parse", "http://board.example:99999/news"],
    "an address of a broken host": ["parse", "page.html", "--url", "http://[::1/news"],
    "no such software": ["demo", "--engine", "phpbb"],
    "no such configuration": ["sources", "list", "--config", "none.toml"],
    "a source to check that is none": ["sources", "check", "ranknews"],
    "no sources to check": ["sources", "check"],
    "no address to add": ["sources", "add", "ranknews"],
    "an archive that is no URL": ["verify", "--archive", "newsbot.db"],
    "an archive without a name": ["status", "--archive", ""],
    "a crawl into no archive": ["crawl", "http://127.0.0.1:9/news", "--archive", "newsbot.db"],
    "an archive of a kind that there is not": ["schedule", "--archive", "mysql://localhost/news"],
    "a backup of no archive": ["backup", "copy.db", "--archive", "newsbot.db"],
    "a copy of no archive": ["archive", "copy", "newsbot.db", "sqlite:///copy.db"],
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG)
def test_wrong_use_is_exit_code_2_and_no_traceback(arguments: list[str], newsbot: Command) -> None:
    said = newsbot(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[sources.a]\n", "newsbot.toml: sources.a.url is missing"),
        ('[sources.a]\nurl = "https://board.example/"\npage = 3\n', "did you mean pages?"),
        ("contact = 7\n", "newsbot.toml: contact"),
        ("[sources\n", "is not TOML"),
    ],
)
def test_a_configuration_that_makes_no_sense(text: str, said: str, newsbot: Command, tmp_path: Path) -> None:
    (tmp_path / "newsbot.toml").write_text(text)
    for verb in (["sources", "list"], ["crawl"], ["verify"]):
        heard = newsbot(*verb)
        assert heard.code == 2
        assert said in heard.err
        assert len(heard.err.splitlines()) == 1


def test_the_archive_is_the_configurations(newsbot: Command, tmp_path: Path, crawled: Path) -> None:
    (tmp_path / "newsbot.toml").write_text(f'archive = "sqlite:///{crawled}"\n')
    assert newsbot("verify", "--json").lines[0]["articles"] == 12
    assert newsbot("verify", "--archive", "sqlite:///none.db").code == 1


def test_the_version(newsbot: Command) -> None:
    said = newsbot("--version")
    assert (said.code, said.out.split()[0]) == (0, "newsbot")


def test_a_setting_that_scrapy_cannot_read_is_one_line(tmp_path: Path) -> None:
    arguments = ("crawl", "http://127.0.0.1:9/news", "-s", "DOWNLOAD_DELAY=soon")
    said = in_its_own_process(*arguments, cwd=tmp_path)
    assert said.code == 1
    (line,) = said.err.splitlines()
    assert "soon" in line


def test_nothing_is_said_of_output_that_nobody_reads_any_more(crawled: Path) -> None:
    pipe = f"{sys.executable} -m newsbot export --archive sqlite:///{crawled} | head -c 10"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {pipe}"], capture_output=True, text=True, check=False
    )
    assert (len(done.stdout), done.stderr) == (10, "")


# Ctrl-C comes as the first thing that the command loads is asked for.
_INTERRUPTED = """
import os, signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("newsbot.cli."):
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has processes in the background ignore it
sys.meta_path.insert(0, Interrupting())
from newsbot.cli import main
main()
"""


def test_an_interrupt_while_the_command_is_loaded_says_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", _INTERRUPTED], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


@pytest.mark.parametrize("verb", [["export"], ["show", "고친"], ["--help"], ["status", "--json"]])
def test_output_that_finds_no_room_is_one_line(verb: list[str], crawled: Path) -> None:
    command = command_line(*verb) + (["--archive", f"sqlite:///{crawled}"] if verb != ["--help"] else [])
    if verb[0] == "show":
        command[command.index("고친")] = edited(crawled)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "newsbot: standard output cannot be written: No space left on device\n"


def test_a_locale_without_korean_letters_loses_none(crawled: Path) -> None:
    """For people they are written as escapes; JSON and exports are UTF-8 in any locale."""
    place = ["--archive", f"sqlite:///{crawled}"]

    def said(*arguments: str) -> bytes:
        environment = os.environ | {"PYTHONIOENCODING": "ascii"}
        done = subprocess.run(
            command_line(*arguments, *place), capture_output=True, check=True, env=environment
        )
        return done.stdout

    assert rb"\uace0\uce5c \uc81c\ubaa9 [3]" in said("show", edited(crawled))
    for arguments in (["show", edited(crawled), "--json"], ["export"], ["export", "-f", "csv"]):
        assert "고친 제목 [3]" in said(*arguments).decode("utf-8")


def test_an_engine_that_is_none_is_refused(newsbot: Command, tmp_path: Path) -> None:
    source = '[sources.x]\nurl = "http://127.0.0.1:9/news"\nengine = "rhymyx"\n'
    (tmp_path / "newsbot.toml").write_text(source)
    said = newsbot("crawl", "x")
    assert said.code == 2
    assert "rhymix, gnuboard, table" in said.err


GONE = {
    "lines of an archive": ["export", "--archive", "{archive}"],
    "a page for people": ["parse", "{page}", "--as", "listing"],
    "a page as JSON": ["parse", "{page}", "--as", "listing", "--json"],
    "a table": ["sources", "list", "--config", "{config}"],
    "help": ["--help"],
}


@pytest.mark.parametrize("arguments", GONE.values(), ids=GONE)
def test_a_reader_who_goes_away_is_no_failure(arguments: list[str], crawled: Path, tmp_path: Path) -> None:
    page, config = tmp_path / "page.html", tmp_path / "newsbot.toml"
    page.write_text("<table><tr><th>번호<th>제목</tr><tr><td>1<td><a href='/read?no=1'>다리</a></tr></table>")
    config.write_text('[sources.a]\nurl = "https://board.example/news"\n')
    places = {"archive": f"sqlite:///{crawled}", "page": str(page), "config": str(config)}
    line = command_line(*(argument.format(**places) for argument in arguments))
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()  # before Python has even started
        assert process.stderr.read() == ""
    assert process.returncode == 0
