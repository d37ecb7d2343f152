"""Why a request brought no response, in few and stable words for the ledger."""

from __future__ import annotations

import re
import zlib
from gzip import BadGzipFile

from scrapy import exceptions
from scrapy.exceptions import IgnoreRequest
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.python.failure import Failure

LEGACY_TLS = "TLS of an older day: see legacy_tls"
"""The reason where a handshake fails on what only old servers do, or do not do (OpenSSL's own words)."""

GARBLED = "garbled: not compressed as it says"

_OLD_HANDSHAKE = re.compile(
    r"legacy renegotiation|protocol version|unsupported protocol|no protocols available|key too small"
    r"|md too weak|no shared cipher|handshake failure|legacy sigalg|wrong signature type"
)
_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (exceptions.DownloadTimeoutError, "timeout"),
    (exceptions.DownloadConnectionRefusedError, "connection refused"),
    (exceptions.CannotResolveHostError, "no such host"),
    (exceptions.DownloadFailedError, "connection lost"),
    (exceptions.ResponseDataLossError, "cut short"),
    (exceptions.DownloadCancelledError, "too large"),
    (BadGzipFile, GARBLED),
    (zlib.error, GARBLED),
    (ConnectionClosed, "connection lost"),
    (ConnectError, "no connection"),
)


def reason_of(failure: Failure) -> str:
    """Why a request brought no response."""
    return reason_of_error(failure.value)  # type: ignore[arg-type]


def reason_of_error(error: BaseException) -> str:
    if isinstance(error, IgnoreRequest):
        return _refusal(str(error))
    if isinstance(error, exceptions.DownloadFailedError) and _OLD_HANDSHAKE.search(str(error)):
        return LEGACY_TLS
    known = (reason for kind, reason in _REASONS if isinstance(error, kind))
    return next(known, f"{type(error).__name__}: {error}")


def _refusal(text: str) -> str:
    """Why newsbot itself, or Scrapy for it, did not take a response or make a request."""
    if "DOWNLOAD_MAXSIZE" in text:
        return "too large"
    return text[:1].lower() + text[1:] or "refused"
