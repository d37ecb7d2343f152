"""Troubles of real crawls: the sample board fails in its ways, and each is named."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from crawling import ONCE, answering, archive_url, crawl

from newsbot.archive import open_archive
from newsbot.archive.schema import troubles as kept
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.exchange import html

ARTICLE = r"/\d+$|document_srl|wr_id"


@pytest.fixture
def board() -> Iterator[SampleBoard]:
    with SampleBoard(posts=6) as board:
        yield board


def troubles(archive: Path) -> dict[str, Any]:
    with open_archive(archive_url(archive), read_only=True) as opened:
        return {each.name: each for each in opened.troubles(only_open=True)}


@pytest.mark.parametrize(
    ("mode", "path", "args", "name"),
    [
        ("login", None, {}, "login wall"),
        ("429", None, {"retry_after": 7200}, "blocked"),
        ("other-page", None, {}, "listing unreadable"),
        ("truncate", None, {}, "listing cut short"),
        ("500", None, {}, "site down"),
        ("reset", None, {}, "site down"),
        ("database-down", None, {}, "site down"),
        ("login", ARTICLE, {}, "articles behind a login"),
        ("other-page", ARTICLE, {}, "articles unreadable"),
        ("truncate", ARTICLE, {"declared": False}, "articles cut short"),
        ("503", ARTICLE, {}, "articles failing"),
    ],
)
def test_every_fault_has_its_name(
    board: SampleBoard, archive: Path, mode: Any, path: str | None, args: dict[str, Any], name: str
) -> None:
    board.fail(mode, path=path, **args)
    said = crawl(board, archive, *ONCE)
    found = troubles(archive)
    assert list(found) == [name]
    assert found[name].sample["url"].startswith(board.site)
    assert f"{name}: " in said.err


def test_a_trouble_is_over_when_the_board_is_well_again(board: SampleBoard, archive: Path) -> None:
    crawl(board, archive)
    board.fail("login")
    said = [crawl(board, archive, *ONCE) for _ in range(2)]
    assert ["login wall: " in each.err for each in said] == [True, False]
    board.heal()
    for well_runs in (1, 2):  # it may yet come back
        assert "over login wall" not in crawl(board, archive).err
        assert troubles(archive)["login wall"].well_runs == well_runs
    with open_archive(archive_url(archive)) as opened, opened.writing() as connection:
        connection.execute(sa.update(kept).values(well_since=datetime.now(UTC) - timedelta(hours=2)))
    assert "over login wall" in crawl(board, archive).err
    assert troubles(archive) == {}


def test_a_new_skin_overnight_is_noticed(board: SampleBoard, archive: Path) -> None:
    crawl(board, archive)
    skin = "<html><body><div id=app></div><script src=/app.js></script>새 단장</body></html>"
    answering(board, urlsplit(board.url).path, lambda _: html(skin))
    crawl(board, archive, *ONCE)
    assert list(troubles(archive)) == ["listing unreadable"]


def test_a_new_skin_of_the_articles_is_noticed(board: SampleBoard, archive: Path) -> None:
    for number in board.listed:
        answering(
            board, f"/news/{number}", lambda _: html("<html><body>새 단장<nav>차례</nav></body></html>")
        )
    crawl(board, archive, *ONCE)
    assert list(troubles(archive)) == ["articles unreadable"]


def test_an_empty_board_is_noticed(archive: Path) -> None:
    with SampleBoard(posts=0) as board:
        crawl(board, archive)
    assert list(troubles(archive)) == ["listing empty"]


def test_a_quiet_board_is_well(board: SampleBoard, archive: Path) -> None:
    for _ in range(3):
        assert crawl(board, archive).code == 0
    assert troubles(archive) == {}


def test_a_sample_is_kept_as_it_came(board: SampleBoard, archive: Path) -> None:
    board.fail("other-page", path=ARTICLE)
    crawl(board, archive, *ONCE)
    sample = troubles(archive)["articles unreadable"].sample
    assert sample["capture"]["file"].endswith(".warc.gz")
    assert sample["url"].rpartition("/")[2] in board.listed


def test_a_webhook_that_does_not_answer_fails_no_crawl(
    board: SampleBoard, archive: Path, tmp_path: Path
) -> None:
    config = tmp_path / "newsbot.toml"
    config.write_text('[notify]\nurls = ["json://127.0.0.1:9"]\n', encoding="utf-8")
    board.fail("truncate", path=board.listed[0], times=1)
    board.fail("login", path=ARTICLE)
    said = crawl(board, archive, *ONCE, "--config", str(config))
    assert said.figures["state"] == "partial"
    assert "1 of 1 notices could not be sent" in said.err
