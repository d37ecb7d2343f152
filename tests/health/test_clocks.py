"""A machine's clock that is off: told once, whatever number of sources find it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from histories import HOUR, NOON

from newsbot.archive import Archive, open_archive
from newsbot.health.clocks import tell_of_clock
from newsbot.health.listing_rules import CLOCK

LINE = "this machine's clock is behind the site's, by 3h more than usual"
MINUTE = timedelta(minutes=1)
SOURCES = [f"board{number}.example/news" for number in range(12)]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(f"sqlite:///{tmp_path}/a.db") as opened:
        for source in SOURCES:
            ran(opened, source)
        yield opened


class Post:
    """Takes notices in, or does not."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.works = True

    def send(self, title: str, text: str) -> bool:
        if self.works:
            self.taken.append(f"{title}\n{text}")
        return self.works


def ran(
    archive: Archive, source: str, *, off: bool = False, over: bool = False, after: timedelta = HOUR
) -> None:
    """A run of a source, so long after noon, and what it showed of the clock."""
    when = NOON + after
    run = archive.start_run(source=source, name=None, url=f"https://{source}", options={}, started=when)
    archive.finish_run(run, state="finished", reach=None, figures={}, finished=when)
    well = frozenset({CLOCK} if over else ())
    seen = {CLOCK: LINE} if off else {}
    archive.keep_troubles(archive.runs(limit=1)[0], seen, samples={}, well=well, over=well, when=when)


def tell(archive: Archive, source: str, post: Post) -> list[str]:
    """What is to be told of this source alone."""
    singly = tell_of_clock(archive, archive.untold_troubles(source), post.send)
    archive.note_told(singly)
    return [trouble.name for trouble in singly]


def go_through(archive: Archive, sources: Sequence[str], post: Post, *, over: bool = False) -> None:
    for number, source in enumerate(sources):
        ran(archive, source, off=not over, over=over, after=HOUR * (9 if over else 1) + MINUTE * number)
        assert tell(archive, source, post) == []


def test_one_notice_when_it_begins_and_one_when_it_is_over(archive: Archive) -> None:
    post = Post()
    go_through(archive, SOURCES, post)
    (begun,) = post.taken
    assert begun.splitlines() == [
        "newsbot: clock off at 3 sources",
        LINE,
        "at 3 sources so far (board0.example/news, board1.example/news, board2.example/news), so it is this"
        " machine's: of others nothing is said until it is over",
        "since 2026-03-02 13:00 KST",
        "more: newsbot status",
    ]
    go_through(archive, SOURCES, post, over=True)
    _, over = post.taken
    assert over.splitlines()[0] == "newsbot: over: clock off at 12 sources"
    assert "from 2026-03-02 13:00 to 2026-03-02 21:05 KST" in over


def test_it_may_come_again(archive: Archive) -> None:
    post = Post()
    for _ in range(2):
        go_through(archive, SOURCES, post)
        go_through(archive, SOURCES, post, over=True)
    assert [each.splitlines()[0].split(" at ")[0] for each in post.taken] == [
        "newsbot: clock off",
        "newsbot: over: clock off",
    ] * 2


def test_a_sites_own_clock_is_told_of_when_others_had_the_time_to_find_it(archive: Archive) -> None:
    post = Post()
    ran(archive, SOURCES[0], off=True)
    assert tell(archive, SOURCES[0], post) == []
    ran(archive, SOURCES[0], off=True, after=HOUR + 10 * MINUTE)
    assert tell(archive, SOURCES[0], post) == [CLOCK]
    ran(archive, SOURCES[0], over=True, after=4 * HOUR)
    assert tell(archive, SOURCES[0], post) == [CLOCK]
    assert post.taken == []


def test_sources_of_one_host_have_one_clock(archive: Archive) -> None:
    post = Post()
    boards = [f"board0.example/{name}" for name in ("a", "b", "c", "d")]
    go_through(archive, boards, post)
    assert post.taken == []


def test_what_could_not_be_sent_is_sent_after_the_next_run(archive: Archive) -> None:
    post = Post()
    post.works = False
    go_through(archive, SOURCES[:4], post)
    post.works = True
    go_through(archive, SOURCES[4:], post)
    assert [each.splitlines()[0] for each in post.taken] == ["newsbot: clock off at 5 sources"]


def test_crawls_that_end_at_once_send_one(archive: Archive) -> None:
    for source in SOURCES[:4]:
        ran(archive, source, off=True)

    second = Post()

    def send(_title: str, _text: str) -> bool:
        assert tell(archive, SOURCES[3], second) == []
        return True

    assert tell_of_clock(archive, archive.untold_troubles(SOURCES[2]), send) == []
    assert second.taken == []
