"""A run's captures: its WARC file, and the rows of the archive that say where in it a page lies."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from newsbot.archive import Archive
from newsbot.archive.captured import CaptureFile, Journal, NewCapture
from newsbot.captures import CaptureWriter, Earlier, Exchange, directory_of
from newsbot.captures.recovery import Recovered, recover, restore
from newsbot.items import Capture
from newsbot.korean.dates import KST
from newsbot.versions import newsbot_version

logger = logging.getLogger(__name__)

WAITING: Final = 200  # captures at the most that wait for a transaction to be entered with
MANY: Final = 8  # records that came together: to flush the file takes less than to keep them besides
JOURNALED: Final = 1024 * 1024  # bytes at the most that the archive keeps besides, until the file is flushed
WORTH_A_REVISIT: Final = 1024  # bytes of payload: the record that refers to it takes half of that


class RunCaptures:
    """Closes what killed runs of the source left, and opens a file of this run's own.

    A disk takes as long to make sure of a file as of a transaction. So a transaction takes with it what was
    captured, and the file is made safe once for many articles: what a crash of the machine takes from its
    end is written there again by the next run.

    To be made while the source is held. Raises CaptureError when the directory cannot be written.
    """

    def __init__(self, archive: Archive, run: int, source: str, directory: Path) -> None:
        self._archive = archive
        self._directory = directory
        self._waiting: list[NewCapture] = []
        self._unsafe: list[tuple[int, bytes]] = []  # offsets and records that no transaction has taken
        self._whole: dict[str, NewCapture] = {}  # of those, by payload: what a revisit may refer to
        self._there: dict[str, bool] = {}  # of other runs' files: whether one is still in the directory
        self.troubles = tuple(self._recover(source))
        began = datetime.now(KST)
        self._name = f"{_readable(source)}-{began:%Y%m%d%H%M%S}-{run:06}.warc.gz"
        archive.open_capture_file(run, self._name)
        self._writer = CaptureWriter(directory / self._name, software=f"newsbot/{newsbot_version()}")
        self._writer.sync()
        self._told = self._writer.safe  # how much of the file the archive knows to be safe

    def take(self, exchange: Exchange) -> Capture:
        """Writes an exchange to the file; its row waits for the next transaction. Raises CaptureError."""
        if self._writer.unsafe >= JOURNALED:
            self._make_safe()
        same = self._same_payload(exchange)
        earlier = Earlier(url=same.url, fetched=same.fetched) if same else None
        capture, records = self._writer.write(exchange, earlier=earlier)
        self._unsafe.append((capture.offset, records))
        new = NewCapture(
            capture=capture,
            url=exchange.url,
            status=exchange.status,
            fetched=exchange.fetched,
            same_as=same.capture if same else None,
        )
        self._waiting.append(new)
        if same is None:
            self._whole[capture.sha256] = new
        if len(self._waiting) >= WAITING:
            self._enter_waiting()
        return capture

    def waiting(self) -> tuple[Sequence[NewCapture], Journal]:
        """What is to be entered with what points at it, in one transaction. Raises CaptureError."""
        if len(self._unsafe) >= MANY:
            self._make_safe()
        self._writer.check()
        safe = self._writer.safe
        told = safe if safe > self._told else 0
        return tuple(self._waiting), Journal(file=self._name, records=tuple(self._unsafe), safe=told)

    def entered(self, new: Sequence[NewCapture], journal: Journal) -> None:
        """What ``waiting`` gave stands in the archive."""
        del self._waiting[: len(new)]
        del self._unsafe[: len(journal.records)]
        self._told = journal.safe or self._told
        for each in new:
            self._whole.pop(each.capture.sha256, None)

    def close(self) -> None:
        """Enters the rest, and closes the file with its SHA-256; one in which nothing is, is taken back."""
        if self._writer.is_empty:
            self._writer.discard()
            self._archive.drop_capture_file(self._name)
            return
        self._enter_waiting()
        length, sha256 = self._writer.close()
        self._archive.close_capture_file(self._name, length=length, sha256=sha256, closed=datetime.now(KST))

    def _make_safe(self) -> None:
        self._writer.sync()
        self._unsafe.clear()

    def _enter_waiting(self) -> None:
        self._make_safe()
        new, journal = self.waiting()
        self._archive.enter_captures(new, journal)
        self.entered(new, journal)

    # --- pages that are there already

    def _same_payload(self, exchange: Exchange) -> NewCapture | None:
        if len(exchange.body) < WORTH_A_REVISIT:
            return None
        sha256 = exchange.sha256
        if (waiting := self._whole.get(sha256)) is not None:
            return waiting
        kept = self._archive.same_payload(sha256)
        if kept is None or not self._is_there(kept.capture.file):
            return None
        return NewCapture(capture=kept.capture, url=kept.url, status=kept.status, fetched=kept.fetched)

    def _is_there(self, name: str) -> bool:
        if name not in self._there:
            self._there[name] = (self._directory / name).is_file()
        return self._there[name]

    # --- what killed runs left

    def _recover(self, source: str) -> list[str]:
        left = self._archive.unclosed_captures(source)
        return [line for file in left if (line := self._recovered(file)) is not None]

    def _recovered(self, file: CaptureFile) -> str | None:
        """Brings one file and its rows into order; returns what a person should know of it."""
        path, known = self._directory / file.name, self._archive.captured_to(file.name)
        if not path.exists():
            if not known:
                self._archive.drop_capture_file(file.name)
                return None
            self._archive.close_capture_file(file.name, closed=datetime.now(KST))
            return f"the capture file {path} is gone, and the archive points at pages in it"
        restore(path, self._archive.journal_of(file.name))
        found = recover(path, known=known)
        self._archive.enter_captures(self._unknown(file.name, found))
        if not self._archive.captured_to(file.name):
            path.unlink()
            self._archive.drop_capture_file(file.name)
            return None
        logger.info("%s: left by a killed run, closed at %d bytes", path, found.length)
        self._archive.close_capture_file(
            file.name, length=found.length, sha256=found.sha256, closed=datetime.now(KST), cut=found.cut
        )
        return f"the capture file {path} is damaged: see newsbot verify" if found.damaged else None

    def _unknown(self, name: str, found: Recovered) -> list[NewCapture]:
        """The captures of a file that its run had written and not yet entered."""
        new: list[NewCapture] = []
        for record in found.records:
            capture = record.capture(name)
            if capture is None:
                continue
            same_as = self._original(capture, new) if record.kind == "revisit" else None
            new.append(
                NewCapture(
                    capture=capture,
                    url=record.url,
                    status=record.status,
                    fetched=record.fetched,
                    same_as=same_as,
                )
            )
        return new

    def _original(self, capture: Capture, new: Sequence[NewCapture]) -> Capture | None:
        for each in new:
            if each.capture.sha256 == capture.sha256 and each.same_as is None:
                return each.capture
        kept = self._archive.same_payload(capture.sha256)
        return kept.capture if kept else None


def captures_directory(archive: str, setting: object) -> Path | None:
    """What NEWSBOT_CAPTURES says: a directory; yes, beside the archive; or no (None)."""
    said = str(setting).strip()
    if said.lower() in ("false", "0", "no", "off", "none"):
        return None
    return directory_of(archive, None if said.lower() in ("true", "1", "yes", "on", "") else said)


def _readable(source: str) -> str:
    """The host of a source, as a part of a file's name."""
    return re.sub(r"[^\w.-]+", "-", source.partition("/")[0]).strip(".-") or "source"
