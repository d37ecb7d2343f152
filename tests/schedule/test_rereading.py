"""A pass of `newsbot reparse` that is shared by a fleet, on a real server."""

import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import postgres
import pytest
import sqlalchemy as sa
from commanding import Command, Said
from crawling import broken_promises, crawl
from fleets import configure, worker
from scheduling import running, until

from newsbot.archive import open_archive
from newsbot.archive.schema import readings, revisions
from newsbot.sampleboard import SampleBoard
from newsbot.schedule.jobs import CrawlJob, ReadingJob

pytestmark = pytest.mark.waits

POSTS = 12  # of each of two boards


@pytest.fixture(scope="module")
def crawled(server: postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """An archive of two boards, each in a capture file of its own, half of it as an older reader read it."""
    url = server.database()
    with SampleBoard(posts=POSTS) as one, SampleBoard(posts=POSTS) as two:
        toml = configure(tmp_path_factory.mktemp("fleet"), url, {"one": one.url, "two": two.url}, every="1d")
        assert crawl(one, url).code == crawl(two, url).code == 0
    with open_archive(url) as archive, archive.writing() as connection:
        connection.execute(sa.update(revisions).values(parser_version="old"))
        rows = connection.execute(sa.select(revisions.c.id, revisions.c.article)).all()
        for key, article in rows[::2]:
            older = article | {"bylines": [], "section": "어느 면"}
            connection.execute(sa.update(revisions).where(revisions.c.id == key).values(article=older))
    yield url, toml
    server.drop(url)


@pytest.fixture
def archives(
    server: postgres.Server, crawled: tuple[str, Path], tmp_path: Path
) -> Iterator[list[tuple[str, Path]]]:
    """Two copies of it, each with a newsbot.toml."""
    url, toml = crawled
    copies = [server.database(sa.make_url(url).database or "") for _ in range(2)]
    files = [tmp_path / f"{number}.toml" for number in range(2)]
    for copy, file in zip(copies, files, strict=True):
        file.write_text(toml.read_text().replace(url, copy))
    yield list(zip(copies, files, strict=True))
    for copy in copies:
        server.drop(copy)


def reread(newsbot: Command, toml: Path, *options: str) -> Said:
    return newsbot("reparse", "--config", str(toml), "--json", *options)


def read_so_far(url: str) -> int:
    with open_archive(url, read_only=True) as opened, opened.reading() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(readings)).scalar_one())


def test_a_pass_of_workers_that_are_killed_comes_to_the_same_as_one_on_one_machine(
    archives: list[tuple[str, Path]], newsbot: Command
) -> None:
    (url, toml), (_, calm) = archives
    given = reread(newsbot, toml, "--fleet").lines[0]["fleet"]
    assert (given["files"], given["pages"], given["given"]) == (2, 2 * POSTS, 2)
    again = reread(newsbot, toml, "--fleet", "--accept")
    assert (again.code, again.lines[0]["fleet"]["given"], again.lines[0]["fleet"]["files"]) == (1, 0, 2)
    with running(worker(toml)) as one:
        until(one.children, "a process that reads")
        time.sleep(Random(5).uniform(0.5, 2))
        one.signal(signal.SIGKILL)
    with running(worker(toml)):
        until(lambda: read_so_far(url) == 2 * POSTS, "all pages read")
        until(lambda: "fleet" not in reread(newsbot, toml).lines[0], "the end of the jobs")
    here = reread(newsbot, calm)
    assert reread(newsbot, toml).lines == here.lines
    assert here.lines[-1]["differ"] == POSTS
    assert reread(newsbot, toml, "--accept").lines[-1]["accepted"] == POSTS
    assert broken_promises(url) == []


def test_a_worker_without_the_file_leaves_it_to_others(
    archives: list[tuple[str, Path]], newsbot: Command, tmp_path: Path
) -> None:
    url, toml = archives[0]
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_text(re.sub("captures = .*", "", toml.read_text()))
    reread(newsbot, toml, "--fleet")
    with running(worker(elsewhere)) as one:
        until(lambda: sum("is not on this machine: left to others" in line for line in one.log) >= 2, "that")
    assert read_so_far(url) == 0
    with running(worker(toml)):
        until(lambda: read_so_far(url) == 2 * POSTS, "all pages read by a worker that has the files")


def test_an_archive_in_a_file_has_no_fleet(newsbot: Command, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/archive.db"
    open_archive(url).close()
    said = newsbot("reparse", "--fleet", "--archive", url)
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "an archive in a file has no fleet" in said.err


@pytest.mark.parametrize("kind", [CrawlJob, ReadingJob])
def test_a_job_is_what_it_was_when_it_is_taken(kind: type[CrawlJob] | type[ReadingJob]) -> None:
    from datetime import UTC, datetime

    job = (
        CrawlJob(source="a.example/b", host="a.example", after=3, planned=datetime.now(UTC), quick=True)
        if kind is CrawlJob
        else ReadingJob(file="a.warc.gz", version="1+2", pages=4, chosen={"site": "a.example"})
    )
    assert kind.taken(job.given) == job
