"""Short lines that are somebody's name, or name who wrote an article, with nothing else to tell it by."""

from __future__ import annotations

from newsbot.korean.bylines import read_byline
from newsbot.korean.words import is_name

_LONGEST_BYLINE = 40  # letters
_SYLLABLES = 3  # of nearly all names
_NO_NAME_ENDS = tuple("시군구읍면동도부과처청실팀국단회수자")


def names_somebody(text: str) -> bool:
    """Whether a line that the page calls a byline names people, or a desk: 편집국장 홍길동, 편집부."""
    people = read_byline(text) if len(text) <= _LONGEST_BYLINE else ()
    return bool(people) and all(
        person.role or person.contribution or " " in (name := person.name or "") or is_bare_name(name)
        for person in people
    )


def is_bare_name(text: str) -> bool:
    """Whether a word that nothing calls a name is one; offices, places and counts look like some."""
    return len(text) == _SYLLABLES and is_name(text) and not text.endswith(_NO_NAME_ENDS)
