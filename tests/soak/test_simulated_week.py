"""That the soak sees what it is there to see: a small one is whole, and what is planted in it is found."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from simulated_clock import CLOCK, DAY, HOUR, SimulatedLoop, live_by_it
from simulated_site import Board, Plan, town
from week_seen import Seen, seen_lives
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
    """In a process of its own: a clock that has been put into newsbot is not taken out again."""
    import subprocess
    import sys

    folder = tmp_path_factory.mktemp("small")
    script = (
        "from pathlib import Path; from simulated_week import Week; from simulated_site import Plan\n"
        f"Week({PLAN!r}, Path({str(folder)!r}), lambda _: None).live()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    place = folder / "archive.db"
    with sa.create_engine(f"sqlite:///{folder}/mounted/archive.db").connect() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{place}'")
    return Small(place, seen_lives(folder / "lives.jsonl"))


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
    import sys
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
