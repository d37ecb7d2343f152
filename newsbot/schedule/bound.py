"""``python bound.py PARENT COMMAND…``: runs a command that dies with the process that started it.

A script of its own, without newsbot: it turns into the command before anything else is loaded. Linux's kernel
kills the command when PARENT (strictly: the thread of PARENT that started it) ends, however it ends;
elsewhere a process stays beside it and watches.
"""

import ctypes
import os
import signal
import sys
import time

PR_SET_PDEATHSIG = 1  # prctl(2)
LOOK = 0.5  # seconds between two looks at a parent that the kernel does not watch
ORPHANED = 3  # exit code: the parent had ended before the command began


def main() -> None:
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if not die_with_parent():
        sys.exit(watch(parent, command))
    if os.getppid() != parent:  # it ended before the kernel was asked
        sys.exit(ORPHANED)
    os.execv(command[0], command)  # noqa: S606 - the scheduler's own command


def die_with_parent() -> bool:
    """Asks the kernel to kill this process when its parent ends; False where there is no such thing."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        asked: int = ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    except (OSError, AttributeError):
        return False
    return asked == 0


def watch(parent: int, command: list[str]) -> int:
    """Runs the command and kills it when the parent is gone; its exit code, 128 + N for signal N."""
    child = os.posix_spawn(command[0], command, os.environ)
    signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        if os.getppid() != parent:
            os.kill(child, signal.SIGKILL)
        time.sleep(LOOK)


if __name__ == "__main__":
    main()
