"""A run judged by its source's history, and what comes of it kept in the archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from newsbot.archive import Archive
from newsbot.archive.records import KeptTrouble, Run
from newsbot.health.figures import Figures, figures_of
from newsbot.health.judging import Case, Judgement
from newsbot.health.rules import judge

HISTORY: Final = 30  # runs that say what is usual at a source
ARRIVALS: Final = 200  # runs that brought something new, which say how long it is silent


def watch(archive: Archive, source: str, run: int, when: datetime) -> None:
    """Judges a run that has ended and keeps its troubles: those that begin, go on, or are over.

    A run that is no longer the source's latest is left alone: a later one has said more.
    """
    latest = archive.ended_runs(source, limit=1)
    if not latest or latest[0].id != run:
        return
    found = judge(case_of(archive, latest[0]))
    places = {trouble.name: trouble.sample or latest[0].url for trouble in found.troubles.values()}
    archive.keep_troubles(
        latest[0],
        {name: trouble.line for name, trouble in found.troubles.items()},
        samples={name: archive.sample_page(run, source, place) for name, place in places.items()},
        well=found.well,
        when=when,
    )


def judged(archive: Archive, run: Run) -> Judgement:
    """What a run shows, with nothing kept."""
    return judge(case_of(archive, run))


def case_of(archive: Archive, run: Run) -> Case:
    """A run, and what of its source's history it is judged by."""
    opened = archive.troubles(run.source, only_open=True)
    return Case(
        now=figures_of(run),
        past=_before(archive, run.source, run.id),
        open={trouble.name: _before(archive, run.source, _began(trouble)) for trouble in opened},
        brought=archive.brought_new(run.source, limit=ARRIVALS),
    )


def _before(archive: Archive, source: str, run: int) -> Sequence[Figures]:
    return [figures_of(each) for each in archive.ended_runs(source, before=run, limit=HISTORY)]


def _began(trouble: KeptTrouble) -> int:
    return trouble.run_id
