from datetime import timedelta

import pytest
from archive_desk import NOON, SOURCE, Desk, article, headline

from newsbot.errors import ArchiveError, NewerRun


def test_a_run_is_kept_with_its_figures(place: str) -> None:
    with Desk(place).start() as desk:
        desk.archive.finish_run(
            desk.run, state="partial", reach="2026-01-31", figures={"new": 3, "seconds": 1.5}, finished=NOON
        )
        (run,) = desk.archive.runs(SOURCE)
        assert (run.state, run.reach, run.figures) == ("partial", "2026-01-31", {"new": 3, "seconds": 1.5})
        assert (run.started, run.finished, run.name) == (NOON, NOON, "시정")


def test_a_run_that_never_ended_is_known_as_killed_and_settles_nothing(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(headline(1))
        first = desk.run
        assert desk.start().see(headline(1))[2] is False
        assert [run.state for run in desk.archive.runs()] == ["running", "killed"]
        desk.run = first
        with pytest.raises(ArchiveError, match="run 1 is not running"):
            desk.finish()


def test_what_was_crawled_since_one_looked(place: str) -> None:
    with Desk(place).start() as desk:
        desk.archive.expect_no_run_after(0, SOURCE)  # a run that never ended brought nothing
        killed = desk.run
        desk.start().finish()
        desk.archive.expect_no_run_after(desk.run, SOURCE)
        desk.archive.expect_no_run_after(killed, "other")
        with pytest.raises(NewerRun, match=f"{SOURCE} was crawled meanwhile, by run {desk.run}"):
            desk.archive.expect_no_run_after(killed, SOURCE)


def test_runs_of_other_sources_are_left_alone(place: str) -> None:
    with Desk(place).start() as desk:
        desk.archive.start_run(source="other", name=None, url="https://x.example/", options={}, started=NOON)
        assert [run.state for run in desk.archive.runs()] == ["running", "running"]
        assert [run.source for run in desk.archive.runs("other")] == ["other"]


@pytest.mark.parametrize(
    ("reaches", "expected"),
    [
        (["2026-02-01", "2026-01-01"], "2026-01-01"),
        (["2026-01-01", "2026-02-01"], "2026-01-01"),
        (["all", "2026-02-01"], "all"),
        (["2026-02-01", "all"], "all"),
        (["2026-02-01", None], "2026-02-01"),
    ],
)
def test_what_is_settled_only_gets_deeper(place: str, reaches: list[str | None], expected: str) -> None:
    deeper = "all" if expected == "all" else (NOON.fromisoformat(expected) - timedelta(1)).date().isoformat()
    with Desk(place) as desk:
        for reach in reaches:
            desk.start().list_page(headline(1))
            desk.finish(reach)
        assert desk.start().see(headline(1), reach=expected)[2] is True
        assert desk.start().see(headline(1), reach=deeper)[2] is (expected == "all")


def test_only_what_a_run_listed_is_settled_by_it(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(headline(1))
        desk.start().list_page(headline(2))
        desk.finish()
        assert [each.known for each in desk.start().list_page(headline(1), headline(2))] == [False, True]


def test_unanswered_are_the_requests_without_an_outcome(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(*map(headline, range(5)))
        assert desk.archive.unanswered(desk.run) == 5
        desk.store(article(0))
        desk.fail(1)
        desk.archive.record_state(desk.run, SOURCE, "2", "deleted", when=NOON)
        assert desk.archive.unanswered(desk.run) == 2


def test_a_reach_is_a_day_or_all(place: str) -> None:
    with Desk(place).start() as desk, pytest.raises(ValueError, match="YYYY-MM-DD"):
        desk.finish("yesterday")
