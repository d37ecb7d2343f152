"""Logs of runs that nobody watches: one record a line, with its source and run; files that rotate."""

from __future__ import annotations

import json
import logging
import os
import sys
from contextlib import suppress
from datetime import datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Final, Literal

from newsbot.errors import ConfigError, NewsbotError
from newsbot.korean.date_forms import KST

Format = Literal["text", "json"]
LARGEST: Final = 10 * 1024 * 1024  # bytes, of a log file; then it is renamed to FILE.1, that one to .2 …
KEPT: Final = 5  # renamed ones
_about: dict[str, Any] = {}  # the crawl that this process is at; crawls follow one another
_settled: dict[str, Any] = {}


def settle(*, form: Format, file: Path | None = None, verbose: bool = False) -> None:
    """From now on this process logs so, to standard error or a file.

    ``verbose``: with all that the libraries say, not their errors alone. Raises ConfigError: the file
    cannot be written.
    """
    handler = _handler(file)
    handler.setLevel(logging.INFO)
    handler.setFormatter(Lines(form))
    if not verbose:
        handler.addFilter(_is_told)
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    _settled.update(form=form, file=file)


def _is_told(record: logging.LogRecord) -> bool:
    """What Scrapy says of a page, or of an archive, that failed, the crawl says itself in one line."""
    if record.name.startswith("newsbot"):
        return True
    error = record.exc_info[1] if record.exc_info else None
    return record.levelno >= logging.ERROR and not isinstance(error, NewsbotError)


def is_settled() -> bool:
    """Whether this process logs for nobody who watches: what people are shown then goes to the log too."""
    return bool(_settled)


def about(*, source: str | None, run: int | None) -> None:
    """What is logged from now on is about this crawl; None: about none."""
    _about.update(source=source, run=run)


def relay(source: str, line: str) -> None:
    """A line that another process of ours logged, as it is; one that is no record of its own becomes one."""
    record = logging.makeLogRecord(
        {"name": "newsbot.crawl", "levelno": logging.WARNING, "levelname": "WARNING", "msg": line}
    )
    record.source = source
    record.ready = _is_ready(line)
    if line.strip():
        logging.getLogger().handle(record)


class Lines(logging.Formatter):
    def __init__(self, form: Format) -> None:
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        if getattr(record, "ready", False):
            return str(record.msg)
        said = record.getMessage()
        trace = self.formatException(record.exc_info) if record.exc_info else None
        source, run = getattr(record, "source", _about.get("source")), _about.get("run")
        when = datetime.fromtimestamp(record.created, KST).isoformat(timespec="milliseconds")
        if self._form == "json":
            return _json_line(
                time=when, level=record.levelname.lower(), logger=record.name, source=source, run=run,
                message=said, traceback=trace,
            )  # fmt: skip
        where = " ".join(part for part in (source, f"run {run}" if run else None) if part)
        line = f"{when} {record.levelname} {where + ': ' if where else ''}{said}"
        return f"{line}\n{trace}" if trace else line


class LogFile(RotatingFileHandler):
    """A file that may become unwritable and writable again, as when a disk is full: both are said once."""

    _lost = 0  # records, since it could last be written

    def emit(self, record: logging.LogRecord) -> None:
        before = self._lost
        super().emit(record)
        if before and self._lost == before:
            self._lost = 0
            self._say(f"{before} lines could not be written to this file")

    def _open(self) -> TextIOWrapper:
        opened = super()._open()
        if self._lost and _is_torn(Path(self.baseFilename)):
            opened.write("\n")
        return opened

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - logging's own
        self._lost += 1
        if self._lost == 1:
            error = sys.exception()
            said = (isinstance(error, OSError) and error.strerror) or error
            with suppress(OSError):
                sys.stderr.write(f"the log file {self.baseFilename} cannot be written: {said}\n")
        stream, self.stream = (
            self.stream,
            None,
        )  # opened anew for the next record: this one may be half closed
        if stream is not None:
            with suppress(OSError):
                stream.close()

    def _say(self, line: str) -> None:
        self.handle(
            logging.makeLogRecord(
                {"name": __name__, "levelno": logging.ERROR, "levelname": "ERROR", "msg": line}
            )
        )


def _is_torn(file: Path) -> bool:
    """Whether its last line has no end."""
    with file.open("rb") as opened:
        size = opened.seek(0, os.SEEK_END)
        opened.seek(max(size - 1, 0))
        return opened.read() not in (b"", b"\n")


def _json_line(**fields: Any) -> str:
    return json.dumps(
        {name: value for name, value in fields.items() if value is not None}, ensure_ascii=False
    )


def _is_ready(line: str) -> bool:
    """Whether it is a line of ``Lines`` already, in the form of this process: it begins so."""
    return line.startswith('{"time": "' if _settled.get("form") == "json" else "20")


def _handler(file: Path | None) -> logging.Handler:
    if file is None:
        return logging.StreamHandler(sys.stderr)
    try:
        return LogFile(file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"--log-file {file}: cannot be written: {error.strerror}") from None
