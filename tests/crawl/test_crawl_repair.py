"""--repair: what the board lists and the archive lacks is fetched, whatever the reason it is missing."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from crawling import ONCE, archive_url, articles, asked_for, broken_promises, crawl, public, states, waiting

from newsbot.archive import open_archive
from newsbot.archive.schema import ledger
from newsbot.sampleboard import SampleBoard


def forget(archive: Path, document_ids: list[str]) -> None:
    """As if no run had ever listed them."""
    gone = sa.delete(ledger).where(ledger.c.document_id.in_(document_ids))
    with open_archive(archive_url(archive)) as opened, opened.writing() as connection:
        connection.execute(gone)


@pytest.mark.parametrize("engine", ["rhymix", "gnuboard", "table"])
def test_gaps_are_filled_and_nothing_else_is_asked_for(engine: Any, archive: Path) -> None:
    with SampleBoard(engine=engine, posts=40, page_size=8) as board:
        crawl(board, archive)
        failing, forgotten = board.listed[3], board.listed[25:28]
        board.edit(failing, title="새로 고친 제목이 붙은 글")
        board.fail("500", path=rf"{failing}\b")
        crawl(board, archive, *ONCE)
        assert waiting(archive).keys() == {failing}
        board.heal()
        forget(archive, forgotten)
        seen = len(board.requests)
        assert crawl(board, archive).shows(new=0, revised=0)  # the failed one is not due, the others not met
        assert len(asked_for(board, seen)) == 1
        seen = len(board.requests)
        done = crawl(board, archive, "--repair")
        assert done.code == 0
        assert done.shows(state="finished", revised=1, unchanged=3, failed=0)
        posts = [target for target in asked_for(board, seen) if any(each in target for each in public(board))]
        assert len(posts) == 4
        assert articles(archive).keys() == public(board)
        assert set(states(archive, board).values()) <= {"stored", "secret"}
    assert broken_promises(archive) == []


def test_what_is_no_longer_listed_is_asked_after(archive: Path) -> None:
    with SampleBoard(posts=30, page_size=8) as board:
        crawl(board, archive)
        deleted = board.listed[20]
        board.delete(deleted)
        assert crawl(board, archive).shows(gone=0)
        done = crawl(board, archive, "--repair")
        assert done.shows(state="finished", gone=1)
        assert done.figures["unchanged"] <= 1  # an hour old by now, and visited therefore
        assert states(archive, board)[deleted] == "deleted"
