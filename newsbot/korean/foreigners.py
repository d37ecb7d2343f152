"""Names of several words, which foreigners have, and the rare long ones: 라파엘 라시드, 황보라온누리."""

from __future__ import annotations

from dataclasses import dataclass

from newsbot.items import Byline
from newsbot.korean.sides import Sides
from newsbot.korean.words import (
    has_double_surname,
    is_foreign_name,
    is_hanja_name,
    is_long_name,
    is_outlet,
    is_plainly_korean,
    is_prefix_of_role,
    opens_foreign_name,
    sounds_foreign,
)


@dataclass(slots=True)
class Foreigners(Sides):
    """The words of a signing text that are no Korean name, put together to the name of one person."""

    def goes_on(self, text: str) -> bool:
        """Whether a foreigner's name goes on with ``text``: 라파엘 라시드, 마리나 코스타."""
        if self.last not in ("name", "other") or not sounds_foreign(text) or _is_something_else(text):
            return False
        if not self.words and len(self.people) - self.open == 1:
            first = self.people[-1]
            if is_plainly_korean(first.name or "") or first.role:
                return False
            self.words.append(self.people.pop().name or "")
        return bool(self.words)

    def prefixed(self, role: str) -> str:
        """``샘 오크레이 프리랜서 기자``"""
        prefix = self.words.pop() if len(self.words) > 1 and is_prefix_of_role(self.words[-1]) else ""
        return f"{prefix} {role}".strip()

    def foreign_name(self) -> None:
        if len(self.words) == 1 and is_long_name(self.words[0]):
            self.doubtful = not (self.trusted or has_double_surname(self.words[0]))
        elif not self.may_be_foreign() or not is_foreign_name(self.words):
            self.failed = not is_hanja_name(" ".join(self.words))
        name = " ".join(self.words)
        self.people.append(Byline(name=name, raw=self.raw, place=self.place, agency=self.outlet))
        self.words.clear()

    def may_be_foreign(self) -> bool:
        is_latin = len(self.words) > 1 and all(word[:1].isupper() and word.isascii() for word in self.words)
        return self.trusted or is_latin or opens_foreign_name(self.words[0]) or self.may_sound_foreign()

    def may_sound_foreign(self) -> bool:
        return len(self.words) > 1 and any(map(sounds_foreign, self.words))


def _is_something_else(text: str) -> bool:
    return is_outlet(text) or is_prefix_of_role(text)
