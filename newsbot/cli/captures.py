"""An archive's captures: whether they are the pages that they should be, and the page of one article."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from newsbot.archive import Archive
from newsbot.archive.captured import CaptureFile
from newsbot.archive.records import Finding, StoredArticle
from newsbot.captures import read_capture
from newsbot.captures.checking import FileFacts, Place, content_faults, file_faults, unknown_files
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
            places = (Place(capture=each.capture, payload=each.payload) for each in kept)
            faults += content_faults(directory, facts, places)
        for text in faults:
            yield Finding(check=CHECK, text=text)
    for text in unknown_files(directory, names):
        yield Finding(check=CHECK, text=text)


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
