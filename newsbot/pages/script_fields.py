"""What the object around a body in script data says of its article: by the words in its keys."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TypedDict

from newsbot.korean.text import tidy

Holder = dict[str, Any]

_HEADLINE = re.compile(r"(?:article|news)?(?:title|headlines?|subject)")
_DECK = re.compile(r"sub_?(?:title|headline|head)s?|deck")
_PUBLISHED = re.compile(
    r"(?:(?:first_?)?(?:publish(?:ed)?|deploy|service|display|regist(?:er|ration)?|reg|input|create[d]?)"
    r"_?(?:date_?time|date|dt|time|at))|date_?published"
)
_MODIFIED = re.compile(
    r"(?:last_?updated?|updated?|modif(?:y|ied)|mod|re_?deploy)_?(?:date_?time|date|dt|time|at)|date_?modified"
)
_BYLINES = re.compile(r"by_?lines?|writers?|authors?|reporters?|journalists?")
_NAME = re.compile(r"(?:writer|reporter|author|journalist)?_?name")
_ADDRESS = re.compile(r"(?:writer|reporter|author)?_?e?mail")
_ROLE = re.compile(r"(?:writer)?_?(?:job|role|position)(?:_?name)?")
_DATED = re.compile(r"(?:19|20)\d\d\D?\d")
_BREAK = re.compile(r"<br\s*/?>|\n", re.I)
_MARKUP = re.compile(r"<[^>]+>")


class Said(TypedDict, total=False):
    headline: str | None
    deck: tuple[str, ...]
    published: str | None
    modified: str | None
    bylines: tuple[str, ...]


def said_of_article(holder: Holder) -> Said:
    """Headline, deck, dates and people in the object that holds a body, each where a key names it."""
    fields = dict(_flat(holder))
    return Said(
        headline=next(iter(_texts(fields, _HEADLINE)), None),
        deck=tuple(line for text in _texts(fields, _DECK) for line in _lines(text)),
        published=next((text for text in _texts(fields, _PUBLISHED) if _DATED.match(text)), None),
        modified=next((text for text in _texts(fields, _MODIFIED) if _DATED.match(text)), None),
        bylines=tuple(
            line for key, value in fields.items() if _BYLINES.fullmatch(key) for line in _people(value)
        ),
    )


def _flat(holder: Holder) -> Iterator[tuple[str, Any]]:
    """The fields of an object, and those of an object that is kept as text in one of them."""
    for key, value in holder.items():
        yield _plain(key), value
        if isinstance(value, str) and value.startswith("{") and isinstance(inner := _json(value), dict):
            yield from ((_plain(name), part) for name, part in inner.items())


def _plain(key: str) -> str:
    """``firstPublishDate`` as ``first_publish_date``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key).lower()


def _texts(fields: dict[str, Any], name: re.Pattern[str]) -> Iterator[str]:
    for key, value in fields.items():
        found = value.get("basic") if isinstance(value, dict) else value
        if name.fullmatch(key) and isinstance(found, str) and found.strip():
            yield found


def _lines(text: str) -> list[str]:
    return [line for part in _BREAK.split(text) if (line := tidy(_MARKUP.sub("", part)))]


def _people(value: Any) -> Iterator[str]:
    """A line a person: name, role, address."""
    match value:
        case list():
            for part in value:
                yield from _people(part)
        case dict():
            fields = {_plain(key): part for key, part in value.items()}
            parts = [next(iter(_texts(fields, name)), "") for name in (_NAME, _ROLE, _ADDRESS)]
            if parts[0]:
                yield tidy(" ".join(parts))
        case str() if value.strip():
            yield tidy(value)
        case _:
            return


def _json(source: str) -> Any:
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None
