"""A run's figures against its source's own history: the troubles by name. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias

from newsbot.health.figures import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is wrong at a source. ``line``: for a person. ``sample``: an address, or "#" and an id."""

    name: str
    line: str
    sample: str | None = None


@dataclass(frozen=True, slots=True)
class Well:
    """A run shows that a source does not have this trouble."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a run is judged by, the latest runs first.

    ``open``: of each trouble that was there already, the runs before it began: what is wrong for long is not
    to become the usual. ``brought``: when the latest runs began that brought something new, in order.
    ``settled``: from when on runs say what is usual, of what a person has settled.
    """

    now: Figures
    past: Sequence[Figures] = ()
    open: Mapping[str, Sequence[Figures]] = field(default_factory=dict)
    brought: Sequence[datetime] = ()
    settled: Mapping[str, datetime] = field(default_factory=dict)

    def usual(self, name: str, *, but: int = 0) -> Sequence[Figures]:
        """The runs that say what is usual, ``but`` so many of the latest ones."""
        runs = self.open[name] if name in self.open else self.past[but:]
        since = self.settled.get(name)
        return runs if since is None else [run for run in runs if run.started >= since]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The troubles that a run shows, and those that it shows not to be there; of the rest it says nothing."""

    troubles: Mapping[str, Trouble]
    well: frozenset[str]


Verdict: TypeAlias = Trouble | Well
Rule: TypeAlias = Callable[[Case], Iterable[Verdict]]

STOPPED: Final = frozenset({"shutdown", "archive"})  # by a person, by this machine: says nothing of the site


def judge_by(rules: Sequence[Rule], case: Case) -> Judgement:
    """All that the rules say of a run."""
    verdicts = [] if case.now.ended in STOPPED else list(_verdicts(rules, case))
    troubles = {each.name: each for each in reversed(verdicts) if isinstance(each, Trouble)}
    well = {each.name for each in verdicts if isinstance(each, Well)}
    return Judgement(troubles, frozenset(well - troubles.keys()))


def _verdicts(rules: Sequence[Rule], case: Case) -> Iterator[Verdict]:
    for rule in rules:
        yield from rule(case)
