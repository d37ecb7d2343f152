"""What goes wrong in a simulated week, drawn from a seed: at the sites, and on newsbot's own machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final, Literal

from simulated_clock import DAY, HOUR, MINUTE
from simulated_site import Site

from newsbot.sampleboard.faults import Mode

Trouble = Literal["refused", "flaky"] | Mode
On = Literal["posts", "all"]

_TROUBLES: Final[dict[Trouble, int]] = {
    "refused": 4, "500": 4, "503": 2, "429": 2, "truncate": 3, "reset": 3, "flaky": 5, "slow": 3,
    "database-down": 2, "login": 1, "other-page": 2, "redirect-loop": 1,
}  # fmt: skip
_ON: Final[tuple[On, ...]] = ("all", "all", "posts")
_KILLED: Final = 0.02  # of the crawls
_SHIFTS: Final[dict[str, int]] = {"killed": 5, "restarted": 2, "timer": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A time during which something is not as it should be. ``args``: of the sample board's fault.

    ``on``: of a site, its posts alone or all of its pages.
    """

    start: float
    end: float
    what: Any
    args: tuple[tuple[str, Any], ...] = ()
    on: On = "all"

    def holds(self, now: float) -> bool:
        return self.start <= now < self.end


def at(spells: Sequence[Spell], now: float) -> Spell | None:
    return next((spell for spell in spells if spell.holds(now)), None)


def site_spells(site: Site, until: float) -> list[Spell]:
    """About three a day, most of them of an hour or less."""
    chance, now, found = Random(f"spells {site.seed}"), 0.0, []
    while (now := now + chance.expovariate(3 / DAY)) < until:
        trouble = chance.choices(tuple(_TROUBLES), tuple(_TROUBLES.values()))[0]
        end = min(now + min(chance.lognormvariate(7.8, 1.2), 8 * HOUR), until)
        args, on = tuple(_args(trouble, chance).items()), chance.choice(_ON)
        found.append(Spell(start=now, end=end, what=trouble, args=args, on=on))
    return found


def _args(trouble: Trouble, chance: Random) -> dict[str, Any]:
    match trouble:
        case "429":
            return {"retry_after": chance.choice((1, 20, 120, 900))}
        case "503":
            return {"retry_after": chance.choice((None, 60, 3600))}
        case "truncate":
            return {"declared": chance.random() < 0.5}
        case "slow":
            return {"seconds": chance.choice((8.0, 25.0, 70.0))}
        case _:
            return {}


@dataclass(frozen=True, kw_only=True)
class Faults:
    """Of newsbot's own machine, over the whole time.

    ``shifts``: who is to see to the crawls; a spell's end is the scheduler's, by kill -9 unless its
    ``args`` say how. ``clock``: by how many seconds the wall's clock is wrong. ``away``: the archive's disk
    is not mounted. ``full``: no file may grow beyond so many bytes.
    """

    shifts: tuple[Spell, ...]
    clock: tuple[Spell, ...]
    away: tuple[Spell, ...]
    full: tuple[Spell, ...]


def machine_faults(seed: int, days: float, *, calm: float) -> Faults:
    """``calm``: so many seconds at the end without any."""
    chance, end = Random(f"machine {seed}"), days * DAY
    until = end - calm
    clock = [Spell(start=when, end=min(when + length, until), what=wrong)
             for when, length, wrong in _clock(chance, until)]  # fmt: skip
    return Faults(
        shifts=tuple(_shifts(chance, until, end)),
        clock=tuple(clock),
        away=tuple(_short(chance, until, "away")),
        full=tuple(_short(chance, until, "full")),
    )


def _shifts(chance: Random, until: float, end: float) -> Iterator[Spell]:
    """One of the pauses lasts a day, or a seventh of a shorter time."""
    long_pause, now = chance.uniform(0.3, 0.6) * until, 0.0
    while now < until:
        way = chance.choices(tuple(_SHIFTS), tuple(_SHIFTS.values()))[0]
        stop = min(now + chance.uniform(0.5, 14) * HOUR, until)
        yield Spell(start=now, end=stop, what="timer" if way == "timer" else "service", args=(("ends", way),))
        pause = chance.uniform(3, 90)
        if now <= long_pause < stop:
            pause = min(DAY, until / 7)
        now = stop + pause
        yield Spell(start=stop, end=now, what="down")
    yield Spell(start=max(now, until), end=end, what="service", args=(("ends", "restarted"),))


def _clock(chance: Random, until: float) -> Iterator[tuple[float, float, float]]:
    for _ in range(max(int(until / DAY), 1)):
        wrong = chance.choice((-1, 1)) * chance.choice((5.0, 90.0, 15 * MINUTE, 2 * HOUR))
        yield chance.uniform(0.05, 0.9) * until, chance.uniform(0.1, 4) * HOUR, wrong


def _short(chance: Random, until: float, what: str) -> Iterator[Spell]:
    for _ in range(max(int(until / DAY), 1)):
        start = chance.uniform(0.05, 0.95) * until
        yield Spell(start=start, end=min(start + chance.uniform(1, 60) * MINUTE, until), what=what)


def steps_to_live(chance: Random) -> int | None:
    """After how many steps of its own a crawl is killed; None: it is let live."""
    return int(10 ** chance.uniform(0.5, 3.6)) if chance.random() < _KILLED else None
