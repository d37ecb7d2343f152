"""What is written to, whatever the locale: people's output never fails over a letter, data is UTF-8."""

from __future__ import annotations

import errno
import os
import sys
from io import TextIOWrapper

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def take_every_letter() -> None:
    """From now on a letter that the locale's encoding lacks (C, ISO-8859-1) is written as ``\\uc11c``."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def write_data() -> None:
    """From now on standard output is UTF-8, as JSON, exports and pages must be in any locale.

    What is no letter (of a file's name that is not UTF-8) is escaped as JSON does it: ``\\udcc0``.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def is_written() -> bool:
    """Whether somebody reads what is still in Python's own buffer. Raises OSError where the disk is full."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return False
    return True


def write_no_more() -> None:
    """Nothing more is tried: Python itself would say at its end what failed, and exit with 120."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def is_full(error: OSError) -> bool:
    """Whether what was written to has no room left."""
    return error.errno in _FULL
