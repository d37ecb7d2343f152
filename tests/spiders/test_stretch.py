"""Stretches of a back-fill over a board that moves, between them and within them; any may be killed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbot.archive.records import Listed
from newsbot.items import Headline
from newsbot.spiders.stretch import NEAR, Parts, Stretch, Trail, read_goal, thinned
from newsbot.spiders.walk import MOST_ROUNDS

SIZE = 5  # rows of a page


@dataclass
class Board:
    """Posts by their numbers, the newest first; a page's address is its number."""

    posts: list[int] = field(default_factory=list)
    last: int = 0

    def arrive(self, count: int) -> None:
        for _ in range(count):
            self.last += 1
            self.posts.insert(0, self.last)

    def delete(self, chance: Random, count: int) -> None:
        for _ in range(min(count, len(self.posts))):
            self.posts.remove(chance.choice(self.posts))

    def page(self, number: int) -> tuple[list[str], str | None]:
        rows = self.posts[(number - 1) * SIZE : number * SIZE]
        return [str(each) for each in rows], str(number + 1) if len(self.posts) > number * SIZE else None


@dataclass
class Crawler:
    """What the archive keeps of a back-fill: its ledger, what it passed, its trail."""

    board: Board
    pages: int = 4
    ledger: set[str] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    trail: Trail = ()
    reach: str | None = None
    read: int = 0

    def stretch(self, meanwhile: Callable[[], None], *, killed_after: int | None = None) -> None:
        """One stretch; ``meanwhile`` the board moves, between any two pages."""
        walk = Stretch(
            read_goal("all").limits(self.pages), goal=read_goal("all"), first="1", trail=self.trail
        )
        for url in self._way(walk):
            if killed_after is not None and self.read >= killed_after:
                return
            self.read += 1
            meanwhile()
            assert url.isdecimal()
        assert walk.trouble is None
        self.passed |= walk.seen
        self.trail, self.reach = walk.place, walk.reach

    def _way(self, walk: Stretch) -> Iterator[str]:
        url: str | None = walk.begin()
        yield url or ""
        while not walk.stands((ids := self.board.page(int(url or 1))[0]), self.passed & {*ids}):
            url = walk.further_up()
            yield url or ""
        following = self._take(walk, url or "", walk.forward)
        while following is not None:
            yield following
            following = self._take(walk, following, walk.forward)
        url = walk.back()
        while url is not None:
            yield url
            url = self._take(walk, url, lambda _url, listed, _next: walk.back(listed))

    def _take(self, walk: Stretch, url: str, take: Callable[..., str | None]) -> str | None:
        ids, following = self.board.page(int(url))
        self.ledger.update(ids)
        return take(url, [row(each) for each in ids], following)


def row(document_id: str, **more: Any) -> Listed:
    headline = Headline(
        document_id=document_id, url=f"https://board.example/{document_id}", title="제목", **more
    )
    return Listed(headline=headline, known=False, fetch=True, state="pending")


def still() -> None:
    """Nothing moves."""


@dataclass(frozen=True)
class Spell:
    """What happens before a stretch, within it, and whether it is killed."""

    arrive: int
    delete: int
    within: str
    killed_after: int | None


SPELLS = st.builds(
    Spell,
    arrive=st.integers(0, 30),
    delete=st.integers(0, 30),
    within=st.sampled_from(["nothing", "arrivals", "deletions"]),
    killed_after=st.one_of(st.none(), st.none(), st.integers(1, 12)),
)


@settings(max_examples=400, deadline=None)
@given(size=st.integers(0, 120), seed=st.integers(0, 2**32), spells=st.lists(SPELLS, max_size=12))
def test_nothing_is_lost_at_the_seams(size: int, seed: int, spells: list[Spell]) -> None:
    chance = Random(seed)
    board = Board()
    board.arrive(size)
    old = {*board.posts}
    crawler = Crawler(board)
    for spell in spells:
        board.arrive(spell.arrive)
        board.delete(chance, spell.delete)
        killed = None if spell.killed_after is None else crawler.read + spell.killed_after
        crawler.stretch(lambda spell=spell: stir(board, chance, spell.within), killed_after=killed)  # type: ignore[misc]
        if crawler.reach is not None:
            break
    for _ in range(200):
        if crawler.reach is not None:
            break
        crawler.stretch(still)
    assert crawler.reach == "all"
    assert {str(each) for each in old & {*board.posts}} <= crawler.ledger


def stir(board: Board, chance: Random, kind: str) -> None:
    if kind == "arrivals" and chance.random() < 0.3:
        board.arrive(chance.randint(1, 3))
    elif kind == "deletions" and chance.random() < 0.3:
        board.delete(chance, 1)


def test_a_board_that_rests_is_walked_once_and_a_little() -> None:
    board = Board()
    board.arrive(400)
    crawler = Crawler(board, pages=10)
    stretches = 0
    while crawler.reach is None:
        crawler.stretch(still)
        stretches += 1
    assert len(crawler.ledger) == 400
    assert crawler.read <= 2 * (80 + 2 * stretches) + stretches


def test_the_place_is_found_again_when_many_were_deleted_above_it() -> None:
    board = Board()
    board.arrive(400)
    crawler = Crawler(board, pages=10)
    for _ in range(5):
        crawler.stretch(still)
    deep = crawler.trail[-1][0]
    kept = board.posts[100:]
    board.posts = kept
    crawler.stretch(still)
    assert crawler.trail[-1][0] <= deep  # twenty pages less are above it now
    while crawler.reach is None:
        crawler.stretch(still)
    assert {str(each) for each in kept} <= crawler.ledger


def test_a_stretch_that_is_slow_still_goes_on_by_a_page() -> None:
    board = Board()
    board.arrive(100)
    crawler = Crawler(board, pages=10)
    crawler.stretch(still)
    before = crawler.trail[-1][0]
    walk = Stretch(
        read_goal("all").limits(12),
        goal=read_goal("all"),
        first="1",
        trail=crawler.trail,
        enough=lambda: True,
    )
    list(crawler._way(walk))
    assert walk.place[-1][0] == before + 1


def test_a_way_back_that_finds_posts_that_slid_is_repeated_but_not_for_ever() -> None:
    board = Board()
    board.arrive(60)
    crawler = Crawler(board, pages=6)
    chance = Random(3)
    crawler.stretch(lambda: board.delete(chance, 1))
    assert crawler.read <= 1 + 6 + MOST_ROUNDS * 6


@pytest.mark.parametrize("last", [1, 7, 100, 5000])
def test_a_trail_keeps_few_addresses_and_all_near_its_end(last: int) -> None:
    trail: Trail = ()
    for number in range(1, last + 1):
        trail = thinned([*trail, (number, str(number))])
    numbers = [number for number, _ in trail]
    assert numbers[-NEAR:] == [*range(max(1, last - NEAR + 1), last + 1)]
    assert len(numbers) <= NEAR * (2 + last.bit_length())
    gaps = [later - earlier for earlier, later in pairwise(numbers)]
    assert gaps == sorted(gaps, reverse=True)


@pytest.mark.parametrize(
    ("text", "day", "pages"),
    [("all", None, None), ("2020-01-31", date(2020, 1, 31), None), ("200", None, 200)],
)
def test_goals(text: str, day: date | None, pages: int | None) -> None:
    goal = read_goal(text)
    assert (goal.day, goal.pages) == (day, pages)


@pytest.mark.parametrize("text", ["", "0", "yes", "-3", "2020-13-01"])
def test_what_is_no_goal(text: str) -> None:
    with pytest.raises(ValueError, match=r"isoformat|month"):
        read_goal(text)


def test_a_number_of_pages_is_a_goal_that_settles_nothing() -> None:
    board = Board()
    board.arrive(100)
    crawler = Crawler(board, pages=10)
    goal = read_goal("3")
    walk = Stretch(goal.limits(10), goal=goal, first="1")
    assert list(crawler._way(walk)) == ["1", "2", "3", "2", "1"]
    assert walk.reach == ""


# ---- the parts of an index


def parts(trail: Trail = (), rows: int = 100) -> Parts:
    return Parts(trail=trail, pages=2, rows=rows)


def test_parts_are_read_in_their_order_and_done_ones_left_out() -> None:
    walk = parts(trail=[(1, "a")])
    assert walk.index(["a", "b", "c", "d"]) == "b"
    walk.done("b")
    assert walk.following() == "c"
    walk.done("c")
    assert walk.following() is None
    assert (walk.reach, walk.place) == (None, [(1, "a"), (2, "b"), (3, "c")])
    last = parts(trail=walk.place)
    assert last.index(["a", "b", "c", "d"]) == "d"
    last.done("d")
    assert (last.following(), last.reach) == (None, "all")


def test_a_part_that_holds_more_than_may_be_taken_is_not_done() -> None:
    walk = parts(rows=30)
    assert walk.index(["a", "b"]) == "a"
    assert walk.take(50_000) == 30
    assert (walk.following(), walk.reach, walk.place) == (None, None, [])


def test_a_part_that_cannot_be_read_leaves_the_goal_open() -> None:
    walk = parts()
    walk.index(["a", "b"])
    walk.trouble = "a answered 500"
    assert walk.following() == "b"
    walk.done("b")
    assert (walk.following(), walk.reach, walk.place) == (None, None, [(1, "b")])
