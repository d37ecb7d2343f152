"""A static board for crawls: a generated board's pages, drawn beforehand and served from memory.

Runs as its own process (``python -m benchmarks.site POSTS``), so that its work is not the crawl's, and
prints its port once it serves. It does nothing but look up bytes: a crawler must be the slower of the two.
"""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from newsbot.sampleboard.board import ALLOW_ALL, now_in_korea
from newsbot.sampleboard.database import MAIN_BOARD, Database
from newsbot.sampleboard.exchange import Answer, Request
from newsbot.sampleboard.generated import GeneratedPosts
from newsbot.sampleboard.rhymix import Rhymix
from newsbot.sampleboard.view import Look

PAGE_SIZE = 20  # rows of a listing
DRAWN_AHEAD = 5_000  # posts: more would fill the memory, and are drawn when they are asked for
ORIGIN = "http://127.0.0.1:80"

_TARGET = re.compile(rb"GET (\S+) HTTP/1\.1\r\n")


class StaticBoard:
    """``posts`` generated posts behind ``origin``, each page drawn once."""

    def __init__(self, posts: int, origin: str = ORIGIN) -> None:
        self._now = now_in_korea()
        self._origin = origin
        self._database = Database(
            now_in_korea, first_id=Rhymix.first_id, generator=GeneratedPosts(posts, self._now)
        )
        self._engine = Rhymix(self._database, Look(page_size=PAGE_SIZE))
        self.page = lru_cache(maxsize=DRAWN_AHEAD * 11 // 10)(self._draw)

    @property
    def articles(self) -> list[str]:
        """The targets of all articles, newest first."""
        return [f"/{MAIN_BOARD}/{post}" for post in reversed(self._database.listed(MAIN_BOARD))]

    @property
    def listing(self) -> str:
        return self._engine.listing_path

    @property
    def listings(self) -> list[str]:
        """The targets of all listing pages."""
        last = -(-len(self._database.listed(MAIN_BOARD)) // PAGE_SIZE)
        return [self.listing, *(f"{self.listing}?page={number}" for number in range(1, last + 1))]

    def answer(self, target: str) -> Answer:
        if target == "/robots.txt":
            return Answer(body=ALLOW_ALL.encode(), content_type="text/plain")
        request = Request(method="GET", target=target, origin=self._origin, now=self._now)
        return self._engine.answer(request)

    def _draw(self, target: str) -> bytes:
        answer = self.answer(target)
        head = f"HTTP/1.1 {answer.status} OK\r\nContent-Type: {answer.content_type}\r\n"
        return f"{head}Content-Length: {len(answer.body)}\r\n\r\n".encode() + answer.body


class _Exchange(asyncio.Protocol):
    """One connection, kept alive: each request is answered by its bytes."""

    def __init__(self, board: StaticBoard) -> None:
        self._board = board
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self._received = (self._received + data).split(b"\r\n\r\n")
        for request in requests:
            found = _TARGET.match(request)
            assert found is not None, "the crawls that are measured only GET"
            path, mark, query = found[1].decode("ascii").partition("?")
            # A row's link repeats the page it stands on, and leads to the same article.
            self._transport.write(self._board.page(path if path[-1].isdigit() else path + mark + query))


async def _serve(posts: int) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    board = StaticBoard(posts, f"http://127.0.0.1:{port}")
    if posts <= DRAWN_AHEAD:
        for target in (*board.listings, *board.articles):
            board.page(target)
    server = await asyncio.get_running_loop().create_server(lambda: _Exchange(board), sock=listener)
    print(port, flush=True)
    async with server:
        await server.serve_forever()


@contextmanager
def served(posts: int) -> Iterator[str]:
    """The listing's address of such a board, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.site", str(posts)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{int(process.stdout.readline())}{Rhymix.listing_path}"
        finally:
            process.terminate()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
