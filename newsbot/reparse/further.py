"""The further pages of an article that stands on several: where a crawl captured them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from newsbot.archive import Archive
from newsbot.archive.captured import KeptCapture, ToRead
from newsbot.reparse.page import Job, NotRead, read_again


def further_captures(archive: Archive, directory: Path, page: ToRead) -> tuple[KeptCapture, ...]:
    """The captures of its further pages, in order, as far as they are there. Its pages are read for it."""
    job = Job(page=page)
    while isinstance(result := read_again(directory, job), NotRead) and result.why == "further":
        found = next_capture(archive, result)
        if found is None:
            break
        job = replace(job, further=(*job.further, found))
    return job.further


def next_capture(archive: Archive, wanted: NotRead) -> KeptCapture | None:
    """Where the further page is that a reading asks for: after the pages before it, in their file."""
    last = (wanted.job.further or (wanted.job.page.page,))[-1]
    return archive.captured_after(last.capture, wanted.said)
