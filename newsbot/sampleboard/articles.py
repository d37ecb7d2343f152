"""The sample board's written articles, each with what a Korean editor would read in it.

They lie in ``articles/*.toml``. ``paragraphs`` are a body's printed lines in order. A line that opens with
``@`` is a piece of markup, not of text:

    ``@image URL | ALT``                     a photo; its caption is the next line
    ``@table`` newline rows, cells by `` | ``   a real table
    ``@list`` newline items                  a real list
    ``@quote`` newline text                  a block quotation
    ``@subhead`` newline text                a heading of the editor, h3 or bold

``truth`` points at the lines by their index, so that no prose stands twice: ``3`` is line 3,
``{line = 3, after = "= ", before = " a@b"}`` is what stands in it after and before these texts,
``{lines = [3, 4]}`` is two lines, a newline between them.
A field that is missing in a truth, in one of its bylines or images, is not claimed; an empty one is
claimed to be empty. A caption stands as printed with its photographer, date and address; only a credit
at its end (``[연합뉴스 자료사진]``, ``/사진=…``, ``… 제공``) stands apart as the credit line.

A re-post (``repost_of``) has the lines and the truth of its original, with the replacements of
``replace``. A later version in a wire chain (``follows``) takes over an earlier one's line as
``{of = "KEY", line = 3}``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Markup = Literal["p", "div", "br", "figure", "span", "table"]
Entry = Mapping[str, Any]  # one [[article]] as TOML gives it


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenArticle:
    key: str
    title: str
    kind: str  # the form it stands for: wire, flash, column, obituary, …
    markup: Markup  # how the board's editor stored the body
    paragraphs: tuple[str, ...]
    truth: Mapping[str, Any]  # a subset of an Article as JSON; ``body`` is [[type, text], …]
    category: str | None = None
    poster: str = "랭크뉴스"
    mask_emails: bool = False  # served as Cloudflare's data-cfemail
    notice: bool = False
    secret: bool = False
    repost_of: str | None = None  # key of the article whose text this one repeats, perhaps lightly edited
    follows: str | None = None  # key of the earlier version in a wire chain, superseded by this one


@cache
def load_articles() -> tuple[WrittenArticle, ...]:
    """All written articles, in the order of their files and inside them as written."""
    folder = files("newsbot.sampleboard").joinpath("articles")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return read_articles(folder.joinpath(name).read_text("utf-8") for name in names)


def read_articles(documents: Iterable[str]) -> tuple[WrittenArticle, ...]:
    """The articles of some TOML documents, which may point at each other's.

    Raises ValueError, naming the article, where a key stands twice or a truth points at text that is
    not in the lines.
    """
    entries: dict[str, Entry] = {}
    for entry in (entry for document in documents for entry in tomllib.loads(document)["article"]):
        if entry["key"] in entries:
            raise ValueError(f"two articles have the key {entry['key']}")
        entries[entry["key"]] = entry
    return tuple(_article(entry, entries) for entry in entries.values())


def _article(entry: Entry, entries: Mapping[str, Entry]) -> WrittenArticle:
    lines = _lines(entry, entries)
    original = entries[entry["repost_of"]]["truth"] if "repost_of" in entry else {}
    truth = {"headline": entry["title"], **original, **entry.get("truth", {})}
    fields = {name: value for name, value in entry.items() if name != "replace"}
    try:
        fields |= {"paragraphs": lines, "truth": _resolved(truth, lines)}
    except (IndexError, ValueError) as error:
        raise ValueError(f"{entry['key']}: the truth points at text that is not there: {error}") from error
    return WrittenArticle(**fields)


def _lines(entry: Entry, entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """The printed lines: those of the original with its edits, or its own and the quoted ones of others."""
    if "repost_of" not in entry:
        return tuple(_line(line, entries) for line in entry["paragraphs"])
    lines = _lines(entries[entry["repost_of"]], entries)
    for old, new in entry.get("replace", ()):
        lines = tuple(line.replace(old, new) for line in lines)
    return lines


def _line(line: str | Entry, entries: Mapping[str, Entry]) -> str:
    return line if isinstance(line, str) else _lines(entries[line["of"]], entries)[line["line"]]


def _resolved(truth: Entry, lines: Sequence[str]) -> dict[str, Any]:
    """The truth with its pointers replaced by the printed text."""
    body = [[kind, _text(part, lines)] for kind, *parts in truth["body"] for part in parts]
    others = {name: _value(value, lines) for name, value in truth.items() if name != "body"}
    return {**others, "body": body}


def _value(value: Any, lines: Sequence[str]) -> Any:
    match value:
        case list():
            return [_value(part, lines) for part in value]
        case int() | {"line": int()} | {"lines": list()}:
            return _text(value, lines)
        case dict():
            return {name: _value(part, lines) for name, part in value.items()}
        case _:
            return value


def _text(part: str | int | Entry, lines: Sequence[str]) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, int):
        return printed(lines[part])
    if "lines" in part:
        return "\n".join(printed(lines[number]) for number in part["lines"])
    text = printed(lines[part["line"]])
    start = text.index(part["after"]) + len(part["after"]) if "after" in part else 0
    return text[start : text.index(part["before"], start) if "before" in part else None]


def printed(line: str) -> str:
    """The text of a line, without the ``@word`` that says how it is marked up."""
    return line.partition("\n")[2] if line.startswith("@") else line
