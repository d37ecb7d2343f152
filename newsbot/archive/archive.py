"""The archive as the rest of newsbot meets it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from newsbot.archive.backfills import Backfills
from newsbot.archive.captures import Captures
from newsbot.archive.database import plainly
from newsbot.archive.history import History
from newsbot.archive.ledger import Ledger
from newsbot.archive.matching import Matching
from newsbot.archive.opening import connect
from newsbot.archive.readings import Readings
from newsbot.archive.recapturing import Recapturing
from newsbot.archive.repair import Repair
from newsbot.archive.runs import Runs
from newsbot.archive.search import Search
from newsbot.archive.standing import Standing
from newsbot.archive.store import Store
from newsbot.archive.telling import Stories
from newsbot.archive.thinning import Thinning
from newsbot.archive.troubles import Troubles
from newsbot.archive.verify import Verify
from newsbot.archive.visits import Visits
from newsbot.archive.withholding import Withholding


class Archive(
    Runs,
    Ledger,
    Visits,
    Backfills,
    Captures,
    Recapturing,
    Thinning,
    Readings,
    Store,
    Matching,
    History,
    Repair,
    Stories,
    Withholding,
    Search,
    Verify,
    Troubles,
    Standing,
):
    """An open archive, and a context manager that closes it. Every method may raise ArchiveError."""

    @contextmanager
    def hold(
        self, source: str, *, host: str | None = None, unless_run_after: int | None = None
    ) -> Iterator[None]:
        """Keeps other crawls of this source and of its host away, until the context or this process ends.

        ``host``: as ``config.source_host`` says it; two sources may share one. Raises Held, saying who holds
        it, when another process (or this one) already does; NewerRun when the source has a run that is newer
        than ``unless_run_after`` and has ended of itself. On a server the hold is lost with the
        connection, and every later write is refused.
        """
        with plainly(self.backend), ExitStack() as held:
            for name in (source, *(() if host is None else (f"the host {host}",))):
                held.enter_context(self.backend.hold(name, self.writer()))
            if unless_run_after is not None:
                self.expect_no_run_after(unless_run_after, source)
            self._holding = True
            try:
                yield
            finally:
                self._holding = False


def open_archive(
    url: str, *, read_only: bool = False, create: bool = True, unfinished: bool = False
) -> Archive:
    """Opens "sqlite:///PATH" or "postgresql://USER@HOST/DATABASE"; migrates an older archive.

    A file that is absent is made if it may be; in an empty database of a server its tables are. Raises
    ArchiveError: another scheme, no such directory, file or server, not an archive, an archive of a newer
    newsbot (or, read only, of an older one), not permitted, locked, disk full, a copy that is not whole (but
    with ``unfinished``).
    """
    backend = connect(url, read_only=read_only, create=create, unfinished=unfinished)
    return Archive(url, backend, read_only=read_only)
