"""An article among the others, when it is stored, revised or decided upon: its text, its like, its chain."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from newsbot.archive import bands, chains, decisions, links, nearby
from newsbot.archive.members import Member

_MATCHED_BY: Final = ("text_hash", "headline", "story_form", "outlet", "published", "dated")


def enter(connection: sa.Connection, one: Member, when: datetime) -> str | None:
    """Matches a new article; the uri of the earliest article of equal text, when that is another one."""
    earliest = links.join(connection, one.id, one.text_hash, one.age, when)
    found = _note_keys(connection, one)
    if found and earliest is None:
        nearby.place(connection, one, found, when)
    if found:
        chains.join(connection, one, found, when)
    return earliest[1] if earliest else None


def leave(connection: sa.Connection, one: Member, when: datetime) -> None:
    """Takes an article out of all its groups, as it stood in them."""
    chains.leave(connection, one.id, when)
    successor = links.leave(connection, one.id)
    bands.drop(connection, one.id, one.dated, _keys(one))
    nearby.leave(connection, one.id, successor, when)


def enter_again(connection: sa.Connection, one: Member, when: datetime) -> str | None:
    """Matches an article that was there before, by its own text and what a person decided of it."""
    verdicts = decisions.of(connection, one.id)
    parted = [key for key, verdict in verdicts.items() if verdict == "not"]
    apart = {*parted, *nearby.apart_from(connection, verdicts)}
    earliest = links.join(connection, one.id, one.text_hash, one.age, when, apart=apart)
    found = _note_keys(connection, one)
    if earliest is None:
        nearby.place_anew(connection, one, when)
    chains.join(connection, one, found, when, apart=parted)
    return earliest[1] if earliest else None


def is_unmoved(before: Member, after: Member) -> bool:
    """Whether a revision changed nothing by which an article is matched."""
    return all(getattr(before, name) == getattr(after, name) for name in _MATCHED_BY)


def _keys(one: Member) -> tuple[int, ...]:
    return (*one.sketch, *chains.keys(one))


def _note_keys(connection: sa.Connection, one: Member) -> list[int]:
    """Enters an article under its keys; those that were there under one of them."""
    keys = _keys(one)
    found, common = bands.find(connection, one.dated, keys)
    bands.enter(connection, one.id, one.dated, [key for key in keys if key not in common])
    return [key for key in found if key != one.id]
