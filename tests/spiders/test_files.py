"""The way through a feed's pages and a sitemap's parts."""

from datetime import date, datetime, timedelta

import pytest

from newsbot.archive.records import Listed
from newsbot.items import Headline
from newsbot.korean.dates import KST
from newsbot.pages.sitemaps import SitemapPart
from newsbot.spiders.files import LASTMOD_SLACK, FileWalk, parts_to_read
from newsbot.spiders.walk import Limits

NOON = datetime(2026, 3, 10, 12, tzinfo=KST)


def rows(*ids: str, known: bool = False) -> list[Listed]:
    return [
        Listed(
            headline=Headline(document_id=each, url=f"https://www.satgang.co.kr/{each}", title=each),
            known=known,
            fetch=not known,
            state="stored" if known else "pending",
        )
        for each in ids
    ]


def test_every_part_is_read_and_known_ones_end_nothing() -> None:
    walk = FileWalk(Limits())
    assert walk.index("index", ["a", "b", "c", "a"]) == "a"
    assert walk.forward("a", rows(*map(str, range(20)), known=True), None) == "b"
    assert walk.forward("b", [], None) == "c"
    assert (walk.ended, walk.reach) == (False, None)
    assert walk.forward("c", rows("1"), None) is None
    assert (walk.ended, walk.reach, walk.back()) == (True, "all", None)


def test_an_index_within_an_index_is_read_in_its_place_and_no_circle_is_run() -> None:
    walk = FileWalk(Limits())
    assert walk.index("index", ["inner", "z"]) == "inner"
    assert walk.index("inner", ["index", "x", "inner", "z"]) == "x"
    assert walk.forward("x", rows("1"), None) == "z"
    assert walk.forward("z", rows("2"), None) is None
    assert walk.reach == "all"


def test_an_index_without_anything_to_read_is_done() -> None:
    walk = FileWalk(Limits())
    assert walk.index("index", []) is None
    assert (walk.ended, walk.reach) == (True, "all")


def test_a_part_that_failed_leaves_all_unsettled() -> None:
    walk = FileWalk(Limits())
    walk.index("index", ["a", "b"])
    assert walk.fail("a answered 404") == "b"
    assert walk.forward("b", rows("1"), None) is None
    assert (walk.ended, walk.reach, walk.trouble) == (True, None, "a answered 404")


def test_a_limit_of_pages_ends_the_walk_and_settles_nothing() -> None:
    walk = FileWalk(Limits(pages=1))
    walk.index("index", ["a", "b"])
    assert walk.forward("a", rows("1"), None) is None
    assert (walk.ended, walk.reach) == (True, None)


def test_a_feed_goes_on_to_its_next_page_until_one_repeats() -> None:
    walk = FileWalk(Limits())
    assert walk.forward("feed", rows("3", "2"), "feed?2") == "feed?2"
    assert (walk.ended, walk.reach) == (False, None)
    assert walk.forward("feed?2", rows("2"), "feed?3") is None
    assert (walk.ended, walk.reach, walk.back()) == (True, "all", None)


def test_a_feed_of_one_page_limited_to_one_is_whole() -> None:
    walk = FileWalk(Limits(pages=1))
    assert walk.forward("feed", rows("1"), None) is None
    assert walk.reach == "all"


def test_a_feed_of_more_pages_than_were_asked_for_settles_nothing() -> None:
    walk = FileWalk(Limits(pages=1))
    assert walk.forward("feed", rows("2", "1"), "feed?2") is None
    assert (walk.ended, walk.reach) == (True, None)


SLACK = NOON - LASTMOD_SLACK
PARTS = [
    (NOON, Limits(), NOON, True),
    (SLACK, Limits(), NOON, True),  # a day without a time, or another zone
    (SLACK - timedelta(seconds=1), Limits(), NOON, False),
    (SLACK - timedelta(seconds=1), Limits(full=True), NOON, True),
    (SLACK - timedelta(days=99), Limits(), None, True),  # nothing of it was read yet
    (None, Limits(since=date(2026, 3, 10)), NOON, True),
    (NOON, Limits(since=date(2026, 3, 10)), None, True),
    (NOON, Limits(since=date(2026, 3, 11)), None, False),
    (NOON, Limits(since=date(2026, 3, 11), full=True), None, False),
]


@pytest.mark.parametrize(("modified", "limits", "read_before", "read"), PARTS)
def test_which_parts_may_hold_something(
    modified: datetime | None, limits: Limits, read_before: datetime | None, read: bool
) -> None:
    part = SitemapPart(url="https://www.satgang.co.kr/1.xml", modified=modified)
    assert parts_to_read([part], limits, read_before) == ([part.url] if read else [])
