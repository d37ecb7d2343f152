import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from histories import HOUR, NOON

from newsbot.archive import Archive, open_archive
from newsbot.health import notices
from newsbot.health.notices import NoticeError, tell

SOURCE = "board.example/news"


class Hook(BaseHTTPRequestHandler):
    """A webhook that takes in what it is sent, or fails."""

    def do_POST(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if server.status < 400:
            server.taken.append(json.loads(body))
        self.send_response(server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def hook() -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.taken, server.status = [], 200
    server.url = f"json://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(f"sqlite:///{tmp_path}/a.db") as opened:
        yield opened


def happen(archive: Archive, seen: dict[str, str], *well: str) -> None:
    started = NOON + HOUR * len(archive.runs(limit=99))
    url = "https://board.example/news"
    number = archive.start_run(source=SOURCE, name="news", url=url, options={}, started=started)
    archive.finish_run(number, state="finished", reach=None, figures={}, finished=started)
    run = archive.runs(limit=1)[0]
    sample = {"url": "https://board.example/news/1", "capture": {"file": "a.warc.gz", "offset": 7}}
    archive.keep_troubles(
        run,
        seen,
        samples=dict.fromkeys(seen, sample),
        well=frozenset(well),
        over=frozenset(well),
        when=started,
    )


def test_one_notice_when_it_begins_and_one_when_it_is_over(archive: Archive, hook: Any) -> None:
    for _ in range(3):
        happen(archive, {"blocked": "the site refuses newsbot"})
        tell(archive, SOURCE, "news", [hook.url])
    happen(archive, {}, "blocked")
    for _ in range(2):
        tell(archive, SOURCE, "news", [hook.url])
    begun, over = hook.taken
    assert begun["title"] == "newsbot: news: blocked"
    assert begun["message"].splitlines() == [
        "the site refuses newsbot",
        "since 2026-03-02 12:00 KST",
        "page: https://board.example/news/1",
        "as it came: a.warc.gz at 7",
        "more: newsbot status news",
    ]
    assert over["title"] == "newsbot: news: over: blocked"
    assert "from 2026-03-02 12:00 to 2026-03-02 15:00 KST" in over["message"]


def test_what_could_not_be_sent_is_sent_after_the_next_run(archive: Archive, hook: Any) -> None:
    happen(archive, {"blocked": "x", "clock off": "y"})
    hook.status = 500
    with pytest.raises(NoticeError, match="2 of 2 notices could not be sent"):
        tell(archive, SOURCE, "news", [hook.url])
    hook.status = 200
    tell(archive, SOURCE, "news", [hook.url])
    assert sorted(each["title"] for each in hook.taken) == [
        "newsbot: news: blocked",
        "newsbot: news: clock off",
    ]


def test_without_an_address_nothing_is_left_for_later(archive: Archive, hook: Any) -> None:
    happen(archive, {"blocked": "x"})
    tell(archive, SOURCE, "news", [])
    tell(archive, SOURCE, "news", [hook.url])
    assert hook.taken == []


def test_an_address_that_makes_no_sense_is_named_without_its_secrets(archive: Archive) -> None:
    happen(archive, {"blocked": "x"})
    with pytest.raises(NoticeError, match="number 1 is no address that Apprise knows") as raised:
        tell(archive, SOURCE, "news", ["nonsense://secret"])
    assert "secret" not in str(raised.value)


def test_without_apprise_it_is_said_how_to_get_it(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    happen(archive, {"blocked": "x"})
    monkeypatch.setitem(__import__("sys").modules, "apprise", None)
    with pytest.raises(NoticeError, match=r"newsbot\[notify\]"):
        notices.tell(archive, SOURCE, "news", ["json://127.0.0.1"])
