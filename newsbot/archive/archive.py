"""The archive as the rest of newsbot meets it."""

from __future__ import annotations

from contextlib import AbstractContextManager

from newsbot.archive import locks
from newsbot.archive.database import connect
from newsbot.archive.ledger import Ledger
from newsbot.archive.runs import Runs
from newsbot.archive.store import Store
from newsbot.archive.verify import Verify
from newsbot.archive.withholding import Withholding


class Archive(Runs, Ledger, Store, Withholding, Verify):
    """An open archive, and a context manager that closes it. Every method may raise ArchiveError."""

    def hold(self, source: str) -> AbstractContextManager[None]:
        """Keeps every other crawl of this source away (``locks.hold``)."""
        return locks.hold(self.path.with_name(self.path.name + ".locks"), source)


def open_archive(url: str, *, read_only: bool = False, create: bool = True) -> Archive:
    """Opens "sqlite:///PATH"; makes it when it is absent and may be made, and migrates an older one.

    Raises ArchiveError: another scheme, no such directory or file, not an archive, an archive of a newer
    newsbot (or, read only, of an older one), not permitted, locked, disk full.
    """
    path, engine = connect(url, read_only=read_only, create=create)
    return Archive(url, path, engine, read_only=read_only)
