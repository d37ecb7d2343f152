"""How a process that runs for ever is told to stop: by SIGTERM or Ctrl-C, once or more urgently."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

logger = logging.getLogger(__name__)


class Stopping:
    """``hurry`` is called each time that it is told again."""

    def __init__(self, hurry: Callable[[], None]) -> None:
        self._hurry = hurry
        self._told = asyncio.Event()

    @property
    def told(self) -> bool:
        return self._told.is_set()

    @contextmanager
    def signals(self) -> Iterator[None]:
        """Hears the signals for as long as the context lasts."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._hear)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    async def until(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None] | None:
        """Until the work is done, or until told to stop: then the work, which has been cancelled."""
        working = asyncio.get_running_loop().create_task(work)
        stopping = asyncio.ensure_future(self._told.wait())
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if working.done():
            working.result()
            return None
        working.cancel()
        return working

    def _hear(self) -> None:
        """Once: what is in hand is let end. Twice: it is told to. Three times: it is killed."""
        if self._told.is_set():
            self._hurry()
        else:
            logger.info("told to stop: what is in hand ends first")
            self._told.set()
