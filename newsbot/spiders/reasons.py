"""Why a request brought no response, in few and stable words for the ledger."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest
from twisted.python.failure import Failure

_REASONS = {
    "TimeoutError": "timeout",
    "TCPTimedOutError": "timeout",
    "DownloadTimeoutError": "timeout",
    "ConnectionRefusedError": "connection refused",
    "DownloadConnectionRefusedError": "connection refused",
    "DNSLookupError": "no such host",
    "CannotResolveHostError": "no such host",
    "ConnectionLost": "connection lost",
    "ResponseNeverReceived": "connection lost",
    "ConnectionDone": "connection lost",
    "ResponseFailed": "cut short",
    "ResponseDataLossError": "cut short",
    "DownloadCancelledError": "too large",
    "CancelledError": "too large",
}


def reason_of(failure: Failure) -> str:
    """Why a request brought no response, in a few stable words."""
    error = failure.value
    if isinstance(error, IgnoreRequest):
        return str(error) or "refused"
    return _REASONS.get(type(error).__name__, f"{type(error).__name__}: {error}")
