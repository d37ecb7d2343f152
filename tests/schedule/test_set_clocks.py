"""A clock that is set, a machine that sleeps, a new year: no storm of crawls, and no date wrong."""

import dataclasses
import subprocess
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from time import monotonic

import pytest
from crawling import articles, crawl_command, public
from faulty import MachineClock, hasty
from scheduling import SHORT, Scheduler, configure, early_names, running, until

from newsbot.korean.dates import KST
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.exchange import Answer, Request

pytestmark = pytest.mark.waits

NAME = next(early_names())
DAY = 86_400  # seconds
NEW_YEAR = datetime(2027, 1, 1, tzinfo=KST)


def crawls(schedule: Scheduler) -> int:
    return sum(each["state"] == "finished" for each in schedule.ended)


def test_a_clock_that_is_set_back_and_forward(tmp_path: Path) -> None:
    clock = MachineClock(tmp_path)
    with (
        SampleBoard(posts=2, clock=lambda: datetime.now(KST)) as board,
        running(hasty(configure(tmp_path, {NAME: board.url}, every="3s")), clock.env) as schedule,
    ):
        began = monotonic()
        until(lambda: crawls(schedule), "the first crawl")
        for days in (-1, 3):
            clock.set(days * DAY)
            before = crawls(schedule)
            until(lambda: crawls(schedule) >= before + 2, "crawls after the clock was set")  # noqa: B023
        lived = monotonic() - began
    assert sum(seen.path == "/news" for seen in board.requests) <= lived / 3 + 1


def test_what_falls_due_while_the_machine_sleeps_is_crawled_when_it_wakes(tmp_path: Path) -> None:
    clock = MachineClock(tmp_path)
    with (
        SampleBoard(posts=2) as board,
        running(hasty(configure(tmp_path, {NAME: board.url}, every="2h")), clock.env) as schedule,
    ):
        until(lambda: crawls(schedule), "the first crawl")
        clock.sleep(8 * 3600)
        until(lambda: crawls(schedule) == 2, "a crawl of what fell due in the night")


@pytest.mark.parametrize("wrong", [timedelta(0), timedelta(days=-1)])
def test_dates_without_a_year_in_a_run_that_spans_the_new_year(wrong: timedelta, tmp_path: Path) -> None:
    """Whatever this machine's own clock says: the site's is the one that its dates go by."""
    clock = MachineClock(tmp_path)
    began: list[datetime] = []

    def now() -> datetime:
        """The site's: the new year is two seconds away when it is first asked."""
        return NEW_YEAR - timedelta(seconds=2) + (datetime.now(KST) - began[0] if began else timedelta())

    def begin(_: object) -> None:
        if not began:
            began.append(datetime.now(KST))
            clock.set((now() - began[0] + wrong).total_seconds())

    with SampleBoard(engine="gnuboard", posts=SHORT[:14], page_size=7, clock=now) as board:
        says_its_date(board)
        board.on_request(begin)
        board.fail("slow", path=".", seconds=0.2)
        archive = tmp_path / "archive.db"
        done = subprocess.run(
            crawl_command(board, archive), env=clock.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert board.requests[0].when < NEW_YEAR < board.requests[-1].when
        posted = {key: board.truth[key]["post"]["posted"].date() for key in public(board)}
    read = articles(archive)
    assert {key: day(one.article.date_published) for key, one in read.items()} == posted
    assert {
        key: day(one.article.listing.date_listed) for key, one in read.items() if one.article.listing
    } == posted


def day(moment: datetime | None) -> date | None:
    return moment and moment.date()


def says_its_date(board: SampleBoard) -> None:
    """Its answers bear the moment by its own clock, as a server's do."""
    own = board._engine.answer

    def dated(request: Request) -> Answer:
        answer = own(request)
        return dataclasses.replace(
            answer,
            headers=(*answer.headers, ("Date", format_datetime(request.now.astimezone(UTC), usegmt=True))),
        )

    board._engine.answer = dated  # type: ignore[method-assign]
