"""What is due when: pure, from what a source asks for, what came of its runs, and the clock.

All is reckoned from how long ago a source was last asked. The process that asked it counts that by a clock
that nobody sets; only for what happened before does the wall's clock count. So a clock that is set forward or
back costs a source one crawl too early or one interval of waiting, and never starts a storm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import takewhile
from typing import Final, Literal, TypeAlias

from newsbot.config import Config, Source
from newsbot.timing import next_tick

LOOKED_BACK: Final = 10  # runs that say how much a source brings
SPREAD: Final = timedelta(seconds=30)  # over which sources are started that are due together
AFTER_KILL: Final = timedelta(seconds=30)  # from a crawl that was killed to the next
FIRST_RETRY: Final = timedelta(minutes=5)  # after a failure; doubled with each further one
LONGEST_RETRY: Final = timedelta(hours=1)  # unless the source is asked more seldom anyway
LONGEST_REST: Final = timedelta(days=1)  # that a host is granted, whatever it asks for
RETRIES_BETWEEN_TICKS: Final = 3  # of a source with cron; then it waits for a tick
_NOTHING: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class Every:
    """A source that is asked every so often: oftener if it brings much, more seldom if little."""

    every: timedelta
    shortest: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Cron:
    """A source that is asked at the ticks of a cron expression."""

    fields: str


Timing: TypeAlias = Every | Cron


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """A run as the archive knows it. ``brought``: an article that was new, or a new revision.

    ``seconds``: how long it took, if it ended. ``for_archive``: it failed because the archive or its captures
    could not be written, which says nothing of the site. ``left_alone``: seconds from its end for which the
    host asked not to be asked.
    """

    run: int
    started: datetime
    state: Literal["running", "finished", "partial", "failed", "killed"]
    brought: bool = False
    seconds: float | None = None
    for_archive: bool = False
    left_alone: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How long ago this process last asked a source, by a clock that cannot be set; was killed as it did.

    ``troubles``: how many crawls in a row, up to the last one, ended without a word or did not begin.
    ``killed``: whether the last one was.
    """

    ago: timedelta
    troubles: int = 0
    killed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is known of a source: its runs, the latest first, and what this process did itself."""

    runs: Sequence[PastRun] = field(default=())
    tried: Tried | None = None


def timing(source: Source) -> Timing | None:
    """When a source of newsbot.toml wants to be asked; None: it is not scheduled."""
    if not source.enabled:
        return None
    if source.cron is not None:
        return Cron(source.cron)
    if source.every is None:
        return None
    every = source.every
    return Every(every, source.every_min or every, source.every_max or every)


def timings(config: Config) -> dict[str, Timing]:
    """The sources that are scheduled, by name."""
    found = {name: timing(source) for name, source in config.sources.items()}
    return {name: each for name, each in found.items() if each is not None}


def due_now(timings: Mapping[str, Timing], past: Mapping[str, Past], now: datetime) -> list[str]:
    """The names of the sources to be asked now: those that go first, then the one that has waited longest.

    A source that should have been asked many times is named once.
    """
    moments = {name: next_due(each, past.get(name, Past()), now) for name, each in timings.items()}
    first = {name for name in moments if goes_first(past.get(name, Past()))}
    return sorted(
        (name for name, moment in moments.items() if moment <= now),
        key=lambda name: (name not in first, moments[name], name),
    )


def goes_first(past: Past) -> bool:
    """Whether a source need not wait behind the others when it is due: its last crawl was killed.

    Not where the one before it was, too: what kills its crawls each time would hold up all others.
    """
    killed = [*takewhile(_is_killed, past.runs)]
    return len(killed) < 2 and _was_killed(past, _failures(past))


def next_due(
    timing: Timing,
    past: Past,
    now: datetime,
    *,
    name: str = "",
    known_for: timedelta | None = None,
) -> datetime:
    """The moment at which the source is to be asked next; one that has passed: at once.

    ``known_for``: how long a scheduler that keeps running has known the source. With it, each source has its
    own second, from its ``name``: those that are due together do not start together, but for what goes first.
    """
    age = _age(timing, past, now)
    if age is None:
        due = now if known_for is None else now - known_for
    else:
        due = max(_due_after(timing, past, now - age), now - age + _rest(past))
    if known_for is None or goes_first(past):
        return due
    own = spread(name)
    if isinstance(timing, Cron):
        due += own
    return max(due, now - known_for + own)


def spread(name: str) -> timedelta:
    """A source's own second, from nothing up to ``SPREAD``; always the same for a name."""
    share = int.from_bytes(sha256(name.encode()).digest()[:8]) / 2**64
    return SPREAD * share


def interval(timing: Every, runs: Sequence[PastRun]) -> timedelta:
    """How often a source is asked that brought something in so many of its latest runs.

    Half of them: ``every``. All: ``shortest``. None: ``longest``. Between them in equal ratios; where there
    are few runs yet, the missing ones count as half.
    """
    told = [run.brought for run in runs if run.state in ("finished", "partial")][:LOOKED_BACK]
    share = (sum(told) + (LOOKED_BACK - len(told)) / 2) / LOOKED_BACK
    bound = timing.shortest if share > 0.5 else timing.longest
    ratio: float = (bound / timing.every) ** abs(2 * share - 1)
    return min(max(timing.every * ratio, timing.shortest), timing.longest)


def retry_distance(usual: timedelta, failures: int) -> timedelta:
    """How long after a failed crawl the next one begins, of a source that is usually asked so often."""
    first = min(usual, FIRST_RETRY)
    return min(first * (1 << min(failures - 1, 20)), max(usual, LONGEST_RETRY))


def _age(timing: Timing, past: Past, now: datetime) -> timedelta | None:
    """How long ago the source was last asked; None: never, or at a moment that makes no sense.

    A run that lies further in the future than the source's interval was written when the clock was wrong:
    to wait for its day would silence the source. One that was killed is not waited for at all.
    """
    if past.tried is not None:
        return past.tried.ago
    if not past.runs:
        return None
    age = now - past.runs[0].started
    ahead = _NOTHING if _is_killed(past.runs[0]) else _usual(timing, past, now)
    return None if age < -ahead else age


def _usual(timing: Timing, past: Past, moment: datetime) -> timedelta:
    """The distance between two crawls that go well."""
    if isinstance(timing, Every):
        return interval(timing, past.runs)
    first = next_tick(timing.fields, moment)
    second = first and next_tick(timing.fields, first)
    return second - first if first and second else LONGEST_RETRY


def _due_after(timing: Timing, past: Past, last: datetime) -> datetime:
    usual, failures = _usual(timing, past, last), _failures(past)
    if _was_killed(past, failures):
        return last + min(usual, AFTER_KILL)
    distance = retry_distance(usual, failures) if failures else usual
    if isinstance(timing, Every) or 0 < failures <= RETRIES_BETWEEN_TICKS:
        return last + distance
    # A tick that falls into the half minute after a start is the one that was just served.
    earliest = last + (distance if failures else AFTER_KILL)
    tick = next_tick(timing.fields, earliest - timedelta(microseconds=1))
    return tick or datetime.max.replace(tzinfo=last.tzinfo)


def _rest(past: Past) -> timedelta:
    """How long from its beginning on the last crawl leaves the host alone, as that asked for."""
    if not past.runs or not (seconds := past.runs[0].left_alone):
        return _NOTHING
    return timedelta(seconds=past.runs[0].seconds or 0) + min(timedelta(seconds=seconds), LONGEST_REST)


def _failures(past: Past) -> int:
    """How many crawls in a row have come to nothing, up to the last one."""
    if past.tried is not None and past.tried.troubles:
        return past.tried.troubles
    failed = [run.for_archive for run in takewhile(lambda run: run.state == "failed", past.runs)]
    return max(failed.count(False), 1) if failed else 0


def _was_killed(past: Past, failures: int) -> bool:
    """Whether the last crawl was, and not the one before it: what kills it again and again is given time.

    A run that is said to be running, and that this process did not begin, is taken for a killed one.
    """
    if past.tried is not None:
        return past.tried.killed and failures == 1
    return not failures and any(map(_is_killed, past.runs[:1]))


def _is_killed(run: PastRun) -> bool:
    return run.state in ("killed", "running")
