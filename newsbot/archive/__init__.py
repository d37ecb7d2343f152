"""The archive: what was listed, what was kept, every version of it, and the runs that did it."""

from newsbot.archive.archive import Archive, open_archive

__all__ = ["Archive", "open_archive"]
