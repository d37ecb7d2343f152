"""What an article costs to store with everything that is kept of it, beside its bare row.

The bare row is the article's JSON under its uri in a table of two columns, through the same library, as safe
on the disk: what any archive must do. Everything is what a crawl does once the page is read: the page
and its request into a WARC file that is made safe on the disk, the hashes and the sketch, and one
transaction with revision, ledger, capture, matches and search entry. Both take turns.
"""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from benchmarks.corpus import HEADLINE, Corpus
from benchmarks.figures import Figure
from benchmarks.server import cpu_clock, postgresql
from benchmarks.site import ORIGIN, StaticBoard
from newsbot.archive import Archive, open_archive
from newsbot.captures import Exchange
from newsbot.extensions.run_captures import RunCaptures
from newsbot.items import Article, Block, as_json
from newsbot.korean.dates import KST
from newsbot.korean.text import candidate
from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document

ARTICLES: Final = 1_200
TOGETHER: Final = 20  # articles in a transaction, about as many as a crawl at full speed puts into one
PARAGRAPHS, WORDS = 7, 22  # of each: 500 syllables an article
ALONE: Final = 0.25  # of the articles are stored one a transaction
MOST: Final = 3.0
_SENT: Final = (("User-Agent", "newsbot"), ("Accept", "text/html"), ("Accept-Language", "ko"))

_bare = sa.Table(
    "bare",
    sa.MetaData(),
    sa.Column("uri", sa.Text, primary_key=True),
    sa.Column("article", sa.JSON, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came, and what is read from it."""

    exchange: Exchange
    article: Article


@dataclass(slots=True)
class Cost:
    """CPU seconds (this process and the server's for it) and seconds by the clock."""

    cpu: float = 0.0
    clock: float = 0.0


def measure(scale: float) -> Iterator[Figure]:
    pages = list(_pages(int(ARTICLES * scale)))
    alone = int(len(pages) * ALONE)
    with tempfile.TemporaryDirectory(prefix="newsbot-storing-") as directory, postgresql() as server:
        for name, url in {"SQLite": f"sqlite:///{directory}/archive.db", "PostgreSQL": server}.items():
            with open_archive(url) as archive:
                held = Path(directory, name)
                one_by_one = _in_turn(archive, held / "alone", pages[:alone], together=1)
                yield from _figures(f"{name}, one a transaction", one_by_one, alone)
                together = _in_turn(archive, held / "together", pages[alone:], together=TOGETHER)
                yield from _figures(f"{name}, {TOGETHER} a transaction", together, len(pages) - alone)


def _figures(what: str, costs: tuple[Cost, Cost], count: int) -> Iterator[Figure]:
    bare, everything = costs
    yield Figure(f"{what}: bare row", bare.cpu / count * 1e6, "µs CPU")
    yield Figure(f"{what}: everything", everything.cpu / count * 1e6, "µs CPU")
    yield Figure(f"{what}: everything : bare row", everything.cpu / bare.cpu, "of its CPU time", most=MOST)
    yield Figure(f"{what}: the same by the clock", everything.clock / bare.clock, "of its time", most=MOST)


def _pages(count: int) -> Iterator[Page]:
    """A board's pages; in the articles words by Zipf's law stand for its sentences, which are few."""
    board, words = StaticBoard(count), Corpus()
    fetched = datetime.now(KST).replace(microsecond=0)
    for target in board.articles:
        body = board.answer(target).body
        article = read_article(parse_document(body, ORIGIN + target))
        headline = " ".join(words.text(HEADLINE))
        written = tuple(
            Block(type="paragraph", text=" ".join(words.text(WORDS)) + " 밝혔다.") for _ in range(PARAGRAPHS)
        )
        headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))))
        exchange = Exchange(
            url=ORIGIN + target, status=200, headers=headers, body=body, fetched=fetched,
            request_headers=_SENT, ip_address="127.0.0.1",
        )  # fmt: skip
        yield Page(exchange, replace(article, headline=headline, story_form=None, body=written))


def _in_turn(archive: Archive, directory: Path, pages: Sequence[Page], *, together: int) -> tuple[Cost, Cost]:
    now = datetime.now(KST)
    source = f"{pages[0].article.site}/{directory.name}"
    run = archive.start_run(source=source, name=None, url=ORIGIN, options={}, started=now)
    captures = RunCaptures(archive, run, source, directory)
    with archive.writing() as connection:
        _bare.create(connection, checkfirst=True)
    bare, everything = Cost(), Cost()
    clock = cpu_clock(archive)
    for start in range(0, len(pages), together):
        some = pages[start : start + together]
        listed = [page.article.listing for page in some if page.article.listing]
        archive.list_headlines(run, source, listed, when=now, reach="all")
        _timed(clock, bare, partial(_store_bare, archive, some))
        _timed(clock, everything, partial(_store, archive, run, source, captures, some))
    captures.close()
    archive.finish_run(run, state="finished", reach="all", figures={}, finished=now)
    return bare, everything


def _store_bare(archive: Archive, pages: Sequence[Page]) -> None:
    rows = [{"uri": page.article.uri, "article": as_json(page.article)} for page in pages]
    with archive.writing() as connection:
        connection.execute(sa.insert(_bare), rows)


def _store(archive: Archive, run: int, source: str, captures: RunCaptures, pages: Sequence[Page]) -> None:
    taken = [replace(page.article, capture=captures.take(page.exchange)) for page in pages]
    candidates = [candidate(article) for article in taken]
    new = captures.synced()
    archive.store_together(run, source, candidates, when=datetime.now(KST), captured=new)
    captures.entered(new)


def _timed(clock: Callable[[], float], cost: Cost, work: Callable[[], Any]) -> None:
    gc.collect()
    cpu, started = clock(), time.perf_counter()
    work()
    cost.clock += time.perf_counter() - started
    cost.cpu += clock() - cpu
