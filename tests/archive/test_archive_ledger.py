from datetime import timedelta

import pytest
from archive_desk import NOON, SOURCE, Desk, article, headline

from newsbot.archive.entries import reaches, retry_distance
from newsbot.errors import ArchiveError
from newsbot.items import Headline


def test_a_new_headline_is_pending_and_to_be_fetched_once_in_a_run(place: str) -> None:
    with Desk(place).start() as desk:
        assert desk.see(headline(1)) == ("pending", True, False)
        assert desk.see(headline(1)) == ("pending", False, False)


def test_a_page_that_prints_a_headline_twice_asks_for_it_once(place: str) -> None:
    with Desk(place).start() as desk:
        listed = desk.list_page(headline(1, notice=True), headline(2), headline(1))
        assert [(each.headline.document_id, each.fetch) for each in listed] == [
            ("1", True),
            ("2", True),
            ("1", False),
        ]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("stored", headline(1), ("stored", False)),
        ("stored", headline(1, "제목이 바뀐 소식"), ("stored", True)),
        ("stored", headline(1, flags=("update",)), ("stored", True)),
        ("stored", headline(1, flags=("new",), views=10, comments=3), ("stored", False)),
        ("stored", headline(1, flags=("secret",)), ("secret", False)),
        ("listed", headline(1), ("pending", True)),
        ("pending", headline(1), ("pending", True)),
        ("failed", headline(1), ("failed", False)),
        ("deleted", headline(1), ("pending", True)),
        ("moved", headline(1), ("pending", True)),
        ("vanished", headline(1), ("pending", True)),
        ("secret", headline(1), ("secret", False)),  # the listing showed it as open before
        ("secret", headline(1, "제목이 바뀐 소식"), ("pending", True)),
        ("secret", headline(1, flags=("secret",)), ("secret", False)),
    ],
)
def test_a_headline_listed_again(place: str, before: str, now: Headline, expected: tuple[str, bool]) -> None:
    with Desk(place).start() as desk:
        _bring(desk, before)
        desk.finish()
        desk.start()
        assert desk.see(now)[:2] == expected


def _bring(desk: Desk, state: str) -> None:
    desk.list_page(headline(1), wanted=state != "listed")
    if state == "stored":
        desk.store(article(1))
    elif state == "failed":
        desk.fail(1)
    elif state in {"deleted", "moved", "vanished", "secret"}:
        desk.archive.record_state(desk.run, SOURCE, "1", state, when=desk.now)  # type: ignore[arg-type]
    assert desk.state(1) == state


def test_a_failed_headline_listed_again_is_fetched_when_its_time_has_come(place: str) -> None:
    with Desk(place).start() as desk:
        _bring(desk, "failed")
        desk.start().wait(minutes=5)
        assert desk.see(headline(1))[:2] == ("pending", True)


def test_a_changed_title_is_seen_again_until_its_article_was_stored(place: str) -> None:
    with Desk(place).start() as desk:
        _bring(desk, "stored")
        changed = headline(1, "제목이 바뀐 소식")
        desk.start()
        assert desk.see(changed)[:2] == ("stored", True)
        assert desk.start().due() == ["1"]  # the run before was killed
        desk.store(article(1))
        assert desk.start().see(changed)[:2] == ("stored", False)


def test_an_unwanted_headline_keeps_its_state_and_its_title(place: str) -> None:
    with Desk(place).start() as desk:
        _bring(desk, "stored")
        changed = headline(1, "제목이 바뀐 소식")
        assert desk.start().see(changed, wanted=False)[:2] == ("stored", False)
        assert desk.start().see(changed)[:2] == ("stored", True)


@pytest.mark.parametrize(
    ("settled", "reach", "known"),
    [
        (None, "all", False),
        (None, "2026-01-01", False),
        ("all", "all", True),
        ("all", "2026-01-01", True),
        ("2026-01-01", "all", False),
        ("2026-01-01", "2026-02-01", True),
        ("2026-01-01", "2026-01-01", True),
        ("2026-02-01", "2026-01-01", False),
    ],
)
def test_known_is_what_a_finished_run_settled_as_deep(
    place: str, settled: str | None, reach: str, known: bool
) -> None:
    assert reaches(settled, reach) is known
    with Desk(place).start() as desk:
        desk.list_page(headline(1))
        desk.finish(settled)
        assert desk.start().see(headline(1), reach=reach)[2] is known


def test_a_headline_outside_the_days_asked_for_never_counts_as_known(place: str) -> None:
    with Desk(place).start() as desk:
        assert desk.see(headline(1), wanted=False) == ("listed", False, False)
        desk.finish("all")
        assert desk.start().see(headline(1)) == ("pending", True, False)


def test_due_is_what_earlier_runs_left_the_longest_waiting_first(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(headline(1), headline(2), headline(3), headline(4))
        desk.store(article(2))
        desk.fail(3)
        desk.wait(minutes=6)
        desk.list_page(headline(5))
        assert desk.due() == []  # its own are not left by it
        assert desk.start().due() == ["1", "4", "3", "5"]
        assert desk.due() == []
        assert [each.fetch for each in desk.list_page(headline(1), headline(3), headline(6))] == [
            False,
            False,
            True,
        ]


def test_due_comes_in_batches_and_carries_its_headline(place: str) -> None:
    with Desk(place).start() as desk:
        rows = [headline(n, poster="시정팀", date_listed=NOON, flags=("image",)) for n in range(5)]
        desk.list_page(*rows)
        desk.start()
        first = desk.archive.due(SOURCE, now=desk.now, before_run=desk.run, limit=2)
        rest = desk.archive.due(SOURCE, now=desk.now, before_run=desk.run, limit=9, after=first[-1])
        assert [entry.headline for entry in first + rest] == rows


@pytest.mark.parametrize(
    ("attempts", "distance"),
    [
        (1, timedelta(minutes=5)),
        (2, timedelta(minutes=10)),
        (5, timedelta(minutes=80)),
        (500, timedelta(days=1)),
    ],
)
def test_failures_move_the_next_try_away(attempts: int, distance: timedelta) -> None:
    assert retry_distance(attempts) == distance


def test_a_failure_is_kept_with_its_reason_and_tried_again_later(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(headline(1))
        assert desk.fail(1, "no body") == NOON + timedelta(minutes=5)
        assert desk.start().due() == []
        desk.wait(minutes=5)
        (entry,) = desk.archive.due(SOURCE, now=desk.now, before_run=desk.run, limit=9)
        assert (entry.failure, entry.attempts) == ("no body", 1)
        assert desk.fail(1) == desk.now + timedelta(minutes=10)
        assert desk.state(1) == "failed"


@pytest.mark.parametrize("days", [2, 400])
def test_what_was_left_while_the_clock_was_ahead_is_not_left_until_then(place: str, days: int) -> None:
    with Desk(place).start() as desk:
        desk.wait(days=days)
        desk.list_page(headline(1), headline(2))
        desk.fail(1)  # and then it was killed
        desk.wait(days=-days, minutes=1)
        assert desk.start().due() == ["2", "1"]
        desk.wait(days=days)
        desk.start().list_page(headline(3))
        desk.wait(days=-days)
        assert desk.start().see(headline(3))[:2] == ("pending", True)


def test_a_failed_second_look_leaves_the_article_stored(place: str) -> None:
    with Desk(place).start() as desk:
        _bring(desk, "stored")
        desk.start().list_page(headline(1, "제목이 바뀐 소식"))
        desk.fail(1)
        assert desk.state(1) == "stored"
        desk.wait(minutes=5)
        assert desk.start().due() == ["1"]


def test_going_and_coming_back_are_kept_as_events(place: str) -> None:
    with Desk(place).start() as desk:
        _bring(desk, "stored")
        uri = "newsbot:board.example/1"
        assert desk.archive.events(uri) == []
        desk.start().wait(days=1)
        for _ in range(2):
            desk.archive.record_state(desk.run, SOURCE, "1", "deleted", when=desk.now, detail="404")
        desk.start().wait(days=1)
        desk.list_page(headline(1))
        desk.store(article(1))
        desk.start().list_page(headline(1, flags=("secret",)))
        seen = [(event.state, event.happened, event.detail) for event in desk.archive.events(uri)]
        day = timedelta(days=1)
        assert seen == [
            ("deleted", NOON + day, "404"),
            ("pending", NOON + 2 * day, None),
            ("secret", NOON + 2 * day, None),
        ]
        assert desk.archive.article(uri) is not None


def test_a_post_secret_from_the_first_has_its_event_too(place: str) -> None:
    with Desk(place).start() as desk:
        assert desk.see(headline(1, flags=("secret",))) == ("secret", False, False)
        desk.start().list_page(headline(1))
        desk.store(article(1))
        states = [event.state for event in desk.archive.events("newsbot:board.example/1")]
        assert states == ["secret", "pending"]


def test_a_secret_post_that_is_listed_as_if_it_were_open_is_asked_after_once_a_day(place: str) -> None:
    with Desk(place).start() as desk:
        tries = []
        for hour in range(50):
            if desk.see(headline(1))[1]:
                tries.append(hour)
                desk.archive.record_state(desk.run, SOURCE, "1", "secret", when=desk.now)
            desk.finish()
            desk.start().wait(hours=1)
        assert tries == [0, 24, 48]


def test_a_post_that_is_marked_secret_and_then_open_is_fetched_at_once(place: str) -> None:
    with Desk(place).start() as desk:
        desk.see(headline(1))
        desk.archive.record_state(desk.run, SOURCE, "1", "secret", when=desk.now)
        desk.finish()
        desk.start().see(headline(1, flags=("secret",)))
        assert desk.start().see(headline(1))[:2] == ("pending", True)


def test_unseen_are_the_stored_ones_that_a_run_did_not_list(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(*map(headline, range(1, 5)))
        desk.store(article(1), article(2), article(3))
        desk.start().list_page(headline(2), headline(4))
        assert [entry.document_id for entry in desk.archive.unseen(SOURCE, desk.run)] == ["1", "3"]


def test_long_ledgers_are_streamed_whole_and_once(place: str) -> None:
    with Desk(place).start() as desk:
        for start in range(0, 1200, 100):
            desk.list_page(*map(headline, range(start, start + 100)))
        known = [key for key, _, _ in desk.archive.all_known(SOURCE)]
        assert sorted(known, key=int) == [str(number) for number in range(1200)]


@pytest.mark.parametrize("verb", ["record_failure", "record_state"])
def test_of_a_headline_that_was_never_listed_nothing_is_recorded(place: str, verb: str) -> None:
    with (
        Desk(place).start() as desk,
        pytest.raises(ArchiveError, match=r"board\.example/news: no headline '9'"),
    ):
        getattr(desk.archive, verb)(desk.run, SOURCE, "9", "deleted", when=desk.now)


def test_a_post_that_is_listed_at_a_new_address_is_not_gone_from_the_old_one(place: str) -> None:
    """Boards that write titles into addresses; the page says which post it is."""
    with Desk(place).start() as desk:
        desk.list_page(headline("old-title"))
        desk.store(article(1, listing=headline("old-title")))
        desk.finish()
        desk.start().wait(days=1)
        desk.list_page(headline("new-title"))
        desk.store(article(1, listing=headline("new-title")))
        assert list(desk.archive.unseen(SOURCE, desk.run)) == []
        desk.start().wait(days=9)
        visits = desk.archive.visits(SOURCE, now=desk.now, run=desk.run, limit=9)
        assert [visit.document_id for visit in visits] == ["new-title"]
        assert not desk.archive.record_state(desk.run, SOURCE, "old-title", "deleted", when=desk.now)
        kept = desk.archive.article("newsbot:board.example/1")
        assert kept is not None
        assert kept.removed is None
        assert desk.archive.record_state(desk.run, SOURCE, "new-title", "deleted", when=desk.now)
        removed = desk.archive.article("newsbot:board.example/1")
        assert removed is not None
        assert removed.removed == desk.now
