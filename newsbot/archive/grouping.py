"""An article among the others, when it is stored, revised or decided upon: its text, its like, its chain."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from newsbot.archive import bands, chains, decisions, links, nearby
from newsbot.archive.members import Member

_TEXT: Final = ("text_hash", "published", "dated")  # by which texts are matched
_VERSION: Final = ("headline", "story_form", "outlet")  # by which versions are, besides


def enter(connection: sa.Connection, one: Member, when: datetime) -> str | None:
    """Matches a new article; the uri of the earliest article of equal text, when that is another one."""
    earliest = links.join(connection, one.id, one.text_hash, one.age, when)
    found = _note_keys(connection, one)
    if found and earliest is None:
        nearby.place(connection, one, found, when)
    if found:
        chains.join(connection, one, found, when)
    return earliest[1] if earliest else None


def revise(connection: sa.Connection, before: Member, after: Member, when: datetime) -> None:
    """Matches an article anew by what a revision changed. To be called once it is stored."""
    if _alike(before, after, _TEXT):
        if not _alike(before, after, _VERSION):
            _change_version(connection, before, after, when)
    else:
        leave(connection, before, when)
        enter_again(connection, after, when)


def leave(connection: sa.Connection, one: Member, when: datetime) -> None:
    """Takes an article out of all its groups, as it stood in them."""
    chains.leave(connection, one.id, when)
    successor = links.leave(connection, one.id)
    bands.drop(connection, one.id, one.dated, _keys(one))
    nearby.leave(connection, one.id, successor, when)


def enter_again(connection: sa.Connection, one: Member, when: datetime) -> None:
    """Matches an article that was there before, by its own text and what a person decided of it."""
    verdicts = decisions.of(connection, one.id)
    parted = [key for key, verdict in verdicts.items() if verdict == "not"]
    apart = {*parted, *nearby.apart_from(connection, verdicts)}
    earliest = links.join(connection, one.id, one.text_hash, one.age, when, apart=apart)
    found = _note_keys(connection, one)
    if earliest is None:
        nearby.place_anew(connection, one, when)
    chains.join(connection, one, found, when, apart=parted)


def match_again(connection: sa.Connection, one: Member, when: datetime) -> None:
    """Matches an article whose keys were lost; what is known of equal texts stays."""
    verdicts = decisions.of(connection, one.id)
    parted = [key for key, verdict in verdicts.items() if verdict == "not"]
    chains.leave(connection, one.id, when)
    bands.drop(connection, one.id, one.dated, _keys(one))
    found = _note_keys(connection, one)
    if links.earliest_of(connection, one.id) is None:
        nearby.leave(connection, one.id, None, when)
        nearby.place_anew(connection, one, when)
    chains.join(connection, one, found, when, apart=parted)


def _change_version(connection: sa.Connection, before: Member, after: Member, when: datetime) -> None:
    chains.leave(connection, before.id, when)
    bands.drop(connection, before.id, before.dated, _keys(before))
    verdicts = decisions.of(connection, after.id)
    apart = [key for key, verdict in verdicts.items() if verdict == "not"]
    chains.join(connection, after, _note_keys(connection, after), when, apart=apart)


def _alike(before: Member, after: Member, names: tuple[str, ...]) -> bool:
    return all(getattr(before, name) == getattr(after, name) for name in names)


def _keys(one: Member) -> tuple[int, ...]:
    return (*one.sketch, *chains.keys(one))


def _note_keys(connection: sa.Connection, one: Member) -> list[int]:
    """Enters an article under its keys; those that were there under one of them."""
    keys = _keys(one)
    found, common = bands.find(connection, one.dated, keys)
    bands.enter(connection, one.id, one.dated, [key for key in keys if key not in common])
    return [key for key in found if key != one.id]
