"""What an article costs to store with everything that is kept of it, beside its bare row.

Everything is what a crawl does once the page is read: the page and its request into a WARC file, the hashes
and the sketch, and one transaction with revision, ledger, capture, matches and search entry, and with what of
that file is not safe on the disk. Three take turns, through the same library and as safe on the disk:

* the row: what an archive must do that keeps articles and nothing else. Its columns (uri, url, site, outlet,
  headline, section, dates) and its JSON in one table, found by uri, date and outlet;
* JSON alone, under its uri in a table of two columns: no archive that anything could be listed from, but the
  least that can be written;
* everything.

One article a transaction is what a crawl at its usual pace makes, of one request a second; twenty come
together only where nothing is waited for. By the clock the outcome hangs on the disk, for which both wait
once a transaction: so how long that takes for one page of a log is measured too.
"""

from __future__ import annotations

import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
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
from newsbot.archive.schema import Key, Moment
from newsbot.captures import Exchange
from newsbot.extensions.run_captures import RunCaptures
from newsbot.items import Article, Block, Headline, as_json
from newsbot.korean.dates import KST
from newsbot.korean.text import candidate
from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document

ARTICLES: Final = 1_200
TOGETHER: Final = 20  # articles in a transaction, about as many as a crawl at full speed puts into one
PARAGRAPHS, WORDS = 7, 22  # of each: 500 syllables an article
ALONE: Final = (
    0.5  # of the articles are stored one a transaction: some hundreds, for what is put off that long
)
MOST: Final = 3.0
FLUSHES: Final = 200
_SENT: Final = (("User-Agent", "newsbot"), ("Accept", "text/html"), ("Accept-Language", "ko"))

_tables = sa.MetaData()
_row = sa.Table(
    "bare_row",
    _tables,
    sa.Column("id", Key, primary_key=True),
    sa.Column("uri", sa.Text, nullable=False, unique=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("document_id", sa.Text),
    sa.Column("outlet", sa.Text, index=True),
    sa.Column("headline", sa.Text, nullable=False),
    sa.Column("section", sa.Text),
    sa.Column("date_published", Moment, index=True),
    sa.Column("stored", Moment, nullable=False),
    sa.Column("article", sa.JSON, nullable=False),
)
_json = sa.Table(
    "bare_json",
    _tables,
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


@dataclass(slots=True)
class Costs:
    row: Cost = field(default_factory=Cost)
    json: Cost = field(default_factory=Cost)
    everything: Cost = field(default_factory=Cost)


def measure(scale: float) -> Iterator[Figure]:
    pages = list(_pages(int(ARTICLES * scale)))
    alone = int(len(pages) * ALONE)
    with tempfile.TemporaryDirectory(prefix="newsbot-storing-") as directory, postgresql() as server:
        yield Figure("a flush of the disk", _flush(Path(directory, "log")) * 1e6, "µs, median")
        for name, url in {"SQLite": f"sqlite:///{directory}/archive.db", "PostgreSQL": server}.items():
            with open_archive(url) as archive:
                held = Path(directory, name)
                one_by_one = _in_turn(archive, held / "alone", pages[:alone], together=1)
                yield from _figures(f"{name}, one a transaction", one_by_one, alone)
                together = _in_turn(archive, held / "together", pages[alone:], together=TOGETHER)
                yield from _figures(f"{name}, {TOGETHER} a transaction", together, len(pages) - alone)


def _flush(log: Path) -> float:
    """Seconds for a page that is written over what is there, as in a log of SQLite's."""
    page, took = b"x" * 4096, []
    with log.open("wb", buffering=0) as file:
        for place in [*range(FLUSHES), *range(FLUSHES)]:
            started = time.perf_counter()
            os.pwrite(file.fileno(), page, place * len(page))
            os.fsync(file.fileno())
            took.append(time.perf_counter() - started)
    return statistics.median(took[FLUSHES:])


def _figures(what: str, costs: Costs, count: int) -> Iterator[Figure]:
    row, least, everything = costs.row, costs.json, costs.everything
    for name, cost in (("row", row), ("JSON alone", least), ("everything", everything)):
        yield Figure(f"{what}: {name}", cost.cpu / count * 1e6, "µs CPU")
        yield Figure(f"{what}: {name}", cost.clock / count * 1e6, "µs by the clock")
    yield Figure(f"{what}: everything : row", everything.clock / row.clock, "by the clock", most=MOST)
    yield Figure(f"{what}: everything : row", everything.cpu / row.cpu, "of CPU time", most=MOST)
    yield Figure(
        f"{what}: everything : JSON alone", everything.clock / least.clock, "by the clock", most=MOST
    )
    yield Figure(f"{what}: everything : JSON alone", everything.cpu / least.cpu, "of CPU time", most=MOST)


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
        article = replace(article, headline=headline, story_form=None, body=written)
        yield Page(exchange, replace(article, listing=_listed(article)))


def _listed(article: Article) -> Headline:
    """As its listing printed it: a crawl fetches nothing that was not listed."""
    return Headline(
        document_id=article.document_id or article.uri,
        url=article.url,
        title=article.headline,
        poster=article.provider,
        date_raw=article.date_published_raw,
        date_listed=article.date_published,
        date_precision=article.date_precision,
    )


def _in_turn(archive: Archive, directory: Path, pages: Sequence[Page], *, together: int) -> Costs:
    now = datetime.now(KST)
    source = f"{pages[0].article.site}/{directory.name}"
    run = archive.start_run(source=source, name=None, url=ORIGIN, options={}, started=now)
    captures = RunCaptures(archive, run, source, directory)
    with archive.writing() as connection:
        _tables.create_all(connection)
    costs, clock = Costs(), cpu_clock(archive)
    for start in range(0, len(pages), together):
        some = pages[start : start + together]
        listed = [page.article.listing for page in some if page.article.listing]
        archive.list_headlines(run, source, listed, when=now, reach="all")
        _timed(clock, costs.row, partial(_store_bare, archive, _row, _as_row, some))
        _timed(clock, costs.json, partial(_store_bare, archive, _json, _as_json, some))
        _timed(clock, costs.everything, partial(_store, archive, run, source, captures, some))
    captures.close()
    archive.finish_run(run, state="finished", reach="all", figures={}, finished=now)
    return costs


def _store_bare(
    archive: Archive, table: sa.Table, values: Callable[[Article], dict[str, Any]], pages: Sequence[Page]
) -> None:
    rows = [values(page.article) for page in pages]
    with archive.writing() as connection:
        connection.execute(sa.insert(table), rows)


def _as_json(article: Article) -> dict[str, Any]:
    return {"uri": article.uri, "article": as_json(article)}


def _as_row(article: Article) -> dict[str, Any]:
    return {
        "uri": article.uri,
        "url": article.url,
        "site": article.site,
        "document_id": article.document_id,
        "outlet": article.source,
        "headline": article.headline,
        "section": article.section,
        "date_published": article.date_published,
        "stored": datetime.now(KST),
        "article": as_json(article),
    }


def _store(archive: Archive, run: int, source: str, captures: RunCaptures, pages: Sequence[Page]) -> None:
    taken = [replace(page.article, capture=captures.take(page.exchange)) for page in pages]
    candidates = [candidate(article) for article in taken]
    new, journal = captures.waiting()
    archive.store_together(run, source, candidates, when=datetime.now(KST), captured=new, journal=journal)
    captures.entered(new, journal)


def _timed(clock: Callable[[], float], cost: Cost, work: Callable[[], Any]) -> None:
    gc.collect()
    cpu, started = clock(), time.perf_counter()
    work()
    cost.clock += time.perf_counter() - started
    cost.cpu += clock() - cpu
