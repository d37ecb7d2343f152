"""Edits and removals that no listing shows: stored articles are read again while they are young."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from commanding import HURRY, in_its_own_process
from crawling import articles, asked_for, crawl, let_visits_come_due, states

from newsbot.korean.dates import KST
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.articles import load_articles


def requested(board: SampleBoard, since: int) -> int:
    return len(asked_for(board, since)) - 1  # the listing


@pytest.mark.parametrize("engine", ["rhymix", "gnuboard"])
def test_an_edit_and_a_removal_are_seen_when_their_time_has_come(engine: Any, archive: Path) -> None:
    with SampleBoard(engine=engine, posts=5) as board:
        edited, deleted, *_ = board.listed
        old = board.post(load_articles()[0], posted=datetime.now(KST) - timedelta(days=8))
        crawl(board, archive)
        board.edit(edited, paragraphs=["처음과 다른 글이 되었다. 바로잡은 뒤로는 이 문장만 남았다고 한다."])
        board.delete(deleted)
        seen = len(board.requests)
        assert crawl(board, archive).shows(state="finished", revised=0)
        assert requested(board, seen) == 0
        let_visits_come_due(archive)
        seen = len(board.requests)
        done = crawl(board, archive)
        assert done.shows(state="finished", revised=1, unchanged=3, gone=1)
        assert requested(board, seen) == 5  # the old one is let be
        assert old not in "".join(asked_for(board, seen))
        assert articles(archive)[edited].revision == 2
        assert states(archive, board)[deleted] == "deleted"
        assert crawl(board, archive).shows(unchanged=0, revised=0)


def test_a_source_says_when_and_how_many(archive: Path, tmp_path: Path) -> None:
    config = tmp_path / "newsbot.toml"
    with SampleBoard(posts=6) as board:
        for line, expected in (
            ("visits = 2", 2),
            ("visits = 0", 0),
            ('revisit = ["9d"]', 6),
            ("revisit = []", 0),
        ):
            config.write_text(f'[sources.board]\nurl = "{board.url}"\n{line}\n')
            place = tmp_path / f"{line[:10]}{expected}.db"
            arguments = ("crawl", "board", "--config", config, "--archive", f"sqlite:///{place}", "--json")
            assert in_its_own_process(*arguments, *HURRY).code == 0
            let_visits_come_due(place)
            seen = len(board.requests)
            assert in_its_own_process(*arguments, *HURRY).lines[-1]["unchanged"] == expected
            assert requested(board, seen) == expected


def test_a_board_that_does_not_answer_is_not_asked_for_its_articles(archive: Path) -> None:
    with SampleBoard(posts=3) as board:
        crawl(board, archive)
        let_visits_come_due(archive)
        board.fail("500", path=r"/news$")
        done = crawl(board, archive)
        assert done.shows(state="failed", failed=0)
