import os
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import hypothesis
import postgres
import pytest
from commanding import Command, Said, in_its_own_process, without_handlers
from ordering import dealt

from newsbot.cli import main
from newsbot.sampleboard import SampleBoard

hypothesis.settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("untimed")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if processes > 1:
        items[:] = dealt(items, lambda item: item.get_closest_marker("waits") is not None, processes)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Where a crawl may make its archive."""
    return tmp_path / "archive.db"


@pytest.fixture
def newsbot(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Command]:
    """A command in this process, in a working directory of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def command(*arguments: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["newsbot", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Said(int(ended.value.code or 0), out, err)

    yield command
    without_handlers()


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of twelve articles, the newest of them in two revisions. Not to be changed."""
    archive = tmp_path_factory.mktemp("crawled") / "archive.db"
    with SampleBoard(posts=12) as board:
        crawl = ("crawl", board.url, "--archive", f"sqlite:///{archive}")
        assert in_its_own_process(*crawl).code == 0
        board.edit(board.listed[0], title="고친 제목 [3]")
        assert in_its_own_process(*crawl).code == 0
    return archive


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    with postgres.serving() as running:
        yield running


@pytest.fixture
def url(server: postgres.Server) -> Iterator[str]:
    """The URL of an archive on the server that holds nothing yet."""
    made = server.database()
    yield made
    server.drop(made)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Gives URLs of archives that hold nothing yet, on either database."""
    if request.param == "sqlite":
        numbers = count(1)
        yield lambda: f"sqlite:///{tmp_path}/archive-{next(numbers)}.db"
        return
    server: postgres.Server = request.getfixturevalue("server")
    made: list[str] = []

    def database() -> str:
        made.append(server.database())
        return made[-1]

    yield database
    for url in made:
        server.drop(url)


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    """The URL of an archive that holds nothing yet, on either database."""
    return new_place()
