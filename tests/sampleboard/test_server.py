from __future__ import annotations

import http.client
from email.message import Message
from urllib.parse import urlsplit

import pytest
from visiting import noon, stories

from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.exchange import Answer
from newsbot.sampleboard.server import LoopbackServer


def test_one_connection_serves_many_requests() -> None:
    with SampleBoard(posts=stories(2), clock=noon) as board:
        connection = http.client.HTTPConnection(urlsplit(board.site).netloc, timeout=10)
        lengths = []
        for target in ("/news", f"/news/{board.listed[0]}", "/robots.txt"):
            connection.request("GET", target)
            response = connection.getresponse()
            lengths.append((response.version, len(response.read()), int(response.headers["Content-Length"])))
        connection.close()
    assert all(version == 11 and read == said for version, read, said in lengths)


def test_a_taken_port_is_an_error() -> None:
    def respond(method: str, target: str, headers: Message) -> Answer:
        return Answer()

    first = LoopbackServer(respond)
    first.start()
    try:
        with pytest.raises(OSError, match="in use"):
            LoopbackServer(respond, first.port).start()
    finally:
        first.stop()


def test_starting_twice_and_stopping_twice_are_harmless() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        url = board.url
        board.revive()
        assert board.url == url
        board.die()
        board.die()
