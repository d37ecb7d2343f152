"""Kill -9 in the middle of reading again and of accepting: what comes of it equals an undisturbed pass."""

import json
import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from commanding import Command, command_line
from crawling import articles, broken_promises, crawl

from newsbot.captures import directory_of
from newsbot.items import as_json
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.articles import load_articles
from newsbot.versions import parser_version

pytestmark = pytest.mark.waits

KILLS = 12
SHORT = [article for article in load_articles() if len(article.paragraphs) < 12][:40]


def misread(archive: Path) -> None:
    """All but every third article, as an older reader may have read them."""
    with closing(sqlite3.connect(archive)) as database, database:
        database.execute("UPDATE revisions SET parser_version = 'old'")
        for key, text in list(database.execute("SELECT id, article FROM revisions WHERE id % 3 > 0")):
            article = json.loads(text) | {"bylines": [], "section": "어느 면"}
            database.execute("UPDATE revisions SET article = ? WHERE id = ?", (json.dumps(article), key))


def killed(archive: Path, chance: Random, *options: str) -> None:
    command = command_line("reparse", "--archive", f"sqlite:///{archive}", "--jobs", "2", "--json", *options)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    threading.Event().wait(chance.uniform(0.4, 3.0))  # from its start to its end
    process.kill()
    process.wait()


def test_a_killed_pass_comes_to_the_same(tmp_path: Path, newsbot: Command) -> None:
    chance = Random(4)
    crawled, again = tmp_path / "crawled.db", tmp_path / "again.db"
    with SampleBoard(posts=SHORT) as board:
        assert crawl(board, crawled).code == 0
    shutil.copy(crawled, again)
    shutil.copytree(directory_of(f"sqlite:///{crawled}"), directory_of(f"sqlite:///{again}"))
    misread(again)
    for number in range(KILLS):
        killed(again, chance, *(["--accept"] if number % 2 else []))
    said = newsbot("reparse", "--archive", f"sqlite:///{again}", "--accept", "--json")
    assert said.code == 0, said.err
    right = articles(crawled)
    for key, one in articles(again).items():
        assert as_json(one.article) == as_json(right[key].article)
        assert (one.revision, one.content_hash) == (1, right[key].content_hash)
        assert one.parser_version == parser_version()
    with closing(sqlite3.connect(again)) as database:
        kept = list(database.execute("SELECT parser_version, state, count(*) FROM readings GROUP BY 1, 2"))
    assert kept == [("old", "replaced", len([n for n in range(1, len(right) + 1) if n % 3]))]
    assert broken_promises(again) == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_no_process_outlives_a_killed_pass(tmp_path: Path) -> None:
    archive = tmp_path / "crawled.db"
    with SampleBoard(posts=12) as board:
        assert crawl(board, archive).code == 0
    misread(archive)
    mark = f"NEWSBOT_TEST={tmp_path}"
    command = ["env", mark, *command_line("reparse", "--archive", f"sqlite:///{archive}", "--jobs", "2")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        if len(marked(mark)) >= 4:  # itself, the server of its processes, and those
            break
        threading.Event().wait(0.02)
    process.kill()
    process.wait()
    for _ in range(500):
        if not marked(mark):
            return
        threading.Event().wait(0.02)
    pytest.fail(f"still there: {marked(mark)}")


def marked(mark: str) -> list[str]:
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in environment.read_bytes().split(b"\0"):
                found.append(environment.parent.name)
        except OSError:  # it has ended, or is another's
            continue
    return found
