"""That the soak sees what it is there to see: a small one is whole, and what is planted in it is found."""

import asyncio
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from schedule_alone import live_alone
from simulated_clock import CLOCK, DAY, HOUR, SimulatedLoop, live_by_it
from simulated_faults import Spell
from simulated_site import Board, Plan, town
from simulated_week import Folder, Look, simulate
from week_seen import Killed, Seen, growth, seen_lives, waits
from week_truth import Judgement, judge

from newsbot.archive import Archive, open_archive
from newsbot.archive.schema import articles, ledger, revisions

PLAN = Plan(seed=3, sources=3, days=0.2, calm=HOUR)


@dataclass(frozen=True, slots=True)
class Small:
    archive: Path
    seen: Seen

    def judged(self, plant: Callable[[Archive], None] | None = None) -> Judgement:
        place = self.archive.with_name("planted.db")
        shutil.copy(self.archive, place)
        if plant is not None:
            with open_archive(f"sqlite:///{place}") as opened:
                plant(opened)
        return judge(PLAN, f"sqlite:///{place}", self.seen)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    path = tmp_path_factory.mktemp("small")
    simulate(PLAN, path, lambda _: None)
    folder, place = Folder(path), path / "archive.db"
    with sa.create_engine(f"sqlite:///{folder.mounted}/archive.db").connect() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{place}'")
    return Small(place, seen_lives(folder.lives))


def test_a_small_one_is_whole(small: Small) -> None:
    judgement = small.judged()
    assert judgement.faults == []
    assert judgement.counts["articles"] > 20
    assert sum(len(runs) for runs in small.seen.runs.values()) >= 3


def test_what_is_lost_is_found(small: Small) -> None:
    def lose(opened: Archive) -> None:
        with opened.writing() as connection:
            lost = sa.select(sa.func.min(articles.c.id)).scalar_subquery()
            connection.execute(sa.delete(ledger).where(ledger.c.article_id == lost))
            connection.execute(
                sa.update(articles).where(articles.c.id == lost).values(document_id="0", site="x")
            )
            connection.execute(
                sa.update(revisions)
                .where(revisions.c.article_id == lost)
                .values(article=sa.func.json_set(revisions.c.article, "$.document_id", "0"))
            )

    assert small.judged(lose).counts["lost"] == 1


def test_a_false_deletion_is_found(small: Small) -> None:
    def delete(opened: Archive) -> None:
        with opened.writing() as connection:
            last = sa.select(sa.func.max(ledger.c.id)).where(ledger.c.state == "stored").scalar_subquery()
            connection.execute(sa.update(ledger).where(ledger.c.id == last).values(state="deleted"))

    assert small.judged(delete).counts["false deletions"] == 1


def test_a_text_that_the_site_never_had_is_found(small: Small) -> None:
    def change(opened: Archive) -> None:
        with opened.writing() as connection:
            some = sa.select(sa.func.max(revisions.c.id)).scalar_subquery()
            changed = sa.func.json_set(revisions.c.article, "$.headline", "다른 제목")
            connection.execute(sa.update(revisions).where(revisions.c.id == some).values(article=changed))

    assert small.judged(change).counts["wrong text"] == 1


# ---- seen from outside -----------------------------------------------------------------------------


def looks(memory: Callable[[float], float], handles: Callable[[float], int] = lambda at: 9) -> list[Look]:
    moments = [DAY * place / 144 for place in range(144)]
    return [Look(at=at, memory=int(memory(at / DAY) * 2**20), handles=handles(at)) for at in moments]


def test_what_grows_is_found() -> None:
    def troubles(memory: Callable[[float], float], handles: Callable[[float], int] = lambda at: 9) -> int:
        return len(list(growth(looks(memory, handles), DAY).troubles()))

    assert troubles(lambda day: 40) == 0
    assert troubles(lambda day: 40 + min(day, 0.4) * 50) == 0  # until it has met with everything
    assert troubles(lambda day: 40 + (5 if 0.6 < day < 0.61 else 0)) == 0
    assert troubles(lambda day: 40 + 2.5 * day) == 1
    assert troubles(lambda day: 40 + (3 if day > 0.7 else 0)) == 1
    assert troubles(lambda day: 40, lambda at: 9 + int(at / HOUR)) == 1


@pytest.mark.parametrize(("leak", "found"), [(0, 0), (2000, 1)])
def test_a_schedule_that_keeps_something_of_each_crawl_is_found(
    leak: int, found: int, tmp_path: Path
) -> None:
    script = f"""
from newsbot.schedule.memory import Memory
ended, kept = Memory.ended, []
def leaking(memory, outcome):
    kept.append(bytearray({leak}) if {leak} else None)
    return ended(memory, outcome)
Memory.ended = leaking
import runpy
runpy.run_path("schedule_alone.py", run_name="__main__")
"""
    crawls, seen = live_alone(tmp_path, sources=20, days=0.5, python=["-c", script])
    assert crawls > 1000
    assert len(list(growth(seen, DAY / 2).troubles())) == found


def killed(at: float, source: str, *, beside: bool = False, has_run: bool = True) -> Killed:
    return Killed(at=at, source=source, beside=beside, has_run=has_run)


def test_what_is_taken_up_late_is_found() -> None:
    shifts = [
        Spell(start=0, end=HOUR, what="service", args=(("ends", "killed"),)),
        Spell(start=HOUR, end=HOUR + 30, what="down"),
        Spell(start=HOUR + 30, end=2 * HOUR, what="service", args=(("ends", "restarted"),)),
        Spell(start=2 * HOUR, end=DAY, what="timer"),
    ]

    def waited(*kills: Killed, **begun: list[float]) -> list[tuple[str, float, bool]]:
        seen = Seen(killed=list(kills))
        seen.begun.update(begun)
        return [(wait.of, wait.seconds, wait.is_late) for wait in waits(seen, shifts)]

    assert waited(killed(100, "a"), a=[90, 131]) == [("a crawl", 31, False)]
    assert waited(killed(100, "a"), a=[90, 161]) == [("a crawl", 61, True)]
    assert waited(killed(100, "a"), a=[90]) == [("a crawl", float("inf"), True)]
    assert waited(killed(100, "a", beside=True), a=[90, 300]) == [("beside a crawl", 200, False)]
    # One that is killed each time waits its turn.
    assert waited(killed(100, "a"), killed(140, "a"), a=[90, 130, 300])[1] == ("a crawl", 160, False)
    assert waited(killed(100, "a"), killed(540, "a"), a=[90, 130, 500, 700])[1] == ("a crawl", 160, True)
    # With the scheduler: from the start of the next one, if the archive knows of the crawl.
    assert waited(killed(HOUR, "a"), a=[3500, HOUR + 60]) == [("a scheduler", 30, False)]
    assert waited(killed(HOUR, "a"), a=[3500, HOUR + 91]) == [("a scheduler", 61, True)]
    assert waited(killed(HOUR, "a", has_run=False), a=[3500, HOUR + 91]) == []
    assert waited(killed(2 * HOUR - 60, "a"), killed(3 * HOUR, "b"), a=[1.0], b=[2.0]) == []


# ---- its parts -------------------------------------------------------------------------------------


def test_a_board_is_the_same_whoever_asks_for_it_and_when() -> None:
    site = next(site for site in town(5, 3, 1.0) if site.form == "rhymix")
    first, second = Board(site), Board(site)
    for hour in range(25):
        first.live_until(hour * HOUR)
    second.live_until(DAY)
    assert first.ids == second.ids
    assert first.versions == second.versions
    assert first.answer("/news", "").status == 200


def test_a_day_of_waiting_takes_no_time() -> None:
    async def wait() -> tuple[float, float]:
        begun = CLOCK.steady
        await asyncio.gather(asyncio.sleep(DAY), asyncio.sleep(HOUR), asyncio.sleep(1e-17))
        return begun, CLOCK.steady

    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        begun, ended = runner.run(wait())
    assert DAY <= ended - begun < DAY + 1


def test_a_module_that_lives_by_the_clock_makes_real_datetimes(monkeypatch: pytest.MonkeyPatch) -> None:
    import types

    module = types.ModuleType("living")
    vars(module)["datetime"] = datetime
    monkeypatch.setitem(sys.modules, "living", module)
    live_by_it("living")
    living = vars(module)["datetime"]
    assert living is not datetime
    assert isinstance(datetime(2026, 1, 1), living)
    assert type(living(2026, 1, 1)) is type(living.fromisoformat("2026-01-01")) is datetime
    assert living.now(CLOCK.wall().tzinfo) == CLOCK.wall()
