"""The rules of the ledger, pure: what a listing, or a failure, makes of a headline's row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from newsbot.archive.records import Listed
from newsbot.archive.schema import GONE, State
from newsbot.items import Headline, as_json

FIRST_RETRY: Final = timedelta(minutes=5)
LONGEST_RETRY: Final = timedelta(days=1)
VISITS: Final = (timedelta(hours=1), timedelta(hours=6), *(timedelta(days=days) for days in (1, 3, 7)))
"""How long after an article was published it is read again, to see edits, corrections and removals."""
LAST_VISITS: Final = 2

Row = Mapping[str, Any]  # of the table ``ledger``


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which run writes, for which source, and when."""

    run: int
    source: str
    when: datetime
    visits: Sequence[timedelta] = VISITS


def retry_distance(attempts: int) -> timedelta:
    """How long to wait after so many failures: 5 minutes, doubled each time, a day at most."""
    doublings = min(attempts - 1, 10)
    return min(FIRST_RETRY * (1 << doublings), LONGEST_RETRY)


def next_visit(published: datetime | None, first: datetime, stamp: Stamp) -> datetime | None:
    """When a stored article is to be read again; None when it is too old to be looked after.

    ``first``: when it was first stored.
    """
    return min(_visits_left(published, first, stamp), default=None)


def postponed(published: datetime | None, first: datetime, stamp: Stamp) -> datetime | None:
    """To when a visit that is due can wait, where the board itself tells of edits; None: it cannot.

    The last two of the plan are for what no change feed tells: removals.
    """
    left = _visits_left(published, first, stamp)
    return min(left) if len(left) >= LAST_VISITS else None


def _visits_left(published: datetime | None, first: datetime, stamp: Stamp) -> list[datetime]:
    born = min(published or first, first)  # a clock may be wrong, or a date printed ahead of time
    return [born + visit for visit in stamp.visits if born + visit > stamp.when]


def reaches(settled: str | None, reach: str) -> bool:
    """Whether a row settled that deep lies within a run of this reach: "all", or back to "YYYY-MM-DD"."""
    return settled == "all" or (settled is not None and reach != "all" and settled <= reach)


def answer(row: Row | None, headline: Headline, stamp: Stamp, reach: str, *, wanted: bool) -> Listed:
    """What the ledger says of a headline that a run sees in a listing."""
    if row is None:
        state, fetch = _of_new(headline, wanted=wanted)
        return Listed(headline=headline, known=False, fetch=fetch, state=state)
    state, fetch = _of_old(row, headline, stamp, wanted=wanted)
    known = row["state"] != "listed" and reaches(row["settled_reach"], reach)
    return Listed(headline=headline, known=known, fetch=fetch, state=state)


def new_row(listed: Listed, stamp: Stamp) -> dict[str, Any]:
    return {
        "source": stamp.source,
        "document_id": listed.headline.document_id,
        "url": listed.headline.url,
        "headline": as_json(listed.headline),
        "state": listed.state,
        "first_listed": stamp.when,
        "last_listed": stamp.when,
        "listed_run": stamp.run,
        "taken_run": stamp.run if listed.fetch else None,
        "next_try": stamp.when if listed.fetch else None,
        "attempts": 0,
        "failure": None,
        "settled_reach": None,
    }


def relisted_row(row: Row, listed: Listed, stamp: Stamp) -> dict[str, Any]:
    """The row after a later run listed it.

    The headline is replaced only together with a request: the next comparison is then with what was
    printed when the article was last read.
    """
    changes: dict[str, Any] = {"listed_run": stamp.run, "last_listed": stamp.when, "state": listed.state}
    if listed.state == "secret" and "secret" in listed.headline.flags:
        changes |= {"next_try": None, "failure": None, "visit_due": None}
    if listed.fetch:
        changes |= {"taken_run": stamp.run, "next_try": row["next_try"] or stamp.when, "failure": None}
        changes |= {"headline": as_json(listed.headline), "url": listed.headline.url}
    return {**row, **changes}


def _of_new(headline: Headline, *, wanted: bool) -> tuple[State, bool]:
    if "secret" in headline.flags:
        return "secret", False
    return ("pending", True) if wanted else ("listed", False)


def _of_old(row: Row, headline: Headline, stamp: Stamp, *, wanted: bool) -> tuple[State, bool]:
    state = cast("State", row["state"])
    if row["listed_run"] == stamp.run and not (state == "listed" and wanted):
        return state, False
    if "secret" in headline.flags:
        return "secret", False
    if not wanted or row["taken_run"] == stamp.run:
        return state, False
    if state == "secret" and _is_let_be(row, headline, stamp.when):
        return state, False
    if state == "listed" or state in GONE:
        return "pending", True
    fetch = _waits(row, stamp.when) or _reworded(row, headline)
    return ("pending" if fetch and state == "failed" else state), fetch


def _waits(row: Row, when: datetime) -> bool:
    """Whether it is to be tried now; a time further ahead than any retry was written by a wrong clock."""
    due = row["next_try"]
    return due is not None and not when < due <= when + LONGEST_RETRY


def _is_let_be(row: Row, headline: Headline, when: datetime) -> bool:
    """Whether a post is listed just as it was when its page was found secret, not a day ago."""
    due = row["visit_due"]
    return due is not None and due > when and headline.title == row["headline"]["title"]


def _reworded(row: Row, headline: Headline) -> bool:
    """A new title, or a new mark of an update: the article behind a stored headline has changed."""
    if row["next_try"] is not None:
        return False
    before = row["headline"]
    marked = "update" in headline.flags and "update" not in before["flags"]
    return marked or headline.title != before["title"]
