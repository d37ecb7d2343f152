"""Pages read by several processes at once, in their order, few of them in memory at a time."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeAlias

from newsbot.archive.captured import Reread
from newsbot.errors import NewsbotError
from newsbot.reparse.page import Job, NotRead, read_again

BATCH: Final = 16  # pages handed to a process at a time
AHEAD: Final = 3  # batches of each process that wait, or whose results wait

Results: TypeAlias = Future[list[Reread | NotRead]]


class Readers:
    """Processes that read, or with none of them a thread of this one; a context manager that ends them.

    An error of newsbot's own makes its page unreadable, and no other. Raises NewsbotError when a process
    dies: a page that does that would do it again.
    """

    def __init__(self, directory: Path, *, processes: int) -> None:
        self._directory = directory
        self._ahead = AHEAD * max(processes, 1)
        self._pool: Executor = _processes(processes) if processes else ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def read_all(self, jobs: Iterable[Job]) -> Iterator[Reread | NotRead]:
        """What each page came to, in the order of ``jobs``, which is drawn from as there is room."""
        left = iter(jobs)
        waiting: deque[tuple[Sequence[Job], Results]] = deque()
        while batch := tuple(islice(left, BATCH)):
            waiting.append((batch, self._submit(batch)))
            if len(waiting) >= self._ahead:
                yield from self._results(*waiting.popleft())
        while waiting:
            yield from self._results(*waiting.popleft())

    def read(self, job: Job) -> Reread | NotRead:
        return next(self._results((job,), self._submit((job,))))

    def _submit(self, batch: Sequence[Job]) -> Results:
        return self._pool.submit(_read_batch, self._directory, batch)

    def _results(self, batch: Sequence[Job], results: Results) -> Iterator[Reread | NotRead]:
        error = results.exception()
        if error is None:
            yield from results.result()
        elif isinstance(error, BrokenProcessPool):
            first, last = batch[0].page.uri, batch[-1].page.uri
            raise NewsbotError(f"a reading process died at a page from {first} to {last}") from error
        elif len(batch) == 1:
            note = f"an error of newsbot's own: {error!r}"
            yield Reread(revision=batch[0].page.revision, state="unreadable", note=note)
        else:
            yield from map(self.read, batch)


def _processes(number: int) -> ProcessPoolExecutor:
    # Not forked from this process: it holds a database open.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["newsbot.reparse.page"])
    return ProcessPoolExecutor(number, mp_context=context, initializer=_end_with_parent)


def _read_batch(directory: Path, batch: Sequence[Job]) -> list[Reread | NotRead]:
    return [read_again(directory, job) for job in batch]


def _end_with_parent() -> None:
    """A pool's processes would wait for ever for a parent that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
