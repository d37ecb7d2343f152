"""How sources stand, as JSON values: for `newsbot status`, and whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from newsbot.archive import Archive
from newsbot.archive.records import LedgerEntry
from newsbot.archive.run_records import Backfill, KeptTrouble, Look, Run
from newsbot.config import Config, source_key
from newsbot.errors import ConfigError
from newsbot.schedule.due import Past, next_due, timing
from newsbot.schedule.history import past_run

DAYS: Final = 14
MOST_SHOWN: Final = 20
_LOOKED_BACK: Final = 20  # runs that say when the next one is due
_GONE: Final = ("vanished", "deleted", "moved", "secret")


def overview_of(archive: Archive, config: Config, now: datetime) -> list[dict[str, Any]]:
    """A row for each source of the configuration, in its order, then for those of the archive alone.

    Not for an address that was tried and never was a source, such as a mistyped one.

    Each is ``{source, key, state, run, last, next, hangs, new (14 days, the last is today), pending, failed,
    troubles, backfill}``; a source that was never crawled has no ``state``, ``run`` and ``last``.
    ``backfill``: how far its old posts have been fetched, if they are.
    """
    names = {source_key(source.url): name for name, source in config.sources.items()}
    known = archive.sources()
    new = archive.new_by_day(now - timedelta(days=DAYS))
    waiting = archive.waiting()
    troubles = archive.troubles(only_open=True)
    looks = archive.latest_looks({**names, **dict.fromkeys(known)}, limit=_LOOKED_BACK)
    keys = [*names, *(key for key in known if key not in names and not _never_read(looks[key]))]
    old = archive.backfills()
    return [
        _stand(looks[key], config, key, names.get(key, key), now)
        | {"new": by_day(new.get(key, {}), now)}
        | {state: waiting.get(key, {}).get(state, 0) for state in ("pending", "failed")}
        | {"troubles": [trouble_row(each) for each in troubles if each.source == key]}
        | {"backfill": _backfill_row(old.get(key))}
        for key in keys
    ]


def detail_of(archive: Archive, config: Config, key: str, now: datetime, *, limit: int) -> dict[str, Any]:
    """What one source's listing has and the archive lacks.

    The row of ``overview_of``, with ``states`` (counts), ``lacking`` (pending, or failed: asked for and
    never read; with reason, attempts and next try), ``unread_again`` (stored, and the last request failed),
    ``gone``, and ``runs``.
    """
    lacking = archive.entries_in(key, ("pending", "failed"), limit=limit)
    again = archive.entries_in(key, ("stored",), waiting=True, limit=limit)
    states = archive.states(key)
    new = archive.new_by_day(now - timedelta(days=DAYS)).get(key, {})
    looks = archive.latest_looks([key], limit=_LOOKED_BACK)[key]
    return _stand(looks, config, key, name_of(config, key), now) | {
        "new": by_day(new, now),
        **{state: states.get(state, 0) for state in ("pending", "failed")},
        "troubles": [trouble_row(each) for each in archive.troubles(key, only_open=True)],
        "states": states,
        "lacking": [_entry_row(each) for each in lacking],
        "unread_again": [_entry_row(each) for each in again],
        "gone": [_entry_row(each) for each in archive.entries_in(key, _GONE, limit=limit)],
        "settled": [_settled_row(each) for each, _ in archive.settled_troubles(key)],
        "backfill": _backfill_row(archive.backfill(key)),
        "runs": [_run_row(run) for run in archive.runs(key, limit=limit)],
        "repair": f"newsbot crawl --repair {name_of(config, key)}",
    }


def last_runs_of(archive: Archive, config: Config) -> list[Run]:
    """The last run of every source; not of an address that was tried and never was one, as above."""
    configured = {source_key(source.url) for source in config.sources.values()}
    last = archive.last_runs()
    doubtful = [run.source for run in last if run.state == "failed" and run.source not in configured]
    looks = archive.latest_looks(doubtful, limit=_LOOKED_BACK)
    return [run for run in last if not _never_read(looks.get(run.source, []))]


def check_crawled(archive: Archive, source: str | None, key: str | None) -> None:
    """Raises ConfigError where a source is named that was never crawled, such as a mistyped one."""
    if key is not None and not archive.runs(key, limit=1):
        raise ConfigError(f"{source} was never crawled into this archive: newsbot crawl {source}")


def by_day(counts: Mapping[date, int], now: datetime) -> list[int]:
    """The counts of so many days up to today."""
    return [counts.get(now.date() - timedelta(days=age), 0) for age in range(DAYS - 1, -1, -1)]


def trouble_row(trouble: KeptTrouble) -> dict[str, Any]:
    """A trouble as JSON values."""
    since, seen = trouble.since.isoformat(), trouble.last_seen.isoformat()
    sample = dict(trouble.sample) if trouble.sample else None
    well = trouble.well_since and trouble.well_since.isoformat()
    row = {"name": trouble.name, "line": trouble.detail, "since": since, "last_seen": seen, "sample": sample}
    return row | {"well_since": well}


def _settled_row(trouble: KeptTrouble) -> dict[str, Any]:
    settled = trouble.settled and trouble.settled.isoformat()
    return {"name": trouble.name, "settled": settled, "note": trouble.note}


def _backfill_row(place: Backfill | None) -> dict[str, Any] | None:
    if place is None:
        return None
    row: dict[str, Any] = {"goal": place.goal, "pages": place.pages, "articles": place.articles}
    moments = {name: getattr(place, name) for name in ("oldest", "begun", "worked", "ended")}
    return row | {name: moment and moment.isoformat() for name, moment in moments.items()}


def name_of(config: Config, key: str) -> str:
    """What people call a source: its name, else an address that leads to it."""
    named = (name for name, source in config.sources.items() if source_key(source.url) == key)
    return next(named, key)


def _stand(runs: list[Look], config: Config, key: str, name: str, now: datetime) -> dict[str, Any]:
    last = runs[0] if runs else None
    return {
        "source": name,
        "key": key,
        "state": last and last.state,
        "run": last and last.id,
        "last": last and last.started.isoformat(),
        "next": _next(config, name, runs, now),
        "hangs": last is not None and _hangs(last, config, now),
    }


def _never_read(looks: list[Look]) -> bool:
    return 0 < len(looks) < _LOOKED_BACK and all(look.state == "failed" for look in looks)


def _hangs(run: Look, config: Config, now: datetime) -> bool:
    """Whether a run that has not ended is older than a schedule would let it become."""
    return run.state == "running" and now - run.started > config.schedule.longest


def _next(config: Config, name: str, runs: list[Look], now: datetime) -> str | None:
    source = config.sources.get(name)
    when = timing(source) if source else None
    if when is None:
        return None
    return next_due(when, Past(runs=[past_run(run) for run in runs]), now, name=name).isoformat()


def _entry_row(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "document_id": entry.document_id,
        "url": entry.url,
        "title": entry.headline.title,
        "state": entry.state,
        "reason": entry.failure,
        "attempts": entry.attempts,
        "next_try": entry.next_try.isoformat() if entry.next_try else None,
    }


def _run_row(run: Run) -> dict[str, Any]:
    finished = run.finished.isoformat() if run.finished else None
    row = {"run": run.id, "state": run.state, "started": run.started.isoformat(), "finished": finished}
    return row | {"figures": dict(run.figures)}
