"""The ways in which a board fails, each as an answer instead of the right one."""

from __future__ import annotations

import dataclasses
import inspect
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, get_args

from newsbot.sampleboard.exchange import Answer, html
from newsbot.sampleboard.templates import fill

Mode = Literal[
    "database-down", "500", "503", "429", "slow", "truncate", "reset", "login", "other-page", "redirect-loop",
    "gzip-bomb", "huge", "mislabelled", "endless-next", "control-title",
]  # fmt: skip

SPELLS = frozenset({"endless-next", "control-title"})  # these change what the engine shows
ROBOTS = "/robots.txt"

_CHARSET = re.compile(r"(charset=[\"']?)[\w-]+", re.I)
_MEGABYTE = 1024 * 1024


@dataclass(slots=True, kw_only=True)
class Fault:
    mode: Mode
    times: int | None = None  # how many requests it hits; None: until it is healed
    path: re.Pattern[str] | None = None  # searched for in path and query
    args: dict[str, Any] = field(default_factory=dict)

    def hits(self, target: str) -> bool:
        if self.times == 0:
            return False
        # A static file outlives the board's failures, so it is hit by name only.
        return bool(self.path.search(target)) if self.path else target != ROBOTS

    def spoil(self, answer: Answer, database_down: Answer, target: str) -> Answer:
        """What is sent instead of ``answer``."""
        if self.mode == "database-down":
            return database_down
        if self.mode == "redirect-loop":
            return Answer(status=302, headers=(("Location", target),))
        return _SPOILERS.get(self.mode, _unspoilt)(answer, **self.args)


class Faults:
    def __init__(self) -> None:
        self._active: list[Fault] = []

    def add(self, mode: Mode, times: int | None, path: str | None, args: dict[str, Any]) -> None:
        """Raises ValueError on an unknown mode, TypeError on arguments that it does not know."""
        if mode not in get_args(Mode):
            raise ValueError(f"unknown way to fail: {mode!r}; known: {', '.join(get_args(Mode))}")
        spoiler = _SPOILERS.get(mode, _unspoilt)
        inspect.signature(spoiler).bind(Answer(), **args)
        self._active.append(Fault(mode=mode, times=times, path=re.compile(path) if path else None, args=args))

    def take(self, target: str) -> Fault | None:
        """The fault that hits this request, counted as used once."""
        fault = next((fault for fault in self._active if fault.hits(target)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
        return fault

    def heal(self) -> None:
        self._active.clear()


def _unspoilt(answer: Answer) -> Answer:
    return answer


def _error(status: int, reason: str, retry_after: int | None) -> Answer:
    headers = () if retry_after is None else (("Retry-After", str(retry_after)),)
    page = fill("fault-error", status=status, reason=reason)
    return Answer(status=status, body=page.encode(), content_type="text/html", headers=headers)


def _500(_: Answer) -> Answer:
    return _error(500, "Internal Server Error", None)


def _503(_: Answer, *, retry_after: int | None = None) -> Answer:
    return _error(503, "Service Temporarily Unavailable", retry_after)


def _429(_: Answer, *, retry_after: int = 1) -> Answer:
    return _error(429, "Too Many Requests", retry_after)


def _slow(answer: Answer, *, seconds: float = 1.0) -> Answer:
    return dataclasses.replace(answer, delay=seconds)


def _truncated(answer: Answer, *, declared: bool = True) -> Answer:
    """Half of the body; ``declared``: under the whole one's Content-Length, then the connection ends."""
    if declared:
        return dataclasses.replace(answer, delivery="cut")
    return dataclasses.replace(answer, body=answer.body[: len(answer.body) // 2])


def _reset(answer: Answer) -> Answer:
    return dataclasses.replace(answer, delivery="reset")


def _login(_: Answer) -> Answer:
    return html(fill("fault-login"))


def _other_page(_: Answer) -> Answer:
    return html(fill("fault-other-page"))


def _gzip_bomb(answer: Answer, *, megabytes: int = 64) -> Answer:
    headers = (*answer.headers, ("Content-Encoding", "gzip"))
    return dataclasses.replace(answer, body=_bomb(megabytes), headers=headers)


@cache
def _bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    blank = b" " * _MEGABYTE
    return b"".join(packer.compress(blank) for _ in range(megabytes)) + packer.flush()


def _huge(answer: Answer, *, megabytes: int = 50, declared: bool = True) -> Answer:
    """The right page with a long comment behind it; not ``declared``: chunked, its length unsaid."""
    padding = b"<!--" + b"." * (megabytes * _MEGABYTE) + b"-->"
    delivery: Literal["whole", "chunked"] = "whole" if declared else "chunked"
    return dataclasses.replace(answer, body=answer.body + padding, delivery=delivery)


def _mislabelled(answer: Answer, *, label: str = "euc-kr") -> Answer:
    """CP949 bytes under ``label``, in the header and in the page alike."""
    text = answer.body.decode("utf-8" if "utf-8" in answer.content_type.lower() else "cp949")
    body = _CHARSET.sub(rf"\g<1>{label}", text, count=1).encode("cp949", "xmlcharrefreplace")
    return dataclasses.replace(answer, body=body, content_type=f"text/html; charset={label}")


_SPOILERS: dict[str, Callable[..., Answer]] = {
    "500": _500, "503": _503, "429": _429, "slow": _slow, "truncate": _truncated, "reset": _reset,
    "login": _login, "other-page": _other_page, "gzip-bomb": _gzip_bomb, "huge": _huge,
    "mislabelled": _mislabelled,
}  # fmt: skip
