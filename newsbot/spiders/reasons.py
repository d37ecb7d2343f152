"""Why a request brought no response, in few and stable words for the ledger."""

from __future__ import annotations

from scrapy import exceptions
from scrapy.exceptions import IgnoreRequest
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.python.failure import Failure

_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (exceptions.DownloadTimeoutError, "timeout"),
    (exceptions.DownloadConnectionRefusedError, "connection refused"),
    (exceptions.CannotResolveHostError, "no such host"),
    (exceptions.DownloadFailedError, "connection lost"),
    (exceptions.ResponseDataLossError, "cut short"),
    (exceptions.DownloadCancelledError, "too large"),
    (ConnectionClosed, "connection lost"),
    (ConnectError, "no connection"),
)


def reason_of(failure: Failure) -> str:
    """Why a request brought no response."""
    error = failure.value
    if isinstance(error, IgnoreRequest):
        return _refusal(str(error))
    known = (reason for kind, reason in _REASONS if isinstance(error, kind))
    return next(known, f"{type(error).__name__}: {error}")


def _refusal(text: str) -> str:
    """Why newsbot itself, or Scrapy for it, did not take a response or make a request."""
    if "DOWNLOAD_MAXSIZE" in text:
        return "too large"
    return text[:1].lower() + text[1:] or "refused"
