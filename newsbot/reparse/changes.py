"""What today's readings would change: outlet by outlet, field by field, the worst cases by name. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from newsbot.archive.captured import Compared
from newsbot.items import Article, as_json
from newsbot.korean.text import letters
from newsbot.reparse.page import NOT_READ, differing

CASES: Final = 5  # of a field, and of unreadable pages
SHORTER: Final = 0.2  # of a body's letters: a loss that is counted
_SHOWN: Final = 80  # characters of a value
_BEFORE: Final = 20  # of them before the first difference
_NEVER_FILLED: Final = ("uri", "url", "site", "language", "provenance")  # or always: a share says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One value that would change, cut to the place where it does; None: there is none."""

    uri: str
    before: str | None
    after: str | None


@dataclass(slots=True)
class FieldChanges:
    """Of one field, over an outlet's pages. ``shorter`` and ``longer``: bodies, by more than a fifth."""

    filled_before: int = 0
    filled_after: int = 0
    changed: int = 0
    lost: int = 0
    shorter: int = 0
    longer: int = 0
    _worst: list[tuple[float, int, Case]] = field(default_factory=list)

    @property
    def cases(self) -> list[Case]:
        """The worst first."""
        return [case for _, _, case in sorted(self._worst, key=lambda one: (-one[0], -one[1]))]

    def take(self, badness: float, order: int, case: Case) -> None:
        """Keeps the worst few; among equals, the ones that came first."""
        heapq.heappush(self._worst, (badness, -order, case))
        if len(self._worst) > CASES:
            heapq.heappop(self._worst)


@dataclass(slots=True)
class OutletChanges:
    """Over the pages of one outlet. ``unreadable``: those that today's readers make no article of."""

    outlet: str
    pages: int = 0
    differ: int = 0
    unreadable: int = 0
    not_read: list[tuple[str, str]] = field(default_factory=list)  # uri and why, the first few
    fields: dict[str, FieldChanges] = field(default_factory=dict)

    def take(self, compared: Compared, order: int) -> None:
        self.pages += 1
        after = compared.after if compared.state == "proposed" else compared.before
        if compared.state == "unreadable":
            self.unreadable += 1
            if len(self.not_read) < CASES:
                self.not_read.append((compared.uri, compared.note or ""))
        self._fill(as_json(compared.before), as_json(after or compared.before))
        if compared.state == "proposed" and after is not None:
            self.differ += 1
            self._change(compared.uri, compared.before, after, order)

    def _fill(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        for name in before:
            if name not in NOT_READ:
                of_field = self.fields.setdefault(name, FieldChanges())
                of_field.filled_before += bool(before[name])
                of_field.filled_after += bool(after[name])

    def _change(self, uri: str, before: Article, after: Article, order: int) -> None:
        old, new = as_json(before), as_json(after)
        for name in differing(before, after):
            of_field = self.fields[name]
            of_field.changed += 1
            of_field.lost += bool(old[name]) and not new[name]
            badness = _badness(old[name], new[name])
            if name == "body":
                grown = _grown(before, after)
                of_field.shorter += grown < -SHORTER
                of_field.longer += grown > SHORTER
                badness = 1 - grown if grown < 0 else abs(grown) / (1 + abs(grown))
            of_field.take(badness, order, Case(uri=uri, **_shown(old[name], new[name])))


def changes(compared: Iterable[Compared]) -> list[OutletChanges]:
    """The outlets in order of their pages, most first; each field in the order of an article's."""
    outlets: dict[str, OutletChanges] = {}
    order = count()
    for each in compared:
        name = each.before.source or each.before.site
        outlets.setdefault(name, OutletChanges(name)).take(each, next(order))
    return sorted(outlets.values(), key=lambda outlet: (-outlet.pages, outlet.outlet))


def has_share(name: str) -> bool:
    """Whether it says something how many articles have this field."""
    return name not in _NEVER_FILLED


def _badness(before: Any, after: Any) -> float:
    """A value lost is the worst, then one that was another; one where there was none is a gain."""
    if not after:
        return 3.0
    return 2.0 if before else 0.0


def _grown(before: Article, after: Article) -> float:
    """By which share of its letters a body grew; negative: it shrank."""
    old, new = (len(letters("".join(block.text for block in each.body))) for each in (before, after))
    return (new - old) / max(old, 1)


def _shown(before: Any, after: Any) -> dict[str, str | None]:
    old, new = _text(before), _text(after)
    start = _same_start(old, new)
    start = max(0, start - _BEFORE) if max(len(old), len(new)) > _SHOWN else 0
    return {"before": _cut(old, start), "after": _cut(new, start)}


def _same_start(old: str, new: str) -> int:
    """How many characters two texts begin with alike."""
    shorter = min(len(old), len(new))
    return next((place for place in range(shorter) if old[place] != new[place]), shorter)


def _cut(text: str, start: int) -> str | None:
    if not text:
        return None
    shown = text[start : start + _SHOWN]
    return f"{'…' if start else ''}{shown}{'…' if start + _SHOWN < len(text) else ''}"


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case {"text": text, **_rest}:
            return f"{text}" if _rest.get("type") == "paragraph" else f"{text} [{_rest.get('type')}]"
        case dict():
            return " ".join(f"{name}: {_text(part)}" for name, part in value.items() if part)
        case list():
            return " / ".join(map(_text, value))
        case _:
            return str(value)
