"""When an archive that cannot be used is looked at again, and how many crawls may begin meanwhile."""

import pytest

from newsbot.errors import ArchiveError
from newsbot.schedule.outage import FIRST_PAUSE, LONGEST_PAUSE, Outage


class Desk:
    """An outage at a clock of the test's own."""

    def __init__(self) -> None:
        self.now = 100.0
        self.most: int | None = None
        self.outage = Outage(self._let, steady=lambda: self.now)

    def _let(self, most: int | None) -> None:
        self.most = most

    def seconds_until_a_look(self) -> float:
        began = self.now
        while not self.outage.wants_a_look:
            self.now += 0.5
        return self.now - began


def test_nothing_begins_until_a_crawl_could_use_the_archive() -> None:
    desk = Desk()
    assert not desk.outage.is_on
    desk.outage.noticed()
    assert (desk.outage.is_on, desk.most) == (True, 0)
    desk.seconds_until_a_look()
    desk.outage.can_be_read()
    assert (desk.outage.is_on, desk.most, desk.outage.wants_a_look) == (True, 1, False)
    desk.outage.over()
    assert (desk.outage.is_on, desk.most) == (False, None)


def test_it_is_looked_at_more_and_more_seldom() -> None:
    desk = Desk()
    pauses = []
    for failed in range(8):
        desk.outage.noticed()
        pauses.append(desk.seconds_until_a_look())
        if failed % 2:  # it could be read, and one crawl failed
            desk.outage.can_be_read()
    assert pauses == [FIRST_PAUSE, 4, 8, 16, *[LONGEST_PAUSE] * 4]
    desk.outage.can_be_read()
    desk.outage.over()
    desk.outage.noticed()
    assert desk.seconds_until_a_look() == FIRST_PAUSE


def test_crawls_that_were_in_hand_change_nothing() -> None:
    desk = Desk()
    desk.outage.noticed()
    for _ in range(5):
        desk.outage.noticed()
    desk.outage.over()  # one that had written its last before
    assert (desk.outage.is_on, desk.most) == (True, 0)
    assert desk.seconds_until_a_look() == FIRST_PAUSE


def test_a_server_that_is_there_again_ends_it_without_a_crawl(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    for _ in range(3):
        desk.outage.cut_off(ArchiveError("the server cannot be reached"))
        desk.seconds_until_a_look()
    desk.outage.can_be_read()
    assert (desk.outage.is_on, desk.most) == (True, 1)
    desk.outage.reached()
    desk.outage.reached()
    assert (desk.outage.is_on, desk.most) == (False, None)
    assert [line.partition(":")[0] for line in caplog.messages] == [
        "the server cannot be reached",
        "the archive cannot be used",
        "the archive can be used again, after 14 s",
    ]


def test_a_server_that_is_there_says_nothing_of_captures_that_cannot_be_written() -> None:
    desk = Desk()
    desk.outage.noticed()
    desk.seconds_until_a_look()
    desk.outage.can_be_read()
    desk.outage.reached()
    assert (desk.outage.is_on, desk.most) == (True, 1)
