"""Search in an archive of a million articles, on both databases: how soon it answers, and is it whole."""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import sqlalchemy as sa

from benchmarks.corpus import BETWEEN, Corpus, Made
from benchmarks.figures import Figure
from benchmarks.server import postgresql
from newsbot.archive import Archive, open_archive
from newsbot.archive.index import Step
from newsbot.archive.indexing import INDICES, Changes, note_entered
from newsbot.archive.schema import articles, revisions
from newsbot.archive.search_postgresql import SPANS
from newsbot.korean.date_forms import KST
from newsbot.korean.queries import read_query

SIZE = 1_000_000
BLOCK = 20_000  # different articles; the rest are the same again, later
ASKED = 40  # queries of a kind
RECALLED = 200  # queries whose answers are compared with the scan
PAGE = 20  # articles of an answer
MOST_SECONDS = 0.050


def measure(scale: float) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="newsbot-search-") as directory, postgresql() as server:
        places = {"SQLite": f"sqlite:///{directory}/archive.db", "PostgreSQL": server}
        for name, url in places.items():
            yield from (
                Figure(f"{name}: {figure.what}", figure.value, figure.unit, figure.least, figure.most)
                for figure in _measure(url, int(SIZE * scale))
            )
            Path(directory, "archive.db").unlink(missing_ok=True)


def _measure(url: str, size: int) -> Iterator[Figure]:
    corpus = Corpus()
    block = list(corpus.articles(1, min(BLOCK, size // 2) + 1))
    with open_archive(url) as archive:
        _store(archive, block)
        _settle(archive)
        yield Figure("found of what a plain scan finds", _recall(archive, corpus, block), least=1.0)
        started = time.perf_counter()
        _repeat(archive, block, size // len(block))
        yield Figure("filled and indexed", size / (time.perf_counter() - started), "articles/s")
        for kind, queries in _queries(corpus, random.Random(3)).items():
            slow = _p95([_seconds(archive, query) for query in queries])
            yield Figure(f"newest {PAGE} of {size:,}, {kind}, p95", slow * 1e3, "ms", most=MOST_SECONDS * 1e3)
        common = [_seconds(archive, word, by="relevance") for word in corpus.words[:PAGE]]
        yield Figure("a common word by relevance, p95", _p95(common) * 1e3, "ms")
        counted = [_counting(archive, word) for word in corpus.words[:5]]
        yield Figure("counting more than 10,000 by outlet, section, byline, day", max(counted) * 1e3, "ms")


def _queries(corpus: Corpus, chance: random.Random) -> dict[str, list[str]]:
    long = [word for word in corpus.words if len(word) >= 2]
    three = [" ".join(chance.sample(long[:400], 3)) for _ in range(ASKED)]
    return {
        "a common word": long[:ASKED],
        "a word of middling frequency": long[1_000 : 1_000 + ASKED],
        "a rare word": long[-ASKED:],
        "a two-syllable name": corpus.short_names[:ASKED],
        "three words": three,
    }


def _seconds(archive: Archive, query: str, **more: Any) -> float:
    """The best of three: what else the machine does is not measured."""
    return min(_once(archive, query, **more) for _ in range(3))


def _once(archive: Archive, query: str, **more: Any) -> float:
    started = time.perf_counter()
    archive.search(read_query(query), limit=PAGE, **more)
    return time.perf_counter() - started


def _counting(archive: Archive, query: str) -> float:
    started = time.perf_counter()
    archive.tally(read_query(query))
    return time.perf_counter() - started


def _p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1]


# ---- is everything found ----------------------------------------------------------------------------


def _recall(archive: Archive, corpus: Corpus, scanned: Sequence[Made]) -> float:
    wanted = found = 0
    for query in _generated(corpus, random.Random(5)):
        there = {made.key for made in scanned if _stands(query, f"{made.headline} {made.text} {made.name}")}
        answers = archive.found(read_query(query))
        wanted += len(there)
        found += len(there & {int(one.article.document_id or 0) for one in answers})
    return found / wanted


def _generated(corpus: Corpus, chance: random.Random) -> list[str]:
    """Words of all frequencies, of one syllable and more, names and hanja."""
    short = [word for word in corpus.words if len(word) == 1]
    two = [word for word in corpus.words if len(word) == 2]
    drawn = [*chance.sample(short, 20), *chance.sample(two, 60), *"李朴金北美中日英獨佛"]
    drawn += chance.sample(corpus.short_names, 40) + chance.sample(corpus.words, RECALLED - len(drawn) - 40)
    return drawn


def _stands(query: str, text: str) -> bool:
    """One syllable where a word begins with it, everything else anywhere."""
    if len(query) == 1 and "가" <= query <= "힣":
        return any(word.startswith(query) for word in text.split())
    return query in text


# ---- an archive filled without a crawl --------------------------------------------------------------


def _store(archive: Archive, block: Sequence[Made]) -> None:
    with archive.writing() as connection:
        Changes(connection)  # an index of today's scheme
        INDICES[archive.dialect].clear(connection)
        connection.execute(sa.text(_RUN), {"now": int(time.time())})
        connection.execute(sa.insert(articles), [_article(made) for made in block])
        connection.execute(sa.insert(revisions), [_revision(made) for made in block])
        INDICES[archive.dialect].change(connection, [made.step for made in block])


def _repeat(archive: Archive, block: Sequence[Made], times: int) -> None:
    """The same articles again and again, each time later, until there are so many blocks of them."""
    with archive.writing() as connection:
        connection.exec_driver_sql("DROP INDEX IF EXISTS ix_search_tokens")
    for number in range(1, times):
        shift, later = number * len(block), number * len(block) * BETWEEN
        values = {"shift": shift, "later": later, "tag": f"-{number}", "last": len(block)}
        with archive.writing() as connection:
            for statement in _AGAIN[archive.dialect]:
                connection.execute(sa.text(statement), values)
            if archive.dialect == "sqlite":
                INDICES["sqlite"].change(connection, [_shifted(made.step, shift, later) for made in block])
    _settle(archive)


def _shifted(step: Step, shift: int, later: int) -> Step:
    return replace(step, key=step.key + shift, dated=step.dated + later)


def _settle(archive: Archive) -> None:
    """The index whole, and what a server does by itself within minutes."""
    with archive.writing() as connection:
        INDICES[archive.dialect].finish(connection)
        note_entered(connection)
    if archive.dialect == "postgresql":
        engine = archive.backend.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for table in ("search", "articles", "revisions"):
                connection.exec_driver_sql(f"VACUUM ANALYZE {table}")


_AGAIN_ROWS = (
    "INSERT INTO articles (id, uri, url, site, document_id, outlet, headline, section, bylines,"
    " date_published, dated, first_stored, checked, revision, content_hash)"
    " SELECT id + :shift, uri || :tag, url || :tag, site, document_id || :tag, outlet, headline, section,"
    " bylines, date_published + :later, dated + :later, first_stored, checked, 1, '0'"
    " FROM articles WHERE id <= :last",
    "INSERT INTO revisions (article_id, number, article, content_hash, parser_version, run_id, stored)"
    " SELECT article_id + :shift, 1, article, '0', '0', 1, stored FROM revisions WHERE article_id <= :last",
)
_OLD_SPANS = ", ".join(f"'={level}:' || (dated >> {level})" for level in SPANS)
_NEW_SPANS = ", ".join(f"'={level}:' || ((dated + :later) >> {level})" for level in SPANS)
_AGAIN = {
    "sqlite": _AGAIN_ROWS,
    "postgresql": (
        *_AGAIN_ROWS,
        "INSERT INTO search (article_id, dated, tokens) SELECT article_id + :shift, dated + :later,"
        f" ts_delete(tokens, ARRAY[{_OLD_SPANS}]) || array_to_tsvector(ARRAY[{_NEW_SPANS}])"
        " FROM search WHERE article_id <= :last",
    ),
}
_RUN = (
    "INSERT INTO runs (id, source, url, options, state, started, figures)"
    " VALUES (1, 'board.example/news', 'u', '{}', 'finished', :now, '{}')"
)


def _article(made: Made) -> dict[str, Any]:
    when = datetime.fromtimestamp(made.dated, KST)
    return {
        "id": made.key,
        "uri": f"newsbot:board.example/{made.key}",
        "url": f"https://board.example/news/{made.key}",
        "site": "board.example",
        "document_id": str(made.key),
        "outlet": made.outlet,
        "headline": made.headline,
        "section": made.section,
        "bylines": [made.name],
        "date_published": when,
        "dated": when,
        "first_stored": when,
        "checked": when,
        "revision": 1,
        "content_hash": "0",
    }


def _revision(made: Made) -> dict[str, Any]:
    return {
        "article_id": made.key,
        "number": 1,
        "article": json.loads(made.json),
        "content_hash": "0",
        "parser_version": "0",
        "run_id": 1,
        "stored": datetime.fromtimestamp(made.dated, KST),
    }
