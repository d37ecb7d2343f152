"""Pages as they came over the wire, in WARC files: written, read, recovered and checked."""

from newsbot.captures.exchange import Earlier, Exchange, Headers
from newsbot.captures.place import directory_of
from newsbot.captures.reader import CapturedPage, read_capture, read_request_headers
from newsbot.captures.writer import CaptureWriter

__all__ = [
    "CaptureWriter",
    "CapturedPage",
    "Earlier",
    "Exchange",
    "Headers",
    "directory_of",
    "read_capture",
    "read_request_headers",
]
