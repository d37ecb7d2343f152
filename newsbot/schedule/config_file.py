"""newsbot.toml as a scheduler has it: read anew when it has changed, and the one before when it is broken."""

from __future__ import annotations

import logging
from pathlib import Path

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

    def __str__(self) -> str:
        return str(self._path)

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
