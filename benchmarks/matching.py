"""What matching costs: a store in a small and in a large archive, the sketch, and how well it finds.

The large archive is filled by the database itself: rows of articles with random keys, a year of them, which
is what a lookup has to find its way through. The articles that are timed are whole ones, through ``store``.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import median
from typing import Final

import sqlalchemy as sa

from benchmarks.figures import Figure
from benchmarks.server import cpu_clock, postgresql
from benchmarks.templates import TEMPLATES, Lines
from benchmarks.variants import VARIANTS, blocks, pairs, story
from newsbot.archive import Archive, open_archive
from newsbot.items import Article, Candidate
from newsbot.korean.dates import KST
from newsbot.korean.nearness import BANDS, Text, compare, sketch, text_of
from newsbot.korean.text import candidate, matching_letters

SIZES: Final = (10_000, 1_000_000)
PAIRS: Final = 500
TEMPLATES_EACH: Final = 200
TOGETHER: Final = 20  # articles in a transaction
TIMED: Final = 60  # transactions, whose median counts
NOW: Final = datetime(2026, 6, 1, 12, tzinfo=KST)
_SYLLABLES: Final = [chr(code) for code in range(0xAC00, 0xD7A4, 37)]
_LEAST: Final = {"repost": 1, "light edit": 1, "(종합)": 0.95, "truncated": 0.85, "rewritten lead": 0.8}

# Rows enough for a lookup to meet; no revisions: only an article that is found is read.
_FILL: Final = {
    "sqlite": (
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < {size})"
        " INSERT INTO articles (id, uri, url, site, headline, dated, first_stored, checked, revision,"
        " content_hash, text_hash) SELECT n, 'newsbot:filled/' || n, 'http://filled/' || n, 'filled',"
        " 'filled', {now} - n % 31536000, {now}, {now}, 1, 'filled', 'filled-' || n FROM t",
        "WITH RECURSIVE b(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM b WHERE n < {bands})"
        " INSERT INTO bands (period, key, article_id)"
        " SELECT dated / 7776000, random(), id FROM articles, b ORDER BY 1, 2",
    ),
    "postgresql": (
        "SELECT set_config('session_replication_role', 'replica', true)",  # foreign keys are not asked for
        "SELECT set_config('work_mem', '256MB', true)",
        "INSERT INTO articles (uri, url, site, headline, dated, first_stored, checked, revision,"
        " content_hash, text_hash) SELECT 'newsbot:filled/' || n, 'http://filled/' || n, 'filled', 'filled',"
        " {now} - n % 31536000, {now}, {now}, 1, 'filled', 'filled-' || n FROM generate_series(1, {size}) n",
        "INSERT INTO bands (period, key, article_id) SELECT dated / 7776000,"
        " (random() * 9e18)\\:\\:bigint, id FROM articles, generate_series(1, {bands}) ORDER BY 1, 2",
    ),
}


def measure(scale: float) -> Iterator[Figure]:
    yield from _found(int(PAIRS * scale))
    yield from _false(int(TEMPLATES_EACH * max(scale, 0.25)))
    yield _sketching()
    sizes = [int(size * scale) for size in SIZES]
    yield from _growing("SQLite", [_stored_among_on_sqlite(size) for size in sizes], sizes)
    yield from _growing("PostgreSQL", [_stored_among_on_postgresql(size) for size in sizes], sizes)


def _growing(name: str, costs: Sequence[float], sizes: Sequence[int]) -> Iterator[Figure]:
    for cost, size in zip(costs, sizes, strict=True):
        yield Figure(f"{name}: storing one, matched, among {size:,}", cost * 1e6, "µs CPU")
    yield Figure(f"{name}: storing, last : first", costs[-1] / costs[0], "of its cost", most=1.5)


def _read(lines: Lines) -> Text:
    return text_of(matching_letters(blocks(lines)) or "")


def _found(count: int) -> Iterator[Figure]:
    for kind in VARIANTS:
        found = sum(_matches(*map(_read, pair)) for pair in pairs(kind, count))
        yield Figure(f"{kind}: found", found / count, f"of {count} pairs", least=_LEAST[kind])


def _matches(one: Text, other: Text) -> bool:
    kind = compare(one, other).kind
    return kind == "exact" or (kind is not None and bool({*sketch(one.letters)} & {*sketch(other.letters)}))


def _false(count: int) -> Iterator[Figure]:
    for template, make in TEMPLATES.items():
        chance = Random(template)
        texts = [_read(make(chance)) for _ in range(count)]
        false = sum(compare(*pair).kind is not None for pair in combinations(texts, 2))
        yield Figure(f"{template}: false pairs", false, f"of {count * (count - 1) // 2:,}", most=0)


def _sketching() -> Figure:
    letters = [_read(story(Random(n))).letters for n in range(500)]
    started = time.process_time()
    for each in letters:
        sketch(each)
    return Figure("sketch of an article", (time.process_time() - started) / len(letters) * 1e6, "µs CPU")


def _stored_among_on_sqlite(size: int) -> float:
    with tempfile.TemporaryDirectory() as directory:
        return _stored_among(f"sqlite:///{Path(directory) / 'archive.db'}", size)


def _stored_among_on_postgresql(size: int) -> float:
    with postgresql() as server:
        return _stored_among(server, size)


def _stored_among(url: str, size: int) -> float:
    with open_archive(url) as archive:
        with archive.writing() as connection:
            for statement in _FILL[archive.dialect]:
                filled = statement.format(size=size, now=int(NOW.timestamp()), bands=BANDS)
                connection.execute(sa.text(filled))
        if archive.dialect == "postgresql":
            with archive.backend.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as settled:
                settled.exec_driver_sql("VACUUM ANALYZE articles")
                settled.exec_driver_sql("VACUUM ANALYZE bands")
        return _store(archive)


def _store(archive: Archive) -> float:
    """Median CPU seconds of storing one article; every tenth is an edited re-post of the one before."""
    clock = cpu_clock(archive)
    run = archive.start_run(source="bench", name=None, url="http://bench", options={}, started=NOW)
    chance = Random(1)
    seconds = []
    for start in range(0, TIMED * TOGETHER, TOGETHER):
        page = [_candidate(start + n, chance) for n in range(TOGETHER)]
        started = clock()
        archive.store_together(run, "bench", page, when=NOW)
        seconds.append((clock() - started) / TOGETHER)
    return median(seconds)


def _invented(chance: Random) -> Lines:
    """Seven paragraphs of words that are none, so that texts share no phrase by chance."""
    return [" ".join(_word(chance) for _ in range(30)) + "다." for _ in range(7)]


def _word(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))


def _candidate(number: int, chance: Random) -> Candidate:
    lines = _invented(Random(number - (number % 10 == 9)))
    article = Article(
        uri=f"newsbot:bench/{number}", url=f"http://bench/{number}", site="bench",
        document_id=str(number), headline=f"소식 {number}호", body=blocks(lines), date_fetched=NOW,
        date_published=NOW - timedelta(minutes=number), source="마루신문",
    )  # fmt: skip
    edited = lines if number % 10 != 9 else VARIANTS["light edit"](lines, chance)
    return candidate(replace(article, body=blocks(edited)))
