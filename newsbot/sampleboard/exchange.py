"""What goes over the wire: a request as the board understood it, and the answer it gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.cookies import CookieError, SimpleCookie
from secrets import token_hex
from typing import Literal, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from newsbot.sampleboard.database import Post

Delivery = Literal["whole", "cut", "reset", "chunked"]

_MOBILE = re.compile(r"Mobile|Android|iPhone")
_BOT = re.compile(r"bot|spider|@|\(\+http", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSeen:
    """One request as it came in, for those who watch the board."""

    when: datetime
    method: str
    path: str  # with its query, as sent
    status: int  # of the answer given
    user_agent: str
    cookies: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    method: str
    target: str  # path and query, as sent
    origin: str  # "http://127.0.0.1:8080"
    now: datetime
    user_agent: str = ""
    cookies: Mapping[str, str] = field(default_factory=dict)
    spells: frozenset[str] = frozenset()  # faults that change what is shown rather than how it is sent

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def is_mobile(self) -> bool:
        return _MOBILE.search(self.user_agent) is not None

    @property
    def is_bot(self) -> bool:
        return _BOT.search(self.user_agent) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int = 200
    body: bytes = b""
    content_type: str = "text/html; charset=UTF-8"
    headers: tuple[tuple[str, str], ...] = ()
    delivery: Delivery = "whole"
    delay: float = 0.0  # seconds before the first byte


class Engine(Protocol):
    """Board software: it knows its URLs, its pages and its status codes."""

    listing_path: str
    database_down: Answer  # what it sends when it has lost its database
    first_id: int
    sparse_ids: bool  # whether files and the like take numbers between the posts

    def answer(self, request: Request) -> Answer: ...

    def move(self, post: Post, board: str) -> Post: ...


def html(text: str, *, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    return Answer(status=status, body=text.encode(), headers=headers)


def redirect(status: int, location: str) -> Answer:
    return Answer(status=status, headers=(("Location", location),))


def read_cookies(header: str) -> dict[str, str]:
    """The cookies of a Cookie header; none where it cannot be read."""
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def session_cookie(request: Request) -> tuple[tuple[str, str], ...]:
    """PHP starts a session, and leaves a file on the server, for every visitor without a cookie."""
    if "PHPSESSID" in request.cookies:
        return ()
    return (("Set-Cookie", f"PHPSESSID={token_hex(13)}; path=/; HttpOnly"),)
