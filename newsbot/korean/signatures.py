"""Who is named in a short text that signs something: names, roles, outlets, places, addresses.

A text is read whole or not at all: one word that fits nowhere, and nobody was named. Better nobody
than a wrong name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsbot.items import Byline
from newsbot.korean.people import SignatureReader
from newsbot.korean.words import LONGEST, is_outlet, is_place, words_of

_PLACES_AND_NAMES = re.compile(
    r"(?:[가-힣]{2} [가-힣]{3}(?: 기자)?\s?[,·]\s?){1,5}[가-힣]{2} [가-힣]{3} ?(?:기자|특파원)(?![가-힣])"
)
_PLACE_BEHIND_OUTLET = re.compile(
    r"(?P<outlet>[가-힣A-Za-z0-9]{2,12})"
    r"(?:\s?[=|ㅣ]\s?(?P<place>[가-힣]{2})\s?[,/ ]|\s(?P<town>[가-힣]{2}),)\s?"
    r"(?P<rest>[가-힣]{3}\s?(?:[가-힣]{2})?(?:기자|특파원))"
)
_PLACE_BEHIND = re.compile(r"([가-힣]{2,4}) ?((?:선임|인턴|객원)?(?:기자|특파원|통신원))\(([가-힣]{2,6})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What a signing text says: its people and desks, its place and outlet, addresses of nobody named."""

    people: tuple[Byline, ...] = ()
    place: str | None = None
    outlet: str | None = None
    emails: tuple[str, ...] = ()
    certain: bool = False  # somebody is named with a staff role or with an address


def _with_places_told(text: str) -> str:
    """``포구 홍길동, 나루 이가람 기자``, ``마을신문=포구, 홍길동 기자``: the short words are places."""
    if not ("기자" in text or "특파원" in text or "통신원" in text):
        return text
    if "자(" in text or "원(" in text:
        text = _PLACE_BEHIND.sub(lambda m: f"{m[3]}={m[1]} {m[2]}" if is_place(m[3]) else m[0], text)
    if (one := _PLACE_BEHIND_OUTLET.fullmatch(text)) and is_outlet(one["outlet"]):
        return f"{one['outlet']} {one['place'] or one['town']}={one['rest']}"
    if not (pairs := _PLACES_AND_NAMES.match(text)):
        return text
    return (
        re.sub(r"(?:(?<=^)|(?<=[,· ]))([가-힣]{2}) (?=[가-힣]{3})", r"\1=", pairs.group())
        + text[pairs.end() :]
    )


def read_signature(text: str, *, trusted: bool = False) -> Signature | None:
    """What ``text`` says of who signs, or ``None`` where a word of it is not understood.

    ``trusted``: it is known to be a byline (a byline node, or between a dateline and ``=``), so a
    bare name will do and a foreign one too.
    """
    if len(text) > LONGEST or text.endswith(("다.", "요.", "까?")):
        return None
    reader = SignatureReader(raw=text.strip(), trusted=trusted)
    reader.read(words_of(_with_places_told(text)))
    if reader.failed:
        return None
    return Signature(
        people=tuple(reader.people),
        place=reader.place,
        outlet=reader.outlet,
        emails=tuple(reader.emails),
        certain=reader.certain,
    )
