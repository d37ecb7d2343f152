"""Which captures may be forgotten: rows alone, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from archive_desk import NOON, SOURCE, Desk, article

from newsbot.archive.captured import CaptureFile, NewCapture
from newsbot.archive.schema import troubles
from newsbot.errors import ArchiveError
from newsbot.items import Capture
from newsbot.korean.text import candidate

LATER = NOON + timedelta(days=100)


@pytest.fixture
def desk(place: str) -> Iterator[Desk]:
    with Desk(place) as opened:
        yield opened


def capture(file: str, offset: int = 500, same_as: Capture | None = None) -> NewCapture:
    sha256 = same_as.sha256 if same_as else f"{hash((file, offset)) & 0xFFFF:064x}"
    place = Capture(file=file, offset=offset, length=900, sha256=sha256)
    return NewCapture(
        capture=place, url="https://board.example/news", status=200, fetched=NOON, same_as=same_as
    )


def a_run(desk: Desk, file: str, *captured: NewCapture, new: int = 0) -> str:
    desk.start()
    desk.archive.open_capture_file(desk.run, file)
    desk.archive.enter_captures(captured)
    if new:
        item = replace(article(desk.run), capture=captured[0].capture)
        desk.archive.store(desk.run, SOURCE, candidate(item), when=desk.now)
    desk.archive.close_capture_file(file, length=2000, sha256="0" * 64, closed=desk.now)
    desk.archive.finish_run(desk.run, state="finished", reach="all", figures={"new": new}, finished=desk.now)
    return file


def idle(desk: Desk) -> list[CaptureFile]:
    return list(desk.archive.idle_capture_files(before=LATER))


def free(desk: Desk) -> list[str]:
    """As a command goes through them."""
    gone: set[int] = set()
    for file in idle(desk):
        if desk.archive.may_be_forgotten(file, gone=gone):
            gone.add(file.id)
    return [file.name for file in idle(desk) if file.id in gone]


def test_files_of_runs_that_brought_nothing_the_latest_first(desk: Desk) -> None:
    a_run(desk, "brought", capture("brought"), new=1)
    a_run(desk, "idle-1", capture("idle-1"))
    a_run(desk, "idle-2", capture("idle-2"), capture("idle-2", 1500))
    desk.start()
    desk.archive.open_capture_file(desk.run, "under-way")
    assert [file.name for file in idle(desk)] == ["idle-2", "idle-1"]
    assert list(desk.archive.idle_capture_files(before=NOON)) == []  # they had not ended by then
    for file in idle(desk):
        assert desk.archive.forget_captures(file)
        assert not desk.archive.holds_captures(file)
    assert list(desk.archive.verify()) == []
    assert len(list(desk.archive.captures_in("brought"))) == 1


def test_what_something_points_at_stays(desk: Desk) -> None:
    first, second, third = (capture(name) for name in ("read-from", "referred-to", "chain"))
    a_run(desk, "read-from", first)
    a_run(desk, "referred-to", second)
    a_run(desk, "chain", third)
    a_run(desk, "link", capture("link", same_as=third.capture))  # goes, and lets the chain's begin go
    a_run(desk, "brought", capture("brought", same_as=second.capture), new=1)
    item = replace(article(99), capture=first.capture)  # by a run without new articles, as a reparse might
    desk.archive.store(desk.run, SOURCE, candidate(item), when=desk.now)
    assert free(desk) == ["link", "chain"]
    forgotten = [file.name for file in idle(desk) if desk.archive.forget_captures(file)]
    assert forgotten == ["link", "chain"]
    assert desk.archive.capture_of("newsbot:board.example/99", 1) is not None


def test_the_page_that_shows_a_trouble_stays(desk: Desk) -> None:
    a_run(desk, "shows", capture("shows"))
    sample = {"url": "https://board.example/news", "capture": {"file": "shows", "offset": 500}}
    row = {"source": SOURCE, "name": "blocked", "run_id": desk.run, "since": NOON, "last_seen": NOON}
    with desk.archive.writing() as connection:
        connection.execute(sa.insert(troubles).values(**row, detail="no rows", sample=sample))
        connection.execute(sa.insert(troubles).values(**row | {"name": "silent"}, detail="nothing new"))
    assert idle(desk) == []


def test_a_revisit_of_what_was_forgotten_meanwhile_is_refused(desk: Desk) -> None:
    base = capture("base")
    a_run(desk, "base", base)
    (file,) = idle(desk)
    assert desk.archive.forget_captures(file)
    desk.start()
    desk.archive.open_capture_file(desk.run, "later")
    with pytest.raises(ArchiveError, match="was removed meanwhile: run again"):
        desk.archive.enter_captures([capture("later", same_as=base.capture)])
