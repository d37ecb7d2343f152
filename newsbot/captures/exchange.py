"""One request and the response to it, as a capture keeps them."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

Headers: TypeAlias = tuple[tuple[str, str], ...]  # name and value, in Latin-1, as HTTP has them


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """``body``: as it was sent, its content encoding kept. ``fetched``: aware, of the response."""

    url: str
    status: int
    headers: Headers
    body: bytes
    fetched: datetime
    method: str = "GET"
    request_headers: Headers = ()
    request_body: bytes = b""
    ip_address: str | None = None

    @functools.cached_property
    def sha256(self) -> str:
        """Hex, of the payload."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A capture whose payload is the same to the byte: what a revisit record refers to."""

    url: str
    fetched: datetime
