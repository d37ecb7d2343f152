"""The marks between the words of a signing text: what stands on which side of ``=``, ``|`` and ``/``."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsbot.items import Byline, Contribution
from newsbot.korean.words import WordKind, ends_like_prose

_PLACE_LENGTH = 2  # syllables; hardly any name has so few
_SIDES = frozenset("=|│ㅣ∣")  # what stands before one of these is no person


@dataclass(slots=True)
class Sides:
    """What was read of a signing text so far, and what its marks say of that."""

    raw: str
    trusted: bool
    people: list[Byline] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    place: str | None = None
    outlet: str | None = None
    work: Contribution | None = None
    words: list[str] = field(default_factory=list)  # not yet understood
    open: int = 0  # people from here on have no role yet
    unmailed: int = 0  # people from here on have no address yet
    certain: bool = False
    guessed: bool = False  # unknown words were taken for the name of an outlet
    marked: bool = False  # a mark stood between the words
    listed: bool = False  # the mark was one of a list
    desk: str | None = None  # named beside a person
    works: int = 0  # labels of work
    authored: bool = False  # somebody is named as who wrote it: 글, 취재, 정리
    doubtful: bool = False  # a name so rare that only an address makes it sure
    besides: bool = False  # a second office of somebody whose role is known
    label: str | None = None  # a role before the names that bear it
    last: WordKind = "mark"  # the word before
    failed: bool = False

    def _mark(self, text: str) -> None:
        apart = self.marked
        self.marked = True
        self.listed = self.listed or text not in _SIDES
        if self.last == "work":
            return
        if text == "=" and apart and self.outlet and len(self.words) == 1 and not self.people:
            self.place = self.words.pop()  # 마을신문 | 포구=홍길동 기자
        elif text in _SIDES and self.words:
            if self.people or any(map(ends_like_prose, self.words)):
                self.failed = True
            before = [self.outlet] if self.outlet else []
            self.outlet = " ".join([*before, *self.words])
            self.words.clear()
        elif text in _SIDES and self.people and all(person.name is None for person in self.people):
            self._first_was_outlet()
        elif self._is_behind_place(text):
            self._first_was_place()
        elif text == "=" and self.last == "name" and len(self.people) - self.open > bool(self.open == 0):
            self.place = self.people.pop().name  # 가온=홍길동·나루=이가람 기자
        elif text == "/" and len(self.words) == 1 and not self.people and self.place is None:
            self.place = self.words.pop()  # 가온/홍길동 기자: an unlisted place, certain by who signs
            self.guessed = True
        elif self.words and text not in ":_-─":
            self.failed = True

    def _is_behind_place(self, mark: str) -> bool:
        """``남춘천=홍길동 기자``; before a stroke or a bar only a short word: ``가온/홍길동 기자``."""
        if not self.people or self.open or self.place:
            return False
        first = self.people[0]
        is_alone = len(self.people) == 1 and not (self.work or self.outlet or first.email)
        is_short = is_alone and len(first.name or "") == _PLACE_LENGTH
        return mark == "=" or (is_short and (mark == "/" or mark in _SIDES))

    def _first_was_place(self) -> None:
        """``남춘천=홍길동 기자``: what stands before ``=`` is no person, whatever it looks like."""
        first = "·".join(person.name or "" for person in self.people)
        self.people.clear()
        self.place = first

    def _first_was_outlet(self) -> None:
        """``골프한국 스포츠팀=홍길동 기자``: the desk belongs to the outlet's name."""
        desks = [person.role or "" for person in self.people]
        self.outlet = " ".join([self.outlet or "", *desks]).strip()
        self.people.clear()
        self.open = 0
