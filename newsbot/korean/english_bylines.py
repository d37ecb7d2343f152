"""The reporters of an English edition: ``By Noh Eul-bit and Han Ga-ram``, ``Noh Eul-bit, Staff Reporter``."""

from __future__ import annotations

import re

from newsbot.items import Byline
from newsbot.korean.addresses import EMAIL, plain_address
from newsbot.korean.signatures import Signature

_NAME = r"(?!Staff|Contributing|Reporter|Correspondent)[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]*\.?){1,3}"
_ENGLISH = re.compile(
    rf"(?P<by>[Bb][Yy] )?(?P<names>{_NAME}(?:(?:, and|,| and| &) {_NAME}){{0,4}})"
    r"(?:,? (?P<role>(?:[Ss]taff|[Cc]ontributing) (?:[Rr]eporter|[Ww]riter)s?|[Rr]eporters?"
    r"|[Cc]orrespondents?))?"
    rf"(?:\s?[(<\[]?\s?(?P<email>{EMAIL})\s?[)>\]]?)?"
)
_BETWEEN = re.compile(r", and |, | and | & ")


def read_english(text: str) -> Signature | None:
    """Who signs with By, with a role, or with an address of their own; several only with By or a role."""
    match = _ENGLISH.fullmatch(text)
    if match is None:
        return None
    names = _BETWEEN.split(match["names"])
    email = plain_address(match["email"]) if match["email"] else None
    if not (match["by"] or match["role"] or (len(names) == 1 and _is_own(email or "", names[0]))):
        return None
    people = [Byline(name=name, role=match["role"], raw=text) for name in names]
    if len(names) == 1:
        people = [Byline(name=names[0], role=match["role"], email=email, raw=text)]
    left = (email,) if email and len(names) > 1 else ()
    return Signature(people=tuple(people), emails=left, certain=True)


def _is_own(email: str, name: str) -> bool:
    """Whether an address is of the name before it: ``Noh Eul-bit eulbit@…``."""
    whole, local = (re.sub(r"[^a-z]", "", part.lower()) for part in (name, email.partition("@")[0]))
    parts = (re.sub(r"[^a-z]", "", part.lower()) for part in name.split())
    return bool(local) and (local in whole or any(len(part) > 2 and part in local for part in parts))
