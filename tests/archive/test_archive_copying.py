import random
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import postgres
import pytest
import sqlalchemy as sa
from archive_desk import NOON, TEXTS, Desk, article, contents, crawl, full_article, headline, numbered_board

from newsbot.archive import Archive, open_archive
from newsbot.archive.copying import TABLES, CopyProof, copy_archive
from newsbot.archive.schema import links
from newsbot.errors import ArchiveError

COPIER = """
import sys
from datetime import datetime, timezone
from newsbot.archive import copying, open_archive
copying.WINDOW = 7
source = open_archive(sys.argv[1], read_only=True)
with source, open_archive(sys.argv[2], unfinished=True) as target:
    say = lambda *figures: print(*figures, flush=True)
    copying.copy_archive(source, target, when=datetime.now(timezone.utc), progress=say)
"""


@pytest.fixture(params=["sqlite to postgresql", "postgresql to sqlite", "sqlite to sqlite"])
def places(request: pytest.FixtureRequest, tmp_path: Path, server: postgres.Server) -> tuple[str, str]:
    made = {
        "sqlite": iter([f"sqlite:///{tmp_path}/one.db", f"sqlite:///{tmp_path}/two.db"]),
        "postgresql": iter([server.database()]),
    }
    origin, target = (next(made[kind]) for kind in request.param.split(" to "))
    return origin, target


def _copy(source: Archive, target: Archive) -> CopyProof:
    return copy_archive(source, target, when=NOON, progress=lambda *_: None)


def _lively(url: str) -> Desk:
    """An archive with something in most of its tables."""
    desk = Desk(url).start()
    desk.list_page(*map(headline, range(1, 8)))
    desk.store(full_article(1), article(1, TEXTS[2]), *(article(n, TEXTS[0]) for n in (2, 3, 4)))
    desk.fail(5)
    desk.archive.record_state(desk.run, "board.example/news", "6", "deleted", when=NOON, detail="http 404")
    desk.store(replace(article(7), headline='‘따옴표’ "인용" \\ 역사선 😀 李'))
    desk.archive.withhold("2", reason="요청", when=NOON)
    desk.finish()
    return desk


def test_a_copy_is_the_same_archive_on_another_database(places: tuple[str, str]) -> None:
    with _lively(places[0]) as desk, Desk(places[1]) as copied:
        proof = _copy(desk.archive, copied.archive)
        assert proof.rows["articles"] == 5
        assert proof.rows["links"] >= 2
        assert copied.archive.counts() == desk.archive.counts()
        assert contents(copied.archive) == contents(desk.archive)
        assert copied.archive.runs() == desk.archive.runs()
        assert list(copied.archive.verify()) == []
        copied.run = desk.run
        assert copied.start().store(article(8), article(1))[0].kind == "new"  # it goes on by itself


def test_a_copy_that_was_killed_again_and_again_goes_on(places: tuple[str, str]) -> None:
    chance = random.Random(7)
    with Desk(places[0]) as desk:
        crawl(desk, numbered_board(60))
        for _ in range(4):
            command = [sys.executable, "-c", COPIER, *places]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as copier:
                assert copier.stdout is not None
                for _ in range(chance.randrange(1, 8)):
                    copier.stdout.readline()
                copier.send_signal(signal.SIGKILL)
        with Desk(places[1], unfinished=True) as copied:
            proof = _copy(desk.archive, copied.archive)
            assert sum(proof.rows.values()) > 180
            assert contents(copied.archive) == contents(desk.archive)


def test_a_row_that_is_not_as_it_was_is_found(
    places: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with _lively(places[0]) as desk, Desk(places[1]) as copied:
        monkeypatch.setattr("newsbot.archive.copying._finish", _fails)
        with pytest.raises(KeyboardInterrupt):
            _copy(desk.archive, copied.archive)
        monkeypatch.undo()
        with pytest.raises(ArchiveError, match="is an unfinished copy of"):
            open_archive(places[1], read_only=True)
        with copied.archive.writing() as connection:
            connection.execute(sa.update(links).values(score=0.5))
        with pytest.raises(ArchiveError, match="row 1 of links was not copied as it is"):
            _copy(desk.archive, copied.archive)


def test_a_copy_that_was_killed_while_it_was_indexed_goes_on(places: tuple[str, str]) -> None:
    def stops(doing: str, *_: int) -> None:
        if doing == "indexing":
            raise KeyboardInterrupt

    with _lively(places[0]) as desk:
        with Desk(places[1]) as copied, pytest.raises(KeyboardInterrupt):
            copy_archive(desk.archive, copied.archive, when=NOON, progress=stops)
        with pytest.raises(ArchiveError, match="is an unfinished copy of"):
            open_archive(places[1], read_only=True)
        with Desk(places[1], unfinished=True) as copied:
            _copy(desk.archive, copied.archive)
        with open_archive(places[1], read_only=True) as whole:
            assert contents(whole) == contents(desk.archive)
            assert list(whole.verify()) == []


def _fails(*_: object) -> None:
    raise KeyboardInterrupt


def test_only_an_empty_place_is_copied_to(new_place: Callable[[], str]) -> None:
    with _lively(new_place()) as desk, _lively(new_place()) as other:
        before = contents(other.archive)
        with pytest.raises(ArchiveError, match="holds an archive already"):
            _copy(desk.archive, other.archive)
        assert contents(other.archive) == before


def test_every_table_is_copied() -> None:
    assert {table.name for table in TABLES} > {"articles", "revisions", "ledger", "captures", "readings"}


def test_an_empty_archive_has_an_empty_copy(tmp_path: Path) -> None:
    for name in ("one", "two"):
        open_archive(f"sqlite:///{tmp_path}/{name}.db").close()
    with (
        open_archive(f"sqlite:///{tmp_path}/one.db", read_only=True) as one,
        open_archive(f"sqlite:///{tmp_path}/two.db") as two,
    ):
        assert not any(_copy(one, two).rows.values())
