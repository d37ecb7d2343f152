from datetime import datetime, timedelta

from newsbot.config import Config, Source
from newsbot.korean.dates import KST
from newsbot.schedule.child import Outcome
from newsbot.schedule.due import AFTER_KILL, SPREAD, PastRun
from newsbot.schedule.memory import Memory, is_quick

NOON = datetime(2026, 3, 2, 12, tzinfo=KST)
HOUR = timedelta(hours=1)


class Clocks:
    def __init__(self) -> None:
        self.steady, self.wall = 1000.0, NOON

    def go_on(self, length: timedelta) -> None:
        self.steady += length.total_seconds()
        self.wall += length


def config(**urls: str) -> Config:
    return Config(sources={name: Source(url=url, every=HOUR) for name, url in urls.items()})


def remembering(clocks: Clocks, **urls: str) -> Memory:
    memory = Memory(steady=lambda: clocks.steady, wall=lambda: clocks.wall)
    memory.take(config(**urls))
    return memory


def came(
    state: str = "finished", *, run: int = 1, code: int = 0, seconds: float = 0, **figures: object
) -> Outcome:
    return Outcome(source="a", code=code, seconds=seconds, figures={"run": run, "state": state, **figures})


URL = "https://board.example/news"


def test_after_a_crawl_a_source_rests() -> None:
    clocks = Clocks()
    memory = remembering(clocks, a=URL)
    assert memory.due_now() == ["a"]
    memory.began("a")
    assert memory.ended(came(new=3))
    assert memory.due_now() == []
    assert memory.latest_run("a") == 1
    clocks.go_on(HOUR)
    assert memory.due_now() == ["a"]


def test_a_clock_that_is_set_changes_nothing_for_what_this_process_crawled() -> None:
    clocks = Clocks()
    memory = remembering(clocks, a=URL)
    memory.began("a")
    memory.ended(came())
    for jump in (-500, 500, 10_000):
        clocks.wall += jump * HOUR
        assert memory.due("a") - clocks.wall == HOUR


def test_a_crawl_that_ended_without_a_word_is_tried_again_with_growing_distance() -> None:
    clocks = Clocks()
    memory = remembering(clocks, a=URL)
    for minutes in (5, 10, 20):
        memory.began("a")
        assert not memory.ended(Outcome(source="a", code=1, seconds=0))
        assert memory.due("a") - clocks.wall == timedelta(minutes=minutes)
        clocks.go_on(timedelta(minutes=minutes))
    memory.began("a")
    memory.ended(came())
    assert memory.due("a") - clocks.wall == HOUR


def test_one_that_was_killed_is_crawled_again_within_a_minute_and_then_given_time() -> None:
    clocks = Clocks()
    memory = remembering(clocks, a=URL)
    for wait in (AFTER_KILL, timedelta(minutes=10), timedelta(minutes=20)):
        memory.began("a")
        assert not memory.ended(Outcome(source="a", code=-9, seconds=0))
        assert memory.due("a") - clocks.wall == wait
        clocks.go_on(wait)
    memory.began("a")
    memory.ended(came())
    memory.began("a")
    memory.ended(Outcome(source="a", code=-9, seconds=0))
    assert memory.due("a") - clocks.wall == AFTER_KILL


def test_who_goes_first() -> None:
    clocks = Clocks()
    urls = {name: f"https://{name}.example/news" for name in "abcd"}
    memory = remembering(clocks, **urls)
    memory.learn({name: [PastRun(run=1, started=NOON - 5 * HOUR, state="finished")] for name in urls})

    def first() -> str:
        return "".join(filter(memory.goes_first, urls))

    assert (first(), memory.due_now()) == ("", ["a", "b", "c", "d"])
    for name in "bcd":  # one process
        memory.began(name)
    clocks.go_on(timedelta(minutes=3))
    memory.ended(Outcome(source="d", code=-9, seconds=180))
    memory.ended(Outcome(source="b", code=-9, seconds=180, begun=False))
    memory.ended(Outcome(source="c", code=-9, seconds=180, begun=False))
    assert first() == "bcd"
    assert memory.due("d") - clocks.wall == AFTER_KILL  # however long it had lived
    assert memory.due_now() == ["b", "c", "a"]
    memory.began("b")
    memory.ended(Outcome(source="b", code=-9, seconds=1, begun=False))
    memory.began("c")
    memory.ended(Outcome(source="c", seconds=1, figures={"run": 2, "state": "finished"}))
    assert first() == "d"
    memory.began("d")
    memory.ended(Outcome(source="d", code=-9, seconds=1))
    assert first() == ""


def test_a_new_process_has_those_first_that_died_with_the_one_before() -> None:
    clocks = Clocks()
    memory = remembering(clocks, **{name: f"https://{name}.example/news" for name in "abc"})
    memory.learn({"c": [PastRun(run=1, started=NOON - timedelta(seconds=10), state="running")]})
    assert [name for name in "abc" if memory.goes_first(name)] == ["c"]
    assert memory.due("c") - clocks.wall == AFTER_KILL - timedelta(seconds=10)
    clocks.go_on(timedelta(seconds=20))
    assert memory.due_now() == ["c", "a", "b"]


def test_one_that_another_crawl_holds_is_tried_again_soon() -> None:
    clocks = Clocks()
    memory = remembering(clocks, a=URL)
    for _ in range(9):
        memory.began("a")
        memory.ended(Outcome(source="a", seconds=0, figures={"state": "failed", "cause": "held"}))
        assert memory.due("a") - clocks.wall == timedelta(minutes=5)


def test_one_that_was_crawled_meanwhile_is_reckoned_from_that_crawl() -> None:
    clocks = Clocks()
    memory = remembering(clocks, a=URL)
    memory.began("a")
    assert not memory.ended(Outcome(source="a", code=0, seconds=1, figures={"state": "skipped"}))
    memory.learn({"a": [PastRun(run=7, started=NOON - HOUR / 2, state="finished")]})
    assert memory.due("a") - clocks.wall == HOUR / 2
    assert memory.latest_run("a") == 7


def test_a_configuration_that_changed() -> None:
    clocks = Clocks()
    memory = remembering(clocks, a=URL, b="https://board.example/etc", c="https://else.example/")
    assert memory.hosts == {"a": "board.example", "b": "board.example", "c": "else.example"}
    memory.began("a")
    memory.ended(came())
    fresh = memory.take(config(a=URL + "?page=2", b="https://board.example/moved", d=URL + "/more"))
    assert fresh == ["b", "d"]
    assert memory.due_now() == ["b", "d"]
    assert "c" not in memory
    assert memory.ended(came())  # of one that is gone: nothing to be learnt


def test_what_never_had_its_turn_is_due_as_before() -> None:
    clocks = Clocks()
    memory = remembering(clocks, a=URL)
    memory.began("a")
    assert not memory.ended(Outcome(source="a", code=-15, seconds=1, begun=False))
    assert memory.due_now() == ["a"]


def test_which_sources_are_quick() -> None:
    clocks = Clocks()
    memory = remembering(clocks, a=URL, b="https://board.example/etc", c="https://else.example/")
    memory.ended(Outcome(source="a", seconds=0.7, figures={"run": 1, "state": "finished"}))
    memory.ended(Outcome(source="b", seconds=60, figures={"run": 2, "state": "finished"}))
    memory.ended(Outcome(source="c", seconds=0.7, figures={"run": 3, "state": "failed"}))
    assert memory.quick == {"a"}


def test_the_rest_is_reckoned_from_the_crawls_own_beginning() -> None:
    clocks = Clocks()
    memory = remembering(clocks, a=URL)
    memory.began("a")
    clocks.go_on(timedelta(minutes=3))  # others of its process came first
    memory.ended(came(seconds=5))
    assert memory.due("a") - clocks.wall == HOUR - timedelta(seconds=5)


def test_a_crawl_that_could_not_use_the_archive_leaves_its_source_as_due_as_it_was() -> None:
    clocks = Clocks()
    memory = remembering(clocks, a=URL)
    for figures in (
        {"run": 1, "state": "failed", "cause": "archive"},
        {"state": "failed", "cause": "archive"},
    ):
        memory.began("a")
        assert not memory.ended(Outcome(source="a", seconds=3, figures=figures))
        assert memory.due_now() == ["a"]
    memory.began("a")
    memory.ended(came(new=1))
    assert memory.due_now() == []


def test_after_a_night_asleep_sources_start_spread_again() -> None:
    clocks = Clocks()
    urls = {f"board{number}": f"https://board{number}.example/news" for number in range(50)}
    memory = remembering(clocks, **urls)
    memory.learn({name: [PastRun(run=1, started=NOON, state="finished")] for name in urls})
    clocks.go_on(timedelta(hours=9))
    assert all(memory.due(name) <= clocks.wall for name in urls)
    memory.woke()
    moments = [memory.due(name) - clocks.wall for name in urls]
    assert len(set(moments)) == len(urls)
    assert timedelta(0) <= min(moments) < max(moments) <= SPREAD
    assert sum(moment < SPREAD / 10 for moment in moments) < len(urls) / 4


def test_a_crawl_of_less_than_a_second_is_quick_and_one_that_never_ended_is_not() -> None:
    def took(seconds: float | None) -> list[PastRun]:
        return [PastRun(run=1, started=NOON, state="finished", seconds=seconds)]

    assert is_quick(took(0.0))
    assert is_quick(took(9.0))
    assert not is_quick(took(10.0))
    assert not is_quick(took(None))
    assert not is_quick([])
