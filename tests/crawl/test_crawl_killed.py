"""Kill -9 in the middle of a crawl, twenty times over: what comes of it equals an undisturbed crawl."""

from pathlib import Path
from random import Random
from typing import Any

import postgres
import pytest
from crawling import (
    articles,
    broken_promises,
    capture_faults,
    crawl,
    killed_crawl,
    last_run,
    picture,
    public,
)

from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.articles import load_articles

pytestmark = pytest.mark.waits

KILLS = 5  # in a row, of one archive
ARCHIVES = 4
SHORT = [article for article in load_articles() if len(article.paragraphs) < 12][:30]


@pytest.fixture
def killed_place(seed: int, tmp_path: Path, request: pytest.FixtureRequest) -> Path | str:
    """A file, or for the last of the archives a server's database."""
    if seed < ARCHIVES - 1:
        return tmp_path / "killed.db"
    server: postgres.Server = request.getfixturevalue("server")
    return server.database()


@pytest.mark.parametrize("seed", range(ARCHIVES))
def test_a_crawl_that_was_killed_again_and_again_equals_an_undisturbed_one(
    seed: int, killed_place: Path | str, tmp_path: Path
) -> None:
    chance = Random(seed)
    engine: Any = ("rhymix", "gnuboard", "table")[seed % 3]
    killed, calm = killed_place, tmp_path / "calm.db"
    with SampleBoard(engine=engine, posts=SHORT, page_size=7) as board:
        for _ in range(KILLS):
            killed_crawl(board, killed, chance)
        done = crawl(board, killed)
        assert done.code == 0, done.err
        assert done.shows(state="finished", failed=0)
        crawl(board, calm)
        assert picture(killed, board) == picture(calm, board)
        assert articles(killed).keys() == public(board)
    assert last_run(killed).reach == "all"
    assert broken_promises(killed) == []
    assert capture_faults(killed) == []


def test_a_killed_full_crawl_and_a_board_that_moved_meanwhile(tmp_path: Path) -> None:
    chance = Random(99)
    killed, calm = tmp_path / "killed.db", tmp_path / "calm.db"
    with SampleBoard(posts=SHORT, page_size=7) as board:
        for each in (killed, calm):
            crawl(board, each)
        edited, gone = board.listed[3], board.listed[20]
        board.edit(edited, title="고친 제목")
        board.delete(gone)
        board.post(load_articles()[-1])
        for _ in range(2):
            killed_crawl(board, killed, chance, "--full")
        assert crawl(board, killed, "--full").code == crawl(board, calm, "--full").code == 0
        assert picture(killed, board) == picture(calm, board)
    assert last_run(killed).reach == "all"
    assert broken_promises(killed) == []
    assert capture_faults(killed) == []
