"""A run judged by its source's history, and what comes of it kept in the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from newsbot.archive import Archive
from newsbot.archive.run_records import KeptTrouble, Run
from newsbot.health.figures import Figures, figures_of
from newsbot.health.judging import Case
from newsbot.health.listing_rules import SILENT
from newsbot.health.rules import judge

HISTORY: Final = 30  # runs that say what is usual at a source
QUIET_RUNS, QUIET = 3, timedelta(hours=1)  # without a trouble that is over then
SURELY_QUIET, LONGEST_QUIET = timedelta(hours=6), timedelta(days=1)
WEEK: Final = timedelta(days=7)
LATEST: Final = 200  # troubles of a source, among which those of a week are
ARRIVALS: Final = 200  # runs that brought something new, which say how long it is silent


def watch(archive: Archive, source: str, run: int, when: datetime) -> None:
    """Judges a run that has ended and keeps its troubles: those that begin, go on, or are over.

    A run that is no longer the source's latest is left alone: a later one has said more.
    """
    latest = archive.ended_runs(source, limit=1)
    if not latest or latest[0].id != run:
        return
    found = judge(case_of(archive, latest[0]))
    over = _over(archive, source, found.well, when)
    places = {trouble.name: trouble.sample or latest[0].url for trouble in found.troubles.values()}
    archive.keep_troubles(
        latest[0],
        {name: trouble.line for name, trouble in found.troubles.items()},
        samples={name: archive.sample_page(run, source, place) for name, place in places.items()},
        well=found.well,
        over=over,
        when=when,
    )


def is_over(trouble: KeptTrouble, when: datetime, *, times: int) -> bool:
    """Whether a trouble that one more run has not shown is over, or only pauses.

    It is when it has stayed away for three runs and an hour, or two and six hours; for twice as long each
    time that it has come back in a week (``times``: how often it was there), a day at the most.
    """
    away = when - (trouble.well_since or when)
    needed = min(QUIET * (1 << min(times - 1, 10)), LONGEST_QUIET)
    runs = trouble.well_runs + 1
    return away >= (needed if runs >= QUIET_RUNS else max(needed, SURELY_QUIET)) and runs > 1


def _over(archive: Archive, source: str, well: frozenset[str], when: datetime) -> frozenset[str]:
    lately = [each for each in archive.troubles(source, limit=LATEST) if each.since >= when - WEEK]
    opened = [each for each in archive.troubles(source, only_open=True) if each.name in well]
    times = Counter(each.name for each in lately)
    return frozenset(each.name for each in opened if is_over(each, when, times=max(times[each.name], 1)))


def case_of(archive: Archive, run: Run) -> Case:
    """A run, and what of its source's history it is judged by."""
    opened = archive.troubles(run.source, only_open=True)
    return Case(
        now=figures_of(run),
        past=_before(archive, run.source, run.id),
        open={trouble.name: _before(archive, run.source, _began(trouble)) for trouble in opened},
        brought=archive.brought_new(run.source, limit=ARRIVALS),
        settled=settled_since(archive, run.source),
    )


def settled_since(archive: Archive, source: str) -> dict[str, datetime]:
    """From when on runs say what is usual, by the name of a trouble that a person has settled.

    That is from its beginning on: what it found was the new usual. A silence ends when it is settled.
    """
    latest = {each.name: (each, began) for each, began in reversed(archive.settled_troubles(source))}
    return {
        name: each.settled if name == SILENT and each.settled else began
        for name, (each, began) in latest.items()
    }


def _before(archive: Archive, source: str, run: int) -> Sequence[Figures]:
    return [figures_of(each) for each in archive.ended_runs(source, before=run, limit=HISTORY)]


def _began(trouble: KeptTrouble) -> int:
    return trouble.run_id
