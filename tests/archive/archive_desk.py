"""What the archive's tests share: articles of a small board, and a desk that lists and stores them.

Run as a program it stores a numbered board into an archive until it is done, or killed:
``python archive_desk.py URL COUNT``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

from newsbot.archive import Archive, open_archive
from newsbot.archive.indexing import settle_latest
from newsbot.archive.records import Listed, Stored
from newsbot.items import Article, Block, Byline, Candidate, Headline, Image
from newsbot.korean.date_forms import KST
from newsbot.korean.text import candidate

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=KST)
SOURCE = "board.example/news"
TEXTS = (
    "수원시는 내년 봄부터 도심 하천 세 곳의 산책로를 넓히고 야간 조명을 바꾸기로 했다고 2일 밝혔다. "
    "공사는 장마가 오기 전에 끝나며 그동안 다리 두 곳은 돌아가야 한다.",
    "한국은행은 지난달 소비자 심리지수가 석 달 만에 기준선을 넘어섰으며 물가 전망은 그대로였다고 설명했다. "
    "다음 조사 결과는 이달 마지막 주 수요일에 나온다.",
    "기상청은 이번 주말 동해안에 많은 눈이 내리겠으니 산간 도로를 지날 때 조심해 달라고 당부했다. "
    "눈은 월요일 새벽에 그치고 낮부터는 기온이 오를 것으로 보인다.",
)


def headline(number: int | str, title: str | None = None, **more: Any) -> Headline:
    title = title or f"시정 소식 {number}"
    return Headline(document_id=str(number), url=f"https://board.example/news/{number}", title=title, **more)


def article(number: int | str, text: str | None = None, **more: Any) -> Article:
    """An article of the board; ``text`` as its body makes it the re-post of another."""
    text = text or f"{number}번째 소식이다. {TEXTS[0]}"
    values: dict[str, Any] = {
        "uri": f"newsbot:board.example/{number}",
        "url": f"https://board.example/news/{number}?page=1",
        "canonical_url": f"https://board.example/news/{number}",
        "site": "board.example",
        "document_id": str(number),
        "headline": f"시정 소식 {number}",
        "body": (Block(type="paragraph", text=text),),
        "date_fetched": NOON,
        "date_published": NOON,
        "listing": headline(number),
    }
    return Article(**values | more)


def full_article(number: int) -> Article:
    """One with every kind of field filled."""
    return article(
        number,
        headline_marks=("단독",),
        deck=("산책로 넓힌다", "- 조명도 바꿔"),
        bylines=(Byline(name="나그네", raw="나그네 기자 nagne@paper.example", email="nagne@paper.example"),),
        byline_raw="나그네 기자 nagne@paper.example",
        images=(Image(url="https://board.example/1.jpg", caption="새 산책로", credit_line="수원시 제공"),),
        keywords=("수원", "산책로"),
        listing=headline(number, flags=("new",), date_listed=NOON, date_precision="minute"),
    )


@dataclass
class Desk:
    """An archive in use: the running run, and a clock that only the test moves."""

    url: str
    now: datetime = NOON
    unfinished: bool = False  # it may be half a copy
    archive: Archive = field(init=False)
    run: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.archive = open_archive(self.url, unfinished=self.unfinished)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.archive.close()

    def start(self) -> Self:
        self.run = self.archive.start_run(
            source=SOURCE, name="시정", url="https://board.example/news", options={}, started=self.now
        )
        return self

    def finish(self, reach: str | None = "all") -> None:
        self.archive.finish_run(
            self.run, state="finished", reach=reach, figures={"new": 1}, finished=self.now
        )

    def settle(self) -> None:
        """As when a run ends."""
        with self.archive.writing() as connection:
            settle_latest(connection)

    def list_page(self, *headlines: Headline, reach: str = "all", wanted: bool = True) -> list[Listed]:
        return self.archive.list_headlines(
            self.run, SOURCE, headlines, when=self.now, wanted=lambda _: wanted, reach=reach
        )

    def see(self, one: Headline, *, reach: str = "all", wanted: bool = True) -> tuple[str, bool, bool]:
        """(state, fetch, known) of one listed headline."""
        (listed,) = self.list_page(one, reach=reach, wanted=wanted)
        return listed.state, listed.fetch, listed.known

    def store(self, *items: Article) -> list[Stored]:
        return [self.keep(candidate(item)) for item in items]

    def keep(self, item: Candidate) -> Stored:
        return self.archive.store(self.run, SOURCE, item, when=self.now)

    def fail(self, number: int, reason: str = "no body") -> datetime:
        return self.archive.record_failure(self.run, SOURCE, str(number), reason, when=self.now)

    def due(self, limit: int = 100) -> list[str]:
        entries = self.archive.due(SOURCE, now=self.now, before_run=self.run, limit=limit)
        return [entry.document_id for entry in entries]

    def wait(self, **spell: float) -> None:
        self.now += timedelta(**spell)

    def state(self, number: int) -> str:
        return next(state for key, _, state in self.archive.all_known(SOURCE) if key == str(number))


def contents(archive: Archive) -> list[Any]:
    """All that an archive says of its articles, in an order of its own, without the hour of storing."""
    kept = [
        (stored.article, stored.revision, stored.content_hash, stored.duplicate_of)
        for stored in archive.articles()
    ]
    return [sorted(kept, key=lambda one: one[0].uri), sorted(archive.all_known(SOURCE))]


def numbered_board(count: int) -> Iterable[Article]:
    """Every fifth post repeats another one's text."""
    return (article(number, TEXTS[number % 3] if number % 5 == 0 else None) for number in range(count))


def crawl(desk: Desk, posts: Iterable[Article], page: int = 10) -> None:
    """A crawl as newsbot does it: what was left first, then page by page, done = stored."""
    by_id = {post.document_id: post for post in posts}
    desk.start()
    while left := desk.due():
        desk.store(*(by_id[key] for key in left))
    listing = [post.listing for post in by_id.values() if post.listing]
    for start in range(0, len(listing), page):
        answers = desk.list_page(*listing[start : start + page])
        desk.store(*(by_id[each.headline.document_id] for each in answers if each.fetch))
    desk.finish()


class LoudDesk(Desk):
    """Says when it begins, and when it goes on to the next article."""

    def keep(self, item: Candidate) -> Stored:
        print("storing", item.article.uri, flush=True)  # noqa: T201
        return super().keep(item)


if __name__ == "__main__":
    print("beginning", flush=True)  # noqa: T201
    with LoudDesk(sys.argv[1]) as at_work:
        crawl(at_work, numbered_board(int(sys.argv[2])))
