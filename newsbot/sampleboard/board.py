"""The sample board: a real HTTP board on loopback that can be told to move, to break and to die."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from email.message import Message
from random import Random
from types import TracebackType
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

from newsbot.sampleboard.articles import WrittenArticle, load_articles
from newsbot.sampleboard.database import MAIN_BOARD, Database, Post
from newsbot.sampleboard.exchange import Answer, Engine, Request, RequestSeen, read_cookies
from newsbot.sampleboard.faults import ROBOTS, SPELLS, Faults, Mode
from newsbot.sampleboard.generated import GeneratedPosts
from newsbot.sampleboard.gnuboard import Gnuboard
from newsbot.sampleboard.rhymix import Rhymix
from newsbot.sampleboard.server import LoopbackServer
from newsbot.sampleboard.table import PlainTable
from newsbot.sampleboard.view import Look

EngineName = Literal["rhymix", "gnuboard", "table"]
Clock = Callable[[], datetime]

KST = ZoneInfo("Asia/Seoul")
ALLOW_ALL = "User-agent: *\nAllow: /\n"

_ENGINES: dict[str, type[Rhymix | Gnuboard | PlainTable]] = {
    "rhymix": Rhymix, "gnuboard": Gnuboard, "table": PlainTable,
}  # fmt: skip
_BACKDATED = timedelta(days=10)


def now_in_korea() -> datetime:
    return datetime.now(KST).replace(microsecond=0)


class SampleBoard:
    """A board of ``posts`` behind ``url``, served while the context is open.

    ``posts``: articles, oldest first; a number, for that many generated ones; None, for all written ones in
    a board that has lived: comments, gaps between the ids, a backdated post at the head of page 1.
    ``robots``: the text of robots.txt; None for a site without one. ``look``: fields of ``view.Look``.
    """

    def __init__(
        self, *, engine: EngineName = "rhymix", posts: Sequence[WrittenArticle] | int | None = None,
        clock: Clock = now_in_korea, port: int = 0, robots: str | None = ALLOW_ALL, **look: Any,
    ) -> None:  # fmt: skip
        self.requests: list[RequestSeen] = []
        self._clock = clock
        self._robots = robots
        self._chance = Random(1)  # noqa: S311 - gaps between ids, the same in every run
        self._lock = threading.RLock()
        self._faults = Faults()
        self._watchers: list[Callable[[RequestSeen], None]] = []
        generator = GeneratedPosts(posts, clock()) if isinstance(posts, int) else None
        software = _ENGINES[engine]
        self._database = Database(clock, first_id=software.first_id, generator=generator)
        self._engine: Engine = software(self._database, Look(**look))
        self._server = LoopbackServer(self._respond, port)
        if not isinstance(posts, int):
            self._fill(load_articles() if posts is None else posts, lived_in=posts is None)
        self.truth: Mapping[str, dict[str, Any]] = Truth(self._database, self._lock)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()

    @property
    def site(self) -> str:
        """Scheme, host and port; the port is known once the board is served."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def url(self) -> str:
        """The listing."""
        return self.site + self._engine.listing_path

    @property
    def listed(self) -> list[str]:
        """The ids in the listing, notices left out, in the listing's order."""
        with self._lock:
            return [str(n) for n in reversed(self._database.listed(MAIN_BOARD))]

    @property
    def notices(self) -> list[str]:
        with self._lock:
            return [str(post.id) for post in self._database.notices(MAIN_BOARD)]

    def post(
        self,
        article: WrittenArticle,
        *,
        posted: datetime | None = None,
        notice: bool | None = None,
        secret: bool | None = None,
        category: str | None = None,
    ) -> str:
        """Put ``article`` at the head of the listing, whatever its date; the id it gets.

        None leaves what the article itself says.
        """
        article = dataclasses.replace(article, category=category or article.category)
        when = posted or self._clock()
        with self._lock:
            gap = self._chance.randint(0, 3) if self._engine.sparse_ids else 0
            post = Post(
                id=self._database.reserve(1 + gap), article=article, posted=when, modified=when,
                notice=article.notice if notice is None else notice,
                secret=article.secret if secret is None else secret,
            )  # fmt: skip
            self._database.add(post)
        return str(post.id)

    def edit(self, post_id: str, **changes: Any) -> None:
        """Change fields of the article: ``title``, ``paragraphs``, ``markup``, ``truth``, …

        The truth's headline follows a new title. New paragraphs without a new truth leave a truth without
        a body: what an editor would read in them is not known. Raises KeyError where there is no such post.
        """
        with self._lock:
            article = self._post(post_id).article
            truth = dict(article.truth)
            if "title" in changes:
                truth["headline"] = changes["title"]
            if "paragraphs" in changes:
                truth.pop("body", None)
            changed = dataclasses.replace(article, **({"truth": truth} | changes))
            self._database.change(int(post_id), article=changed, modified=self._clock())

    def delete(self, post_id: str) -> None:
        self._change(post_id, state="deleted")

    def trash(self, post_id: str) -> None:
        self._change(post_id, state="trashed")

    def hide(self, post_id: str) -> None:
        """Make it secret."""
        self._change(post_id, secret=True)

    def make_notice(self, post_id: str) -> None:
        self._change(post_id, notice=True)

    def move(self, post_id: str, board: str = "etc") -> str:
        """To another board of the site; the id there, which Rhymix keeps and Gnuboard does not."""
        with self._lock:
            return str(self._engine.move(self._post(post_id), board).id)

    def comment(self, post_id: str, count: int = 1) -> None:
        with self._lock:
            self._database.comment(self._post(post_id).id, count, self._clock())

    def fail(self, mode: Mode, *, times: int | None = None, path: str | None = None, **args: Any) -> None:
        """Fail so from now on: for ``times`` requests, on targets in which the pattern ``path`` is found.

        ``args``: slow(seconds), 503 and 429(retry_after), gzip-bomb and huge(megabytes), huge and
        truncate(declared), mislabelled(label). robots.txt is hit only where ``path`` says so.
        The first fault that hits counts.
        """
        with self._lock:
            self._faults.add(mode, times, path, args)

    def heal(self) -> None:
        """End all faults."""
        with self._lock:
            self._faults.heal()

    def die(self) -> None:
        """Refuse connections and drop the open ones."""
        self._server.stop()

    def revive(self) -> None:
        """Serve again, on the same port."""
        self._server.start()

    def on_request(self, callback: Callable[[RequestSeen], None]) -> None:
        """Call back for every request, after its answer is made and before it is sent.

        What the callback changes is therefore in place before the client can ask again.
        """
        self._watchers.append(callback)

    def _respond(self, method: str, target: str, headers: Message) -> Answer:
        request = Request(
            method=method, target=target, origin=self.site, now=self._clock(),
            user_agent=headers.get("User-Agent", ""), cookies=read_cookies(headers.get("Cookie", "")),
        )  # fmt: skip
        with self._lock:
            answer = self._answer(request)
        seen = RequestSeen(
            when=request.now, method=method, path=target, status=answer.status,
            user_agent=request.user_agent, cookies=request.cookies,
        )  # fmt: skip
        self.requests.append(seen)
        for watcher in tuple(self._watchers):
            watcher(seen)
        return answer

    def _answer(self, request: Request) -> Answer:
        fault = self._faults.take(request.target)
        if fault is not None and fault.mode in SPELLS:
            request = dataclasses.replace(request, spells=frozenset({fault.mode}))
        answer = self._robots_txt() if request.path == ROBOTS else self._engine.answer(request)
        return answer if fault is None else fault.spoil(answer, self._engine.database_down, request.target)

    def _robots_txt(self) -> Answer:
        if self._robots is None:
            return Answer(
                status=404, body=b"<html><body><h1>404 Not Found</h1></body></html>", content_type="text/html"
            )
        return Answer(body=self._robots.encode(), content_type="text/plain")

    def _post(self, post_id: str) -> Post:
        return _known(self._database, post_id)

    def _change(self, post_id: str, **fields: Any) -> None:
        with self._lock:
            self._database.change(self._post(post_id).id, **fields)

    def _fill(self, articles: Sequence[WrittenArticle], *, lived_in: bool) -> None:
        """Post ``articles`` as if over months: the newest hours apart, the oldest days."""
        now = self._clock()
        ids: list[str] = []
        for age, article in zip(range(len(articles) - 1, -1, -1), articles, strict=True):
            posted = now - timedelta(minutes=7 + 45 * age + 80 * age * age, seconds=age * 17 % 60)
            ids.append(self.post(article, posted=posted))
        if lived_in:
            self._live_in(ids, now)

    def _live_in(self, ids: Sequence[str], now: datetime) -> None:
        for place, post_id in enumerate(ids[:-1]):
            if place % 7 == 3:
                self._database.comment(int(post_id), 1 + place % 4, self._post(post_id).posted)
        self._change(ids[-1], posted=now - _BACKDATED, modified=now - _BACKDATED)


class Truth(Mapping[str, dict[str, Any]]):
    """Of every post there ever was: its article's truth, and under ``post`` what the board makes of it."""

    def __init__(self, database: Database, lock: threading.RLock) -> None:
        self._database = database
        self._lock = lock

    def __getitem__(self, post_id: str) -> dict[str, Any]:
        with self._lock:
            post = _known(self._database, post_id)
        article = post.article
        state = {
            "title": post.title, "poster": article.poster, "category": article.category, "board": post.board,
            "state": post.state, "notice": post.notice, "secret": post.secret, "comments": len(post.comments),
            "posted": post.posted, "key": article.key,
        }  # fmt: skip
        return {**article.truth, "post": state}

    def __iter__(self) -> Iterator[str]:
        with self._lock:
            return iter([str(n) for n in self._database.ids()])

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _known(database: Database, post_id: str) -> Post:
    """Raises KeyError where there is no such post."""
    post = database.get(int(post_id)) if post_id.isdecimal() else None
    if post is None:
        raise KeyError(post_id)
    return post
