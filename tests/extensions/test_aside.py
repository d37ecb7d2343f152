"""Work in a thread of its own."""

import threading
from threading import Event

import pytest

from newsbot.extensions.aside import Aside


def test_others_go_on_until_it_is_waited_for() -> None:
    may_end, ended = Event(), Event()

    def work() -> None:
        may_end.wait(30)
        ended.set()

    aside = Aside(work, "test")
    aside.begin()
    assert not ended.is_set()
    may_end.set()
    aside.end()
    assert ended.is_set()
    aside.close()


def test_what_it_raised_is_raised_where_it_is_waited_for_and_no_longer_after() -> None:
    errors: list[Exception | None] = [OSError("full"), None, OSError("gone"), None]
    done: list[int] = []

    def work() -> None:
        if (error := errors.pop(0)) is not None:
            raise error
        done.append(1)

    aside = Aside(work, "of this test")
    aside.begin()
    for _ in range(2):
        with pytest.raises(OSError, match="full"):
            aside.end()
    aside.begin()
    aside.end()
    aside.begin()
    aside.settle()  # its error is nobody's
    aside.begin()
    aside.end()
    assert done == [1, 1]
    (thread,) = (each for each in threading.enumerate() if each.name == "of this test")
    aside.close()
    aside.close()
    thread.join(30)
    assert not thread.is_alive()
