import pytest
from scrapy import exceptions
from twisted.internet import error
from twisted.python.failure import Failure

from newsbot.spiders.reasons import reason_of

CASES = [
    (exceptions.DownloadTimeoutError("Getting https://a.example took longer than 60 seconds"), "timeout"),
    (exceptions.DownloadConnectionRefusedError("Connection was refused"), "connection refused"),
    (exceptions.CannotResolveHostError("DNS lookup failed"), "no such host"),
    (exceptions.DownloadFailedError("[<twisted.python.failure.Failure …>]"), "connection lost"),
    (exceptions.ResponseDataLossError(), "cut short"),
    (exceptions.DownloadCancelledError("Cancelling download: 52428800 > 16777216"), "too large"),
    (error.ConnectionLost(), "connection lost"),
    (error.ConnectionDone(), "connection lost"),
    (error.NoRouteError(), "no connection"),  # type: ignore[no-untyped-call]
    (exceptions.IgnoreRequest("Forbidden by robots.txt"), "forbidden by robots.txt"),
    (exceptions.IgnoreRequest("max redirections reached"), "max redirections reached"),
    (
        exceptions.IgnoreRequest("Ignored response: its body exceeded DOWNLOAD_MAXSIZE (16777216 B)"),
        "too large",
    ),
    (exceptions.IgnoreRequest(), "refused"),
    (RuntimeError("what nobody foresaw"), "RuntimeError: what nobody foresaw"),
]


@pytest.mark.parametrize(("raised", "reason"), CASES)
def test_why_a_request_brought_no_response(raised: Exception, reason: str) -> None:
    assert reason_of(Failure(raised)) == reason  # type: ignore[no-untyped-call]
