"""What the archive must hold after a simulated week, by what the sites did and what newsbot was served.

A post *had to be found* if one finished crawl of its source began when it was listed and ended when it still
was. A version of it *had to be seen* if it was sent whole to a crawl that finished, or if a visit of the plan
was due after it was written and three crawls have finished since.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from crawling import differences
from simulated_clock import BEGIN, DAY, HOUR, MINUTE, moment
from simulated_site import Board, Plan, Site, sites
from week_seen import Run, Seen

from newsbot.archive import Archive, open_archive
from newsbot.archive.entries import VISITS
from newsbot.archive.records import StoredArticle
from newsbot.archive.schema import GONE, events, ledger
from newsbot.config import source_key

SLACK: Final = 2 * HOUR + 10 * MINUTE  # by which the wall's clock was wrong at most, and a little
CRAWLS: Final = 3  # that are given for what is due; each may visit twenty articles
_LAST_VISITS: Final = 2  # are made though the board tells of edits


# ---- the truth of a site ---------------------------------------------------------------------------


class Truth:
    """``listed``: in the board and in its feed, each post's times; ``wrote``: when each version was."""

    def __init__(self, site: Site, end: float) -> None:
        self.site = site
        self.board = Board(site)
        self.listed: dict[bool, dict[int, list[list[float]]]] = {False: {}, True: {}}
        self.wrote: dict[int, list[float]] = defaultdict(list)
        self.dated: dict[int, float] = {}
        for happening in site.happenings:
            self.board.live_until(happening.at)
            self._look(happening.at)
            if happening.kind == "post":
                self.dated[happening.post] = happening.dated
        self.board.live_until(end)
        self.posts = {str(number): post for post, number in enumerate(self.board.ids)}

    def _look(self, now: float) -> None:
        for post, version in enumerate(self.board.versions):
            if len(self.wrote[post]) <= version:
                self.wrote[post].append(now)
            for feed in set(self.site.sources.values()):
                times = self.listed[feed].setdefault(post, [])
                shown = self.board.shows(post, feed=feed)
                if shown and (not times or times[-1][1] < 1e17):
                    times.append([now, 1e18])
                elif not shown and times and times[-1][1] > 1e17:
                    times[-1][1] = now

    def public_until(self, post: int) -> float:
        times = [each for feed in self.listed.values() for each in feed.get(post, ())]
        if self.board.shows(post, feed=False):
            return 1e18
        return max((end for _, end in times), default=-1e18)


# ---- the comparison --------------------------------------------------------------------------------


@dataclass(slots=True)
class Judgement:
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def fault(self, kind: str, what: str) -> None:
        self.counts[kind] += 1
        self.faults.append(f"{kind}: {what}")


def judge(plan: Plan, archive: str, seen: Seen) -> Judgement:
    judgement = Judgement()
    with open_archive(archive, read_only=True) as opened:
        for finding in opened.verify():
            judgement.fault("broken promises", str(finding))
        stored = _stored(opened, judgement)
        rows = _rows(opened)
        for site in sites(plan).values():
            truth = Truth(site, plan.days * DAY)
            _judge_site(judgement, truth, seen, stored[site.host], rows, opened)
            _judge_events(judgement, truth, opened)
    return judgement


def _stored(opened: Archive, judgement: Judgement) -> dict[str, dict[str, StoredArticle]]:
    found: dict[str, dict[str, StoredArticle]] = defaultdict(dict)
    for one in opened.articles():
        host, key = one.article.site, str(one.article.document_id)
        judgement.counts["articles"] += 1
        if key in found[host]:
            judgement.fault("doubled", f"{one.article.uri} and {found[host][key].article.uri}")
        found[host][key] = one
    return found


def _rows(opened: Archive) -> dict[tuple[str, str], Any]:
    with opened.reading() as connection:
        found = connection.execute(sa.select(ledger)).mappings()
        return {(row["source"], row["document_id"]): dict(row) for row in found}


def _judge_site(
    judgement: Judgement,
    truth: Truth,
    seen: Seen,
    stored: dict[str, StoredArticle],
    rows: dict[tuple[str, str], Any],
    opened: Archive,
) -> None:
    for key in stored.keys() - truth.posts.keys():
        judgement.fault("invented", stored[key].article.uri)
    for source, feed in truth.site.sources.items():
        runs = seen.finished(source)
        ledgered = {key: rows.get((source_key(truth.site.url(feed=feed)), key)) for key in truth.posts}
        for key, post in truth.posts.items():
            judgement.counts["posts"] += 1
            where = f"{source} {key} (post {post})"
            times = truth.listed[feed].get(post, [])
            if key not in stored and _had_to_be_found(times, runs):
                judgement.fault("lost", f"{where}: {_brief(ledgered[key])}")
            if (row := ledgered[key]) is not None:
                _judge_state(judgement, truth, post, row, where, runs)
    for key, one in stored.items():
        if key in truth.posts:
            _judge_date(judgement, truth.dated[truth.posts[key]], one)
            _judge_text(judgement, truth, truth.posts[key], one, seen, opened)


def _brief(row: Any) -> str:
    if row is None:
        return "not in the ledger"
    return f"{row['state']}, {row['failure']}, tried {row['attempts']} times, again at {row['next_try']}"


def _had_to_be_found(times: Sequence[Sequence[float]], runs: Sequence[Run]) -> bool:
    return any(start <= run.began and run.ended < end for start, end in times for run in runs)


def _judge_state(
    judgement: Judgement, truth: Truth, post: int, row: Any, where: str, runs: Sequence[Run]
) -> None:
    gone_at = truth.public_until(post)
    if row["state"] in GONE:
        judgement.counts["seen to be gone"] += 1
        if gone_at > 1e17:
            judgement.fault("false deletions", f"{where}: {row['state']}")
    elif row["state"] == "stored" and gone_at < 1e17 and row["article_id"] is not None:
        if _was_due(truth, post, _since(row["first_listed"]), gone_at, runs):
            judgement.fault("deletions not seen", f"{where}, gone since {gone_at / HOUR:.1f} h")
        else:
            judgement.counts["gone, not yet visited"] += 1


def _since(moment: Any) -> float:
    return float((moment - BEGIN).total_seconds())


def _was_due(truth: Truth, post: int, first: float, since: float, runs: Sequence[Run]) -> bool:
    """Whether a visit was due since then, and was to be made by now."""
    told = truth.site.form == "rhymix" and truth.site.look.feeds
    plan = VISITS[-_LAST_VISITS:] if told else VISITS
    born = min(truth.dated[post], first)
    visits = [born + visit.total_seconds() for visit in plan]
    begun = [run.began for run in runs]
    return any(
        visit > max(since, first) + SLACK and len(begun) - bisect_left(begun, visit + SLACK) >= CRAWLS
        for visit in visits
    )


def _judge_text(
    judgement: Judgement, truth: Truth, post: int, one: StoredArticle, seen: Seen, opened: Archive
) -> None:
    uri, last = one.article.uri, truth.board.versions[post]
    versions = [_version(truth, post, each, last) for each in opened.revisions(uri)]
    judgement.counts["revisions"] += len(versions)
    if None in versions:
        judgement.fault("wrong text", f"{uri}: revisions {versions}, the site has {last + 1}")
        return
    read = max(versions)  # type: ignore[type-var]
    if versions != sorted(set(versions)):  # type: ignore[type-var]
        judgement.fault("revisions out of order", f"{uri}: {versions}")
    runs = sorted(
        (run for source in truth.site.sources for run in seen.finished(source)), key=lambda run: run.began
    )
    assert read is not None
    for when, version in seen.served[truth.site.host, post]:
        if version > read and any(run.began <= when <= run.ended for run in runs):
            judgement.fault("read and not kept", f"{uri}: version {version} at {when / HOUR:.2f} h")
    if read < last and truth.public_until(post) > 1e17:
        _judge_edit(judgement, truth, post, read, one, runs)


def _judge_date(judgement: Judgement, dated: float, one: StoredArticle) -> None:
    """Whatever the clock said, and on both sides of a new year."""
    published, precise = one.article.date_published, one.article.date_precision
    wrong = None if published is None else abs(_since(published) - dated)
    if wrong is None or wrong > (DAY if precise == "day" else MINUTE):
        judgement.fault("wrong dates", f"{one.article.uri}: {published} ({precise}), not {moment(dated)}")


def _judge_edit(
    judgement: Judgement, truth: Truth, post: int, read: int, one: StoredArticle, runs: Sequence[Run]
) -> None:
    written = truth.wrote[post][read + 1]
    first = _since(one.first_stored)
    what = f"{one.article.uri}: version {read + 1} of {written / HOUR:.2f} h, kept since {first / HOUR:.2f} h"
    if _was_due(truth, post, first, written, runs):
        judgement.fault("edits not seen", what)
    elif _was_told(truth, written, runs):
        judgement.fault("edits not asked for", what)
    else:
        judgement.counts["edited, not yet visited"] += 1


def _was_told(truth: Truth, written: float, runs: Sequence[Run]) -> bool:
    """Whether the board's change feed told of it to so many crawls that were to ask."""
    if truth.site.form != "rhymix" or not truth.site.look.feeds or False not in truth.site.sources.values():
        return False
    after = [run.began for run in runs if run.began > written + SLACK]
    return len(after) >= 2 * CRAWLS and after[-1] - after[0] > HOUR


def _version(truth: Truth, post: int, revision: StoredArticle, last: int) -> int | None:
    """Which of the versions a revision is."""
    fitting = (
        version
        for version in range(last, -1, -1)
        if not differences(revision.article, truth.site.article(post, version).truth)
    )
    return next(fitting, None)


def _judge_events(judgement: Judgement, truth: Truth, opened: Archive) -> None:
    """What was ever said to be gone was so."""
    for source, feed in truth.site.sources.items():
        said = (
            sa.select(ledger.c.document_id, events.c.state, events.c.happened)
            .join(ledger, ledger.c.id == events.c.ledger_id)
            .where(ledger.c.source == source_key(truth.site.url(feed=feed)), events.c.state.in_(GONE))
        )
        for key, state, happened in _all(opened, said):
            post = truth.posts.get(key)
            if post is not None and truth.public_until(post) > _since(happened) + SLACK:
                judgement.fault(
                    "false deletions", f"{source} {key}: {state} at {_since(happened) / HOUR:.1f} h"
                )


def _all(opened: Archive, chosen: sa.Select[Any]) -> Iterator[Any]:
    with opened.reading() as connection:
        yield from connection.execute(chosen).all()
