"""An article among the others, when it is stored, revised or decided upon: its text, its like, its chain."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from newsbot.archive import chains, decisions, links, nearby
from newsbot.archive.bands import Bands
from newsbot.archive.members import Member

_TEXT: Final = ("text_hash", "published", "dated")  # by which texts are matched
_VERSION: Final = ("headline", "story_form", "outlet")  # by which versions are, besides


def enter(bands: Bands, one: Member, when: datetime) -> str | None:
    """Matches a new article; the uri of the earliest article of equal text, when that is another one.

    Those that were stored after it, in the same transaction, are not matched yet.
    """
    earliest = None
    if repeats := bands.repeats(one.text_hash):
        earliest = links.join(bands.connection, one.id, one.text_hash, one.age, when, before=one.id)
    found = _note_keys(bands, one, is_new=True)
    if found and earliest is None:
        nearby.place(bands, one, found, when)
    if found:
        chains.join(bands.connection, one, found, when)
    if earliest is None and (repeats or found):
        _lay_again_what_it_leads(bands, one, when)
    return earliest[1] if earliest else None


def revise(bands: Bands, before: Member, after: Member, when: datetime) -> None:
    """Matches an article anew by what a revision changed. To be called once it is stored."""
    if _alike(before, after, _TEXT):
        if not _alike(before, after, _VERSION):
            _change_version(bands, before, after, when)
    else:
        leave(bands, before, when)
        enter_again(bands, after, when)


def leave(bands: Bands, one: Member, when: datetime) -> None:
    """Takes an article out of all its groups, as it stood in them."""
    led = chains.copies_of(bands.connection, one.id)
    chains.leave(bands.connection, one.id, when)
    successor = links.leave(bands.connection, one.id)
    bands.drop(one.id, one.dated, one.keys)
    nearby.leave(bands, one.id, successor, when)
    chains.lay_again(bands.connection, led, when)


def enter_again(bands: Bands, one: Member, when: datetime) -> None:
    """Matches an article that was there before, by its own text and what a person decided of it."""
    bands.repeats(one.text_hash)
    verdicts = decisions.of(bands.connection, one.id)
    parted = [key for key, verdict in verdicts.items() if verdict == "not"]
    apart = {*parted, *nearby.apart_from(bands.connection, verdicts)}
    earliest = links.join(bands.connection, one.id, one.text_hash, one.age, when, apart=apart)
    found = _note_keys(bands, one)
    if earliest is None:
        nearby.place_anew(bands, one, when)
    chains.join(bands.connection, one, found, when, apart=parted)
    if earliest is None:
        _lay_again_what_it_leads(bands, one, when)


def _lay_again_what_it_leads(bands: Bands, one: Member, when: datetime) -> None:
    chains.lay_again(bands.connection, chains.copies_of(bands.connection, one.id), when)


def _change_version(bands: Bands, before: Member, after: Member, when: datetime) -> None:
    chains.leave(bands.connection, before.id, when)
    bands.drop(before.id, before.dated, before.keys)
    verdicts = decisions.of(bands.connection, after.id)
    apart = [key for key, verdict in verdicts.items() if verdict == "not"]
    chains.join(bands.connection, after, _note_keys(bands, after), when, apart=apart)


def _alike(before: Member, after: Member, names: tuple[str, ...]) -> bool:
    return all(getattr(before, name) == getattr(after, name) for name in names)


def _note_keys(bands: Bands, one: Member, *, is_new: bool = False) -> list[int]:
    """Enters an article under its keys; those that were there under one of them."""
    found, common = bands.find(one.dated, one.keys)
    bands.enter(one.id, one.dated, [key for key in one.keys if key not in common], is_new=is_new)
    return [key for key in found if key != one.id]
