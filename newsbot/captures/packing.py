"""Gzip by ISA-L: five times as fast as zlib, and 4 % longer. It is made for most processors, not for all."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import partial
from typing import Any, Final

_GZIP: Final[dict[str, Any]] = {"method": zlib.DEFLATED, "wbits": zlib.MAX_WBITS + 16}

_packer: Callable[[], Any]
try:
    from isal import isal_zlib
except ImportError:
    _packer = partial(zlib.compressobj, 3, **_GZIP)  # 9 makes a page 8 % smaller, in three times the time
else:
    _packer = partial(isal_zlib.compressobj, 1, **_GZIP)  # 3 makes it 4 % smaller, in twice the time


def gzip_member(data: bytes | memoryview) -> bytes:
    packer = _packer()
    return bytes(packer.compress(data) + packer.flush())
