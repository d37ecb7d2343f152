"""Keeps the articles that come at the same time in one transaction, and what was captured with them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from newsbot.archive import Archive
from newsbot.archive.captured import Journal, NewCapture
from newsbot.archive.records import Stored
from newsbot.errors import ArchiveError
from newsbot.extensions.run_captures import RunCaptures
from newsbot.items import Candidate
from newsbot.korean.dates import KST

TOGETHER = 0.05  # seconds that an article waits for others to be stored with


class Storing:
    """A disk takes as long to make sure of one transaction as a page takes to be read, however many
    articles the transaction holds.
    """

    def __init__(
        self,
        archive: Archive,
        run: int,
        source: str,
        captures: RunCaptures | None,
        visits: Sequence[timedelta],
    ) -> None:
        self._archive = archive
        self._run = run
        self._source = source
        self._captures = captures
        self._visits = visits
        self._waiting: list[Candidate] = []
        self._commit: asyncio.Task[list[Stored]] | None = None

    async def store(self, candidate: Candidate) -> Stored:
        """Returns when the article is safe on the disk, and the page that it was read from."""
        if self._commit is None:
            self._commit = asyncio.create_task(self._store_waiting())
        place, commit = len(self._waiting), self._commit
        self._waiting.append(candidate)
        await asyncio.wait([commit])
        error = commit.exception()
        if error is None:
            return commit.result()[place]
        if isinstance(error, ArchiveError):
            raise error
        return self._store([candidate])[0]  # what ails one of them must not take the others with it

    async def _store_waiting(self) -> list[Stored]:
        await asyncio.sleep(TOGETHER)
        waiting, self._waiting, self._commit = self._waiting, [], None
        return self._store(waiting)

    def _store(self, candidates: Sequence[Candidate]) -> list[Stored]:
        """What was captured is entered with what points at it."""
        if self._captures is None:
            return self._keep(candidates)
        captured, journal = self._captures.waiting()
        stored = self._keep(candidates, captured, journal)
        self._captures.entered(captured, journal)
        return stored

    def _keep(
        self,
        candidates: Sequence[Candidate],
        captured: Sequence[NewCapture] = (),
        journal: Journal | None = None,
    ) -> list[Stored]:
        return self._archive.store_together(
            self._run,
            self._source,
            candidates,
            when=datetime.now(KST),
            captured=captured,
            journal=journal,
            visits=self._visits,
        )
