"""This machine's clock, off at many sources: of it people are told once, and once when it is over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Final

from newsbot.archive import Archive
from newsbot.archive.run_records import KeptTrouble
from newsbot.health.listing_rules import CLOCK

MANY: Final = 3  # hosts: of as many it is not the sites' clocks that are off
TOGETHER: Final = timedelta(days=2)  # within which sources that are asked once a day find it
LASTS: Final = timedelta(minutes=10)  # in which others find it too, if it is this machine's
_NAMED: Final = 5

Send = Callable[[str, str], bool]  # a title and a text; whether they were delivered


def tell_of_clock(archive: Archive, untold: Sequence[KeptTrouble], send: Send) -> list[KeptTrouble]:
    """Tells what is this machine's; what is left is to be told source by source, now or later."""
    own = [trouble for trouble in untold if trouble.name == CLOCK]
    rest = [trouble for trouble in untold if trouble.name != CLOCK]
    return rest + [
        trouble for trouble in own if not _is_machines(archive, trouble, send) and _lasts(archive, trouble)
    ]


def _is_machines(archive: Archive, trouble: KeptTrouble, send: Send) -> bool:
    """Whether it is no matter of this source alone; then what is to be told of it is told."""
    group = [each for each in archive.current_troubles(CLOCK) if abs(each.since - trouble.since) <= TOGETHER]
    told = [each for each in group if each.told is not None]
    if _hosts(told) >= MANY:
        archive.note_told([each for each in group if each.told is None])
        over = [each for each in told if each.until is not None]
        if 2 * len(over) >= len(told) and archive.claim_telling(told, "over") and not send(*_over(told)):
            archive.take_back_telling(told)
        return True
    begun = [each for each in group if each.until is None]
    if _hosts(begun) < MANY:
        return False
    if archive.claim_telling(begun, "begun") and not send(*_begun(begun)):
        archive.take_back_telling(begun)
    return True


def _lasts(archive: Archive, trouble: KeptTrouble) -> bool:
    """Whether others had the time to find it too, or there are too few of them, or it is over."""
    if trouble.until is not None or trouble.last_seen - trouble.since >= LASTS:
        return True
    return len({_host(source) for source in archive.sources()}) < MANY


def _begun(troubles: Sequence[KeptTrouble]) -> tuple[str, str]:
    first = troubles[0]
    names = ", ".join(each.source for each in troubles[:_NAMED])
    lines = [
        first.detail,
        f"at {len(troubles)} sources so far ({names}{' …' if len(troubles) > _NAMED else ''}), so it is this"
        " machine's: of others nothing is said until it is over",
        f"since {first.since:%Y-%m-%d %H:%M %Z}",
        "more: newsbot status",
    ]
    return f"newsbot: {CLOCK} at {len(troubles)} sources", "\n".join(lines)


def _over(troubles: Sequence[KeptTrouble]) -> tuple[str, str]:
    until = max(each.until for each in troubles if each.until is not None)
    when = f"from {troubles[0].since:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M %Z}"
    line = "this machine's clock agrees again with those of most of them"
    return f"newsbot: over: {CLOCK} at {len(troubles)} sources", f"{line}\n{when}\nmore: newsbot status"


def _hosts(troubles: Iterable[KeptTrouble]) -> int:
    return len({_host(trouble.source) for trouble in troubles})


def _host(source: str) -> str:
    return source.partition("/")[0]
