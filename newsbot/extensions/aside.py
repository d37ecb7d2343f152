"""Work that is waited for in a thread of its own, while others go on."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread


class Aside:
    """One piece of work, done as often as it is begun.

    Each article pays for the handing over, and two queues take a third of what a pool of threads takes.
    """

    def __init__(self, work: Callable[[], None], name: str) -> None:
        self._work = work
        self._begun: SimpleQueue[bool] = SimpleQueue()
        self._done: SimpleQueue[BaseException | None] = SimpleQueue()
        self._is_waited_for = False
        self._error: BaseException | None = None
        Thread(target=self._go_on, name=name, daemon=True).start()

    def begin(self) -> None:
        self._error, self._is_waited_for = None, True
        self._begun.put(True)

    def settle(self) -> None:
        """Returns when what was begun has ended, well or not."""
        if self._is_waited_for:
            self._error, self._is_waited_for = self._done.get(), False

    def end(self) -> None:
        """Returns when what was begun is done, or raises what it raised."""
        self.settle()
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """Ends the thread."""
        self.settle()
        self._begun.put(False)

    def _go_on(self) -> None:
        while self._begun.get():
            try:
                self._work()
            except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
                self._done.put(error)
            else:
                self._done.put(None)
