"""An archive's captures: whether they are the pages that they should be, and the page of one article."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from newsbot.archive import Archive
from newsbot.archive.captured import CaptureFile, NewCapture
from newsbot.archive.records import Finding, StoredArticle
from newsbot.captures import read_capture
from newsbot.captures.checking import (
    FileFacts,
    Place,
    content_faults,
    file_faults,
    is_proved,
    unknown_files,
)
from newsbot.captures.recovery import walk
from newsbot.errors import NewsbotError

CHECK = "captures"


def capture_findings(archive: Archive, directory: Path, *, whole: bool) -> Iterator[Finding]:
    """What is wrong with the capture files; with ``whole`` every record of them is read."""
    names = []
    for file in archive.capture_files():
        names.append(file.name)
        facts = _facts(file)
        faults = list(file_faults(directory, facts))
        if whole and (directory / file.name).is_file():
            kept = archive.captures_in(file.name)
            places = (
                Place(capture=each.capture, url=each.url, status=each.status, payload=each.payload)
                for each in kept
            )
            faults += content_faults(directory, facts, places)
        for text in faults:
            yield Finding(check=CHECK, text=text)
    for text in unknown_files(directory, names):
        yield Finding(check=CHECK, text=text)


def repair_captures(archive: Archive, directory: Path) -> Iterator[str]:
    """Sets right what the archive says of the pages in files that are to the byte what was written."""
    corrected = 0
    for file in archive.capture_files():
        if is_proved(directory, _facts(file)):
            corrected += archive.correct_captures(file.name, list(_found(archive, directory, file.name)))
    if corrected:
        yield f"{corrected} captures entered as their files have them"


def _found(archive: Archive, directory: Path, name: str) -> Iterator[NewCapture]:
    for record in walk(directory / name):
        capture = record.capture(name)
        if capture is None:
            continue
        original = archive.same_payload(capture.sha256) if record.kind == "revisit" else None
        yield NewCapture(
            capture=capture, url=record.url, status=record.status, fetched=record.fetched,
            same_as=None if original is None else original.capture,
        )  # fmt: skip


def write_page(archive: Archive, stored: StoredArticle, directory: Path, output: Path | None) -> None:
    """The body of the page behind a revision, its content encoding undone; to standard output without a file.

    Raises NewsbotError: it was not captured, its capture cannot be had, the file cannot be written.
    """
    uri = stored.article.uri
    kept = archive.capture_of(uri, stored.revision)
    if kept is None:
        raise NewsbotError(f"the page of {uri} was not captured")
    body = read_capture(directory, kept.capture, payload=kept.payload).body
    try:
        if output is None:
            sys.stdout.buffer.write(body)
        else:
            output.write_bytes(body)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NewsbotError(f"{output} cannot be written: {error.strerror}") from error


def _facts(file: CaptureFile) -> FileFacts:
    return FileFacts(
        name=file.name,
        length=file.length,
        sha256=file.sha256,
        closed=file.closed is not None,
        ended=file.ended,
    )
