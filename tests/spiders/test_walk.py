from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from newsbot.archive.records import Listed
from newsbot.items import Headline
from newsbot.korean.dates import KST
from newsbot.spiders.walk import KNOWN_IN_A_ROW, STALE_PAGES, Limits, Walk

FIRST_DAY = datetime(2026, 3, 31, 9, tzinfo=KST)


def row(number: int, *, known: bool = False, notice: bool = False, day: int | None = None) -> Listed:
    """Post ``number``, listed so many days before 31 March; without ``day`` it has no date."""
    when = None if day is None else FIRST_DAY - timedelta(days=day)
    headline = Headline(
        document_id=str(number),
        url=f"https://board.example/news/{number}",
        title="제목",
        date_listed=when,
        notice=notice,
    )
    return Listed(headline=headline, known=known, fetch=not known, state="stored" if known else "pending")


def rows(*numbers: int, known: bool = False) -> list[Listed]:
    return [row(number, known=known) for number in numbers]


def march(day: int) -> date:
    return date(2026, 3, day)


def test_limits_want_what_lies_within_their_days_both_included() -> None:
    limits = Limits(since=march(10), until=march(20))
    wanted = {day: limits.wants(row(1, day=31 - day).headline) for day in (9, 10, 20, 21)}
    assert wanted == {9: False, 10: True, 20: True, 21: False}
    assert limits.wants(row(1).headline)  # a headline without a date may lie anywhere


@pytest.mark.parametrize(
    ("limits", "reach", "settles"),
    [
        (Limits(), "all", "all"),
        (Limits(full=True), "all", "all"),
        (Limits(since=march(10)), "2026-03-10", "2026-03-10"),
        (Limits(until=march(20)), "all", None),
        (Limits(since=march(10), until=march(20)), "2026-03-10", None),
    ],
)
def test_what_limits_may_settle(limits: Limits, reach: str, settles: str | None) -> None:
    assert (limits.reach, limits.settles) == (reach, settles)
    walk = Walk(limits)
    assert walk.forward("p1", rows(3, 2, 1), None) is None
    assert (walk.ended, walk.reach) == (True, settles)


def retitled(*numbers: int) -> list[Listed]:
    return [replace(each, fetch=True) for each in rows(*numbers, known=True)]


KNOWN = rows(*range(30, 30 - KNOWN_IN_A_ROW, -1), known=True)

ENDS = {
    "no next page": (Limits(), rows(3, 2, 1), None, True),
    "more to come": (Limits(), rows(3, 2, 1), "p2", False),
    "settled ground": (Limits(), [*rows(40, 39), *KNOWN], "p2", True),
    "a new one among the known": (Limits(), [*KNOWN, row(7), *KNOWN[:-1]], "p2", False),
    "a short page, all known": (Limits(), rows(3, 2, 1, known=True), "p2", True),
    "known, but all is to be read": (Limits(full=True), KNOWN, "p2", False),
    "notices are no rows": (Limits(), [row(9, known=True, notice=True), *rows(3, 2)], "p2", False),
    "nothing but notices": (Limits(), [row(9, notice=True)], "p2", True),
    "no rows": (Limits(), [], "p2", True),
    "every headline another one": (Limits(), retitled(*range(30, 20, -1)), "p2", False),
    "a few headlines changed": (Limits(), [*retitled(30, 29, 28), *KNOWN[3:]], "p2", True),
    "known, but the oldest first": (Limits(), KNOWN[::-1], "p2", False),
    "known, bumped now and then": (Limits(), [*KNOWN[4:], *KNOWN[:4]], "p2", True),
    "no rows, all is to be read": (Limits(full=True), [], "p2", True),
    "all before the day asked for": (Limits(since=march(20)), [row(2, day=12), row(1, day=13)], "p2", True),
    "one of the day asked for": (Limits(since=march(20)), [row(2, day=11), row(1, day=13)], "p2", False),
    "known and past": (Limits(since=march(20)), [row(3, day=99), row(2, day=1, known=True)], "p2", True),
    "past and new": (Limits(since=march(20)), [row(3, day=99), row(2, day=1)], "p2", False),
}


@pytest.mark.parametrize(("limits", "page", "following", "over"), ENDS.values(), ids=ENDS)
def test_where_the_way_forward_ends(
    limits: Limits, page: Sequence[Listed], following: str | None, over: bool
) -> None:
    walk = Walk(limits)
    assert walk.forward("p1", page, following) == (None if over else following)
    assert walk.ended == over
    assert walk.reach == (limits.reach if over else None)


def test_a_walk_limited_to_pages_settles_nothing_and_goes_no_way_back() -> None:
    walk = Walk(Limits(pages=2))
    assert walk.forward("p1", rows(9, 8), "p2") == "p2"
    assert walk.forward("p2", rows(7, 6), "p3") is None
    assert (walk.ended, walk.reach, walk.trouble) == (True, None, None)
    assert walk.back() is None


def test_a_page_that_repeats_another_is_passed_and_a_listing_that_only_does_is_left() -> None:
    walk = Walk(Limits())
    walk.forward("p1", rows(9, 8), "p2")
    for number in range(2, STALE_PAGES + 1):
        assert walk.forward(f"p{number}", rows(9, 8), "next") == "next"
    again = walk.forward("p4", rows(7, 6), "next")  # a burst had pushed the rows down
    assert again == "next"
    for _ in range(STALE_PAGES):
        last = walk.forward("px", rows(7, 6), "next")
    assert last is None
    assert walk.trouble is not None
    assert "repeats" in walk.trouble
    assert walk.reach is None
    assert walk.back() is None


def test_a_last_page_that_repeats_the_one_before_is_not_the_end() -> None:
    walk = Walk(Limits())
    walk.forward("p1", rows(9, 8), "p2")
    assert walk.forward("p2", rows(9, 8), None) is None
    assert (walk.ended, walk.reach) == (False, None)
    assert "repeats" in (walk.trouble or "")


def walked(pages: Sequence[Sequence[Listed]]) -> Walk:
    walk = Walk(Limits())
    for number, page in enumerate(pages, 1):
        walk.forward(f"p{number}", page, None if number == len(pages) else f"p{number + 1}")
    return walk


def way_back(walk: Walk, *pages: Sequence[Listed]) -> list[str]:
    """The pages read on the way back, the first of them asked for before any is seen."""
    asked = [walk.back()]
    asked += [walk.back(page) for page in pages]
    return [page for page in asked if page is not None]


def test_the_way_back_reads_all_pages_but_the_last_towards_the_head() -> None:
    walk = walked([rows(9, 8), rows(7, 6), rows(5, 4)])
    assert way_back(walk, rows(7, 6), rows(9, 8)) == ["p2", "p1"]
    assert walk.reach == "all"


def test_one_page_needs_no_way_back() -> None:
    assert walked([rows(3, 2, 1)]).back() is None


def test_a_post_that_had_slid_up_calls_for_another_way_back() -> None:
    walk = walked([rows(9, 8), rows(7, 6), rows(3, 2)])
    assert way_back(walk, rows(7, 5), rows(9, 8), rows(7, 5), rows(9, 8)) == ["p2", "p1", "p2", "p1"]


def test_posts_that_arrived_at_the_head_do_not() -> None:
    walk = walked([rows(9, 8), rows(7, 6)])
    assert way_back(walk, [*rows(11, 10), *rows(9, 8)]) == ["p1"]
    assert "11" in walk.seen


def test_new_notices_do_not() -> None:
    walk = walked([rows(9, 8), rows(7, 6)])
    assert way_back(walk, [row(20, notice=True), *rows(9, 8)]) == ["p1"]


def test_a_listing_that_never_rests_is_not_walked_for_ever() -> None:
    walk = walked([rows(9, 8), rows(7, 6)])
    walk.back()
    rounds = 0
    while walk.back([*rows(9), row(100 + rounds)]) is not None:
        rounds += 1
    assert rounds == 2


def test_a_walk_that_breaks_off_settles_nothing() -> None:
    walk = walked([rows(9, 8), rows(7, 6)])
    walk.fail("p1 answered 500")
    assert walk.reach is None
    assert walk.trouble == "p1 answered 500"
