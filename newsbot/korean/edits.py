"""What differs between two revisions of an article: which fields, and which words of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal, TypeAlias

from newsbot.items import Article

Op: TypeAlias = Literal["=", "-", "+"]
Field: TypeAlias = Literal["headline", "deck", "body", "bylines", "captions", "corrections"]

FIELDS: Final[tuple[Field, ...]] = ("headline", "deck", "body", "bylines", "captions", "corrections")
_WORD: Final = re.compile(r"\n|[^\S\n]+|[^\s“”‘’\"'.,!?…·()\[\]]+|.")
_LONGEST: Final = 40_000  # words of both: longer texts are compared by paragraphs


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that both revisions have ("="), that is gone ("-"), or new ("+")."""

    op: Op
    text: str


def text_of_field(article: Article, field: Field) -> str:
    """A field as one text, a line each of its parts."""
    match field:
        case "headline":
            return article.headline
        case "deck":
            return "\n".join(article.deck)
        case "body":
            return "\n".join(block.text for block in article.body)
        case "bylines":
            return "\n".join(" ".join(filter(None, (line.name, line.email))) for line in article.bylines)
        case "captions":
            return "\n".join(image.caption for image in article.images if image.caption)
        case "corrections":
            return "\n".join(article.corrections)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The way from ``old`` to ``new``, word by word: without "-" it is ``new``, without "+" ``old``."""
    before, after = _words(old), _words(new)
    if len(before) + len(after) > _LONGEST:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    return tuple(_joined(_steps(before, after)))


def size(found: Sequence[Piece]) -> int:
    """How many characters were taken out and put in, white space apart."""
    return sum(len("".join(piece.text.split())) for piece in found if piece.op != "=")


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _steps(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        old, new = "".join(before[start:end]), "".join(after[new_start:new_end])
        if old == new:
            yield Piece("=", old)
        else:
            yield Piece("-", old)
            yield Piece("+", new)


def _joined(steps: Iterator[Piece]) -> Iterator[Piece]:
    """Without empty pieces, and with a blank between two changed words taken into the change."""
    out: dict[Op, str] = {"-": "", "+": ""}
    for piece in steps:
        if piece.op != "=":
            out[piece.op] += piece.text
        elif not piece.text.strip(" ") and any(out.values()):
            out["-"] += piece.text
            out["+"] += piece.text
        elif piece.text:
            yield from _changed(out)
            out = {"-": "", "+": ""}
            yield piece
    yield from _changed(out)


def _changed(out: dict[Op, str]) -> Iterator[Piece]:
    yield from (Piece(op, text) for op, text in out.items() if text)
