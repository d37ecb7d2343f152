"""newsbot.toml as a scheduler has it: read anew when it has changed, and the one before when it is broken."""

from __future__ import annotations

import fcntl
import logging
from contextlib import suppress
from pathlib import Path
from typing import IO

from newsbot.config import DEFAULT_PATH, Config, parse, read_text
from newsbot.errors import ConfigError

logger = logging.getLogger(__name__)


class ConfigFile:
    """Raises ConfigError when made, and from ``reread``."""

    def __init__(self, path: Path | None) -> None:
        self._path = path or DEFAULT_PATH
        self._stamp = self._look()
        self.text = read_text(self._path)
        self.config: Config = parse(self.text, self._path)
        self._shown: IO[bytes] | None = None
        self._shown_stamp: object = None

    def __str__(self) -> str:
        return str(self._path)

    def show(self) -> None:
        """Shows those who ask (``has_schedule``) that a schedule is at work, until ``hide`` or its end.

        By a lock of the file that others may have too; to be called again for a file in its place.
        """
        stamp = self._look()
        if stamp == self._shown_stamp:
            return
        self.hide()
        with suppress(OSError):  # the file is away, or another process asks just now: the next time
            self._shown = self._path.open("rb")
            fcntl.flock(self._shown, fcntl.LOCK_SH | fcntl.LOCK_NB)
            self._shown_stamp = stamp

    def hide(self) -> None:
        """Ends what ``show`` began."""
        if self._shown is not None:
            self._shown.close()
        self._shown, self._shown_stamp = None, None

    def has_changed(self) -> bool:
        """Whether the file says something else than before; a broken version is logged, once, and left."""
        try:
            changed = self.reread()
        except ConfigError as error:
            logger.error("%s: the schedule goes on with what it was before", error)
            return False
        if changed:
            logger.info("%s has changed and was read again", self)
        return changed

    def reread(self) -> bool:
        """Whether the file says something else than before. Raises ConfigError, once a broken version."""
        stamp = self._look()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        text = read_text(self._path)
        config = parse(text, self._path)
        changed = config != self.config
        self.text, self.config = text, config
        return changed

    def _look(self) -> tuple[int, ...] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


def has_schedule(path: Path) -> bool:
    """Whether a schedule on this machine is at work by this file."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
