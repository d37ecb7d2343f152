"""What the tests say of sources: how often they are to be crawled, and how they were."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from newsbot.korean.dates import KST
from newsbot.schedule.due import Cron, Every, PastRun

NOON = datetime(2026, 3, 2, 12, tzinfo=KST)
MINUTE = timedelta(minutes=1)
TEN = Every(10 * MINUTE, 10 * MINUTE, 10 * MINUTE)
BOUNDED = Every(10 * MINUTE, 5 * MINUTE, 80 * MINUTE)
EVERY_TEN = Cron("*/10 6-23 * * *")
TIMINGS = st.sampled_from([TEN, BOUNDED, EVERY_TEN, Cron("30 7 * * *")])


def ran(ago: timedelta, state: str = "finished", *, brought: bool = False, run: int = 1) -> PastRun:
    return PastRun(run=run, started=NOON - ago, state=state, brought=brought)  # type: ignore[arg-type]
