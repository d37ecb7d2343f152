"""Troubles of a source's listing, of the clocks, and of its silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Final

from newsbot.health.figures import Figures
from newsbot.health.judging import Case, Trouble, Verdict, Well
from newsbot.timing import duration_text

DOWN: Final = "site down"
BLOCKED: Final = "blocked"
LOGIN: Final = "login wall"
EMPTY: Final = "listing empty"
CUT: Final = "listing cut short"
MOVED: Final = "listing moved"
GONE: Final = "listing gone"
UNREADABLE: Final = "listing unreadable"
UNFINISHED: Final = "listing not read to its end"
ROWS: Final = "rows missing"
CLOCK: Final = "clock off"
SILENT: Final = "nothing new"

_SAID: Final = (  # what the crawl says of a listing that it could not read, in the order of what is surest
    (LOGIN, re.compile("login page|answered 401")),
    (BLOCKED, re.compile("check for robots|answered (?:403|429|451)|orbidden by robots|left alone")),
    (CUT, re.compile("cut short|ends in the middle|garbled")),
    (MOVED, re.compile(" leads (?:to|off) ")),
    (GONE, re.compile("answered (?:404|410)")),
    (
        DOWN,
        re.compile(
            "timeout|connection|no such host|answered [0-9]+|error page that says|empty page|TLS|redirections"
        ),
    ),
    (EMPTY, re.compile("lists nothing")),
)
_LINES: Final = {
    DOWN: "the site does not answer",
    BLOCKED: "the site refuses newsbot",
    LOGIN: "the listing stands behind a login",
    EMPTY: "the listing is empty",
    CUT: "the listing comes cut short",
    MOVED: "the listing is somewhere else now",
    GONE: "the site says that there is no such listing",
    UNREADABLE: "the listing's layout may have changed",
}
_PATIENCE: Final = timedelta(hours=1)  # a site may be away for a moment
_IN_A_ROW: Final = 3
_HISTORY: Final = 5  # runs that say what is usual
_FEW_ROWS: Final = 6
_CLOCKS: Final = (timedelta(minutes=10), timedelta(hours=1))  # off from the usual; off, without a history
_AGES: Final = 1e10  # seconds
_LONGER: Final = 3  # times the longest silence there was
_ARRIVALS, _SPAN, _SILENCE = 10, timedelta(days=3), timedelta(hours=6)


def listing(case: Case) -> Iterator[Verdict]:
    """Whether the listing could be read, and if not, what stood in its place."""
    now = case.now
    trouble = now.trouble or (now.ended if "left alone" in now.ended else "")
    if now.count("pages"):
        yield from map(Well, (DOWN, BLOCKED, LOGIN, CUT, MOVED, GONE, UNREADABLE))
        yield from _further_pages(case)
        yield from _rows(case)
    elif trouble:
        name = next((name for name, words in _SAID if words.search(trouble)), UNREADABLE)
        if name != DOWN or DOWN in case.open or _lasts(case):
            yield Trouble(name=name, line=f"{_LINES[name]}: {trouble}", sample=_address(trouble))


def _lasts(case: Case) -> bool:
    """Whether the site has been away for more than a moment; a first run is told at once."""
    before = case.past[: _IN_A_ROW - 1]
    answered = next((run.started for run in case.past if run.count("pages")), None)
    if answered is None or case.now.started - answered >= _PATIENCE:
        return True
    return len(before) == _IN_A_ROW - 1 and not any(run.count("pages") for run in before)


def _further_pages(case: Case) -> Iterator[Verdict]:
    """A page behind the first that fails twice in a row leaves a gap that does not close by itself."""
    now, before = case.now, case.past[:1]
    if not now.trouble:
        yield Well(UNFINISHED)
    elif UNFINISHED in case.open or any(run.trouble and run.count("pages") for run in before):
        yield Trouble(name=UNFINISHED, line=f"{UNFINISHED}: {now.trouble}", sample=_address(now.trouble))


def _rows(case: Case) -> Iterator[Verdict]:
    if case.now.kind == "sitemap":  # of two days: rightly empty after a quiet weekend
        return
    if not case.now.count("headlines"):
        yield Trouble(name=EMPTY, line=_LINES[EMPTY])
        return
    yield Well(EMPTY)
    usual = [per_page for run in case.usual(ROWS) if (per_page := _per_page(run))]
    found = _per_page(case.now)
    if len(usual) < _HISTORY or found is None or median(usual) < _FEW_ROWS:
        return
    if found < median(usual) / 3:
        line = f"a page of the listing has {found:.0f} rows that can be read, usually {median(usual):.0f}"
        yield Trouble(name=ROWS, line=f"{line}: has its layout changed?")
    else:
        yield Well(ROWS)


def _per_page(run: Figures) -> float | None:
    rows, pages = run.count("rows"), run.count("pages")
    return max(rows, run.count("headlines")) / pages if pages else None


def clocks(case: Case) -> Iterator[Verdict]:
    """Whether this machine's clock agrees with the site's as it used to, and goes forward."""
    now, before = case.now, next(iter(case.past), None)
    if before is not None and now.started < before.started - _CLOCKS[0]:
        back = duration_text(before.started - now.started)
        yield Trouble(
            name=CLOCK, line=f"this machine's clock was set back: the run before began {back} later"
        )
        return
    if now.clock is None:
        return
    known = [run.clock for run in case.usual(CLOCK) if run.clock is not None]
    off = abs(now.clock - (median(known) if known else 0))
    if off > _CLOCKS[0 if known else 1].total_seconds():
        length = duration_text(timedelta(seconds=round(min(off, _AGES))))
        where = "behind" if now.clock > 0 else "ahead of"
        line = f"this machine's clock is {where} the site's, by {length} more than usual"
        yield Trouble(name=CLOCK, line=f"{line}: dates without a year or a day may be wrong")
    else:
        yield Well(CLOCK)


def silence(case: Case) -> Iterator[Verdict]:
    """Whether a source has brought nothing for much longer than it ever does."""
    now = case.now
    if now.count("new"):
        yield Well(SILENT)
        return
    brought = sorted([*case.brought, *(case.settled[name] for name in (SILENT,) if name in case.settled)])
    moments = [moment for moment in brought if moment < now.started]
    if not now.count("pages") or len(moments) < _ARRIVALS or moments[-1] - moments[0] < _SPAN:
        return
    longest, silent = _longest(moments), now.started - moments[-1]
    if silent > max(_LONGER * longest, _SILENCE):
        line = f"nothing new for {_days(silent)}; the longest silence before was {_days(longest)}"
        yield Trouble(name=SILENT, line=line)


def _longest(moments: Sequence[datetime]) -> timedelta:
    return max(later - earlier for earlier, later in pairwise(moments))


def _days(length: timedelta) -> str:
    return duration_text(timedelta(hours=max(1, length // timedelta(hours=1))))


def _address(text: str) -> str | None:
    found = re.search(r"https?://[^\s:]+(?::\d+)?[^\s]*", text)
    return found.group().rstrip(":,") if found else None
