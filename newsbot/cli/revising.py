"""An article's history laid out: its revisions, what each changed word by word, and what happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from newsbot.archive.records import ChainLink, Event, Match, StoredArticle
from newsbot.cli.tables import table_of
from newsbot.errors import NewsbotError
from newsbot.export import article_json
from newsbot.korean.edits import FIELDS, Field, Piece, pieces, size, text_of_field

_STYLES: Final = {"=": "", "-": "red strike", "+": "green"}
_MARKS: Final = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}  # wdiff's, where there is no colour
Edits = dict[Field, tuple[Piece, ...]]


def letters_of(stored: StoredArticle) -> int:
    """Characters of the body, white space apart."""
    return len("".join(text_of_field(stored.article, "body").split()))


def pairs_of(history: Sequence[StoredArticle], span: str | None) -> list[tuple[StoredArticle, StoredArticle]]:
    """The revisions to compare: each with the next, or the two of "A..B". Raises NewsbotError."""
    if span is None:
        return list(pairwise(history))
    known = {str(revision.revision): revision for revision in history}
    old, mark, new = span.partition("..")
    if not mark or old not in known or new not in known or old == new:
        raise NewsbotError(f"{span!r} is no pair of its revisions: give two of 1..{len(history)} as A..B")
    return [(known[old], known[new])]


def edits_between(old: StoredArticle, new: StoredArticle) -> Edits:
    """The fields that differ, each as the way from the old text to the new."""
    both: dict[Field, tuple[str, str]] = {
        field: (text_of_field(old.article, field), text_of_field(new.article, field)) for field in FIELDS
    }
    return {field: pieces(*texts) for field, texts in both.items() if texts[0] != texts[1]}


def revision_json(stored: StoredArticle) -> dict[str, Any]:
    """A revision with its time, what it changed and its size beside the article's own fields."""
    told = {"stored": stored.stored.isoformat(), "changed": stored.changed, "letters": letters_of(stored)}
    return article_json(stored) | told


def diff_json(old: StoredArticle, new: StoredArticle) -> dict[str, Any]:
    found = edits_between(old, new)
    return {
        "uri": new.article.uri,
        "from": old.revision,
        "to": new.revision,
        "stored": new.stored.isoformat(),
        "changed": list(found),
        "size": sum(map(size, found.values())),
        "fields": {field: [[piece.op, piece.text] for piece in way] for field, way in found.items()},
    }


def print_revisions(console: Console, history: Sequence[StoredArticle]) -> None:
    table = table_of("revision", "stored", "changed", "letters", "headline")
    for before, revision in zip([None, *history], history, strict=False):
        count = letters_of(revision)
        more = f" ({count - letters_of(before):+d})" if before else ""
        table.add_row(
            str(revision.revision),
            f"{revision.stored:%Y-%m-%d %H:%M}",
            ", ".join(revision.changed or ()),
            f"{count}{more}",
            Text(revision.article.headline),
        )
    console.print(table)


def print_diff(console: Console, pairs: Sequence[tuple[StoredArticle, StoredArticle]]) -> None:
    if not pairs:
        console.print("one revision only: nothing has changed")
    for old, new in pairs:
        console.print(
            f"[cyan]revision {old.revision} → {new.revision}[/], stored {new.stored:%Y-%m-%d %H:%M}",
            highlight=False,
        )
        for field, way in edits_between(old, new).items():
            for line in _changed_lines(way):
                console.print(Text(f"{field}: ", style="dim") + _laid_out(console, line), soft_wrap=True)


def _changed_lines(way: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The lines in which something is gone or new."""
    line: list[Piece] = []
    for piece in way:
        first, *rest = piece.text.split("\n")
        line.append(Piece(piece.op, first))
        for text in rest:
            yield from _if_changed(line)
            line = [Piece(piece.op, text)]
    yield from _if_changed(line)


def _if_changed(line: list[Piece]) -> Iterator[list[Piece]]:
    if any(piece.op != "=" and piece.text for piece in line):
        yield [piece for piece in line if piece.text]


def _laid_out(console: Console, line: Sequence[Piece]) -> Text:
    text = Text()
    for piece in line:
        before, after = ("", "") if console.color_system else _MARKS[piece.op]
        text.append(f"{before}{piece.text}{after}", style=_STYLES[piece.op])
    return text


def print_around(
    console: Console,
    uri: str,
    matches: Sequence[Match],
    chain: Sequence[ChainLink],
    happened: Sequence[Event],
) -> None:
    """What is linked to an article, the versions of its story, and what happened to it."""
    lines = [*map(_match_line, matches), *_chain_lines(uri, chain), *map(_event_line, happened)]
    if lines:
        console.print()
    for line in lines:
        console.print(Text(line, style="dim"), soft_wrap=True)


def _match_line(match: Match) -> str:
    side = "earlier" if match.is_earliest else "later"
    return f"{match.kind} {match.score:.2f}, {side}: {match.headline} ({match.uri})"


def _chain_lines(uri: str, chain: Sequence[ChainLink]) -> Iterator[str]:
    versions = [link for link in chain if not link.is_note]
    places = [link.uri for link in versions]
    at = places.index(uri) if uri in places else None
    for place, link in enumerate(versions):
        if at is None or place == at:
            continue
        if abs(place - at) == 1:
            said = "supersedes" if place < at else "superseded by"
        else:
            said = "earlier version" if place < at else "later version"
        yield f"{said}: {link.headline} ({link.uri})"
    for link in chain:
        if (link.is_note or at is None) and link.uri != uri:
            yield f"{'note' if link.is_note else 'speaks of'}: {link.headline} ({link.uri})"


def _event_line(event: Event) -> str:
    detail = f": {event.detail}" if event.detail else ""
    return f"{event.happened:%Y-%m-%d %H:%M} {event.state}{detail}"
