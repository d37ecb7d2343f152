"""When a crawl of a fleet is tried again that left no run in the archive: pure."""

from __future__ import annotations

from datetime import timedelta

from newsbot.schedule.child import Outcome
from newsbot.schedule.due import AFTER_KILL, LONGEST_RETRY, Cron, Timing, retry_distance


def again(outcome: Outcome, timing: Timing | None, attempts: int) -> timedelta | None:
    """After how long a crawl is tried again that left no run in the archive; None: what is due says so."""
    if outcome.came == "left":
        return timedelta(0)
    if outcome.came != "broken" and not (outcome.came == "failed" and "run" not in outcome.figures):
        return None
    if goes_first(outcome, attempts):
        return AFTER_KILL
    usual = LONGEST_RETRY if timing is None or isinstance(timing, Cron) else timing.every
    return retry_distance(usual, attempts + 1)


def goes_first(outcome: Outcome, attempts: int) -> bool:
    """Whether it does not wait behind the others, for once: it was killed, or beside one that was."""
    return outcome.code < 0 and not attempts
