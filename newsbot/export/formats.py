"""The formats by name: how a file of each is written, and told by its ending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TextIO, TypeAlias

from newsbot.errors import NewsbotError
from newsbot.export.files import replacing, taking_its_name
from newsbot.export.record import How, Kept

Progress: TypeAlias = Callable[[int], None]  # told how many articles are written


class Format(StrEnum):
    """Formats of an export."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    NINJS = "ninjs"
    JSONLD = "jsonld"
    ATOM = "atom"
    SQLITE = "sqlite"
    WACZ = "wacz"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """``module`` has ``write(articles, out, how)``: to a text stream, or without ``encoding`` to a path."""

    module: str
    endings: tuple[str, ...]
    encoding: str | None = "utf-8"
    needs: Mapping[str, str] | None = None  # package: the extra that brings it
    captures: bool = False  # it carries the pages as they were captured


_FORMS: Final[Mapping[Format, _Form]] = {
    Format.JSONL: _Form(module="jsonl", endings=(".jsonl", ".ndjson")),
    # Excel on a Korean Windows takes CSV for CP949 unless it begins with a byte order mark.
    Format.CSV: _Form(module="csv", endings=(".csv",), encoding="utf-8-sig"),
    Format.PARQUET: _Form(
        module="parquet", endings=(".parquet",), encoding=None, needs={"pyarrow": "parquet"}
    ),
    Format.NINJS: _Form(module="ninjs", endings=(".ninjs", ".ninjs.jsonl")),
    Format.JSONLD: _Form(module="jsonld", endings=(".jsonld",)),
    Format.ATOM: _Form(module="atom", endings=(".atom", ".xml")),
    Format.SQLITE: _Form(module="datasette", endings=(".db", ".sqlite", ".sqlite3"), encoding=None),
    Format.WACZ: _Form(
        module="wacz", endings=(".wacz",), encoding=None, needs={"wacz": "wacz"}, captures=True
    ),
}


def told_by(path: Path) -> Format | None:
    """The format that a file's name ends with, the longest ending first; None when it tells none."""
    endings = {ending: name for name, form in _FORMS.items() for ending in form.endings}
    for ending in sorted(endings, key=len, reverse=True):
        if path.name.lower().endswith(ending):
            return endings[ending]
    return None


def is_text(name: Format) -> bool:
    """Whether the format can be written to a stream as it comes; else it needs a file."""
    return _FORMS[name].encoding is not None


def carries_captures(name: Format) -> bool:
    """Whether the format carries pages as they came, from which no address is taken out."""
    return _FORMS[name].captures


def write_stream(name: Format, articles: Iterable[Kept], out: TextIO, how: How) -> None:
    """Writes the articles in a format that ``is_text``, as they come, in constant memory."""
    _module(name).write(articles, out, how)


def write_file(
    name: Format, articles: Iterable[Kept], path: Path, how: How, *, progress: Progress | None = None
) -> int:
    """Writes the articles, in constant memory, into a file that is there whole or not at all.

    Returns how many there were; ``progress`` is told of each that has been written. Raises NewsbotError:
    the file cannot be written, or the format's extra is not installed.
    """
    module, encoding, counted = _module(name), _FORMS[name].encoding, _Counted(articles, progress)
    try:
        if encoding is None:
            with taking_its_name(path) as part:
                module.write(counted, part, how)
        else:
            with replacing(path, encoding=encoding) as out:
                module.write(counted, out, how)
    except OSError as error:
        raise NewsbotError(f"{path} cannot be written: {error.strerror or error}") from error
    return counted.done


class _Counted:
    def __init__(self, articles: Iterable[Kept], progress: Progress | None) -> None:
        self._articles = articles
        self._progress = progress
        self.done = 0

    def __iter__(self) -> Iterator[Kept]:
        for kept in self._articles:
            yield kept
            self.done += 1
            if self._progress is not None:
                self._progress(self.done)


def _module(name: Format) -> Any:
    # Loaded when it is used: an extra may be absent, and takes its time to load.
    form = _FORMS[name]
    try:
        return import_module(f"newsbot.export.{form.module}")
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if form.needs is None or package not in form.needs:
            raise
        extra = form.needs[package]
        raise NewsbotError(f"{name} needs {package}: pip install 'newsbot[{extra}]'") from error
